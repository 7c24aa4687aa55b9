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

type Rgba = Uint8Array | Uint8ClampedArray
type Size = { width: number; height: number }

export type FrameMemory = Arena & {
  /** Room for pictures of at most this size. */
  sheet: (width: number, height: number) => Sheet
  /** Fills a sheet with RGBA of straight alpha; as light it covers as much as it shines. */
  fill: (sheet: Sheet, rgba: Rgba, width: number, height: number, light: boolean) => void
  /** A sheet of one picture that stays, in as little room as it needs. */
  sheetOf: (rgba: Rgba, width: number, height: number, light: boolean) => Sheet
}

/** The kernels' memory: what stays in it, and room behind that for what does not. Places are 16-byte aligned. */
type Arena = {
  kernels: Kernels
  /** So many bytes that stay, zero at first. */
  keep: (bytes: number) => number
  /** So many bytes until the next thing is made. */
  spare: (bytes: number) => number
  /** Bytes in memory, valid until anything grows it. */
  bytes: (place: number, count: number) => Uint8Array<ArrayBuffer>
}

const createArena = (): Arena => {
  const kernels = ownKernels()
  let end = align(kernels.free() + 64)
  const reach = (place: number): void => {
    const { buffer } = kernels.memory
    if (buffer.byteLength < place) kernels.memory.grow(Math.ceil((place - buffer.byteLength) / PAGE))
  }
  return {
    kernels,
    keep: (bytes) => {
      const place = end
      end = align(end + bytes)
      reach(end)
      return place
    },
    spare: (bytes) => {
      reach(end + bytes)
      return end
    },
    bytes: (place, count) => new Uint8Array(kernels.memory.buffer as ArrayBuffer, place, count),
  }
}

/** Which of its planes a sheet needs. */
type Needs = { colours: boolean; alpha: 'own' | 'luma' }
const ALL: Needs = { colours: true, alpha: 'own' }

const halfOf = (length: number, shift: 0 | 1): number => (length + shift) >> shift

/** Room for a sheet's planes. */
const roomFor = (keep: Arena['keep'], shift: 0 | 1, { width, height }: Size, needs: Needs): Sheet => {
  const planeOf = (wide: number, tall: number): number => keep(strideOf(wide) * tall + 64) + BEFORE
  const partOf = (wide: number, tall: number, { colours, alpha }: Needs): Part => {
    const stride = strideOf(wide)
    const plane = colours ? planeOf(wide, tall) : 0
    const own = alpha === 'luma' ? plane : planeOf(wide, tall)
    return { plane, alpha: own, blocks: keep(blocksPer(stride) * tall + 16), width: wide, height: tall, stride }
  }
  const [halfWidth, halfHeight] = [halfOf(width, shift), halfOf(height, shift)]
  const luma = partOf(width, height, needs)
  const u = needs.colours ? planeOf(halfWidth, halfHeight) : 0
  const part = shift === 1 ? partOf(halfWidth, halfHeight, { colours: false, alpha: 'own' }) : luma
  const v = needs.colours ? planeOf(halfWidth, halfHeight) : 0
  return { width, height, luma, chroma: { ...part, plane: u }, u, v, cover: 0 }
}

/** Where the pixels of a picture lie, and room for planes of its full size on their way to half. */
type Brought = { pixels: number; free: number; size: number }

/** Brings RGBA in behind everything that stays, and behind room for `more`. */
const bring = ({ spare, bytes }: Arena, rgba: Rgba, { width, height }: Size, more = 0): Brought => {
  const size = align(strideOf(width) * height + 64)
  const before = align(Math.ceil(more))
  const pixelsSize = align(rgba.length + 64) + BEFORE
  const pixels = spare(before + pixelsSize + size * 3 + 64) + before
  bytes(pixels, rgba.length).set(rgba)
  return { pixels, free: pixels + pixelsSize, size }
}

/** Makes the planes of a sheet from pixels. */
const convert = (
  kernels: Kernels,
  sheet: Sheet,
  { pixels, free, size }: Brought,
  { shift, light }: { shift: 0 | 1; light: boolean },
): void => {
  const { luma, chroma, width, height } = sheet
  const [u, v] = shift === 1 || !sheet.u ? [free, free + size] : [sheet.u, sheet.v]
  const plane = luma.plane || free + size * 2
  kernels.planesOf(pixels, width, height, plane, u, v, luma.alpha, luma.stride, light ? 1 : 0)
  const own = luma.plane ? [luma.plane, u, v, luma.alpha] : [luma.alpha]
  for (const each of own) kernels.pad(each, width, height, luma.stride)
  if (shift === 1) {
    const halves = [
      [u, sheet.u],
      [v, sheet.v],
      [luma.alpha, chroma.alpha],
    ] as const
    for (const [from, to] of halves) {
      if (!to) continue
      kernels.halvePlane(from, width, height, luma.stride, to, chroma.stride)
      kernels.pad(to, chroma.width, chroma.height, chroma.stride)
    }
  }
  for (const { alpha, stride, blocks, ...part } of shift === 1 ? [chroma, luma] : [luma])
    sheet.cover = kernels.blocksOf(alpha, part.width, part.height, stride, blocks, blocksPer(stride))
}

const resize = (part: Part, width: number, height: number): void => {
  part.width = width
  part.height = height
  part.stride = strideOf(width)
}

/** Memory of one scene: its frame, and its sprites as planes. `shift` is 1 where chroma has half the size, else 0. */
export const createFrameMemory = (shift: 0 | 1): FrameMemory => {
  const arena = createArena()
  const { kernels, keep } = arena
  return {
    ...arena,
    sheet: (width, height) => roomFor(keep, shift, { width, height }, ALL),
    fill: (sheet, rgba, width, height, light) => {
      sheet.width = width
      sheet.height = height
      resize(sheet.luma, width, height)
      resize(sheet.chroma, halfOf(width, shift), halfOf(height, shift))
      convert(kernels, sheet, bring(arena, rgba, { width, height }), { shift, light })
    },
    sheetOf: (rgba, width, height, light) => {
      // Room for any sheet of this size, its blocks included, is left before the pixels.
      const before = (strideOf(width) + 64) * (height + 8) * (shift === 1 ? 3 : 4.2)
      const brought = bring(arena, rgba, { width, height }, before)
      // Too few for a kernel that takes four at a time are seldom worth it.
      const pixel = width * height < 4 ? 0 : kernels.oneColour(brought.pixels, width * height)
      const [y, u, v] = planesOfColour([pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255])
      const plain = pixel !== 0 && (!light || y >= BRIGHT)
      const needs: Needs = { colours: !plain, alpha: light && !plain ? 'luma' : 'own' }
      const sheet = roomFor(keep, shift, { width, height }, needs)
      convert(kernels, sheet, brought, { shift, light })
      // What light covers is its luma: its colour is by so much stronger.
      const strong = light ? 255 / y : 1
      const chroma = (value: number): number => Math.round(128 + (value - 128) * strong)
      return plain ? { ...sheet, colour: [Math.round(y * strong), chroma(u), chroma(v)] } : sheet
    },
  }
}
