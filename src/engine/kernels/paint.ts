import type { Planes } from '../media/planes.ts'
import { createBlur } from './blur.ts'
import { createEnlarge, halve } from './resize.ts'

/**
 * Turns a picture into patches of paint: each pixel takes the mean of its calmest neighbouring squares (Kuwahara et
 * al., 1976, with weights by 1/(1 + spread²/4)² instead of a hard choice, after Papari et al., 2007). It works on the
 * grid of the chroma planes: for a clip that is half the size, and luma is enlarged again.
 */
export const createPaint = ({
  width,
  height,
  chromaWidth,
  chromaHeight,
  shift,
}: Omit<Planes, 'y' | 'u' | 'v' | 'bytes'>) => {
  const samples = chromaWidth * chromaHeight
  const luma = new Uint8Array(samples)
  const spread = new Uint8Array(samples)
  const means = [new Uint8Array(samples), new Uint8Array(samples), new Uint8Array(samples)] as const
  const weights = new Uint16Array(samples)
  const blur = createBlur(chromaWidth, chromaHeight)
  const enlarge = shift ? createEnlarge(1, width, height) : undefined
  // Sixteen bits: four of these, multiplied by a byte, still fit in 32.
  const weightOf = Uint16Array.from({ length: 256 }, (_, value) => 1 + 32_000 / (1 + (value * value) / 4) ** 2)

  const weigh = (reach: number): void => {
    const [meanY] = means
    const near = (reach + 1) >> 1
    blur(luma, meanY, near)
    // The mean distance from the mean stands for the deviation: it fits in a byte.
    for (let index = 0; index < samples; index++) {
      const away = (luma[index] ?? 0) - (meanY[index] ?? 0)
      const size = (away < 0 ? -away : away) << 2
      spread[index] = size > 255 ? 255 : size
    }
    blur(spread, spread, near)
    for (let index = 0; index < samples; index++) weights[index] = weightOf[spread[index] ?? 0] ?? 0
    blur(luma, meanY, reach)
  }

  const gather = (u: Uint8Array, v: Uint8Array, reach: number): void => {
    const [meanY, meanU, meanV] = means
    const last = chromaWidth - 1
    for (let y = 0; y < chromaHeight; y++) {
      const up = (y > reach ? y - reach : 0) * chromaWidth
      const down = (y + reach < chromaHeight ? y + reach : chromaHeight - 1) * chromaWidth
      const here = y * chromaWidth
      for (let x = 0; x < chromaWidth; x++) {
        const left = x > reach ? x - reach : 0
        const right = x + reach < last ? x + reach : last
        const i = up + left
        const j = up + right
        const k = down + left
        const l = down + right
        const a = weights[i] ?? 0
        const b = weights[j] ?? 0
        const c = weights[k] ?? 0
        const d = weights[l] ?? 0
        const share = 1 / (a + b + c + d)
        luma[here + x] =
          (a * (meanY[i] ?? 0) + b * (meanY[j] ?? 0) + c * (meanY[k] ?? 0) + d * (meanY[l] ?? 0)) * share + 0.5
        u[here + x] =
          (a * (meanU[i] ?? 0) + b * (meanU[j] ?? 0) + c * (meanU[k] ?? 0) + d * (meanU[l] ?? 0)) * share + 0.5
        v[here + x] =
          (a * (meanV[i] ?? 0) + b * (meanV[j] ?? 0) + c * (meanV[k] ?? 0) + d * (meanV[l] ?? 0)) * share + 0.5
      }
    }
  }

  /** `size` is the reach of a brush in pixels of luma. The planes are painted over. */
  return ({ y, u, v }: Planes, size: number): void => {
    const reach = Math.max(1, Math.round(size / (1 + shift)))
    if (enlarge) halve(y, width, height, luma)
    else luma.set(y)
    weigh(reach)
    blur(u, means[1], reach)
    blur(v, means[2], reach)
    gather(u, v, reach)
    if (enlarge) enlarge(luma, (row, start) => y.set(row, start))
    else y.set(luma)
  }
}
