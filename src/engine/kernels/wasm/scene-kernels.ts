/** What scenes are drawn with: noise, ground and sky, and the pictures and sprites that they are laid with. See assembly/ for each. */
export type SceneKernels = {
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
  toVideo: (rgba: number, width: number, height: number, y: number, u: number, v: number) => void
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
  halvePlane: (source: number, width: number, height: number, stride: number, target: number, across: number) => void
  oneColour: (rgba: number, count: number) => number
  blocksOf: (alpha: number, width: number, height: number, stride: number, blocks: number, per: number) => number
  plan: (
    blocks: number,
    per: number,
    rows: number,
    hidden: number,
    hiddenPer: number,
    top: number,
    bottom: number,
    firstY: number,
    stepY: number,
    from: number,
    to: number,
    firstX: number,
    stepX: number,
    whole: number,
    table: number,
    out: number,
  ) => number
  steps: (table: number, from: number, to: number, first: number, step: number) => void
  lay: (
    first: number,
    second: number,
    alpha: number,
    stride: number,
    rows: number,
    target: number,
    other: number,
    across: number,
    top: number,
    bottom: number,
    firstY: number,
    stepY: number,
    from: number,
    to: number,
    table: number,
    sets: number,
    perRow: number,
    share: number,
    colour: number,
    otherColour: number,
    lines: number,
  ) => void
  specks: (rgba: number, width: number, height: number, list: number, count: number, first: number) => void
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
  seaRow: (to: number, columns: number, table: number, sky: number, waves: number, count: number, list: number) => void
  outline: (list: number, end: number, matrix: number, work: number, edges: number) => number
  strokes: (
    list: number,
    end: number,
    matrix: number,
    work: number,
    edges: number,
    half: number,
    cap: number,
    join: number,
    limit: number,
  ) => number
  fillRoom: (width: number) => number
  fill: (
    edges: number,
    count: number,
    paint: number,
    work: number,
    y: number,
    u: number,
    v: number,
    stride: number,
    chromaStride: number,
    width: number,
    height: number,
    shift: number,
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
}
