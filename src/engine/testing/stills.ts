import { createPlanes, type Planes } from '../media/planes.ts'
import type { Pixels } from '../frames.ts'

/** RGBA to planes as a clip has them: full-range bt709, chroma of half the size. Sides must be even. */
export const toClipPlanes = ({ width, height, data }: Pixels): Planes => {
  const planes = createPlanes(width, height, 1)
  const { y, u, v, chromaWidth } = planes
  const sumU = new Float32Array(u.length)
  const sumV = new Float32Array(v.length)
  for (let row = 0, pixel = 0; row < height; row++)
    for (let x = 0; x < width; x++, pixel++) {
      const red = data[pixel * 4]!
      const green = data[pixel * 4 + 1]!
      const blue = data[pixel * 4 + 2]!
      const luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
      y[pixel] = luma + 0.5
      const chroma = (row >> 1) * chromaWidth + (x >> 1)
      sumU[chroma]! += (blue - luma) / 7.4224
      sumV[chroma]! += (red - luma) / 6.2992
    }
  for (let index = 0; index < u.length; index++) {
    u[index] = Math.min(255, 128.5 + sumU[index]!)
    v[index] = Math.min(255, 128.5 + sumV[index]!)
  }
  return planes
}

/** Planes of either kind to RGBA. */
export const toPixels = ({ width, height, shift, chromaWidth, y, u, v }: Planes): Pixels => {
  const data = new Uint8ClampedArray(width * height * 4)
  for (let row = 0, at = 0; row < height; row++)
    for (let x = 0; x < width; x++, at += 4) {
      const luma = y[row * width + x]!
      const chroma = (row >> shift) * chromaWidth + (x >> shift)
      const blue = u[chroma]! - 128
      const red = v[chroma]! - 128
      data[at] = luma + 1.5748 * red
      data[at + 1] = luma - 0.187324 * blue - 0.468124 * red
      data[at + 2] = luma + 1.8556 * blue
      data[at + 3] = 255
    }
  return { width, height, data }
}
