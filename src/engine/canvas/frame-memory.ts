import { type Kernels, ownKernels } from '../kernels/wasm/kernels.ts'
import { planesOfColour } from './colour.ts'

/**
 * A picture as padded planes of bytes in a memory, multiplied by alpha; see assembly/sheets.ts. Places are addresses. One
 * that is of one colour throughout has no planes but alpha.
 */
export type Sheet = {
  width: number
  height: number
  luma: Part
  chroma: Part
  u: number
  v: number
  /** 0 all clear, 1 partly, 2 all opaque. */
  cover: number
  /** Its colour where it is of one: luma, and chroma around 128, of what covers fully. */
  colour?: readonly [number, number, number]
}
/** One size of a sheet's planes: its only one for luma; `alpha` and `blocks` (see assembly/plan.ts) go with it. */
export type Part = { plane: number; alpha: number; blocks: number; width: number; height: number; stride: number }

const PAGE = 65_536
const BEFORE = 16
const AFTER = 48
/** Light of one colour that is darker than this keeps its planes: its luma is too coarse to tell its colour by. */
const BRIGHT = 96
const align = (value: number): number => (value + 15) & ~15
const strideOf = (width: number): number => align(BEFORE + width + AFTER)
/** Bytes to a row of blocks. */
export const blocksPer = (stride: number): number => stride >> 4

export type FrameMemory = {
  kernels: Kernels
  /** So many bytes that stay, 16-byte aligned, zero at first. */
  keep: (bytes: number) => number
  /** So many bytes until the next thing is made. */
  spare: (bytes: number) => number
  /** Bytes in memory, valid until anything grows it. */
  bytes: (place: number, count: number) => Uint8Array<ArrayBuffer>
  /** Room for pictures of at most this size. */
  sheet: (width: number, height: number) => Sheet
  /** Fills a sheet with RGBA of straight alpha; as light it covers as much as it shines. */
  fill: (sheet: Sheet, rgba: Uint8Array | Uint8ClampedArray, width: number, height: number, light: boolean) => void
  /** A sheet of one picture that stays, in as little room as it needs. */
  press: (rgba: Uint8Array | Uint8ClampedArray, width: number, height: number, light: boolean) => Sheet
}

/** Which of its planes a sheet needs. */
type Needs = { colours: boolean; alpha: 'own' | 'luma' }
const ALL: Needs = { colours: true, alpha: 'own' }

/** Memory of one scene: its frame, and its sprites as planes. `shift` is 1 where chroma has half the size, else 0. */
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
  const halfOf = (length: number): number => (length + shift) >> shift

  const planeOf = (width: number, height: number): number => keep(strideOf(width) * height + 64) + BEFORE
  const partOf = (width: number, height: number, { colours, alpha }: Needs): Part => {
    const stride = strideOf(width)
    const plane = colours ? planeOf(width, height) : 0
    const own = alpha === 'luma' ? plane : planeOf(width, height)
    return { plane, alpha: own, blocks: keep(blocksPer(stride) * height + 16), width, height, stride }
  }
  const roomFor = (width: number, height: number, { colours, alpha }: Needs): Sheet => {
    const luma = partOf(width, height, { colours, alpha })
    const plane = colours ? planeOf(halfOf(width), halfOf(height)) : 0
    const chroma =
      shift === 1
        ? { ...partOf(halfOf(width), halfOf(height), { colours: false, alpha: 'own' }), plane }
        : { ...luma, plane }
    const v = colours ? planeOf(halfOf(width), halfOf(height)) : 0
    return { width, height, luma, chroma, u: plane, v, cover: 0 }
  }
  const resize = (part: Part, width: number, height: number): void => {
    part.width = width
    part.height = height
    part.stride = strideOf(width)
  }

  /** Behind everything that stays, and `more`: place for the RGBA, and for planes of full size on their way to half. */
  const bring = (rgba: Uint8Array | Uint8ClampedArray, width: number, height: number, more: number) => {
    const size = align(strideOf(width) * height + 64)
    const pixels = align(end + Math.ceil(more))
    const free = align(pixels + rgba.length + 64) + BEFORE
    reach(free + size * 3 + 64)
    bytes(pixels, rgba.length).set(rgba)
    return { pixels, free, size }
  }

  const convert = (made: Sheet, { pixels, free, size }: ReturnType<typeof bring>, light: boolean): void => {
    const { luma, chroma, width, height } = made
    const [u, v] = shift === 1 || !made.u ? [free, free + size] : [made.u, made.v]
    const plane = luma.plane || free + size * 2
    kernels.planesOf(pixels, width, height, plane, u, v, luma.alpha, luma.stride, light ? 1 : 0)
    const own = luma.plane ? [luma.plane, u, v, luma.alpha] : [luma.alpha]
    for (const each of own) kernels.pad(each, width, height, luma.stride)
    if (shift === 1) {
      const halves = [
        [u, made.u],
        [v, made.v],
        [luma.alpha, chroma.alpha],
      ] as const
      for (const [from, to] of halves) {
        if (!to) continue
        kernels.halvePlane(from, width, height, luma.stride, to, chroma.stride)
        kernels.pad(to, chroma.width, chroma.height, chroma.stride)
      }
    }
    for (const { alpha, stride, blocks, ...part } of shift === 1 ? [chroma, luma] : [luma])
      made.cover = kernels.blocksOf(alpha, part.width, part.height, stride, blocks, blocksPer(stride))
  }

  const fill: FrameMemory['fill'] = (made, rgba, width, height, light) => {
    made.width = width
    made.height = height
    resize(made.luma, width, height)
    resize(made.chroma, halfOf(width), halfOf(height))
    convert(made, bring(rgba, width, height, 0), light)
  }

  const press: FrameMemory['press'] = (rgba, width, height, light) => {
    // Room for any sheet of this size, its blocks included, is left before the pixels.
    const brought = bring(rgba, width, height, (strideOf(width) + 64) * (height + 8) * (shift === 1 ? 3 : 4.2))
    // Too few for a kernel that takes four at a time are seldom worth it.
    const pixel = width * height < 4 ? 0 : kernels.oneColour(brought.pixels, width * height)
    const [y, u, v] = planesOfColour([pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255])
    const plain = pixel !== 0 && (!light || y >= BRIGHT)
    const made = roomFor(width, height, { colours: !plain, alpha: light && !plain ? 'luma' : 'own' })
    convert(made, brought, light)
    // What light covers is its luma: its colour is by so much stronger.
    const strong = light ? 255 / y : 1
    const chroma = (value: number): number => Math.round(128 + (value - 128) * strong)
    return plain ? { ...made, colour: [Math.round(y * strong), chroma(u), chroma(v)] } : made
  }
  return { kernels, keep, spare, bytes, sheet: (width, height) => roomFor(width, height, ALL), fill, press }
}
