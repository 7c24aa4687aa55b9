/**
 * A small shape, as assembly/dabs.ts and assembly/specks.ts read it: an ellipse that reaches so far along and across its long
 * axis, drawn out into a line that goes so far (`half`) to both sides of the middle. Places are pixels of the frame.
 */
export type SmallShape = {
  x: number
  y: number
  cos: number
  sin: number
  half: number
  along: number
  across: number
}

export const discAt = (x: number, y: number, radius: number): SmallShape => ({
  x,
  y,
  cos: 1,
  sin: 0,
  half: 0,
  along: radius,
  across: radius,
})

/** An ellipse, turned by an angle in radians. */
export const ellipseAt = (x: number, y: number, along: number, across: number, angle: number): SmallShape => ({
  x,
  y,
  cos: Math.cos(angle),
  sin: Math.sin(angle),
  half: 0,
  along,
  across,
})

/** A line with round ends. */
export const lineFrom = (x: number, y: number, toX: number, toY: number, width: number): SmallShape => {
  const long = Math.hypot(toX - x, toY - y)
  const [cos, sin] = long > 0 ? [(toX - x) / long, (toY - y) / long] : [1, 0]
  return { x: (x + toX) / 2, y: (y + toY) / 2, cos, sin, half: long / 2, along: width / 2, across: width / 2 }
}

/** Writes a shape as the first seven numbers from a place on. */
export const writeShape = (list: Float32Array, at: number, shape: SmallShape): void => {
  list[at] = shape.x
  list[at + 1] = shape.y
  list[at + 2] = shape.cos
  list[at + 3] = shape.sin
  list[at + 4] = shape.half
  list[at + 5] = shape.along
  list[at + 6] = shape.across
}
