import type { Planes } from '../media/planes.ts'
import { type Blur, createBlur } from './blur.ts'
import { halve } from './resize.ts'

/**
 * Turns a picture into patches of paint: each pixel takes the mean of its calmest neighbouring squares (Kuwahara et
 * al., 1976, with weights by 1/(1 + variance)² instead of a hard choice, after Papari et al., 2007). The variances are
 * taken at half size, the means at full size.
 */
export const createPaint = (width: number, height: number, chromaWidth: number, chromaHeight: number) => {
  const halfWidth = (width + 1) >> 1
  const halfHeight = (height + 1) >> 1
  const half = new Uint8Array(halfWidth * halfHeight)
  const halfMean = new Uint8Array(half.length)
  const spread = new Uint8Array(half.length)
  const weights = new Float32Array(half.length)
  const mean = new Uint8Array(width * height)
  const chroma = new Uint8Array(chromaWidth * chromaHeight)
  const blurLuma = createBlur(width, height)
  const blurHalf = createBlur(halfWidth, halfHeight)
  const blurChroma: Blur = createBlur(chromaWidth, chromaHeight)
  const weightOf = Float32Array.from({ length: 256 }, (_, value) => 1 / (1 + (value * value) / 6) ** 2)

  const weigh = (luma: Uint8Array, reach: number): void => {
    halve(luma, width, height, half)
    blurHalf(half, halfMean, reach)
    // The mean distance from the mean stands for the deviation: it fits in a byte.
    for (let index = 0; index < half.length; index++)
      spread[index] = Math.min(255, Math.abs((half[index] ?? 0) - (halfMean[index] ?? 0)) * 4)
    blurHalf(spread, halfMean, reach)
    for (let index = 0; index < half.length; index++) weights[index] = weightOf[halfMean[index] ?? 0] ?? 0
  }

  /** Mixes four shifted means by the weights of where they come from. */
  const gather = (
    means: Uint8Array,
    target: Uint8Array,
    across: number,
    down: number,
    shift: number,
    reach: number,
  ): void => {
    for (let y = 0; y < down; y++) {
      const up = Math.max(0, y - reach)
      const below = Math.min(down - 1, y + reach)
      const upWeights = Math.min(halfHeight - 1, up >> shift) * halfWidth
      const belowWeights = Math.min(halfHeight - 1, below >> shift) * halfWidth
      for (let x = 0; x < across; x++) {
        const left = x > reach ? x - reach : 0
        const right = x + reach < across ? x + reach : across - 1
        const leftWeight = left >> shift
        const rightWeight = right >> shift
        const a = weights[upWeights + leftWeight] ?? 0
        const b = weights[upWeights + rightWeight] ?? 0
        const c = weights[belowWeights + leftWeight] ?? 0
        const d = weights[belowWeights + rightWeight] ?? 0
        target[y * across + x] =
          (a * (means[up * across + left] ?? 0) +
            b * (means[up * across + right] ?? 0) +
            c * (means[below * across + left] ?? 0) +
            d * (means[below * across + right] ?? 0)) /
            (a + b + c + d) +
          0.5
      }
    }
  }

  /** `size` is the reach of a brush in pixels of luma. The planes are painted over. */
  return (planes: Planes, size: number): void => {
    const reach = Math.max(1, Math.round(size))
    weigh(planes.y, Math.max(1, reach >> 1))
    blurLuma(planes.y, mean, reach)
    gather(mean, planes.y, width, height, 1, reach)
    const chromaReach = Math.max(1, reach >> planes.shift)
    for (const plane of [planes.u, planes.v]) {
      blurChroma(plane, chroma, chromaReach)
      gather(chroma, plane, chromaWidth, chromaHeight, 1 - planes.shift, chromaReach)
    }
  }
}
