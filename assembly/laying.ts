import { bytesOf } from './lanes'
import { byBytes, STEP } from './sprites'

/** Bytes of a line that lies between two of a sprite's rows: those that 16 blocks of 16 samples are between. */
const LINE: i32 = 352

/** So many samples between two rows; `lean` is how far below the upper one, in 2^15. */
function between(upper: usize, lower: usize, lean: v128, to: usize, count: i32): void {
  for (let at = 0; at < count; at += 16) {
    const a = v128.load(upper + at)
    const b = v128.load(lower + at)
    const low = i16x8.extend_low_i8x16_u(a)
    const high = i16x8.extend_high_i8x16_u(a)
    v128.store(
      to + at,
      bytesOf(
        i16x8.add(low, i16x8.q15mulr_sat_s(i16x8.sub(i16x8.extend_low_i8x16_u(b), low), lean)),
        i16x8.add(high, i16x8.q15mulr_sat_s(i16x8.sub(i16x8.extend_high_i8x16_u(b), high), lean)),
      ),
    )
  }
}

/** Sixteen samples between two neighbours each in a line, `at` being where a table of steps tells of them. */
// @ts-ignore: decorator
@inline
function within(line: usize, at: usize): v128 {
  const index = v128.load(at, 16)
  const right = v128.load(at, 32)
  const left = i8x16.sub(i8x16.splat(-128), right)
  const a = i8x16.swizzle(v128.load(line), index)
  const b = i8x16.swizzle(v128.load(line, 1), index)
  const half = i16x8.splat(64)
  const low = i16x8.add(i16x8.extmul_low_i8x16_u(a, left), i16x8.extmul_low_i8x16_u(b, right))
  const high = i16x8.add(i16x8.extmul_high_i8x16_u(a, left), i16x8.extmul_high_i8x16_u(b, right))
  return bytesOf(i16x8.shr_u(i16x8.add(low, half), 7), i16x8.shr_u(i16x8.add(high, half), 7))
}

/** Sixteen bytes on their way to a colour, as far as they are covered. */
// @ts-ignore: decorator
@inline
function tinted(value: v128, colour: v128, covers: v128): v128 {
  const low = i16x8.extend_low_i8x16_u(value)
  const high = i16x8.extend_high_i8x16_u(value)
  // A byte twice is 257 times it: 65,535 is all.
  const lowPart = i16x8.shr_u(
    i8x16.shuffle(covers, covers, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7), 1,
  )
  const highPart = i16x8.shr_u(
    i8x16.shuffle(covers, covers, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13, 14, 14, 15, 15), 1,
  )
  return bytesOf(
    i16x8.add(low, i16x8.q15mulr_sat_s(i16x8.sub(colour, low), lowPart)),
    i16x8.add(high, i16x8.q15mulr_sat_s(i16x8.sub(colour, high), highPart)),
  )
}

/** Lays sixteen samples of a sprite over a target's, as far as they cover it and `share` says. */
// @ts-ignore: decorator
@inline
function over(target: usize, laid: v128, covers: v128, shares: v128, share: i32): void {
  if (share < 255) {
    const part = byBytes(v128.load(target), v128.not(byBytes(covers, shares)))
    v128.store(target, i8x16.add_sat_u(byBytes(laid, shares), part))
  } else v128.store(target, i8x16.add_sat_u(laid, byBytes(v128.load(target), v128.not(covers))))
}

/**
 * Lays a plane of a sprite over one of the frame, or two that share an alpha (`second` is then not 0): what `plan` has
 * said of the rows `top` up to `bottom`, the samples as a table of `steps` tells. `share` of 255 is how much of the sprite
 * is laid. A sprite without `first` is of one colour. `lines` is memory for three lines.
 */
export function lay(
  first: usize,
  second: usize,
  alpha: usize,
  stride: i32,
  rows: i32,
  target: usize,
  other: usize,
  across: i32,
  top: i32,
  bottom: i32,
  firstY: f64,
  stepY: f64,
  from: i32,
  to: i32,
  table: usize,
  sets: usize,
  perRow: i32,
  share: i32,
  colour: i32,
  otherColour: i32,
  lines: usize,
): void {
  const full = i8x16.splat(-1)
  const shares = i8x16.splat(<i8>share)
  const colours = i16x8.splat(<i16>colour)
  const otherColours = i16x8.splat(<i16>otherColour)
  // Light covers as much as it shines.
  const light = first !== 0 && first === alpha
  const covering = lines
  const one = light ? covering : lines + LINE
  const two = lines + LINE * 2
  for (let y = top; y < bottom; y++) {
    const place = firstY + <f64>y * stepY
    const whole = <i32>floor<f64>(place)
    const lean = i16x8.splat(<i16>min(32767, <i32>((place - <f64>whole) * 32768)))
    const upper = min(rows - 1, max(0, whole)) * stride
    const lower = min(rows - 1, max(0, whole + 1)) * stride
    for (let group = from >> 8; group < (to + 255) >> 8; group++) {
      const set = sets + (y * perRow + group) * 4
      let seen = <i32>load<u16>(set)
      if (!seen) continue
      const solid = <i32>load<u16>(set, 2)
      const steps = table + group * 16 * STEP
      const start = load<i32>(steps + ctz(seen) * STEP)
      const count = min(LINE, load<i32>(steps + (31 - clz(seen)) * STEP) + 17 - start)
      if (seen !== solid || light) between(alpha + upper + start, alpha + lower + start, lean, covering, count)
      if (first && !light) between(first + upper + start, first + lower + start, lean, one, count)
      if (second) between(second + upper + start, second + lower + start, lean, two, count)
      while (seen) {
        const block = ctz(seen)
        seen &= seen - 1
        const at = steps + block * STEP
        const x = (group << 8) + (block << 4)
        const to1 = target + y * across + x
        const to2 = other + y * across + x
        const base = load<i32>(at) - start
        const mask = v128.load(at, 48)
        let covers = full
        if (!(solid & (1 << block))) {
          const a = v128.load(covering + base)
          const b = v128.load(covering + base, 1)
          if (!v128.any_true(v128.or(a, b))) continue
          covers = within(covering + base, at)
        }
        covers = v128.and(covers, mask)
        if (!first) {
          const part = share < 255 ? byBytes(covers, shares) : covers
          v128.store(to1, tinted(v128.load(to1), colours, part))
          if (other) v128.store(to2, tinted(v128.load(to2), otherColours, part))
          continue
        }
        if (share === 255 && i8x16.all_true(i8x16.eq(covers, full))) {
          v128.store(to1, within(one + base, at))
          if (second) v128.store(to2, within(two + base, at))
          continue
        }
        over(to1, light ? covers : v128.and(within(one + base, at), mask), covers, shares, share)
        if (second) over(to2, v128.and(within(two + base, at), mask), covers, shares, share)
      }
    }
  }
}
