/** Bytes of 255, then as many of 0. */
const KEPT: usize = memory.data<u8>([
  255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
])

/** Writes a level into each of `count` bytes, and what is there into up to 16 behind them: most runs are short. */
// @ts-ignore: decorator
@inline
function run(at: usize, count: i32, level: u8): void {
  const many = i8x16.splat(level)
  for (; count > 16; count -= 16) {
    v128.store(at, many)
    at += 16
  }
  v128.store(at, v128.bitselect(many, v128.load(at), v128.load(KEPT + 16 - count)))
}

/** By how much x changes from row to row along an edge. */
// @ts-ignore: decorator
@inline
function slope(ax: f32, ay: f32, bx: f32, by: f32): f32 {
  return by > ay ? (bx - ax) / (by - ay) : 0
}

/** Fills a triangle, its corners from above downwards, of a plane with one level, and of another, if any, with another. */
function fill(
  plane: usize,
  other: usize,
  width: i32,
  height: i32,
  ax: f32,
  ay: f32,
  bx: f32,
  by: f32,
  cx: f32,
  cy: f32,
  level: u8,
  otherLevel: u8,
): void {
  const top = max(0, <i32>ceil(ay - <f32>0.5))
  const bottom = min(height - 1, <i32>floor(cy - <f32>0.5))
  const whole = slope(ax, ay, cx, cy)
  const upper = slope(ax, ay, bx, by)
  const lower = slope(bx, by, cx, cy)
  for (let row = top; row <= bottom; row++) {
    const y = <f32>row + <f32>0.5
    const one = ax + (y - ay) * whole
    const two = y < by ? ax + (y - ay) * upper : bx + (y - by) * lower
    const from = max(0, <i32>ceil(min(one, two) - <f32>0.5))
    const count = min(width - 1, <i32>floor(max(one, two) - <f32>0.5)) - from + 1
    if (count <= 0) continue
    const at = row * width + from
    run(plane + at, count, level)
    if (other) run(other + at, count, otherLevel)
  }
}

/**
 * Fills triangles of three planes. Each takes eight 32-bit floats: its corners on luma's grid, then the bytes of its
 * luma and chroma, and 5 to spare.
 */
export function triangles(
  y: usize,
  u: usize,
  v: usize,
  width: i32,
  height: i32,
  shift: i32,
  list: usize,
  count: i32,
): void {
  const across = (width + shift) >> shift
  const down = (height + shift) >> shift
  const part: f32 = shift ? 0.5 : 1
  for (let index = 0; index < count; index++) {
    const own = list + (index << 5)
    let a = own
    let b = own + 8
    let c = own + 16
    if (load<f32>(b, 4) < load<f32>(a, 4)) {
      const first = a
      a = b
      b = first
    }
    if (load<f32>(c, 4) < load<f32>(b, 4)) {
      const last = b
      b = c
      c = last
      if (load<f32>(b, 4) < load<f32>(a, 4)) {
        const first = a
        a = b
        b = first
      }
    }
    const ax = load<f32>(a)
    const ay = load<f32>(a, 4)
    const bx = load<f32>(b)
    const by = load<f32>(b, 4)
    const cx = load<f32>(c)
    const cy = load<f32>(c, 4)
    fill(y, 0, width, height, ax, ay, bx, by, cx, cy, load<u8>(own, 24), 0)
    const levelU = load<u8>(own, 25)
    const levelV = load<u8>(own, 26)
    fill(u, v, across, down, ax * part, ay * part, bx * part, by * part, cx * part, cy * part, levelU, levelV)
  }
}

/**
 * Panes around scattered points on a plane, one to each square of `side`: which pane a pixel is in (16 bits), and how
 * far it is from the border to the next, in eighths of a pixel, at most 255. Points are pairs of 32-bit floats, in rows
 * of `columns` that begin one square outside of the plane.
 */
export function panes(
  points: usize,
  columns: i32,
  rows: i32,
  side: f32,
  width: i32,
  height: i32,
  piece: usize,
  border: usize,
): void {
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const column = <i32>(<f32>x / side) + 1
      const row = <i32>(<f32>y / side) + 1
      let nearest = 0
      let least: f32 = 1e18
      let second: f32 = 1e18
      for (let down = max(0, row - 1); down <= min(rows - 1, row + 1); down++)
        for (let across = max(0, column - 1); across <= min(columns - 1, column + 1); across++) {
          const index = down * columns + across
          const dx = <f32>x - load<f32>(points + (index << 3))
          const dy = <f32>y - load<f32>(points + (index << 3), 4)
          const far = dx * dx + dy * dy
          if (far < least) {
            second = least
            least = far
            nearest = index
          } else second = min(second, far)
        }
      const at = y * width + x
      store<u16>(piece + at * 2, nearest)
      store<u8>(border + at, <u32>min<f32>(255, (sqrt(second) - sqrt(least)) * 8))
    }
}

/** What each pixel's piece (16 bits a pixel) has for it. */
export function spread(piece: usize, values: usize, to: usize, count: i32): void {
  for (let at = 0; at < count; at++) store<u8>(to + at, load<u8>(values + <usize>load<u16>(piece + at * 2)))
}
