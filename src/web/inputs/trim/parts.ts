import type { FileResource } from '../../../shared/media.ts'
import { startUpload } from '../../data/uploads.ts'
import { useStudio } from '../../state/studio.ts'
import { putFile } from '../add-file.ts'
import type { CutOut } from './trim-dialog.tsx'
import { noteTrim } from './trims.ts'

const ENDINGS: Readonly<Record<string, string>> = {
  'video/mp4': 'mp4',
  'video/quicktime': 'mov',
  'video/webm': 'webm',
  'video/x-matroska': 'mkv',
}

/** `street part.mp4` */
const nameOf = (of: FileResource | File, { type }: Blob): string => {
  const name = (of instanceof File ? of.name : of.filename) ?? 'clip'
  return `${name.replace(/\.[a-z0-9]{1,5}$/i, '').replace(/ part$/, '')} part.${ENDINGS[type] ?? 'mp4'}`
}

/** Uploads a part that was cut out of a clip, to stand in its place. */
export const addPart = (slot: string, of: FileResource | File, { blob, ...trim }: CutOut): Promise<void> => {
  const type = blob.type.split(';')[0] ?? ''
  const file = new File([blob], nameOf(of, new Blob([], { type })), { type })
  return startUpload(slot, { file }, 'video', (part) => {
    noteTrim(part.id, { ...trim, of })
    putFile(slot, part)
  })
}

/** Brings back the clip that a part was cut out of. */
export const addWholeClip = (slot: string, of: FileResource | File): void => {
  if (of instanceof File) void startUpload(slot, { file: of }, 'video', (file) => putFile(slot, file))
  else useStudio.getState().setValue(slot, of)
}
