import { type Kernels, ownKernels } from '../kernels/wasm/kernels.ts'

/** A gradient noise's shuffled order, 0 to 255 twice, and its 256 gradients. */
export type NoiseTable = {
  readonly order: Uint8Array
  readonly gradX: Float32Array
  readonly gradY: Float32Array
  /** Which place in memory it had last. */
  slot: number
}

/** Tables that are in memory at a time: a scene uses a few dozen. */
const SLOTS = 64
/** Bytes of a table; see assembly/gradient.ts. */
const GRADIENTS = 528
const TABLE = GRADIENTS + 256 * 8
/** Numbers in a lane (assembly/land.ts knows it too), and how many lanes there are. */
export const LENGTH = 4096
/** Which lanes are for what: places for noise and what is there, a kernel's list, rays and points of a land. */
export const LANE = { x: 0, y: 1, noise: 2, list: 3, zs: 4, xs: 5, heights: 6, before: 7, points: 8, sums: 19 } as const
const LANES = LANE.sums + 4
/** Pixels in a row. */
const WIDEST = 16_384
const PAGE = 65_536

/** Memory in which what stands still is painted by kernels, a row or a column at a time. */
type PaintMemory = {
  kernels: Kernels
  /** Where the tables begin, and whose they are. */
  tables: number
  owners: (NoiseTable | undefined)[]
  next: number
  /** Numbers to work on. Nobody's between two calls. */
  lanes: readonly Float32Array<ArrayBuffer>[]
  /** A row of pixels. */
  row: Uint8ClampedArray<ArrayBuffer>
}

let memory: PaintMemory | undefined

const create = (): PaintMemory => {
  const kernels = ownKernels()
  const tables = (kernels.free() + 63) & ~63
  const first = (tables + SLOTS * TABLE + 63) & ~63
  const row = first + LENGTH * 4 * LANES
  const end = row + WIDEST * 4 + 64
  kernels.memory.grow(Math.max(0, Math.ceil((end - kernels.memory.buffer.byteLength) / PAGE)))
  const buffer = kernels.memory.buffer as ArrayBuffer
  return {
    kernels,
    tables,
    owners: [],
    next: 0,
    lanes: Array.from({ length: LANES }, (_, lane) => new Float32Array(buffer, first + lane * LENGTH * 4, LENGTH)),
    row: new Uint8ClampedArray(buffer, row, WIDEST * 4),
  }
}

export const paintMemory = (): PaintMemory => (memory ??= create())

/** Where a table lies; it is brought there if it has to be, in place of the one that came first. */
export const placeOf = (table: NoiseTable): number => {
  const own = paintMemory()
  const { kernels, tables, owners, next } = own
  if (owners[table.slot] === table) return tables + table.slot * TABLE
  const place = tables + next * TABLE
  const { buffer } = kernels.memory
  new Uint8Array(buffer, place, 512).set(table.order)
  const gradients = new Float32Array(buffer, place + GRADIENTS, 512)
  for (let index = 0; index < 256; index++) {
    gradients[index * 2] = table.gradX[index]!
    gradients[index * 2 + 1] = table.gradY[index]!
  }
  owners[next] = table
  table.slot = next
  own.next = (next + 1) % SLOTS
  return place
}

/** One of the lanes. */
export const lane = (index: number): Float32Array<ArrayBuffer> => {
  const found = paintMemory().lanes[index]
  if (!found) throw new Error(`no lane ${index}`)
  return found
}

/** A picture (RGBA) whose rows are painted by a kernel that writes one to a place. */
export const paintRows = (
  width: number,
  rows: number,
  paint: (row: number, to: number) => void,
): Uint8ClampedArray<ArrayBuffer> => {
  const { row: pixels } = paintMemory()
  if (width > WIDEST) throw new Error('too many pixels in a row')
  const data = new Uint8ClampedArray(width * rows * 4)
  const seen = pixels.subarray(0, width * 4)
  for (let row = 0; row < rows; row++) {
    paint(row, pixels.byteOffset)
    data.set(seen, row * width * 4)
  }
  return data
}
