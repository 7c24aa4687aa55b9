/** Sixteen bytes of two halves, each clamped to a byte. */
// @ts-ignore: decorator
@inline
export function bytesOf(low: v128, high: v128): v128 {
  return i8x16.narrow_i16x8_u(low, high)
}

/** Eight unsigned 16-bit numbers times eight, plus `half`, divided by 65,536. */
// @ts-ignore: decorator
@inline
export function scaled(values: v128, by: v128, half: v128): v128 {
  return i16x8.narrow_i32x4_u(
    i32x4.shr_u(i32x4.add(i32x4.extmul_low_i16x8_u(values, by), half), 16),
    i32x4.shr_u(i32x4.add(i32x4.extmul_high_i16x8_u(values, by), half), 16),
  )
}

/** A share of 65,536, less than half of it, and the half that rounds: what {@link shared} multiplies by. */
// @ts-ignore: decorator
@inline
export function sharesOf(share: i32): v128 {
  return i32x4.splat((16384 << 16) | share)
}

/** Eight numbers below 32,768, shared out: times their share, rounded, divided by 65,536. */
// @ts-ignore: decorator
@inline
export function shared(values: v128, by: v128): v128 {
  const two = i16x8.splat(2)
  return i16x8.narrow_i32x4_u(
    i32x4.shr_u(i32x4.dot_i16x8_s(v128.shuffle<i16>(values, two, 0, 8, 1, 9, 2, 10, 3, 11), by), 16),
    i32x4.shr_u(i32x4.dot_i16x8_s(v128.shuffle<i16>(values, two, 4, 12, 5, 13, 6, 14, 7, 15), by), 16),
  )
}

/** The same with signs. */
// @ts-ignore: decorator
@inline
export function scaledSigned(values: v128, by: v128, half: v128): v128 {
  return i16x8.narrow_i32x4_s(
    i32x4.shr_s(i32x4.add(i32x4.extmul_low_i16x8_s(values, by), half), 16),
    i32x4.shr_s(i32x4.add(i32x4.extmul_high_i16x8_s(values, by), half), 16),
  )
}

/** Eight 16-bit differences times eight parts of 256. */
// @ts-ignore: decorator
@inline
function part8(difference: v128, parts: v128): v128 {
  return i16x8.narrow_i32x4_s(
    i32x4.shr_s(i32x4.extmul_low_i16x8_s(difference, parts), 8),
    i32x4.shr_s(i32x4.extmul_high_i16x8_s(difference, parts), 8),
  )
}

/** Sixteen bytes on their way from one to another, `parts` of 256. */
// @ts-ignore: decorator
@inline
export function towards(from: v128, to: v128, parts: v128): v128 {
  const fromLow = i16x8.extend_low_i8x16_u(from)
  const fromHigh = i16x8.extend_high_i8x16_u(from)
  return bytesOf(
    i16x8.add(
      fromLow,
      part8(i16x8.sub(i16x8.extend_low_i8x16_u(to), fromLow), i16x8.extend_low_i8x16_u(parts)),
    ),
    i16x8.add(
      fromHigh,
      part8(i16x8.sub(i16x8.extend_high_i8x16_u(to), fromHigh), i16x8.extend_high_i8x16_u(parts)),
    ),
  )
}

/** Sixteen look-ups in a table of 16·`rows` bytes; what lies beyond it is 0. */
// @ts-ignore: decorator
@inline
export function lookUp(index: v128, table: usize, rows: i32): v128 {
  let result = i8x16.swizzle(v128.load(table), index)
  for (let row = 1; row < rows; row++)
    result = v128.or(
      result,
      i8x16.swizzle(v128.load(table + row * 16), i8x16.sub(index, i8x16.splat(<i8>(row * 16)))),
    )
  return result
}

/** The distance of two bytes from each other, sixteen times. */
// @ts-ignore: decorator
@inline
export function apart(a: v128, b: v128): v128 {
  return v128.or(i8x16.sub_sat_u(a, b), i8x16.sub_sat_u(b, a))
}

/** Sixteen bytes lit by sixteen: value + (255 - value)·light·part / 65,536. */
// @ts-ignore: decorator
@inline
export function lit(value: v128, light: v128, part: v128): v128 {
  const room = v128.not(value)
  const none = i32x4.splat(0)
  return i8x16.add_sat_u(
    value,
    bytesOf(
      scaled(i16x8.extmul_low_i8x16_u(room, light), part, none),
      scaled(i16x8.extmul_high_i8x16_u(room, light), part, none),
    ),
  )
}

/** Each of the low eight bytes twice. */
// @ts-ignore: decorator
@inline
export function twice(bytes: v128): v128 {
  return i8x16.shuffle(bytes, bytes, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7)
}

/**
 * Sixteen look-ups in a curve that is straight in steps of sixteen: `table` has its value at the beginning of each step,
 * after those its change over each, signed, then the values of one step as they are, and where that begins 16 times.
 */
// @ts-ignore: decorator
@inline
export function bent(value: v128, table: usize): v128 {
  const step = i8x16.shr_u(value, 4)
  const base = i8x16.swizzle(v128.load(table), step)
  const change = i8x16.swizzle(v128.load(table, 16), step)
  const exact = i8x16.swizzle(v128.load(table, 32), i8x16.sub(value, v128.load(table, 48)))
  const part = v128.and(value, i8x16.splat(15))
  const round = i16x8.splat(8)
  return v128.or(
    exact,
    bytesOf(
      i16x8.add(
        i16x8.extend_low_i8x16_u(base),
        i16x8.shr_s(i16x8.add(i16x8.extmul_low_i8x16_s(change, part), round), 4),
      ),
      i16x8.add(
        i16x8.extend_high_i8x16_u(base),
        i16x8.shr_s(i16x8.add(i16x8.extmul_high_i8x16_s(change, part), round), 4),
      ),
    ),
  )
}

/** Sixteen look-ups in a table of 256, or in one of a curve that is straight in steps, see {@link bent}. */
// @ts-ignore: decorator
@inline
export function answers(value: v128, table: usize, straight: i32): v128 {
  return straight ? bent(value, table) : lookUp(value, table, 16)
}

/** Two numbers at each end of a row of a cell, which lies `down` (0 to 1) between the cell's upper corners and its lower. */
// @ts-ignore: decorator
@inline
export function endsAt(upper: usize, lower: usize, down: v128): v128 {
  const above = v128.load(upper)
  return f32x4.add(above, f32x4.mul(f32x4.sub(v128.load(lower), above), down))
}
