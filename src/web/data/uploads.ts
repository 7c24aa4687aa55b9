import { create } from 'zustand'
import { DecartSDKError } from '../../client/index.ts'
import { type FileResource, fileResourceSchema } from '../../shared/media.ts'
import type { MediaKind } from '../../shared/models/file-input.ts'
import { client } from './client.ts'

/** What is on its way to a slot of the form, or what was refused there and why. */
export type Upload =
  | { state: 'uploading'; name: string; bytes: number | null; blob: Blob | null; controller: AbortController }
  | { state: 'refused'; sentence: string }

type Uploads = { bySlot: Readonly<Record<string, Upload>> }

/** Uploads live here and not in a field, so that changing the model does not lose one half-way. */
export const useUploads = create<Uploads>()(() => ({ bySlot: {} }))

const put = (slot: string, upload: Upload | undefined) =>
  useUploads.setState(({ bySlot }) => {
    const { [slot]: _, ...rest } = bySlot
    return { bySlot: upload ? { ...rest, [slot]: upload } : rest }
  })

const current = (slot: string) => useUploads.getState().bySlot[slot]

/** Takes away a refusal, or ends an upload that runs. */
export const clearUpload = (slot: string) => {
  const upload = current(slot)
  if (upload?.state === 'uploading') upload.controller.abort()
  put(slot, undefined)
}

/** `notes.txt is text. This takes an image.` from a name and what is wrong, the end of a sentence or one of its own. */
const refusalSentence = (name: string, reason: string): string => {
  const sentence = /^[a-z]/.test(reason) ? `${name} ${reason}` : `${name}: ${reason}`
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`
}

export const refuseUpload = (slot: string, name: string, reason: string) =>
  refuseWith(slot, refusalSentence(name, reason))

/** The same where the sentence is about no one file. */
export const refuseWith = (slot: string, sentence: string) => {
  clearUpload(slot)
  put(slot, { state: 'refused', sentence })
}

/** What the server is asked to take in: a file from this machine, or an address on the web. */
export type UploadSource = { file: File } | { url: string }

const nameOf = (source: UploadSource): string =>
  'file' in source ? source.file.name : new URL(source.url).pathname.split('/').pop() || new URL(source.url).host

const KIND_WORDS = { image: 'an image', video: 'a video' } as const

/** The server's complaint begins with the name of its own field, which means nothing here. */
const reasonOf = (error: unknown): string => {
  if (!(error instanceof DecartSDKError)) return 'could not be uploaded'
  return (Object.values(error.fields ?? {})[0] ?? error.message).replace(/^(file|url)(: | )/, '')
}

/**
 * Uploads to a slot what was given for it, in the place of any upload that still runs there. `onDone` gets the file
 * once the server has it and finds it to be of the kind that the slot takes.
 */
export const startUpload = async (
  slot: string,
  source: UploadSource,
  accepts: MediaKind,
  onDone: (file: FileResource) => void,
): Promise<void> => {
  clearUpload(slot)
  const controller = new AbortController()
  const { signal } = controller
  const blob = 'file' in source ? source.file : null
  const name = nameOf(source)
  put(slot, { state: 'uploading', name, bytes: blob?.size ?? null, blob, controller })
  try {
    const answer = await ('file' in source
      ? client.files.upload(source.file, { signal })
      : client.files.importUrl(source.url, { signal }))
    const file = fileResourceSchema.parse(answer)
    if (signal.aborted) return
    if (file.media.kind !== accepts) {
      refuseUpload(slot, name, `is ${KIND_WORDS[file.media.kind]}, and this takes ${KIND_WORDS[accepts]}`)
      return
    }
    put(slot, undefined)
    onDone(file)
  } catch (error) {
    if (signal.aborted) return
    refuseUpload(slot, name, reasonOf(error))
  }
}
