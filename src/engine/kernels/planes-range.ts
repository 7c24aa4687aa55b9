import { kernels, room } from './wasm/kernels.ts'
import { type Planes, planesIn } from './planes.ts'

/** 219/255 and 224/255, the shares of a byte that television range takes, 65,536 being 1. */
const LUMA = 56_284
const CHROMA = 57_569
/** The way back. */
const LUMA_BACK = 76_309
const CHROMA_BACK = 74_606

/** 4:2:0 planes at television range, one after the other, brought to full range. */
export const widened = (width: number, height: number, video: Uint8Array): Planes => {
  const luma = width * height
  const [y, colours] = room(luma, video.length - luma)
  y.set(video.subarray(0, luma))
  colours.set(video.subarray(luma))
  kernels().stretch(y.byteOffset, y.byteOffset, luma, 16, LUMA_BACK, 0)
  kernels().stretch(colours.byteOffset, colours.byteOffset, colours.length, 128, CHROMA_BACK, 128)
  const bytes = new Uint8Array(video.length)
  bytes.set(y)
  bytes.set(colours, luma)
  return planesIn(width, height, 1, bytes)
}

/** The way back, into memory of that size, its own where none is given. Chroma must have half the size. */
export const narrowed = (
  { width, height, bytes, shift }: Planes,
  video = new Uint8Array(bytes.length),
): Uint8Array<ArrayBuffer> => {
  if (shift !== 1) throw new Error('chroma of full size')
  const luma = width * height
  const [y, colours] = room(luma, bytes.length - luma)
  y.set(bytes.subarray(0, luma))
  colours.set(bytes.subarray(luma))
  kernels().stretch(y.byteOffset, y.byteOffset, luma, 0, LUMA, 16)
  kernels().stretch(colours.byteOffset, colours.byteOffset, colours.length, 128, CHROMA, 128)
  video.set(y)
  video.set(colours, luma)
  return video
}
