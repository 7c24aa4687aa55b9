import { kernels, room } from './wasm/kernels.ts'
import type { Pixels } from '../frames.ts'
import { createPlanes, type Planes } from './planes.ts'

/** RGBA to full-range bt709 planes, chroma at full size. Coefficients: ITU-R BT.709, KR = 0.2126, KB = 0.0722. */
export const fromRgba = ({ width, height, data }: Pixels): Planes => {
  const planes = createPlanes(width, height, 0)
  const { y, u, v } = planes
  for (let pixel = 0, at = 0; pixel < y.length; pixel++, at += 4) {
    const red = data[at] ?? 0
    const green = data[at + 1] ?? 0
    const blue = data[at + 2] ?? 0
    const luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    y[pixel] = luma + 0.5
    u[pixel] = Math.min(255, 128.5 + (blue - luma) / 1.8556)
    v[pixel] = Math.min(255, 128.5 + (red - luma) / 1.5748)
  }
  return planes
}

/** The way back; chroma must have full size. */
export const toRgba = ({ width, height, y, u, v, shift }: Planes): Pixels => {
  if (shift !== 0) throw new Error('chroma of half size')
  const data = new Uint8ClampedArray(width * height * 4)
  for (let pixel = 0, at = 0; pixel < y.length; pixel++, at += 4) {
    const luma = y[pixel] ?? 0
    const blue = (u[pixel] ?? 0) - 128
    const red = (v[pixel] ?? 0) - 128
    data[at] = luma + 1.5748 * red
    data[at + 1] = luma - 0.187324 * blue - 0.468124 * red
    data[at + 2] = luma + 1.8556 * blue
    data[at + 3] = 255
  }
  return { width, height, data }
}

/**
 * RGBA to what the encoder takes: 4:2:0 planes, bt709 at television range. Both sides must be even. The bytes are in the
 * kernels' memory: copy them before another kernel runs.
 */
export const toVideo = ({ width, height, data }: Pixels): Uint8Array<ArrayBuffer> => {
  const luma = width * height
  const [pixels, planes] = room(luma * 4, (luma * 3) / 2)
  pixels.set(data)
  const y = planes.byteOffset
  kernels().toVideo(pixels.byteOffset, width, height, y, y + luma, y + luma + luma / 4)
  return planes
}
