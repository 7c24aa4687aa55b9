/* Straight lines of 16 bytes, x, y, x, y, in pixels of the frame. */

let to: usize = 0
let a: f32 = 1
let b: f32 = 0
let c: f32 = 0
let d: f32 = 1
let e: f32 = 0
let f: f32 = 0
/** Pixels to a unit of the path. */
export let scale: f32 = 1

let minX: f32 = 0
let minY: f32 = 0
let maxX: f32 = 0
let maxY: f32 = 0

/** The box around all edges that were written last: 0 left, 1 top, 2 right, 3 bottom. */
export function reach(side: i32): f32 {
  return side === 0 ? minX : side === 1 ? minY : side === 2 ? maxX : maxY
}

/** Begins a list of edges; `matrix` brings a path's points into the frame, six 32-bit floats. */
export function begin(matrix: usize, edges: usize): void {
  a = load<f32>(matrix)
  b = load<f32>(matrix, 4)
  c = load<f32>(matrix, 8)
  d = load<f32>(matrix, 12)
  e = load<f32>(matrix, 16)
  f = load<f32>(matrix, 20)
  scale = max<f32>(<f32>1e-4, sqrt<f32>(abs<f32>(a * d - b * c)))
  to = edges
  minX = minY = f32.MAX_VALUE
  maxX = maxY = -f32.MAX_VALUE
}

/** Writes an edge, from one point of the path's own units to another. */
export function edge(x: f32, y: f32, nextX: f32, nextY: f32): void {
  const fromX = a * x + c * y + e
  const fromY = b * x + d * y + f
  const endX = a * nextX + c * nextY + e
  const endY = b * nextX + d * nextY + f
  minX = min<f32>(minX, min<f32>(fromX, endX))
  maxX = max<f32>(maxX, max<f32>(fromX, endX))
  minY = min<f32>(minY, min<f32>(fromY, endY))
  maxY = max<f32>(maxY, max<f32>(fromY, endY))
  if (fromY === endY) return
  store<f32>(to, fromX)
  store<f32>(to, fromY, 4)
  store<f32>(to, endX, 8)
  store<f32>(to, endY, 12)
  to += 16
}

/** How many edges were written since a list began there. */
export function written(edges: usize): i32 {
  return <i32>((to - edges) >> 4)
}
