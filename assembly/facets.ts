/** One row of a triangle: its pixels' middles lie between two edges. */
// @ts-ignore: decorator
@inline
function crossing(ax: f32, ay: f32, bx: f32, by: f32, y: f32): f32 {
  return ax + ((bx - ax) * (y - ay)) / (by - ay)
}

/** Fills a triangle of a plane with one level. */
function fill(
  plane: usize,
  width: i32,
  height: i32,
  ax: f32,
  ay: f32,
  bx: f32,
  by: f32,
  cx: f32,
  cy: f32,
  level: u8,
): void {
  const top = max(0, <i32>ceil(min(ay, min(by, cy)) - <f32>0.5))
  const bottom = min(height - 1, <i32>floor(max(ay, max(by, cy)) - <f32>0.5))
  for (let row = top; row <= bottom; row++) {
    const y = <f32>row + <f32>0.5
    let left: f32 = 1e9
    let right: f32 = -1e9
    if (ay !== by && y >= min(ay, by) && y <= max(ay, by)) {
      const x = crossing(ax, ay, bx, by, y)
      left = min(left, x)
      right = max(right, x)
    }
    if (by !== cy && y >= min(by, cy) && y <= max(by, cy)) {
      const x = crossing(bx, by, cx, cy, y)
      left = min(left, x)
      right = max(right, x)
    }
    if (cy !== ay && y >= min(cy, ay) && y <= max(cy, ay)) {
      const x = crossing(cx, cy, ax, ay, y)
      left = min(left, x)
      right = max(right, x)
    }
    const from = max(0, <i32>ceil(left - <f32>0.5))
    const to = min(width - 1, <i32>floor(right - <f32>0.5))
    if (to >= from) memory.fill(plane + row * width + from, level, to - from + 1)
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
    const ax = load<f32>(own)
    const ay = load<f32>(own, 4)
    const bx = load<f32>(own, 8)
    const by = load<f32>(own, 12)
    const cx = load<f32>(own, 16)
    const cy = load<f32>(own, 20)
    fill(y, width, height, ax, ay, bx, by, cx, cy, load<u8>(own, 24))
    fill(u, across, down, ax * part, ay * part, bx * part, by * part, cx * part, cy * part, load<u8>(own, 25))
    fill(v, across, down, ax * part, ay * part, bx * part, by * part, cx * part, cy * part, load<u8>(own, 26))
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
