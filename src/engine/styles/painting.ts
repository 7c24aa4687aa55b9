import type { Flow } from '../kernels/flow.ts'
import { createPaint } from '../kernels/paint.ts'
import type { Planes } from '../kernels/planes.ts'
import type { LookContext } from './look-context.ts'

/**
 * Lays the picture down in patches of paint, by a brush of so many pixels at 720p, and by a share (0 to 1) finer near
 * skin. Answers where that is, see {@link createPaint}.
 */
export const painted = (context: LookContext, size: number, keep = 0): ((planes: Planes) => Uint8Array) => {
  const paint = createPaint(context)
  return (planes) => paint(planes, size * context.unit, keep)
}

/** How thick strokes lie over each cell of a flow: 255, and `least` on skin, whose features are smaller than a brush. */
export const awayFromSkin = (
  context: LookContext,
  { across, down }: Flow,
  skin: Uint8Array,
  least: number,
): Uint8Array => {
  const { chromaWidth, chromaHeight, shift } = context
  const side = 8 >> shift
  const thick = new Uint8Array(across * down)
  for (let row = 0; row < down; row++)
    for (let x = 0; x < across; x++) {
      const at = Math.min(chromaHeight - 1, row * side + (side >> 1)) * chromaWidth
      const near = skin[at + Math.min(chromaWidth - 1, x * side + (side >> 1))] ?? 0
      thick[row * across + x] = 255 - ((near * (255 - least)) >> 8)
    }
  return thick
}
