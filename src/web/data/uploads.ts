import { create } from 'zustand'
import { DecartSDKError } from '../../client/errors.ts'
import { type FileResource, fileResourceSchema } from '../../shared/media.ts'
import type { MediaKind } from '../../shared/models/file-input.ts'
import { loadParts } from './load-parts.ts'

/** What is on its way to a slot of the form; `waiting` is for a server that is away, and goes on by itself. */
export type OnItsWay = {
  state: 'uploading' | 'waiting'
  name: string
  bytes: number | null
  /** Of these, what the server has; null where that is not known. */
  sent: number | null
  blob: Blob | null
  controller: AbortController
}

/**
 * A clip that is longer than what is used of it, in seconds both: nothing of it is sent until somebody says what of it,
 * or calls `send`, which resolves when it is there or was refused.
 */
export type Held = { state: 'held'; file: File; seconds: number; most: number; send: () => Promise<void> }

/**
 * What is on its way to a slot, what waits to be sent, or what was refused there and why; `address` is the one that it
 * was to come from.
 */
export type Upload = OnItsWay | Held | { state: 'refused'; sentence: string; address: string | null }

export const isOnItsWay = (upload: Upload | undefined): upload is OnItsWay =>
  upload?.state === 'uploading' || upload?.state === 'waiting'

/** Longer than a rounding of what files say of themselves. Seconds. */
const CLEARLY = 0.05

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
  if (isOnItsWay(upload)) upload.controller.abort()
  put(slot, undefined)
}

/** `notes.txt is text. This takes an image.` from a name and what is wrong, the end of a sentence or one of its own. */
export const refusalSentence = (name: string, reason: string): string => {
  const sentence = /^[a-z]/.test(reason) ? `${name} ${reason}` : `${name}: ${reason}`
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`
}

export const refuseUpload = (slot: string, name: string, reason: string, address: string | null = null) =>
  refuseWith(slot, refusalSentence(name, reason), address)

/** The same where the sentence is about no one file. */
export const refuseWith = (slot: string, sentence: string, address: string | null = null) => {
  clearUpload(slot)
  put(slot, { state: 'refused', sentence, address })
}

/** Hears how an upload stands, and how many bytes the server has. */
export type SetProgress = (state: OnItsWay['state'], sent?: number) => void

/** What the server is asked to take in: a file from this machine, an address on the web, or what it has itself. */
export type UploadSource = { file: File } | { url: string } | { own: { file: string } | { job: string } }

export const nameOfSource = (source: UploadSource): string => {
  if ('file' in source) return source.file.name
  if ('own' in source) return 'file' in source.own ? 'The file' : 'The take'
  const { pathname, host } = new URL(source.url)
  return pathname.split('/').pop() || host
}

/** Whether the server gave no answer, or only that it is just starting or stopping. */
export const gotNoAnswer = (error: unknown): boolean =>
  error instanceof DecartSDKError &&
  ((error.code === 'NETWORK_ERROR' && error.status === undefined) || error.status === 503)

const KIND_WORDS = { image: 'an image', video: 'a video' } as const

/** The server's complaint begins with the name of its own field, which means nothing here. */
export const reasonOf = (error: unknown): string => {
  if (!(error instanceof DecartSDKError)) return 'could not be uploaded'
  if (gotNoAnswer(error))
    return 'could not be uploaded: the connection breaks off each time. Was the file changed meanwhile?'
  return (Object.values(error.fields ?? {})[0] ?? error.message).replace(/^(file|url)(: | )/, '')
}

/**
 * Uploads to a slot what was given for it, in the place of any upload that still runs there. `onDone` gets the file
 * once the server has it and finds it to be of the kind that the slot takes; of the other kind, `onOther` gets it where
 * there is one, and else it is refused. A clip of this machine that is longer than `most` seconds is held before it is
 * sent.
 */
export const startUpload = async (
  slot: string,
  source: UploadSource,
  accepts: MediaKind,
  onDone: (file: FileResource) => void,
  { onOther, most = null }: { onOther?: (file: FileResource) => void; most?: number | null } = {},
): Promise<void> => {
  clearUpload(slot)
  const controller = new AbortController()
  const { signal } = controller
  const blob = 'file' in source ? source.file : null
  const name = nameOfSource(source)
  let sent: number | null = null
  const setProgress: SetProgress = (state, bytes) => {
    sent = bytes ?? sent
    if (!signal.aborted) put(slot, { state, name, bytes: blob?.size ?? null, sent, blob, controller })
  }
  setProgress('uploading')
  try {
    // Nothing is uploaded before something was given.
    const { resolveUpload, clipSeconds } = await loadParts(() => import('./resolve-upload.ts'))
    const seconds = blob && accepts === 'video' && most !== null ? await clipSeconds(blob) : null
    if (signal.aborted) return
    if (blob && seconds !== null && most !== null && seconds > most + CLEARLY) {
      const send = () => startUpload(slot, source, accepts, onDone, onOther ? { onOther } : {})
      return put(slot, { state: 'held', file: blob, seconds, most, send })
    }
    const file = fileResourceSchema.parse(await resolveUpload(source, signal, setProgress))
    if (signal.aborted) return
    if (file.media.kind !== accepts) {
      if (onOther) {
        put(slot, undefined)
        return onOther(file)
      }
      refuseUpload(slot, name, `is ${KIND_WORDS[file.media.kind]}, and this takes ${KIND_WORDS[accepts]}`)
      return
    }
    put(slot, undefined)
    onDone(file)
  } catch (error) {
    if (signal.aborted) return
    refuseUpload(slot, name, reasonOf(error), 'url' in source ? source.url : null)
  }
}
