import { RushesError } from '../../shared/errors.ts'
import { unsupported } from '../process/failure.ts'
import { sniffFile } from './sniff.ts'

/** What a file is to the engine. */
type Medium = { kind: 'image'; mime: string } | { kind: 'video'; demuxer: string; mime: string }

const ADVICE = 'Choose a JPEG, PNG, WebP or AVIF picture, or an MP4, MOV, WebM, MKV or GIF clip.'

/** Judges a file by its content; rejects with UNSUPPORTED_MEDIA what is no picture and no video. */
export const mediumOf = async (path: string): Promise<Medium> => {
  const found = await sniffFile(path)
  switch (found.kind) {
    case 'image':
      return { kind: 'image', mime: found.mime }
    case 'gif': {
      // Only here: the library of pictures takes a tenth of a second to load.
      const { pictureFacts } = await import('./pictures.ts')
      const { pages } = await pictureFacts(path)
      return pages > 1 ? { kind: 'video', demuxer: 'gif', mime: 'image/gif' } : { kind: 'image', mime: 'image/gif' }
    }
    case 'video':
      return found
    case 'refused':
      throw unsupported(`This is ${found.what}, not a picture or a video. ${ADVICE}`)
    case 'unknown':
      throw unsupported(`This is not a picture or a video that can be read here. ${ADVICE}`)
  }
}

/** The demuxer of what must be a video. */
export const demuxerOf = async (path: string): Promise<string> => {
  const medium = await mediumOf(path)
  if (medium.kind === 'video') return medium.demuxer
  throw new RushesError('UNSUPPORTED_MEDIA', 'This is a picture, and a video is wanted here.')
}
