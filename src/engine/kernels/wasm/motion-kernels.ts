/** What photographs are moved with and transitions made of: RGBA along fields, and what is seen in it. See assembly/ for each. */
export type MotionKernels = {
  warp: (source: number, width: number, height: number, field: number, columns: number, out: number) => void
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
  parted: (
    scene: number,
    width: number,
    height: number,
    field: number,
    columns: number,
    clear: number,
    plate: number,
    plateField: number,
    rows: number,
    out: number,
  ) => void
  place: (
    cutOut: number,
    pitch: number,
    columns: number,
    rows: number,
    frame: number,
    width: number,
    left: number,
    top: number,
    right: number,
    bottom: number,
  ) => void
  blend: (from: number, to: number, count: number, parts: number) => void
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
}
