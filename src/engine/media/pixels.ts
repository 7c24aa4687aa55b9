import { RushesError } from '../../shared/errors.ts'
import { MAX_FRAME_PIXELS, MAX_PIXELS } from '../../shared/media.ts'

/** How many pixels each kind may have, and what it is called. */
const LIMITS = {
  picture: { pixels: MAX_PIXELS, name: 'a picture' },
  avif: { pixels: MAX_FRAME_PIXELS, name: 'an AVIF picture' },
  clip: { pixels: MAX_FRAME_PIXELS, name: 'a clip' },
} as const

/** Throws TOO_LARGE for more pixels than can be decoded in the memory that a child may take. */
export const requirePixels = (width: number, height: number, kind: keyof typeof LIMITS): void => {
  const { pixels, name } = LIMITS[kind]
  if (width * height <= pixels) return
  const most = pixels === MAX_FRAME_PIXELS ? '8192 x 4320 (8K)' : pixels.toLocaleString('en')
  const text = `This is ${width} x ${height} pixels, and ${most} are the most that ${name} may have.`
  throw new RushesError('TOO_LARGE', `${text} Scale it down first.`)
}
