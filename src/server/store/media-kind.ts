import { fileTypeFromBuffer } from 'file-type'
import { RushesError } from '../../shared/errors.ts'
import type { MediaKind } from '../../shared/models/file-input.ts'

/** What first bytes leave open is known once the file is measured: a GIF is a clip where it moves. */
export type Sniffed = { extension: string; kinds: readonly MediaKind[] }

/** What the first bytes say a file is. Throws for what is no media that Rushes reads. */
export const sniff = async (head: Uint8Array): Promise<Sniffed> => {
  const type = await fileTypeFromBuffer(head)
  if (type?.mime === 'image/heic' || type?.mime === 'image/heif')
    throw new RushesError('UNSUPPORTED_MEDIA', 'This is a HEIC picture, which Rushes cannot read. Export it as JPEG.')
  if (type?.mime === 'image/gif') return { extension: 'gif', kinds: ['video', 'image'] }
  const kind = type?.mime.startsWith('image/') ? 'image' : type?.mime.startsWith('video/') ? 'video' : null
  if (!type || !kind)
    throw new RushesError(
      'UNSUPPORTED_MEDIA',
      type
        ? `This is ${type.mime}, not an image or a video.`
        : 'This is not an image or a video: its content is of no known kind, whatever its name says.',
    )
  return { extension: type.ext, kinds: [kind] }
}

/** What is wrong with a file of these kinds, where a field wants another; else null. Begins with a small letter. */
export const kindProblem = (wants: MediaKind, kinds: readonly MediaKind[]): string | null => {
  if (kinds.includes(wants)) return null
  const [article, other] = wants === 'image' ? ['an image', 'a video'] : ['a video', 'an image']
  return `this is ${other}; the field wants ${article}`
}

/** Refuses a kind that the field does not want. */
export const requireKind = (wants: MediaKind | null, kinds: readonly MediaKind[]): void => {
  const problem = wants === null ? null : kindProblem(wants, kinds)
  if (problem !== null) throw new RushesError('UNSUPPORTED_MEDIA', `T${problem.slice(1)}.`)
}
