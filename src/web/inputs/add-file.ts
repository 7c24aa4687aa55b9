import type { FileResource } from '../../shared/media.ts'
import type { MediaKind } from '../../shared/models/file-input.ts'
import { refuseUpload, startUpload, type UploadSource } from '../data/uploads.ts'
import { isFile } from '../state/draft.ts'
import { maxSecondsNow } from '../state/source-limit.ts'
import { modelOf, useStudio } from '../state/studio.ts'
import { replaceForm } from '../state/undo.ts'
import { refusalOf } from './refusal.ts'

const nameOf = ({ filename }: FileResource): string => filename ?? 'The file'

/** Puts a file into a slot. Where it replaces another, that can be undone. */
export const putFile = (slot: string, file: FileResource) => {
  const { draft, setValue } = useStudio.getState()
  const before = draft[slot]
  if (isFile(before) && before.id !== file.id)
    replaceForm(`${nameOf(file)} takes the place of ${nameOf(before)}.`, () => setValue(slot, file))
  else setValue(slot, file)
}

/** Adds a file or an address to a slot: refuses what cannot fit, uploads the rest, and puts it into the draft. */
export const addFile = (slot: string, accepts: MediaKind, source: UploadSource): Promise<void> => {
  const reason = 'file' in source ? refusalOf(source.file, accepts) : null
  if ('file' in source && reason !== null) {
    refuseUpload(slot, source.file.name, reason)
    return Promise.resolve()
  }
  const most = maxSecondsNow(modelOf(useStudio.getState().modelId))
  return startUpload(slot, source, accepts, (file) => putFile(slot, file), { most })
}
