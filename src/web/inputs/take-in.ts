import type { FileResource } from '../../shared/media.ts'
import type { MediaKind } from '../../shared/models/file-input.ts'
import { refuseUpload, startUpload, type UploadSource } from '../data/uploads.ts'
import { useStudio } from '../state/studio.ts'
import { refusalOf } from './refusal.ts'

/** Takes a file or an address in for a slot: refuses what cannot fit, uploads the rest, and puts it in the draft. */
export const takeIn = (slot: string, accepts: MediaKind, source: UploadSource): Promise<void> => {
  const reason = 'file' in source ? refusalOf(source.file, accepts) : null
  if ('file' in source && reason !== null) {
    refuseUpload(slot, source.file.name, reason)
    return Promise.resolve()
  }
  return startUpload(slot, source, accepts, (file: FileResource) => useStudio.getState().setValue(slot, file))
}
