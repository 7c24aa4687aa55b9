import { bytesOf } from './lanes'

/*
 * Plates: pictures as planes of bytes, multiplied by their alpha, which are laid over a frame of planes. A pointer to a
 * plane is that of its first sample. A plate's rows have at least 16 bytes before and 48 after them that repeat its ends.
 */

/** A weighed sum of the channels of 16 pixels, 16 bytes each four, through alpha and scale into bytes. */
// @ts-ignore: decorator
@inline
function four(pixels: v128, by: v128): v128 {
  const a = i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(pixels), by)
  const b = i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(pixels), by)
  return f32x4.convert_i32x4_s(i32x4.add(v128.shuffle<i32>(a, b, 0, 2, 4, 6), v128.shuffle<i32>(a, b, 1, 3, 5, 7)))
}

// @ts-ignore: decorator
@inline
function sixteen(a: v128, b: v128, c: v128, d: v128): v128 {
  const half = f32x4.splat(0.5)
  return bytesOf(
    i16x8.narrow_i32x4_u(i32x4.trunc_sat_f32x4_s(f32x4.add(a, half)), i32x4.trunc_sat_f32x4_s(f32x4.add(b, half))),
    i16x8.narrow_i32x4_u(i32x4.trunc_sat_f32x4_s(f32x4.add(c, half)), i32x4.trunc_sat_f32x4_s(f32x4.add(d, half))),
  )
}

// @ts-ignore: decorator
@inline
function alphaOf(pixels: v128): v128 {
  return f32x4.convert_i32x4_u(i32x4.shr_u(pixels, 24))
}

// @ts-ignore: decorator
@inline
function chromaOf(pixels: v128, by: v128, alpha: v128, base: v128): v128 {
  const part = f32x4.mul(f32x4.mul(four(pixels, by), alpha), f32x4.splat(1 / (255 * 32768)))
  return f32x4.add(part, f32x4.mul(base, f32x4.splat(128 / 255)))
}

/**
 * RGBA (straight alpha, rows without padding) to planes of full size and full range, bt709, multiplied by alpha; chroma
 * is multiplied with its middle of 128. As `light` a plate covers only as much as it shines: its luma is its alpha.
 */
export function planesOf(
  rgba: usize,
  width: i32,
  height: i32,
  y: usize,
  u: usize,
  v: usize,
  alpha: usize,
  stride: i32,
  light: i32,
): void {
  const forY = i16x8(6966, 23436, 2366, 0, 6966, 23436, 2366, 0)
  const forU = i16x8(-3754, -12630, 16384, 0, -3754, -12630, 16384, 0)
  const forV = i16x8(16384, -14882, -1502, 0, 16384, -14882, -1502, 0)
  const scale = f32x4.splat(1 / (255 * 32768))
  const opacity = i32x4.splat(0xff000000)
  for (let row = 0; row < height; row++) {
    for (let x = 0; x < width; x += 16) {
      const from = rgba + (row * width + x) * 4
      const to = row * stride + x
      const a = v128.load(from)
      const b = v128.load(from, 16)
      const c = v128.load(from, 32)
      const d = v128.load(from, 48)
      if (!v128.any_true(v128.and(v128.or(v128.or(a, b), v128.or(c, d)), opacity))) {
        const none = i32x4.splat(0)
        v128.store(y + to, none)
        v128.store(u + to, none)
        v128.store(v + to, none)
        v128.store(alpha + to, none)
        continue
      }
      const aa = alphaOf(a)
      const ab = alphaOf(b)
      const ac = alphaOf(c)
      const ad = alphaOf(d)
      const ya = f32x4.mul(f32x4.mul(four(a, forY), aa), scale)
      const yb = f32x4.mul(f32x4.mul(four(b, forY), ab), scale)
      const yc = f32x4.mul(f32x4.mul(four(c, forY), ac), scale)
      const yd = f32x4.mul(f32x4.mul(four(d, forY), ad), scale)
      const luma = sixteen(ya, yb, yc, yd)
      v128.store(y + to, luma)
      v128.store(alpha + to, light ? luma : sixteen(aa, ab, ac, ad))
      const ba = light ? ya : aa
      const bb = light ? yb : ab
      const bc = light ? yc : ac
      const bd = light ? yd : ad
      v128.store(
        u + to,
        sixteen(chromaOf(a, forU, aa, ba), chromaOf(b, forU, ab, bb), chromaOf(c, forU, ac, bc), chromaOf(d, forU, ad, bd)),
      )
      v128.store(
        v + to,
        sixteen(chromaOf(a, forV, aa, ba), chromaOf(b, forV, ab, bb), chromaOf(c, forV, ac, bc), chromaOf(d, forV, ad, bd)),
      )
    }
  }
}

/** Repeats the ends of each row of a plate's plane. */
export function pad(plane: usize, width: i32, height: i32, stride: i32): void {
  for (let row = 0; row < height; row++) {
    const first = plane + row * stride
    const end = first + width
    const last = i8x16.splat(<i8>load<u8>(end - 1))
    v128.store(first - 16, i8x16.splat(<i8>load<u8>(first)))
    v128.store(end, last)
    v128.store(end, last, 16)
    v128.store(end, last, 32)
  }
}

/** Halves a padded plane by the mean of 2x2. */
export function halvePlate(source: usize, width: i32, height: i32, stride: i32, target: usize, across: i32): void {
  const two = i16x8.splat(2)
  for (let y = 0; y < height; y += 2) {
    const upper = source + y * stride
    const lower = source + min(y + 1, height - 1) * stride
    const row = target + (y >> 1) * across
    for (let x = 0; x < width; x += 16) {
      const sum = i16x8.add(
        i16x8.extadd_pairwise_i8x16_u(v128.load(upper + x)),
        i16x8.extadd_pairwise_i8x16_u(v128.load(lower + x)),
      )
      const mean = i16x8.shr_u(i16x8.add(sum, two), 2)
      v128.store64_lane(row + (x >> 1), bytesOf(mean, mean), 0)
    }
  }
}

/** What ends of a row that is filled up to an edge are taken as: beyond it all is filled. */
const BEYOND: i32 = 64

/**
 * For each row of an alpha plane the first and the end of what is not clear, and of its longest opaque run: four 16-bit
 * numbers. Answers 2 where all is opaque, 0 where all is clear, otherwise 1.
 */
export function spansOf(alpha: usize, width: i32, height: i32, stride: i32, spans: usize): i32 {
  const full = i8x16.splat(-1)
  let opaque = true
  let clear = true
  for (let row = 0; row < height; row++) {
    const line = alpha + row * stride
    let first = 0
    while (first + 16 <= width && !v128.any_true(v128.load(line + first))) first += 16
    while (first < width && load<u8>(line + first) === 0) first++
    let end = width
    while (end - 16 > first && !v128.any_true(v128.load(line + end - 16))) end -= 16
    while (end > first && load<u8>(line + end - 1) === 0) end--
    let from = 0
    let most = 0
    let at = first
    while (at < end) {
      while (at < end && load<u8>(line + at) !== 255) at++
      const begin = at
      while (at + 16 <= end && i8x16.all_true(i8x16.eq(v128.load(line + at), full))) at += 16
      while (at < end && load<u8>(line + at) === 255) at++
      if (at - begin > most) {
        most = at - begin
        from = begin
      }
    }
    if (first < end) clear = false
    if (most < width) opaque = false
    const to = spans + row * 8
    store<i16>(to, <i16>(first === 0 ? -BEYOND : first))
    store<i16>(to, <i16>(end === width ? width + BEYOND : end), 2)
    store<i16>(to, <i16>(from === 0 && most > 0 ? -BEYOND : from), 4)
    store<i16>(to, <i16>(from + most === width ? width + BEYOND : from + most), 6)
    if (first >= end) store<i16>(to, -BEYOND, 2)
    if (most === 0) store<i32>(to, 0, 4)
  }
  return clear ? 0 : opaque ? 2 : 1
}

/** Bytes of a table of {@link steps} per 16 samples: where the first lies, then for each the next to it, its part, its mask. */
const STEP: i32 = 64

/**
 * For the samples `from` up to `to` of a target's row: which of a source's samples they lie between and how far, where
 * sample 0 lies at `first` and the next ones are `step` (1 at most, or hardly more) apart.
 */
export function steps(table: usize, from: i32, to: i32, first: f64, step: f64): void {
  for (let x = from & ~15; x < to; x += 16) {
    const at = table + (x >> 4) * STEP
    const base = <i32>floor<f64>(first + <f64>max(x, from) * step)
    store<i32>(at, base)
    for (let lane = 0; lane < 16; lane++) {
      const inside = x + lane >= from && x + lane < to
      const place = inside ? first + <f64>(x + lane) * step - <f64>base : 0
      const whole = <i32>place
      store<u8>(at + lane, <u8>min(15, whole), 16)
      store<u8>(at + lane, whole > 15 ? 128 : <u8>((place - <f64>whole) * 128 + 0.5), 32)
      store<u8>(at + lane, inside ? 255 : 0, 48)
    }
  }
}

// @ts-ignore: decorator
@inline
function leaning(low: v128, high: v128, down: v128): v128 {
  return i16x8.add(low, i16x8.q15mulr_sat_s(i16x8.sub(high, low), down))
}

/** Sixteen samples between four neighbours each. `lean` is how far below the upper row, in 2^15. */
// @ts-ignore: decorator
@inline
function sampled(upper: usize, lower: usize, at: usize, lean: v128): v128 {
  const base = load<i32>(at)
  const index = v128.load(at, 16)
  const right = v128.load(at, 32)
  const left = i8x16.sub(i8x16.splat(-128), right)
  const a = i8x16.swizzle(v128.load(upper + base), index)
  const b = i8x16.swizzle(v128.load(upper + base, 1), index)
  const c = i8x16.swizzle(v128.load(lower + base), index)
  const d = i8x16.swizzle(v128.load(lower + base, 1), index)
  const low = leaning(
    i16x8.add(i16x8.extmul_low_i8x16_u(a, left), i16x8.extmul_low_i8x16_u(b, right)),
    i16x8.add(i16x8.extmul_low_i8x16_u(c, left), i16x8.extmul_low_i8x16_u(d, right)),
    lean,
  )
  const high = leaning(
    i16x8.add(i16x8.extmul_high_i8x16_u(a, left), i16x8.extmul_high_i8x16_u(b, right)),
    i16x8.add(i16x8.extmul_high_i8x16_u(c, left), i16x8.extmul_high_i8x16_u(d, right)),
    lean,
  )
  const half = i16x8.splat(64)
  return bytesOf(i16x8.shr_u(i16x8.add(low, half), 7), i16x8.shr_u(i16x8.add(high, half), 7))
}

/** Sixteen bytes times sixteen, by 255, rounded. */
// @ts-ignore: decorator
@inline
export function byBytes(values: v128, parts: v128): v128 {
  const half = i16x8.splat(128)
  const low = i16x8.add(i16x8.extmul_low_i8x16_u(values, parts), half)
  const high = i16x8.add(i16x8.extmul_high_i8x16_u(values, parts), half)
  return bytesOf(
    i16x8.shr_u(i16x8.add(low, i16x8.shr_u(low, 8)), 8),
    i16x8.shr_u(i16x8.add(high, i16x8.shr_u(high, 8)), 8),
  )
}

/**
 * Lays a plane of a plate over one of the frame: its rows `top` up to `bottom`, its samples as a table of {@link steps}
 * made of `from`, `to`, `firstX` and `stepX` says. `alpha` 0 is a plate that is opaque throughout. `share` of 255 is how
 * much of the plate is laid.
 */
export function lay(
  source: usize,
  alpha: usize,
  stride: i32,
  rows: i32,
  spans: usize,
  target: usize,
  across: i32,
  top: i32,
  bottom: i32,
  firstY: f64,
  stepY: f64,
  from: i32,
  to: i32,
  firstX: f64,
  stepX: f64,
  table: usize,
  share: i32,
): void {
  const full = i8x16.splat(-1)
  const shares = i8x16.splat(<i8>share)
  for (let y = top; y < bottom; y++) {
    const place = firstY + <f64>y * stepY
    const whole = <i32>floor<f64>(place)
    const lean = i16x8.splat(<i16>min(32767, <i32>((place - <f64>whole) * 32768)))
    const one = min(rows - 1, max(0, whole))
    const other = min(rows - 1, max(0, whole + 1))
    const upper = source + one * stride
    const lower = source + other * stride
    const line = target + y * across
    if (alpha === 0) {
      for (let x = from & ~15; x < to; x += 16) {
        const at = table + (x >> 4) * STEP
        const mask = v128.load(at, 48)
        v128.store(line + x, v128.bitselect(sampled(upper, lower, at, lean), v128.load(line + x), mask))
      }
      continue
    }
    const seen = spans + one * 8
    const below = spans + other * 8
    const first = <i32>min(load<i16>(seen), load<i16>(below))
    const end = <i32>max(load<i16>(seen, 2), load<i16>(below, 2))
    if (first >= end) continue
    const begin = max(from, <i32>ceil<f64>((<f64>(first - 1) - firstX) / stepX))
    const stop = min(to, <i32>floor<f64>((<f64>end - firstX) / stepX) + 1)
    const solid = max(from, <i32>ceil<f64>((<f64>max(load<i16>(seen, 4), load<i16>(below, 4)) - firstX) / stepX))
    const solidEnd = min(
      to,
      <i32>floor<f64>((<f64>min(load<i16>(seen, 6), load<i16>(below, 6)) - 2 - firstX) / stepX) + 1,
    )
    const upperAlpha = alpha + one * stride
    const lowerAlpha = alpha + other * stride
    for (let x = begin & ~15; x < stop; x += 16) {
      const at = table + (x >> 4) * STEP
      if (x >= solid && x + 16 <= solidEnd && share === 255) {
        v128.store(line + x, sampled(upper, lower, at, lean))
        continue
      }
      const mask = v128.load(at, 48)
      const covers = v128.and(sampled(upperAlpha, lowerAlpha, at, lean), mask)
      if (!v128.any_true(covers)) continue
      const laid = v128.and(sampled(upper, lower, at, lean), mask)
      if (share < 255) {
        const part = byBytes(v128.load(line + x), v128.not(byBytes(covers, shares)))
        v128.store(line + x, i8x16.add_sat_u(byBytes(laid, shares), part))
      } else if (i8x16.all_true(i8x16.eq(covers, full))) v128.store(line + x, laid)
      else v128.store(line + x, i8x16.add_sat_u(laid, byBytes(v128.load(line + x), v128.not(covers))))
    }
  }
}

/**
 * Mirrors rows of a plane in its rows from `top`: for each a list names, as four 32-bit numbers, the row that it shows
 * (65,536 a row), how far it is moved (eighths of a sample), and the tone over it: alpha (255 is all), and its value
 * multiplied by that. `tables` are eight of {@link steps}, `size` bytes each, an eighth of a sample apart.
 */
export function mirror(
  plane: usize,
  stride: i32,
  width: i32,
  top: i32,
  rows: i32,
  list: usize,
  tables: usize,
  size: i32,
): void {
  for (let row = 0; row < rows; row++) {
    const at = list + row * 16
    const place = load<i32>(at)
    const moved = load<i32>(at, 4)
    const keep = i8x16.splat(<i8>(255 - load<i32>(at, 8)))
    const tone = i8x16.splat(<i8>load<i32>(at, 12))
    const lean = i16x8.splat(<i16>((place & 65535) >> 1))
    const upper = plane + (place >> 16) * stride + (moved >> 3)
    const lower = (place >> 16) + 1 < top ? upper + stride : upper
    const table = tables + (moved & 7) * size
    const line = plane + (top + row) * stride
    for (let x = 0; x < width; x += 16)
      v128.store(line + x, i8x16.add_sat_u(tone, byBytes(sampled(upper, lower, table + x * 4, lean), keep)))
  }
}
