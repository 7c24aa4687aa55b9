import { type Kernels, ownKernels } from '../compiled/kernels.ts'

/** A picture as padded planes of bytes in a memory, multiplied by alpha; see assembly/sheets.ts. Places are addresses. */
export type Sheet = {
  width: number
  height: number
  luma: Part
  chroma: Part
  u: number
  v: number
  /** 0 all clear, 1 partly, 2 all opaque. */
  cover: number
}
/** One size of a sheet's planes: its only one for luma; `alpha` and `spans` go with it. */
export type Part = { plane: number; alpha: number; spans: number; width: number; height: number; stride: number }

const PAGE = 65_536
const BEFORE = 16
const AFTER = 48
const align = (value: number): number => (value + 15) & ~15

export type FrameMemory = {
  kernels: Kernels
  /** So many bytes that stay, 16-byte aligned, zero at first. */
  keep: (bytes: number) => number
  /** So many bytes until the next thing is made. */
  spare: (bytes: number) => number
  /** Bytes in memory, valid until anything grows it. */
  bytes: (place: number, count: number) => Uint8Array<ArrayBuffer>
  /** Room for a picture of at most this size. */
  sheet: (width: number, height: number) => Sheet
  /** Fills a sheet with RGBA of straight alpha; as light it covers as much as it shines. */
  fill: (sheet: Sheet, rgba: Uint8Array | Uint8ClampedArray, width: number, height: number, light: boolean) => void
}

/** Memory of one scene: its frame, and its plates as planes. `shift` is 1 where chroma has half the size, else 0. */
export const createFrameMemory = (shift: 0 | 1): FrameMemory => {
  const kernels = ownKernels()
  let end = align(kernels.free() + 64)
  const reach = (place: number): void => {
    const { buffer } = kernels.memory
    if (buffer.byteLength < place) kernels.memory.grow(Math.ceil((place - buffer.byteLength) / PAGE))
  }
  const keep = (bytes: number): number => {
    const place = end
    end = align(end + bytes)
    reach(end)
    return place
  }
  const spare = (count: number): number => {
    reach(align(end) + count)
    return align(end)
  }
  const bytes = (place: number, count: number): Uint8Array<ArrayBuffer> =>
    new Uint8Array(kernels.memory.buffer as ArrayBuffer, place, count)
  const strideOf = (width: number): number => align(BEFORE + width + AFTER)
  const partOf = (width: number, height: number): Part => {
    const stride = strideOf(width)
    const plane = keep(stride * height + 64) + BEFORE
    return { plane, alpha: keep(stride * height + 64) + BEFORE, spans: keep(height * 8), width, height, stride }
  }
  const resize = (part: Part, width: number, height: number): void => {
    part.width = width
    part.height = height
    part.stride = strideOf(width)
  }
  const halfOf = (length: number): number => (length + shift) >> shift

  const sheet = (width: number, height: number): Sheet => {
    const luma = partOf(width, height)
    const chroma =
      shift === 1 ? partOf(halfOf(width), halfOf(height)) : { ...luma, plane: keep(luma.stride * height + 64) + BEFORE }
    const size = chroma.stride * chroma.height + 64
    return { width, height, luma, chroma, u: chroma.plane, v: keep(size) + BEFORE, cover: 0 }
  }

  const fill: FrameMemory['fill'] = (made, rgba, width, height, light) => {
    const { luma, chroma } = made
    made.width = width
    made.height = height
    resize(luma, width, height)
    resize(chroma, halfOf(width), halfOf(height))
    const size = align(luma.stride * height + 64)
    // Behind everything that stays: the RGBA, and colours of full size on their way to half.
    const pixels = align(end)
    const free = align(pixels + rgba.length + 64) + BEFORE
    reach(free + size * 2 + 64)
    bytes(pixels, rgba.length).set(rgba)
    const [u, v] = shift === 1 ? [free, free + size] : [made.u, made.v]
    kernels.planesOf(pixels, width, height, luma.plane, u, v, luma.alpha, luma.stride, light ? 1 : 0)
    for (const plane of [luma.plane, u, v, luma.alpha]) kernels.pad(plane, width, height, luma.stride)
    if (shift === 1) {
      const halves = [
        [u, made.u],
        [v, made.v],
        [luma.alpha, chroma.alpha],
      ] as const
      for (const [from, to] of halves) {
        kernels.halvePlate(from, width, height, luma.stride, to, chroma.stride)
        kernels.pad(to, chroma.width, chroma.height, chroma.stride)
      }
    }
    made.cover = kernels.spansOf(luma.alpha, width, height, luma.stride, luma.spans)
    if (shift === 1) kernels.spansOf(chroma.alpha, chroma.width, chroma.height, chroma.stride, chroma.spans)
  }
  return { kernels, keep, spare, bytes, sheet, fill }
}
