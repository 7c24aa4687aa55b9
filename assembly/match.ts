import { apart as distance } from './lanes'

/** Cells around a picture that repeat its edge: half a patch. */
const PAD: i32 = 4
/** What neighbours that move apart cost at most, in cells. */
const TORN: i32 = 12

/** Sum of differences of two patches of 8 by 8 cells of four bytes. */
function patch(a: usize, b: usize, pitch: i32, most: i32): i32 {
  let sum = 0
  for (let row = 0; row < 8; row += 4) {
    let rows = i16x8.splat(0)
    for (let line = 0; line < 4; line++) {
      rows = i16x8.add(rows, i16x8.extadd_pairwise_i8x16_u(distance(v128.load(a), v128.load(b))))
      rows = i16x8.add(rows, i16x8.extadd_pairwise_i8x16_u(distance(v128.load(a, 16), v128.load(b, 16))))
      a += pitch
      b += pitch
    }
    const pairs = i32x4.extadd_pairwise_i16x8_u(rows)
    sum +=
      i32x4.extract_lane(pairs, 0) +
      i32x4.extract_lane(pairs, 1) +
      i32x4.extract_lane(pairs, 2) +
      i32x4.extract_lane(pairs, 3)
    if (sum >= most) return sum
  }
  return sum
}

// @ts-ignore: decorator
@inline
function dxOf(flow: usize, cell: i32): i32 {
  return load<i16>(flow + (<usize>cell << 2))
}

// @ts-ignore: decorator
@inline
function dyOf(flow: usize, cell: i32): i32 {
  return load<i16>(flow + (<usize>cell << 2), 2)
}

/** What a motion costs for not being that of the neighbours, and for being a motion. */
function strain(flow: usize, cell: i32, x: i32, y: i32, across: i32, down: i32, dx: i32, dy: i32, stiff: i32): i32 {
  let sum = 0
  if (x > 0) sum += min(TORN, abs(dx - dxOf(flow, cell - 1)) + abs(dy - dyOf(flow, cell - 1)))
  if (x < across - 1) sum += min(TORN, abs(dx - dxOf(flow, cell + 1)) + abs(dy - dyOf(flow, cell + 1)))
  if (y > 0) sum += min(TORN, abs(dx - dxOf(flow, cell - across)) + abs(dy - dyOf(flow, cell - across)))
  if (y < down - 1) sum += min(TORN, abs(dx - dxOf(flow, cell + across)) + abs(dy - dyOf(flow, cell + across)))
  return sum * stiff + ((abs(dx) + abs(dy)) * stiff >> 3)
}

let state: u32 = 1

function random(): u32 {
  state ^= state << 13
  state ^= state >> 17
  state ^= state << 5
  return state
}

/** An offset of -reach to reach. */
function offset(reach: i32): i32 {
  return <i32>(random() % <u32>(2 * reach + 1)) - reach
}

let a: usize = 0
let b: usize = 0
let pitch: i32 = 0
let wide: i32 = 0
let high: i32 = 0
let stride: i32 = 1
let field: usize = 0
let rigid: i32 = 0
let bestX: i32 = 0
let bestY: i32 = 0
let best: i32 = 0

/** Tries a motion for a place of the grid, and keeps it where it is better than the best so far. */
function attempt(column: i32, row: i32, dx: i32, dy: i32): void {
  if (dx === bestX && dy === bestY) return
  const x = column * stride
  const y = row * stride
  const tx = x + dx
  const ty = y + dy
  if (tx < 0 || ty < 0 || tx >= wide * stride || ty >= high * stride) return
  const extra = strain(field, row * wide + column, column, row, wide, high, dx, dy, rigid)
  if (extra >= best) return
  const cost = extra + patch(a + y * pitch + (x << 2), b + ty * pitch + (tx << 2), pitch, best - extra)
  if (cost >= best) return
  best = cost
  bestX = dx
  bestY = dy
}

/**
 * Finds where places of one picture are in another (after PatchMatch: Barnes et al., 2009): motions spread from
 * neighbours, and are tried at random around the best so far, at most `reach` cells away, and `tries` times anywhere;
 * all of it `rounds` times over the picture. The places are a grid of `across` by `down`, `apart` cells from one to the
 * next, which is that much smaller than the pictures. `flow` holds pairs of 16-bit integers, in cells, taken as a first
 * guess. `stiff` is what a cell of difference from a neighbour costs. Pictures have four bytes a cell, and four cells
 * around them that repeat their edges.
 */
export function match(
  from: usize,
  to: usize,
  across: i32,
  down: i32,
  apart: i32,
  flow: usize,
  reach: i32,
  rounds: i32,
  tries: i32,
  stiff: i32,
): void {
  a = from
  b = to
  wide = across
  high = down
  stride = apart
  pitch = (across * apart + 2 * PAD) << 2
  field = flow
  rigid = stiff
  state = 0x9e3779b9
  const lastX = across * apart - 1
  const lastY = down * apart - 1
  for (let round = 0; round < rounds; round++) {
    const back = (round & 1) === 1
    const side = back ? 1 : -1
    for (let each = 0; each < across * down; each++) {
      const cell = back ? across * down - 1 - each : each
      const x = cell % across
      const y = cell / across
      const tx = max(0, min(lastX, x * apart + dxOf(flow, cell)))
      const ty = max(0, min(lastY, y * apart + dyOf(flow, cell)))
      bestX = tx - x * apart
      bestY = ty - y * apart
      best =
        strain(flow, cell, x, y, across, down, bestX, bestY, stiff) +
        patch(a + y * apart * pitch + ((x * apart) << 2), b + ty * pitch + (tx << 2), pitch, i32.MAX_VALUE)
      const beside = x + side
      if (beside >= 0 && beside < across) attempt(x, y, dxOf(flow, cell + side), dyOf(flow, cell + side))
      const above = y + side
      if (above >= 0 && above < down) {
        const other = cell + side * across
        attempt(x, y, dxOf(flow, other), dyOf(flow, other))
      }
      if (round === 0) attempt(x, y, 0, 0)
      for (let time = 0; time < tries; time++)
        attempt(
          x,
          y,
          <i32>(random() % <u32>(lastX + 1)) - x * apart,
          <i32>(random() % <u32>(lastY + 1)) - y * apart,
        )
      for (let radius = reach; radius >= 1; radius >>= 1) attempt(x, y, bestX + offset(radius), bestY + offset(radius))
      store<i16>(flow + (<usize>cell << 2), <i16>bestX)
      store<i16>(flow + (<usize>cell << 2), <i16>bestY, 2)
    }
  }
}

/** Where between three costs, the middle one the least, their parabola is lowest: -0.5 to 0.5. */
function lowest(before: i32, here: i32, after: i32): f32 {
  const bend = <f32>(before - 2 * here + after)
  if (bend <= 0) return 0
  return max<f32>(-0.5, min<f32>(0.5, (<f32>(before - after) * 0.5) / bend))
}

/** The motions in parts of a cell (pairs of 32-bit floats), and the mean difference of each patch (a float, in levels). */
export function settle(
  from: usize,
  to: usize,
  across: i32,
  down: i32,
  apart: i32,
  flow: usize,
  fine: usize,
  differences: usize,
): void {
  const line = (across * apart + 2 * PAD) << 2
  const lastX = across * apart - 1
  const lastY = down * apart - 1
  for (let row = 0, cell = 0; row < down; row++)
    for (let column = 0; column < across; column++, cell++) {
      const dx = dxOf(flow, cell)
      const dy = dyOf(flow, cell)
      const x = column * apart
      const y = row * apart
      const here = from + y * line + (x << 2)
      const there = to + (y + dy) * line + ((x + dx) << 2)
      const cost = patch(here, there, line, i32.MAX_VALUE)
      let fx: f32 = 0
      let fy: f32 = 0
      if (x + dx > 0 && x + dx < lastX)
        fx = lowest(patch(here, there - 4, line, i32.MAX_VALUE), cost, patch(here, there + 4, line, i32.MAX_VALUE))
      if (y + dy > 0 && y + dy < lastY)
        fy = lowest(patch(here, there - line, line, i32.MAX_VALUE), cost, patch(here, there + line, line, i32.MAX_VALUE))
      store<f32>(fine + (<usize>cell << 3), <f32>dx + fx)
      store<f32>(fine + (<usize>cell << 3), <f32>dy + fy, 4)
      store<f32>(differences + (<usize>cell << 2), <f32>cost / 256)
    }
}
