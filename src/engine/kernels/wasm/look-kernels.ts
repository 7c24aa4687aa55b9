/** What styles draw with: planes of luma and chroma. See assembly/ for each. */
export type LookKernels = {
  blur: (
    source: number,
    target: number,
    rows: number,
    sums: number,
    width: number,
    height: number,
    radius: number,
  ) => void
  clarity: (y: number, width: number, height: number, reach: number, gain: number, table: number, free: number) => void
  bloom: (y: number, width: number, height: number, reach: number, part: number, bright: number, free: number) => void
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
  inked: (plane: number, ink: number, count: number, floor: number, gain: number) => void
  curve: (from: number, to: number, count: number, table: number) => void
  bend: (from: number, to: number, count: number, table: number) => void
  steady: (now: number, last: number, count: number, table: number) => void
  darker: (luma: number, around: number, to: number, count: number, table: number, rows: number) => void
  chroma: (u: number, v: number, count: number, cos: number, sin: number, baseU: number, baseV: number) => void
  atChroma: (
    y: number,
    to: number,
    width: number,
    across: number,
    down: number,
    shift: number,
    table: number,
    straight: number,
  ) => void
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
    straight: number,
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
  halftone: (plane: number, screen: number, count: number, flat: number) => void
  hatch: (luma: number, strokes: number, size: number, count: number, tables: number) => void
  hatching: (to: number, width: number, height: number, tile: number, cos: number, sin: number, inverse: number) => void
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
    straight: number,
    near: number,
    free: number,
  ) => void
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
    kinds: number,
    size: number,
    small: number,
    work: number,
  ) => void
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
}
