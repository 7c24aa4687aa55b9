import { begin, edge, scale, written } from './edges'
import { closed, count, NEAR, part, point, points, readInto } from './path'

/* Paths become edges; see assembly/edges.ts. */

/**
 * The edges of a path that is filled: `matrix` brings its points into the frame, six 32-bit floats. `work` is room for
 * all its points. Answers how many.
 */
export function outline(list: usize, end: usize, matrix: usize, work: usize, edges: usize): i32 {
  begin(matrix, edges)
  readInto(work)
  let at = list
  while (at < end) {
    at = part(at, end)
    if (count < 2) continue
    let x = load<f32>(points + <usize>(count - 1) * 8)
    let y = load<f32>(points + <usize>(count - 1) * 8, 4)
    for (let index = 0; index < count; index++) {
      const nextX = load<f32>(points + <usize>index * 8)
      const nextY = load<f32>(points + <usize>index * 8, 4)
      edge(x, y, nextX, nextY)
      x = nextX
      y = nextY
    }
  }
  return written(edges)
}

/** A slice of a disc around a point, from one of its radii to another less than half a turn away, in the way of turning. */
function slice(x: f32, y: f32, fromX: f32, fromY: f32, endX: f32, endY: f32, way: f32): void {
  const size = fromX * fromX + fromY * fromY
  const dot = max<f32>(-1, min<f32>(1, (fromX * endX + fromY * endY) / size))
  const angle = <f32>Math.acos(<f64>dot)
  const radius = sqrt<f32>(size) * scale
  const steps = min(24, max(1, <i32>ceil<f32>(angle * sqrt<f32>(radius / (<f32>8 * NEAR)))))
  const cos = <f32>Math.cos(<f64>(angle / <f32>steps))
  const sin = <f32>Math.sin(<f64>(angle / <f32>steps)) * way
  let outX = fromX
  let outY = fromY
  edge(x, y, x + outX, y + outY)
  for (let step = 1; step < steps; step++) {
    const nextX = outX * cos - outY * sin
    const nextY = outX * sin + outY * cos
    edge(x + outX, y + outY, x + nextX, y + nextY)
    outX = nextX
    outY = nextY
  }
  edge(x + outX, y + outY, x + endX, y + endY)
  edge(x + endX, y + endY, x, y)
}

/** Half a disc at a line's end: `outX`, `outY` is the radius that it begins with. All shapes here turn the same way. */
function roundEnd(x: f32, y: f32, outX: f32, outY: f32): void {
  slice(x, y, outX, outY, outY, -outX, -1)
  slice(x, y, outY, -outX, -outX, -outY, -1)
}

/** What fills the outer side of a bend between two pieces of a line, whose sides are `n` and `m` from its middle. */
function bendOf(x: f32, y: f32, nX: f32, nY: f32, mX: f32, mY: f32, half: f32, join: i32, limit: f32): void {
  const cross = nX * mY - nY * mX
  const dot = (nX * mX + nY * mY) / (half * half)
  if (dot > 0 && abs<f32>(cross) * scale * scale < 0.02) return
  // The pieces turn clockwise with the line on their left: so does this, whichever side it is on.
  const fromX = cross > 0 ? -mX : nX
  const fromY = cross > 0 ? -mY : nY
  const endX = cross > 0 ? -nX : mX
  const endY = cross > 0 ? -nY : mY
  if (join === 1) {
    slice(x, y, fromX, fromY, endX, endY, -1)
    return
  }
  edge(x, y, x + fromX, y + fromY)
  if (join === 0 && (<f32>1 + dot) * limit * limit >= 2) {
    const cornerX = x + (fromX + endX) / (<f32>1 + dot)
    const cornerY = y + (fromY + endY) / (<f32>1 + dot)
    edge(x + fromX, y + fromY, cornerX, cornerY)
    edge(cornerX, cornerY, x + endX, y + endY)
  } else edge(x + fromX, y + fromY, x + endX, y + endY)
  edge(x + endX, y + endY, x, y)
}

/**
 * The edges of a path that is stroked: a rectangle for each piece and what lies between two, all turning the same way, so
 * that where they overlap they count as one. `half` the width in the path's units; `cap` 0 butt, 1 round, 2 square;
 * `join` 0 mitre up to `limit`, 1 round, 2 bevel.
 */
export function strokes(
  list: usize,
  end: usize,
  matrix: usize,
  work: usize,
  edges: usize,
  half: f32,
  cap: i32,
  join: i32,
  limit: f32,
): i32 {
  begin(matrix, edges)
  readInto(work)
  let at = list
  while (at < end) {
    at = part(at, end)
    if (count === 0) continue
    if (closed && count > 1) {
      point(load<f32>(points), load<f32>(points, 4))
    }
    if (count === 1) {
      const x = load<f32>(points)
      const y = load<f32>(points, 4)
      if (cap === 1) {
        roundEnd(x, y, 0, half)
        roundEnd(x, y, 0, -half)
      }
      continue
    }
    let lastX: f32 = 0
    let lastY: f32 = 0
    let firstX: f32 = 0
    let firstY: f32 = 0
    for (let index = 0; index + 1 < count; index++) {
      let x = load<f32>(points + <usize>index * 8)
      let y = load<f32>(points + <usize>index * 8, 4)
      let nextX = load<f32>(points + <usize>index * 8, 8)
      let nextY = load<f32>(points + <usize>index * 8, 12)
      const byLength = half / sqrt<f32>((nextX - x) * (nextX - x) + (nextY - y) * (nextY - y))
      const alongX = (nextX - x) * byLength
      const alongY = (nextY - y) * byLength
      if (index > 0) bendOf(x, y, lastX, lastY, -alongY, alongX, half, join, limit)
      else {
        firstX = -alongY
        firstY = alongX
      }
      const ends = !closed
      if (ends && index === 0) {
        if (cap === 1) roundEnd(x, y, alongY, -alongX)
        else if (cap === 2) {
          x -= alongX
          y -= alongY
        }
      }
      if (ends && index + 2 === count) {
        if (cap === 1) roundEnd(nextX, nextY, -alongY, alongX)
        else if (cap === 2) {
          nextX += alongX
          nextY += alongY
        }
      }
      edge(x - alongY, y + alongX, nextX - alongY, nextY + alongX)
      edge(nextX - alongY, nextY + alongX, nextX + alongY, nextY - alongX)
      edge(nextX + alongY, nextY - alongX, x + alongY, y - alongX)
      edge(x + alongY, y - alongX, x - alongY, y + alongX)
      lastX = -alongY
      lastY = alongX
    }
    if (closed) bendOf(load<f32>(points), load<f32>(points, 4), lastX, lastY, firstX, firstY, half, join, limit)
  }
  return written(edges)
}
