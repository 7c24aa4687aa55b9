/**
 * Gradient noise after Perlin (2002), as src/engine/canvas/noise.ts tells it. A table is 512 bytes and 16 to spare of
 * an order of 256 (repeated), then 256 gradients of two 32-bit floats.
 */
const GRADIENTS: usize = 528

// @ts-ignore: decorator
@inline
function fade(part: v128): v128 {
  const six = f32x4.sub(f32x4.mul(part, f32x4.splat(6)), f32x4.splat(15))
  const cube = f32x4.mul(f32x4.mul(part, part), part)
  return f32x4.mul(cube, f32x4.add(f32x4.mul(part, six), f32x4.splat(10)))
}

// @ts-ignore: decorator
@inline
function gradient(table: usize, place: u32): usize {
  return table + GRADIENTS + ((<usize>load<u8>(table + place)) << 3)
}

/** Four gradients of one corner, as their x and their y. */
// @ts-ignore: decorator
@inline
function dot(a: usize, b: usize, c: usize, d: usize, fx: v128, fy: v128): v128 {
  const low = v128.load64_lane(b, v128.load64_zero(a), 1)
  const high = v128.load64_lane(d, v128.load64_zero(c), 1)
  const x = v128.shuffle<f32>(low, high, 0, 2, 4, 6)
  const y = v128.shuffle<f32>(low, high, 1, 3, 5, 7)
  return f32x4.add(f32x4.mul(x, fx), f32x4.mul(y, fy))
}

/** The noise at four places. */
// @ts-ignore: decorator
@inline
export function fourNoises(table: usize, x: v128, y: v128): v128 {
  const cellX = f32x4.floor(x)
  const cellY = f32x4.floor(y)
  const fx = f32x4.sub(x, cellX)
  const fy = f32x4.sub(y, cellY)
  const mask = i32x4.splat(255)
  const left = v128.and(i32x4.trunc_sat_f32x4_s(cellX), mask)
  const top = v128.and(i32x4.trunc_sat_f32x4_s(cellY), mask)
  const la = i32x4.extract_lane(left, 0)
  const lb = i32x4.extract_lane(left, 1)
  const lc = i32x4.extract_lane(left, 2)
  const ld = i32x4.extract_lane(left, 3)
  const ta = i32x4.extract_lane(top, 0)
  const tb = i32x4.extract_lane(top, 1)
  const tc = i32x4.extract_lane(top, 2)
  const td = i32x4.extract_lane(top, 3)
  // The order goes on past 255 as it begins: no other wrapping is needed.
  const a = <u32>load<u8>(table + la) + ta
  const b = <u32>load<u8>(table + lb) + tb
  const c = <u32>load<u8>(table + lc) + tc
  const d = <u32>load<u8>(table + ld) + td
  const e = <u32>load<u8>(table + la, 1) + ta
  const f = <u32>load<u8>(table + lb, 1) + tb
  const g = <u32>load<u8>(table + lc, 1) + tc
  const h = <u32>load<u8>(table + ld, 1) + td
  const one = f32x4.splat(1)
  const back = f32x4.sub(fx, one)
  const up = f32x4.sub(fy, one)
  const na = dot(gradient(table, a), gradient(table, b), gradient(table, c), gradient(table, d), fx, fy)
  const nb = dot(gradient(table, e), gradient(table, f), gradient(table, g), gradient(table, h), back, fy)
  const nc = dot(gradient(table, a + 1), gradient(table, b + 1), gradient(table, c + 1), gradient(table, d + 1), fx, up)
  const nd = dot(gradient(table, e + 1), gradient(table, f + 1), gradient(table, g + 1), gradient(table, h + 1), back, up)
  const u = fade(fx)
  const v = fade(fy)
  const upper = f32x4.add(na, f32x4.mul(f32x4.sub(nb, na), u))
  const lower = f32x4.add(nc, f32x4.mul(f32x4.sub(nd, nc), u))
  return f32x4.add(upper, f32x4.mul(f32x4.sub(lower, upper), v))
}

/** Octaves turn and shrink by these, so that their lattices do not line up. */
const TURN_X: f64 = 1.62
const TURN_Y: f64 = 1.18

let afterX: f64 = 0
let afterY: f64 = 0

/** Four octaves' noises from a place on; the place of the fifth is left in `afterX` and `afterY`. */
// @ts-ignore: decorator
@inline
function fourOctaves(table: usize, x0: f64, y0: f64, shiftX: f64, shiftY: f64): v128 {
  const x1 = x0 * TURN_X + y0 * TURN_Y + shiftX
  const y1 = y0 * TURN_X - x0 * TURN_Y + shiftY
  const x2 = x1 * TURN_X + y1 * TURN_Y + shiftX
  const y2 = y1 * TURN_X - x1 * TURN_Y + shiftY
  const x3 = x2 * TURN_X + y2 * TURN_Y + shiftX
  const y3 = y2 * TURN_X - x2 * TURN_Y + shiftY
  afterX = x3 * TURN_X + y3 * TURN_Y + shiftX
  afterY = y3 * TURN_X - x3 * TURN_Y + shiftY
  let x = f32x4.splat(<f32>x0)
  x = f32x4.replace_lane(x, 1, <f32>x1)
  x = f32x4.replace_lane(x, 2, <f32>x2)
  x = f32x4.replace_lane(x, 3, <f32>x3)
  let y = f32x4.splat(<f32>y0)
  y = f32x4.replace_lane(y, 1, <f32>y1)
  y = f32x4.replace_lane(y, 2, <f32>y2)
  y = f32x4.replace_lane(y, 3, <f32>y3)
  return fourNoises(table, x, y)
}

/** Sum of octaves at a place, each half as strong as the one before it. */
export function octaveSum(table: usize, x: f64, y: f64, octaves: i32): f64 {
  let sum: f32 = 0
  let gain: f32 = 0.5
  for (let left = octaves; left > 0; left -= 4) {
    const four = fourOctaves(table, x, y, 17.3, 9.1)
    x = afterX
    y = afterY
    sum += f32x4.extract_lane(four, 0) * gain
    if (left > 1) sum += f32x4.extract_lane(four, 1) * gain * <f32>0.5
    if (left > 2) sum += f32x4.extract_lane(four, 2) * gain * <f32>0.25
    if (left > 3) sum += f32x4.extract_lane(four, 3) * gain * <f32>0.125
    gain *= 0.0625
  }
  return <f64>sum
}

/** Where the octave after looks at four places: their x. */
// @ts-ignore: decorator
@inline
function turnedX(x: v128, y: v128, shift: f32): v128 {
  const turned = f32x4.add(f32x4.mul(x, f32x4.splat(<f32>TURN_X)), f32x4.mul(y, f32x4.splat(<f32>TURN_Y)))
  return f32x4.add(turned, f32x4.splat(shift))
}

/** And their y. */
// @ts-ignore: decorator
@inline
function turnedY(x: v128, y: v128, shift: f32): v128 {
  const turned = f32x4.sub(f32x4.mul(y, f32x4.splat(<f32>TURN_X)), f32x4.mul(x, f32x4.splat(<f32>TURN_Y)))
  return f32x4.add(turned, f32x4.splat(shift))
}

/** Four places' sums of octaves. */
// @ts-ignore: decorator
@inline
export function fourSums(table: usize, atX: v128, atY: v128, octaves: i32): v128 {
  let x = atX
  let y = atY
  let sum = f32x4.splat(0)
  let gain: f32 = 0.5
  for (let octave = 0; octave < octaves; octave++) {
    sum = f32x4.add(sum, f32x4.mul(fourNoises(table, x, y), f32x4.splat(gain)))
    gain *= 0.5
    const turned = turnedX(x, y, 17.3)
    y = turnedY(x, y, 9.1)
    x = turned
  }
  return sum
}

/**
 * Sums of octaves at many places, given as lists of 32-bit floats, which are measured in waves: times `perX` and `perY`,
 * and moved along x. A few numbers past `count` are read and written.
 */
export function octaveSums(
  table: usize,
  xs: usize,
  ys: usize,
  to: usize,
  count: i32,
  octaves: i32,
  perX: f32,
  perY: f32,
  moveX: f32,
): void {
  const scaleX = f32x4.splat(perX)
  const scaleY = f32x4.splat(perY)
  const move = f32x4.splat(moveX)
  for (let at: usize = 0, end = <usize>count << 2; at < end; at += 16) {
    const x = f32x4.add(f32x4.mul(v128.load(xs + at), scaleX), move)
    v128.store(to + at, fourSums(table, x, f32x4.mul(v128.load(ys + at), scaleY), octaves))
  }
}

// @ts-ignore: decorator
@inline
function fourRidges(table: usize, atX: v128, atY: v128, octaves: i32): v128 {
  const one = f32x4.splat(1)
  let x = atX
  let y = atY
  let sum = f32x4.splat(0)
  let before = one
  let gain: f32 = 0.5
  for (let octave = 0; octave < octaves; octave++) {
    const crest = f32x4.sub(one, f32x4.abs(fourNoises(table, x, y)))
    const sharp = f32x4.mul(f32x4.mul(crest, crest), before)
    sum = f32x4.add(sum, f32x4.mul(sharp, f32x4.splat(gain)))
    before = f32x4.min(one, f32x4.mul(sharp, f32x4.splat(1.6)))
    gain *= 0.5
    const turned = turnedX(x, y, 31.7)
    y = turnedY(x, y, 5.3)
    x = turned
  }
  return sum
}

/**
 * Sharp crests and soft valleys, 0 to about 1, after Musgrave: flat where the octave before was low. They are bent by
 * waves that are slower. Places as for {@link octaveSums}.
 */
export function ridgeSums(
  table: usize,
  xs: usize,
  ys: usize,
  to: usize,
  count: i32,
  octaves: i32,
  per: f32,
  moveX: f32,
): void {
  const scale = f32x4.splat(per)
  const move = f32x4.splat(moveX)
  const slow = f32x4.splat(0.6)
  for (let at: usize = 0, end = <usize>count << 2; at < end; at += 16) {
    const x = f32x4.add(f32x4.mul(v128.load(xs + at), scale), move)
    const y = f32x4.mul(v128.load(ys + at), scale)
    const bend = fourSums(table, f32x4.add(f32x4.mul(x, slow), f32x4.splat(20)), f32x4.mul(y, slow), 2)
    const bentX = f32x4.add(x, f32x4.mul(bend, f32x4.splat(0.5)))
    const bentY = f32x4.add(y, f32x4.mul(bend, f32x4.splat(0.3)))
    v128.store(to + at, fourRidges(table, bentX, bentY, octaves))
  }
}
