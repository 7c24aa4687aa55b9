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

/** Where each of four rows of a triangle begins, and where it ends. */
const RUNS: usize = memory.data(32)

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
  const half = f32x4.splat(0.5)
  const start = f32x4.splat(ay)
  const first = f32x4.splat(ax)
  const middle = f32x4.splat(by)
  const wholes = f32x4.splat(whole)
  const uppers = f32x4.splat(upper)
  const lowers = f32x4.splat(lower)
  const right = i32x4.splat(width - 1)
  // Four rows at once: where each begins and ends.
  for (let row = top; row <= bottom; row += 4) {
    const y = f32x4.add(f32x4.add(f32x4.splat(<f32>row), f32x4(0, 1, 2, 3)), half)
    const down = f32x4.sub(y, start)
    const one = f32x4.add(first, f32x4.mul(down, wholes))
    const two = v128.bitselect(
      f32x4.add(first, f32x4.mul(down, uppers)),
      f32x4.add(f32x4.splat(bx), f32x4.mul(f32x4.sub(y, middle), lowers)),
      f32x4.lt(y, middle),
    )
    const left = i32x4.trunc_sat_f32x4_s(f32x4.ceil(f32x4.sub(f32x4.pmin(one, two), half)))
    const end = i32x4.trunc_sat_f32x4_s(f32x4.floor(f32x4.sub(f32x4.pmax(one, two), half)))
    v128.store(RUNS, i32x4.max_s(left, i32x4.splat(0)))
    v128.store(RUNS, i32x4.min_s(end, right), 16)
    const rows = min(4, bottom - row + 1)
    for (let next = 0; next < rows; next++) {
      const from = load<i32>(RUNS + (next << 2))
      const count = load<i32>(RUNS + (next << 2), 16) - from + 1
      if (count <= 0) continue
      const at = (row + next) * width + from
      run(plane + at, count, level)
      if (other) run(other + at, count, otherLevel)
    }
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
