import { enter, kernels, leave, room } from './wasm/kernels.ts'
import type { Planes } from './planes.ts'
import { skin, within } from './chroma-luma.ts'
import { curve, tabled } from './tone.ts'

/**
 * Turns a picture into patches of paint: each pixel takes the mean of its calmest neighbouring squares (Kuwahara et
 * al., 1976, with weights by 1/(1 + spread²/4)² instead of a hard choice, after Papari et al., 2007). It works on the
 * grid of the chroma planes: for a clip that is half the size, and luma is enlarged again. Near skin a share of the
 * picture itself is kept, for a face is made of details that are smaller than a brush.
 */
export const createPaint = ({
  width,
  height,
  chromaWidth,
  chromaHeight,
  shift,
}: Omit<Planes, 'y' | 'u' | 'v' | 'bytes'>) => {
  const samples = chromaWidth * chromaHeight
  const near = new Uint8Array(samples)
  // Sixteen bits: four of these, multiplied by a byte, still fit in 32.
  const weightOf = Uint16Array.from({ length: 256 }, (_, value) => 1 + 32_000 / (1 + (value * value) / 4) ** 2)

  /**
   * `size` is the reach of a brush in pixels of luma, `keep` (0 to 1) how much of the picture itself shows near skin. The
   * planes are painted over. Answers where that is, on the grid of the chroma planes: 0 to 255 times `keep`.
   */
  return ({ bytes }: Planes, size: number, keep: number): Uint8Array => {
    const free = 10 * (samples + 96) + 4 * width + 512
    const [own, weights, table, shares, place, work] = room(bytes.length, 512, skin.length, 256, samples, free)
    const picture = enter(bytes, own)
    weights.set(new Uint8Array(weightOf.buffer))
    table.set(skin)
    const straight = tabled(
      curve((value) => 255 * keep * within(value, 50, 170)),
      shares,
    )
    const y = picture.byteOffset
    const u = y + width * height
    kernels().paint(
      y,
      u,
      u + samples,
      width,
      height,
      shift,
      Math.max(1, Math.round(size / (1 + shift))),
      weights.byteOffset,
      keep > 0 ? table.byteOffset : 0,
      shares.byteOffset,
      straight,
      place.byteOffset,
      work.byteOffset,
    )
    leave(bytes, picture)
    if (keep > 0) near.set(place)
    return near
  }
}
