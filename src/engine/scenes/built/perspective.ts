/** Takes a place to the frame: `x` across, `y` up, `z` away from the eye. */
export type Projection = (x: number, y: number, z: number) => [number, number]

type Pair = readonly [number, number]

/** The corners of a face between two lines that run straight away from the eye, each at its `x` and `y`. */
export const faceAlong = (to: Projection, [x1, y1]: Pair, [x2, y2]: Pair, [z1, z2]: Pair): Pair[] => [
  to(x1, y1, z1),
  to(x1, y1, z2),
  to(x2, y2, z2),
  to(x2, y2, z1),
]

/** The corners of a face between two lines that run straight across, each at its `y` and `z`. */
export const faceAcross = (to: Projection, [x1, x2]: Pair, [y1, z1]: Pair, [y2, z2]: Pair): Pair[] => [
  to(x1, y1, z1),
  to(x2, y1, z1),
  to(x2, y2, z2),
  to(x1, y2, z2),
]
