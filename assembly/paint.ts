import { blur } from './blur'
import { apart, towards, twice } from './lanes'
import { enlargedRow, halve } from './sizes'

/** How the calm of each sample weighs; 16 bits each. */
function weigh(luma: usize, mean: usize, spread: usize, weights: usize, count: i32, table: usize): void {
  for (let at = 0; at < count; at += 16) {
    const away = apart(v128.load(luma + at), v128.load(mean + at))
    const twofold = i8x16.add_sat_u(away, away)
    v128.store(spread + at, i8x16.add_sat_u(twofold, twofold))
  }
}

function weighAll(spread: usize, weights: usize, count: i32, table: usize): void {
  for (let at = 0; at < count; at++) store<u16>(weights + at * 2, load<u16>(table + (<usize>load<u8>(spread + at)) * 2))
}

/** Eight samples of a plane: the means of four squares around them, weighed. */
// @ts-ignore: decorator
@inline
function mixed(
  mean: usize,
  i: i32,
  j: i32,
  k: i32,
  l: i32,
  a: v128,
  b: v128,
  c: v128,
  d: v128,
  shareLow: v128,
  shareHigh: v128,
): v128 {
  const e = v128.load_ext<u8>(mean + i)
  const f = v128.load_ext<u8>(mean + j)
  const g = v128.load_ext<u8>(mean + k)
  const h = v128.load_ext<u8>(mean + l)
  const low = i32x4.add(
    i32x4.add(i32x4.extmul_low_i16x8_u(a, e), i32x4.extmul_low_i16x8_u(b, f)),
    i32x4.add(i32x4.extmul_low_i16x8_u(c, g), i32x4.extmul_low_i16x8_u(d, h)),
  )
  const high = i32x4.add(
    i32x4.add(i32x4.extmul_high_i16x8_u(a, e), i32x4.extmul_high_i16x8_u(b, f)),
    i32x4.add(i32x4.extmul_high_i16x8_u(c, g), i32x4.extmul_high_i16x8_u(d, h)),
  )
  const half = f32x4.splat(0.5)
  const words = i16x8.narrow_i32x4_u(
    i32x4.trunc_sat_f32x4_u(f32x4.add(f32x4.mul(f32x4.convert_i32x4_u(low), shareLow), half)),
    i32x4.trunc_sat_f32x4_u(f32x4.add(f32x4.mul(f32x4.convert_i32x4_u(high), shareHigh), half)),
  )
  return i8x16.narrow_i16x8_u(words, words)
}

/** One sample at the rim of the plane. */
function mixedOne(mean: usize, weights: usize, i: i32, j: i32, k: i32, l: i32): u8 {
  const a = <f32>load<u16>(weights + i * 2)
  const b = <f32>load<u16>(weights + j * 2)
  const c = <f32>load<u16>(weights + k * 2)
  const d = <f32>load<u16>(weights + l * 2)
  const sum =
    a * <f32>load<u8>(mean + i) + b * <f32>load<u8>(mean + j) + c * <f32>load<u8>(mean + k) + d * <f32>load<u8>(mean + l)
  return <u8>(sum / (a + b + c + d) + 0.5)
}

/** Means of each sample's four squares by their calm, into `to`; `own` of it stays what it is (256 parts). */
function gather(
  mean: usize,
  weights: usize,
  to: usize,
  own: usize,
  width: i32,
  height: i32,
  reach: i32,
): void {
  const one = f32x4.splat(1)
  for (let y = 0; y < height; y++) {
    const up = max(0, y - reach) * width
    const down = min(height - 1, y + reach) * width
    const here = y * width
    let x = 0
    while (x < width) {
      if (x >= reach && x + 8 + reach <= width) {
        const i = up + x - reach
        const j = up + x + reach
        const k = down + x - reach
        const l = down + x + reach
        const a = v128.load(weights + i * 2)
        const b = v128.load(weights + j * 2)
        const c = v128.load(weights + k * 2)
        const d = v128.load(weights + l * 2)
        const sumLow = i32x4.add(
          i32x4.add(i32x4.extend_low_i16x8_u(a), i32x4.extend_low_i16x8_u(b)),
          i32x4.add(i32x4.extend_low_i16x8_u(c), i32x4.extend_low_i16x8_u(d)),
        )
        const sumHigh = i32x4.add(
          i32x4.add(i32x4.extend_high_i16x8_u(a), i32x4.extend_high_i16x8_u(b)),
          i32x4.add(i32x4.extend_high_i16x8_u(c), i32x4.extend_high_i16x8_u(d)),
        )
        const painted = mixed(
          mean,
          i,
          j,
          k,
          l,
          a,
          b,
          c,
          d,
          f32x4.div(one, f32x4.convert_i32x4_u(sumLow)),
          f32x4.div(one, f32x4.convert_i32x4_u(sumHigh)),
        )
        const kept = own === 0 ? painted : towards(painted, v128.load(to + here + x), v128.load(own + here + x))
        v128.store64_lane(to + here + x, kept, 0)
        x += 8
      } else {
        const left = max(0, x - reach)
        const right = min(width - 1, x + reach)
        const painted = <i32>mixedOne(mean, weights, up + left, up + right, down + left, down + right)
        const at = here + x
        const share = own === 0 ? 0 : <i32>load<u8>(own + at)
        store<u8>(to + at, painted + (((<i32>load<u8>(to + at) - painted) * share) >> 8))
        x++
      }
    }
  }
}

/** Skin and what it surrounds, through a table of 128x128 chromas, then through `shares` (256). */
function findSkin(u: usize, v: usize, near: usize, count: i32, table: usize): void {
  for (let at = 0; at < count; at++)
    store<u8>(
      near + at,
      load<u8>(table + ((<usize>load<u8>(u + at)) >> 1) * 128 + ((<usize>load<u8>(v + at)) >> 1)),
    )
}

/**
 * Paints over three planes, as kernels/paint.ts says. `near` takes where skin is; `skin` is 0 where none is kept. `free`
 * is memory for nine planes of chroma's size, and two rows.
 */
export function paint(
  y: usize,
  u: usize,
  v: usize,
  width: i32,
  height: i32,
  shift: i32,
  reach: i32,
  weightTable: usize,
  skin: usize,
  shares: usize,
  near: usize,
  free: usize,
): void {
  const across = (width + shift) >> shift
  const down = (height + shift) >> shift
  const count = across * down
  const size = (count + 95) & ~31
  const luma = free
  const spread = luma + size
  const mean = spread + size
  const other = mean + size
  const rows = other + size
  const weights = rows + size
  const sums = weights + size * 2
  const row = sums + across * 2 + 128
  if (shift) halve(y, width, height, luma)
  else memory.copy(luma, y, count)
  const half = (reach + 1) >> 1
  blur(luma, mean, rows, sums, across, down, half)
  weigh(luma, mean, spread, weights, count, weightTable)
  blur(spread, spread, rows, sums, across, down, half)
  weighAll(spread, weights, count, weightTable)
  if (skin) {
    findSkin(u, v, near, count, skin)
    blur(near, near, rows, sums, across, down, max(2, reach * 2))
    for (let at = 0; at < count; at++) store<u8>(near + at, load<u8>(shares + <usize>load<u8>(near + at)))
  }
  blur(luma, mean, rows, sums, across, down, reach)
  gather(mean, weights, luma, 0, across, down, reach)
  blur(u, mean, rows, sums, across, down, reach)
  gather(mean, weights, u, skin ? near : 0, across, down, reach)
  blur(v, mean, rows, sums, across, down, reach)
  gather(mean, weights, v, skin ? near : 0, across, down, reach)
  for (let line = 0; line < height; line++) {
    const painted = shift ? enlargedRow(luma, across, down, 1, line, sums, row) : luma + line * width
    const own = y + line * width
    if (!skin) {
      memory.copy(own, painted, width)
      continue
    }
    const parts = near + (line >> shift) * across
    let x = 0
    for (; x + 16 <= width; x += 16) {
      const share = shift ? twice(v128.load64_zero(parts + (x >> 1))) : v128.load(parts + x)
      v128.store(own + x, towards(v128.load(painted + x), v128.load(own + x), share))
    }
    for (; x < width; x++) {
      const value = <i32>load<u8>(painted + x)
      const share = <i32>load<u8>(parts + (x >> shift))
      store<u8>(own + x, value + (((<i32>load<u8>(own + x) - value) * share) >> 8))
    }
  }
}
