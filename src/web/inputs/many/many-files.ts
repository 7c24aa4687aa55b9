import { type FileResource, fileResourceSchema } from '../../../shared/media.ts'
import type { MediaKind } from '../../../shared/models/file-input.ts'
import { loadParts } from '../../data/load-parts.ts'
import { clearUpload, reasonOf } from '../../data/uploads.ts'
import { useStudio } from '../../state/studio.ts'
import { refusalOf } from '../refusal.ts'
import { filesHere, forgetMany, type OneOfMany, useMany } from '../../state/many.ts'

/** So many are sent at once. */
const AT_ONCE = 2

const set = (controller: AbortController, index: number, file: OneOfMany) =>
  useMany.setState(({ many }) =>
    many?.controller === controller
      ? { many: { ...many, files: many.files.map((each, at) => (at === index ? file : each)) } }
      : {},
  )

const send = async (file: File, signal: AbortSignal): Promise<FileResource> => {
  const { resolveUpload } = await loadParts(() => import('../../data/resolve-upload.ts'))
  return fileResourceSchema.parse(await resolveUpload({ file }, signal, () => undefined))
}

const resolve = async (file: File, accepts: MediaKind, signal: AbortSignal): Promise<OneOfMany> => {
  const { name } = file
  const reason = refusalOf(file, accepts)
  if (reason !== null) return { state: 'refused', name, reason }
  try {
    const here = await send(file, signal)
    if (here.media.kind === accepts) return { state: 'here', name, file: here }
    return { state: 'refused', name, reason: accepts === 'image' ? 'is a video' : 'is an image' }
  } catch (error) {
    return { state: 'refused', name, reason: reasonOf(error) }
  }
}

/**
 * Sends several files for one field. The first that fits stands in the field as any file does; the form's own button
 * makes a take of each.
 */
export const addManyFiles = (slot: string, accepts: MediaKind, files: readonly File[]): void => {
  forgetMany()
  clearUpload(slot)
  const controller = new AbortController()
  const { signal } = controller
  const started = files.map(({ name }): OneOfMany => ({ state: 'sending', name }))
  useMany.setState({ many: { slot, files: started, controller } })
  const waiting = files.map((file, index) => ({ file, index }))
  const work = async () => {
    for (let next = waiting.shift(); next && !signal.aborted; next = waiting.shift()) {
      const { file, index } = next
      const found = await resolve(file, accepts, signal)
      if (signal.aborted) return
      set(controller, index, found)
      if (found.state === 'here') showFirst(slot)
    }
  }
  for (let worker = 0; worker < AT_ONCE; worker++) void work()
}

/** Puts the first of the files that are here into the field, unless one of them stands there. */
const showFirst = (slot: string) => {
  const { many } = useMany.getState()
  const here = filesHere(many?.files ?? [])
  const now = useStudio.getState().draft[slot]
  if (here[0] && !here.some((file) => file === now)) useStudio.getState().setValue(slot, here[0])
}
