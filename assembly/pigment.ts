/** mulberry32 (see src/engine/random.ts) for four states: numbers from 0 up to 1. */
// @ts-ignore: decorator
@inline
export function fourRandoms(state: v128): v128 {
  let mixed = i32x4.mul(v128.xor(state, i32x4.shr_u(state, 15)), v128.or(state, i32x4.splat(1)))
  const more = i32x4.mul(v128.xor(mixed, i32x4.shr_u(mixed, 7)), v128.or(mixed, i32x4.splat(61)))
  mixed = v128.xor(i32x4.add(mixed, more), mixed)
  const whole = v128.xor(mixed, i32x4.shr_u(mixed, 14))
  return f32x4.mul(f32x4.convert_i32x4_u(whole), f32x4.splat(1 / 4294967296.0))
}

/** The steps that mulberry32's state takes. */
const STEP: i32 = 0x6d2b79f5

/** The states that four pixels from one on have, whose first is at `seed`. */
// @ts-ignore: decorator
@inline
export function statesAt(seed: i32, at: i32): v128 {
  return i32x4.add(i32x4.splat(seed + at * STEP), i32x4(STEP, STEP * 2, STEP * 3, STEP * 4))
}

// @ts-ignore: decorator
@inline
function byteOf(values: v128): v128 {
  return i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.min(f32x4.splat(255), f32x4.max(f32x4.splat(0), values))))
}

/** Stores four pixels. */
// @ts-ignore: decorator
@inline
export function storePixels(to: usize, red: v128, green: v128, blue: v128, alpha: v128): void {
  v128.store(
    to,
    v128.or(
      v128.or(byteOf(red), i32x4.shl(byteOf(green), 8)),
      v128.or(i32x4.shl(byteOf(blue), 16), i32x4.shl(byteOf(alpha), 24)),
    ),
  )
}

// @ts-ignore: decorator
@inline
export function part(values: v128): v128 {
  return f32x4.min(f32x4.splat(1), f32x4.max(f32x4.splat(0), values))
}

// @ts-ignore: decorator
@inline
export function between(from: v128, to: v128, share: v128): v128 {
  return f32x4.add(from, f32x4.mul(f32x4.sub(to, from), share))
}

/** A number of a list of 32-bit floats, four times. */
// @ts-ignore: decorator
@inline
export function four(list: usize, index: usize): v128 {
  return v128.load32_splat(list + (index << 2))
}
