import { blur } from './blur'
import { apart, towards, twice } from './lanes'
import { enlargedRow, halve } from './sizes'
import { bend, curve } from './tone'

/** Four times how far each sample is from the mean around it. */
function unrest(luma: usize, mean: usize, spread: usize, count: i32): void {
  for (let at = 0; at < count; at += 16) {
    const away = apart(v128.load(luma + at), v128.load(mean + at))
    const twofold = i8x16.add_sat_u(away, away)
    v128.store(spread + at, i8x16.add_sat_u(twofold, twofold))
  }
}

/** How the calm of each sample weighs; 16 bits each. */
function weigh(spread: usize, weights: usize, count: i32, table: usize): void {
  for (let at = 0; at < count; at++) store<u16>(weights + at * 2, load<u16>(table + (<usize>load<u8>(spread + at)) * 2))
}

/** Eight shares of 32,768 that a weight has in a sum, `one` being 32,767 over it. */
// @ts-ignore: decorator
@inline
function shareOf(weights: v128, oneLow: v128, oneHigh: v128): v128 {
  return i16x8.narrow_i32x4_s(
    i32x4.trunc_sat_f32x4_s(f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(weights)), oneLow)),
    i32x4.trunc_sat_f32x4_s(f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(weights)), oneHigh)),
  )
}

// @ts-ignore: decorator
@inline
function weighed(mean: usize, share: v128): v128 {
  return i16x8.q15mulr_sat_s(i16x8.shl(v128.load_ext<u8>(mean), 6), share)
}

/** Eight samples of a plane: the means of four squares around them by their shares, and `kept` of 256 parts of its own. */
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
  to: usize,
  kept: usize,
): void {
  const sum = i16x8.add(
    i16x8.add(weighed(mean + i, a), weighed(mean + j, b)),
    i16x8.add(weighed(mean + k, c), weighed(mean + l, d)),
  )
  const words = i16x8.shr_u(i16x8.add(sum, i16x8.splat(32)), 6)
  const painted = i8x16.narrow_i16x8_u(words, words)
  // Most of a picture is not near skin.
  const isKept = kept !== 0 && load<u64>(kept) !== 0
  v128.store64_lane(to, isKept ? towards(painted, v128.load(to), v128.load(kept)) : painted, 0)
}

/** One sample at the rim of the plane. */
function mixedOne(mean: usize, weights: usize, i: i32, j: i32, k: i32, l: i32, to: usize, kept: usize): void {
  const a = <f32>load<u16>(weights + i * 2)
  const b = <f32>load<u16>(weights + j * 2)
  const c = <f32>load<u16>(weights + k * 2)
  const d = <f32>load<u16>(weights + l * 2)
  const sum =
    a * <f32>load<u8>(mean + i) + b * <f32>load<u8>(mean + j) + c * <f32>load<u8>(mean + k) + d * <f32>load<u8>(mean + l)
  const painted = <i32>(sum / (a + b + c + d) + 0.5)
  const share = kept === 0 ? 0 : <i32>load<u8>(kept)
  store<u8>(to, painted + (((<i32>load<u8>(to) - painted) * share) >> 8))
}

/**
 * Means of each sample's four squares by their calm, for three planes at once: their means lie one after the other,
 * `size` apart. Of chroma, `own` (256 parts) stays what it is.
 */
function gather(
  means: usize,
  size: usize,
  weights: usize,
  luma: usize,
  u: usize,
  v: usize,
  own: usize,
  width: i32,
  height: i32,
  reach: i32,
): void {
  const most = f32x4.splat(32767)
  for (let y = 0; y < height; y++) {
    const up = max(0, y - reach) * width
    const down = min(height - 1, y + reach) * width
    const here = y * width
    let x = 0
    while (x < width) {
      const at = here + x
      const kept: usize = own === 0 ? 0 : own + at
      if (x >= reach && x + 8 + reach <= width) {
        const i = up + x - reach
        const j = up + x + reach
        const k = down + x - reach
        const l = down + x + reach
        const a = v128.load(weights + i * 2)
        const b = v128.load(weights + j * 2)
        const c = v128.load(weights + k * 2)
        const d = v128.load(weights + l * 2)
        const low = f32x4.div(
          most,
          f32x4.convert_i32x4_s(
            i32x4.add(
              i32x4.add(i32x4.extend_low_i16x8_u(a), i32x4.extend_low_i16x8_u(b)),
              i32x4.add(i32x4.extend_low_i16x8_u(c), i32x4.extend_low_i16x8_u(d)),
            ),
          ),
        )
        const high = f32x4.div(
          most,
          f32x4.convert_i32x4_s(
            i32x4.add(
              i32x4.add(i32x4.extend_high_i16x8_u(a), i32x4.extend_high_i16x8_u(b)),
              i32x4.add(i32x4.extend_high_i16x8_u(c), i32x4.extend_high_i16x8_u(d)),
            ),
          ),
        )
        const e = shareOf(a, low, high)
        const f = shareOf(b, low, high)
        const g = shareOf(c, low, high)
        const h = shareOf(d, low, high)
        mixed(means, i, j, k, l, e, f, g, h, luma + at, 0)
        mixed(means + size, i, j, k, l, e, f, g, h, u + at, kept)
        mixed(means + 2 * size, i, j, k, l, e, f, g, h, v + at, kept)
        x += 8
      } else {
        const left = max(0, x - reach)
        const right = min(width - 1, x + reach)
        mixedOne(means, weights, up + left, up + right, down + left, down + right, luma + at, 0)
        mixedOne(means + size, weights, up + left, up + right, down + left, down + right, u + at, kept)
        mixedOne(means + 2 * size, weights, up + left, up + right, down + left, down + right, v + at, kept)
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
 * is memory for eight planes of chroma's size, and two rows.
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
  straight: i32,
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
  const rows = mean + 3 * size
  const weights = rows + size
  const sums = weights + size * 2
  const row = sums + across * 2 + 128
  if (shift) halve(y, width, height, luma)
  else memory.copy(luma, y, count)
  const half = (reach + 1) >> 1
  blur(luma, mean, rows, sums, across, down, half)
  unrest(luma, mean, spread, count)
  blur(spread, spread, rows, sums, across, down, half)
  weigh(spread, weights, count, weightTable)
  if (skin) {
    findSkin(u, v, near, count, skin)
    blur(near, near, rows, sums, across, down, max(2, reach * 2))
    if (straight) bend(near, near, count, shares)
    else curve(near, near, count, shares)
  }
  blur(luma, mean, rows, sums, across, down, reach)
  blur(u, mean + size, rows, sums, across, down, reach)
  blur(v, mean + 2 * size, rows, sums, across, down, reach)
  gather(mean, size, weights, luma, u, v, skin ? near : 0, across, down, reach)
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
      const laid = v128.load(painted + x)
      v128.store(own + x, v128.any_true(share) ? towards(laid, v128.load(own + x), share) : laid)
    }
    for (; x < width; x++) {
      const value = <i32>load<u8>(painted + x)
      const share = <i32>load<u8>(parts + (x >> shift))
      store<u8>(own + x, value + (((<i32>load<u8>(own + x) - value) * share) >> 8))
    }
  }
}
