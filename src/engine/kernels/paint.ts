import type { Planes } from '../media/planes.ts'
import { createBlur } from './blur.ts'
import { measureTable } from './chroma-luma.ts'
import { createEnlarge, halve } from './resize.ts'

const within = (value: number, from: number, to: number): number =>
  Math.min(1, Math.max(0, (value - from) / (to - from)))

/** How much like skin of any shade a chroma is: towards red and yellow, not strongly, and more red than yellow. */
const skin = measureTable(
  (u, v) =>
    255 *
    within(v, 6, 13) *
    within(v, 52, 40) *
    within(u, -1, -6) *
    within(u, -58, -44) *
    within(u, -1.9 * v, -1.3 * v),
)

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
  const luma = new Uint8Array(samples)
  const spread = new Uint8Array(samples)
  const means = [new Uint8Array(samples), new Uint8Array(samples), new Uint8Array(samples)] as const
  const weights = new Uint16Array(samples)
  // The three means of a sample in one number: one read instead of three.
  const packed = new Int32Array(samples)
  const near = new Uint8Array(samples)
  const blur = createBlur(chromaWidth, chromaHeight)
  const enlarge = shift ? createEnlarge(1, width, height) : undefined
  // Sixteen bits: four of these, multiplied by a byte, still fit in 32.
  const weightOf = Uint16Array.from({ length: 256 }, (_, value) => 1 + 32_000 / (1 + (value * value) / 4) ** 2)

  const weigh = (reach: number): void => {
    const [meanY] = means
    const half = (reach + 1) >> 1
    blur(luma, meanY, half)
    // The mean distance from the mean stands for the deviation: it fits in a byte.
    for (let index = 0; index < samples; index++) {
      const away = (luma[index] ?? 0) - (meanY[index] ?? 0)
      const size = (away < 0 ? -away : away) << 2
      spread[index] = size > 255 ? 255 : size
    }
    blur(spread, spread, half)
    for (let index = 0; index < samples; index++) weights[index] = weightOf[spread[index] ?? 0] ?? 0
    blur(luma, meanY, reach)
  }

  /** Skin and what it surrounds: eyes, lips and teeth have other colours. */
  const findSkin = (u: Uint8Array, v: Uint8Array, reach: number, keep: number): void => {
    for (let index = 0; index < samples; index++)
      near[index] = skin[((u[index] ?? 0) >> 1) * 128 + ((v[index] ?? 0) >> 1)] ?? 0
    blur(near, near, reach)
    const share = Uint8Array.from({ length: 256 }, (_, value) => 255 * keep * within(value, 50, 170))
    for (let index = 0; index < samples; index++) near[index] = share[near[index] ?? 0] ?? 0
  }

  const gather = (u: Uint8Array, v: Uint8Array, reach: number): void => {
    const [meanY, meanU, meanV] = means
    for (let index = 0; index < samples; index++)
      packed[index] = (meanY[index] ?? 0) | ((meanU[index] ?? 0) << 8) | ((meanV[index] ?? 0) << 16)
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
        const e = packed[i] ?? 0
        const f = packed[j] ?? 0
        const g = packed[k] ?? 0
        const h = packed[l] ?? 0
        const sumY = Math.imul(a, e & 255) + Math.imul(b, f & 255) + Math.imul(c, g & 255) + Math.imul(d, h & 255)
        const sumU =
          Math.imul(a, (e >> 8) & 255) +
          Math.imul(b, (f >> 8) & 255) +
          Math.imul(c, (g >> 8) & 255) +
          Math.imul(d, (h >> 8) & 255)
        const sumV = Math.imul(a, e >> 16) + Math.imul(b, f >> 16) + Math.imul(c, g >> 16) + Math.imul(d, h >> 16)
        luma[here + x] = (sumY | 0) * share + 0.5
        const toU = ((sumU | 0) * share + 0.5) | 0
        const toV = ((sumV | 0) * share + 0.5) | 0
        const own = near[here + x] ?? 0
        u[here + x] = toU + ((((u[here + x] ?? 0) - toU) * own) >> 8)
        v[here + x] = toV + ((((v[here + x] ?? 0) - toV) * own) >> 8)
      }
    }
  }

  const keepOwn = (row: Uint8Array, y: Uint8Array, start: number): void => {
    const line = (start / width) >> shift
    const from = line * chromaWidth
    for (let x = 0; x < width; x++) {
      const painted = row[x] ?? 0
      const share = near[from + (x >> shift)] ?? 0
      y[start + x] = share === 0 ? painted : painted + ((((y[start + x] ?? 0) - painted) * share) >> 8)
    }
  }

  /**
   * `size` is the reach of a brush in pixels of luma, `keep` (0 to 1) how much of the picture itself shows near skin. The
   * planes are painted over. Answers where that is, on the grid of the chroma planes: 0 to 255 times `keep`.
   */
  return ({ y, u, v }: Planes, size: number, keep: number): Uint8Array => {
    const reach = Math.max(1, Math.round(size / (1 + shift)))
    if (enlarge) halve(y, width, height, luma)
    else luma.set(y)
    weigh(reach)
    blur(u, means[1], reach)
    blur(v, means[2], reach)
    if (keep > 0) findSkin(u, v, Math.max(2, reach * 2), keep)
    gather(u, v, reach)
    if (enlarge) enlarge(luma, keep > 0 ? (row, start) => keepOwn(row, y, start) : (row, start) => y.set(row, start))
    else for (let start = 0; start < y.length; start += width) keepOwn(luma.subarray(start, start + width), y, start)
    return near
  }
}
