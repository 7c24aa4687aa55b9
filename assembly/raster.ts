/** The mean along one line of 32-bit floats, its ends repeated; `step` bytes from one number to the next. */
function meanLine(from: usize, to: usize, count: i32, step: usize, radius: i32): void {
  const last = count - 1
  const side: i32 = 2 * radius + 1
  const share: f32 = <f32>1 / <f32>side
  let sum: f32 = 0
  for (let at = -radius; at <= radius; at++) sum += load<f32>(from + <usize>max(0, min(last, at)) * step)
  for (let at = 0; at < count; at++) {
    store<f32>(to + <usize>at * step, sum * share)
    sum +=
      load<f32>(from + <usize>min(last, at + radius + 1) * step) - load<f32>(from + <usize>max(0, at - radius) * step)
  }
}

/** The mean over a square of side 2·radius + 1 of 32-bit floats, edges repeated. `rows` has the plane's size. */
export function mean(source: usize, rows: usize, target: usize, across: i32, down: i32, radius: i32): void {
  for (let y = 0; y < down; y++) meanLine(source + ((y * across) << 2), rows + ((y * across) << 2), across, 4, radius)
  for (let x = 0; x < across; x++) meanLine(rows + (x << 2), target + (x << 2), down, across << 2, radius)
}

/** Whether a way to a cell from another is shorter than the one known. */
// @ts-ignore: decorator
@inline
function reach(far: usize, from: usize, to: usize, cost: f32): void {
  const way = load<f32>(far + from) + cost
  if (way < load<f32>(far + to)) store<f32>(far + to, way)
}

/**
 * Shortest ways over a picture, in place: `far` holds where they start. Costs (32-bit floats) are of the step into a
 * cell from its left, its right, from above and from below. Sweeps there and back (Toivanen, 1996), `rounds` times.
 */
export function ways(
  far: usize,
  fromLeft: usize,
  fromRight: usize,
  fromAbove: usize,
  fromBelow: usize,
  across: i32,
  down: i32,
  rounds: i32,
): void {
  const line = <usize>across << 2
  for (let round = 0; round < rounds; round++) {
    for (let y = 0; y < down; y++) {
      const row = <usize>y * line
      for (let at = row; at < row + line; at += 4) {
        if (at > row) reach(far, at - 4, at, load<f32>(fromLeft + at))
        if (y > 0) reach(far, at - line, at, load<f32>(fromAbove + at))
      }
      for (let at = row + line - 4; at > row; at -= 4) reach(far, at, at - 4, load<f32>(fromRight + at - 4))
    }
    for (let y = down - 1; y >= 0; y--) {
      const row = <usize>y * line
      for (let at = row; at < row + line; at += 4) {
        if (y < down - 1) reach(far, at + line, at, load<f32>(fromBelow + at))
        if (at > row) reach(far, at - 4, at, load<f32>(fromLeft + at))
      }
      for (let at = row + line - 4; at > row; at -= 4) reach(far, at, at - 4, load<f32>(fromRight + at - 4))
    }
  }
}
