import { BINARY } from './binary.ts'

/** What assembly/ exports. Planes are given by their places in memory, which {@link room} makes; see there for each. */
type Kernels = {
  memory: WebAssembly.Memory
  halve: (source: number, width: number, height: number, target: number) => void
  blur: (
    source: number,
    target: number,
    rows: number,
    sums: number,
    width: number,
    height: number,
    radius: number,
  ) => void
  paint: (
    y: number,
    u: number,
    v: number,
    width: number,
    height: number,
    shift: number,
    reach: number,
    weights: number,
    skin: number,
    shares: number,
    near: number,
    free: number,
  ) => void
  curve: (from: number, to: number, count: number, table: number) => void
  stretch: (from: number, to: number, count: number, zero: number, share: number, base: number) => void
  steady: (now: number, last: number, count: number, table: number) => void
  darker: (luma: number, around: number, to: number, count: number, table: number, rows: number) => void
  inked: (plane: number, ink: number, count: number, floor: number, gain: number) => void
  chroma: (u: number, v: number, count: number, cos: number, sin: number, baseU: number, baseV: number) => void
  ramp: (
    y: number,
    u: number,
    v: number,
    width: number,
    across: number,
    down: number,
    shift: number,
    tableU: number,
    tableV: number,
    share: number,
  ) => void
  layNoise: (
    luma: number,
    width: number,
    height: number,
    tile: number,
    side: number,
    part: number,
    where: number,
    left: number,
    top: number,
  ) => void
  layMask: (plane: number, mask: number, count: number, zero: number) => void
  layLight: (plane: number, light: number, count: number, part: number) => void
  subtract: (plane: number, other: number, count: number) => void
  halftone: (plane: number, screen: number, count: number, flat: number) => void
  hatch: (luma: number, strokes: number, size: number, count: number, tables: number) => void
  edges: (source: number, width: number, height: number, target: number) => void
  liftBy: (
    y: number,
    u: number,
    v: number,
    width: number,
    height: number,
    across: number,
    shift: number,
    table: number,
    part: number,
    row: number,
  ) => void
  turnBy: (u: number, v: number, count: number, table: number, toU: number, toV: number, part: number) => void
  strokes: (
    luma: number,
    width: number,
    height: number,
    pick: number,
    across: number,
    down: number,
    tiles: number,
    thin: number,
    chromaWidth: number,
    shift: number,
    full: number,
  ) => void
  finish: (
    rgba: number,
    width: number,
    height: number,
    alpha: number,
    red: number,
    green: number,
    blue: number,
    tile: number,
    across: number,
    left: number,
    top: number,
    strength: number,
  ) => void
  toVideo: (rgba: number, width: number, height: number, y: number, u: number, v: number) => void
  warp: (source: number, width: number, height: number, field: number, columns: number, out: number) => void
  capsules: (rgba: number, width: number, height: number, list: number, count: number) => void
  relight: (
    rgba: number,
    width: number,
    height: number,
    nodes: number,
    columns: number,
    gainRed: number,
    gainGreen: number,
    gainBlue: number,
    red: number,
    green: number,
    blue: number,
  ) => void
  match: (
    from: number,
    to: number,
    across: number,
    down: number,
    flow: number,
    reach: number,
    rounds: number,
    tries: number,
    stiff: number,
  ) => void
  settle: (
    from: number,
    to: number,
    across: number,
    down: number,
    flow: number,
    fine: number,
    apartness: number,
  ) => void
  over: (upper: number, lower: number, count: number) => void
  blend: (from: number, to: number, count: number, parts: number) => void
  morph: (
    first: number,
    second: number,
    width: number,
    height: number,
    firstField: number,
    secondField: number,
    parts: number,
    columns: number,
    out: number,
  ) => void
  bloom: (y: number, width: number, height: number, reach: number, part: number, bright: number, free: number) => void
}

const load = (): Kernels => {
  const bytes = Buffer.from(BINARY, 'base64')
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes))
  // A test holds the binary and its sources together; their types are those above.
  return exports as unknown as Kernels
}

let loaded: Kernels | undefined

/** The compiled kernels: WebAssembly with 128-bit SIMD, several times as fast on bytes as JavaScript is. */
export const kernels = (): Kernels => (loaded ??= load())

/** The first bytes stay free, so that no plane lies at 0. */
const FIRST = 64
/** A kernel may read and write past a plane's end, up to a step of its own. */
const SPARE = 64
const PAGE = 65_536

/**
 * Places in the kernels' memory for so many bytes each, 16-byte aligned. They hold whatever was there before, and are
 * given to others at the next call: a kernel's planes are copied in and out around it, which costs a tenth of a
 * millisecond for luma at 720p.
 */
export const room = <const Sizes extends readonly number[]>(
  ...sizes: Sizes
): { [Index in keyof Sizes]: Uint8Array<ArrayBuffer> } => {
  const { memory } = kernels()
  const starts: number[] = []
  let end = FIRST
  for (const size of sizes) {
    starts.push(end)
    end = (end + size + SPARE + 15) & ~15
  }
  if (memory.buffer.byteLength < end) memory.grow(Math.ceil((end - memory.buffer.byteLength) / PAGE))
  const views = sizes.map((size, index) => new Uint8Array(memory.buffer, starts[index] ?? 0, size))
  return views as { [Index in keyof Sizes]: Uint8Array<ArrayBuffer> }
}
