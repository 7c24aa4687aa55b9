import { bytesOf } from './lanes'

/* Sprites, as assembly/sheets.ts makes their planes, are laid over a frame of planes by assembly/laying.ts; a frame shows itself again in water. */

/** Bytes of a table of {@link steps} per 16 samples: where the first lies, then for each the next to it, its part, its mask. */
export const STEP: i32 = 64

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
