import { BINARY } from './binary.ts'

/** What assembly/ exports. Planes are given by their places in memory, which {@link room} makes; see there for each. */
export type Kernels = {
  memory: WebAssembly.Memory
  free: () => number
  halve: (source: number, width: number, height: number, target: number) => void
  double: (from: number, across: number, down: number, to: number, width: number, height: number, row: number) => void
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
  bend: (from: number, to: number, count: number, table: number) => void
  stretch: (from: number, to: number, count: number, zero: number, share: number, base: number) => void
  steady: (now: number, last: number, count: number, table: number) => void
  darker: (luma: number, around: number, to: number, count: number, table: number, rows: number) => void
  inked: (plane: number, ink: number, count: number, floor: number, gain: number) => void
  chroma: (u: number, v: number, count: number, cos: number, sin: number, baseU: number, baseV: number) => void
  atChroma: (y: number, to: number, width: number, across: number, down: number, shift: number, table: number) => void
  onLuma: (from: number, to: number, width: number, height: number, across: number, shift: number) => void
  keepChroma: (own: number, laid: number, share: number, count: number) => void
  lean: (plane: number, to: number, parts: number, count: number) => void
  blendIn: (plane: number, to: number, part: number, count: number) => void
  quantise: (
    plane: number,
    width: number,
    height: number,
    size: number,
    levels: number,
    zero: number,
    dither: number,
    bayer: number,
  ) => void
  drum: (
    y: number,
    u: number,
    v: number,
    width: number,
    height: number,
    across: number,
    shift: number,
    table: number,
    screen: number,
    patches: number,
    specks: number,
    warm: number,
    cold: number,
    least: number,
    row: number,
    to: number,
  ) => void
  overprint: (dark: number, bright: number, to: number, away: number, count: number) => void
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
  clarity: (y: number, width: number, height: number, reach: number, gain: number, table: number, free: number) => void
  triangles: (
    y: number,
    u: number,
    v: number,
    width: number,
    height: number,
    shift: number,
    list: number,
    count: number,
  ) => void
  panes: (
    points: number,
    columns: number,
    rows: number,
    side: number,
    width: number,
    height: number,
    of: number,
    border: number,
  ) => void
  spread: (of: number, values: number, to: number, count: number) => void
  brush: (
    y: number,
    u: number,
    v: number,
    from: number,
    width: number,
    height: number,
    shift: number,
    strokes: number,
    count: number,
    pick: number,
    thick: number,
    cells: number,
    shapes: number,
    reliefs: number,
    smallShapes: number,
    variants: number,
    size: number,
    small: number,
    work: number,
  ) => void
  grains: (to: number, side: number, seed: number, raw: number) => void
  fractal: (
    to: number,
    side: number,
    cells: number,
    cellsDown: number,
    octaves: number,
    gain: number,
    seed: number,
    sums: number,
    lattice: number,
    row: number,
  ) => void
  cloudRow: (to: number, columns: number, table: number, list: number, row: number, seed: number) => void
  mistRow: (
    to: number,
    columns: number,
    table: number,
    step: number,
    row: number,
    strong: number,
    colour: number,
    seed: number,
  ) => void
  skyRow: (to: number, columns: number, cells: number, seed: number) => void
  march: (
    xs: number,
    zs: number,
    heights: number,
    before: number,
    count: number,
    focal: number,
    level: number,
    eye: number,
    bottom: number,
    points: number,
  ) => number
  surface: (points: number, count: number, table: number, list: number) => void
  fillColumn: (
    points: number,
    count: number,
    to: number,
    rows: number,
    sums: number,
    airRed: number,
    airGreen: number,
    airBlue: number,
    seed: number,
  ) => void
  octaveSum: (table: number, x: number, y: number, octaves: number) => number
  octaveSums: (
    table: number,
    xs: number,
    ys: number,
    to: number,
    count: number,
    octaves: number,
    perX: number,
    perY: number,
    moveX: number,
  ) => void
  ridgeSums: (
    table: number,
    xs: number,
    ys: number,
    to: number,
    count: number,
    octaves: number,
    per: number,
    moveX: number,
  ) => void
  hatching: (to: number, width: number, height: number, tile: number, cos: number, sin: number, inverse: number) => void
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
  flare: (
    rgba: number,
    width: number,
    height: number,
    nodes: number,
    columns: number,
    baseRed: number,
    baseGreen: number,
    baseBlue: number,
    moreRed: number,
    moreGreen: number,
    moreBlue: number,
  ) => void
  mean: (source: number, rows: number, target: number, across: number, down: number, radius: number) => void
  ways: (
    far: number,
    fromLeft: number,
    fromRight: number,
    fromAbove: number,
    fromBelow: number,
    across: number,
    down: number,
    rounds: number,
  ) => void
  match: (
    from: number,
    to: number,
    across: number,
    down: number,
    apart: number,
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
    apart: number,
    flow: number,
    fine: number,
    differences: number,
  ) => void
  over: (upper: number, lower: number, count: number) => void
  blend: (from: number, to: number, count: number, parts: number) => void
  planesOf: (
    rgba: number,
    width: number,
    height: number,
    y: number,
    u: number,
    v: number,
    alpha: number,
    stride: number,
    light: number,
  ) => void
  pad: (plane: number, width: number, height: number, stride: number) => void
  halvePlate: (source: number, width: number, height: number, stride: number, target: number, across: number) => void
  spansOf: (alpha: number, width: number, height: number, stride: number, spans: number) => number
  steps: (table: number, from: number, to: number, first: number, step: number) => void
  lay: (
    source: number,
    alpha: number,
    stride: number,
    rows: number,
    spans: number,
    target: number,
    across: number,
    top: number,
    bottom: number,
    firstY: number,
    stepY: number,
    from: number,
    to: number,
    firstX: number,
    stepX: number,
    table: number,
    share: number,
  ) => void
  mirror: (
    plane: number,
    stride: number,
    width: number,
    top: number,
    rows: number,
    list: number,
    tables: number,
    size: number,
  ) => void
  dabs: (
    list: number,
    count: number,
    plane: number,
    other: number,
    stride: number,
    width: number,
    height: number,
    scale: number,
    which: number,
  ) => void
  polish: (
    source: number,
    across: number,
    width: number,
    height: number,
    alpha: number,
    shade: number,
    tile: number,
    side: number,
    left: number,
    top: number,
    strength: number,
    scale: number,
    base: number,
    target: number,
  ) => void
  polishChroma: (
    source: number,
    across: number,
    width: number,
    height: number,
    alpha: number,
    dimAcross: number,
    shift: number,
    shade: number,
    scale: number,
    target: number,
  ) => void
  lights: (
    y: number,
    u: number,
    v: number,
    across: number,
    columns: number,
    rows: number,
    group: number,
    scale: number,
    out: number,
  ) => void
  flood: (plane: number, count: number, value: number) => void
  morph: (
    first: number,
    second: number,
    width: number,
    height: number,
    firstField: number,
    secondField: number,
    parts: number,
    columns: number,
    oneThing: number,
    out: number,
  ) => void
  bloom: (y: number, width: number, height: number, reach: number, part: number, bright: number, free: number) => void
}

let compiled: WebAssembly.Module | undefined

/** The kernels with a memory of their own, for who keeps things in it. */
export const ownKernels = (): Kernels => {
  compiled ??= new WebAssembly.Module(Buffer.from(BINARY, 'base64'))
  const { exports } = new WebAssembly.Instance(compiled)
  // A test holds the binary and its sources together; their types are those above.
  return exports as unknown as Kernels
}

let loaded: Kernels | undefined

/** The compiled kernels: WebAssembly with 128-bit SIMD, several times as fast on bytes as JavaScript is. */
export const kernels = (): Kernels => (loaded ??= ownKernels())

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
  let end = (kernels().free() + SPARE) & ~15
  for (const size of sizes) {
    starts.push(end)
    end = (end + size + SPARE + 15) & ~15
  }
  if (memory.buffer.byteLength < end) memory.grow(Math.ceil((end - memory.buffer.byteLength) / PAGE))
  const views = sizes.map((size, index) => new Uint8Array(memory.buffer, starts[index] ?? 0, size))
  return views as { [Index in keyof Sizes]: Uint8Array<ArrayBuffer> }
}
