import { bytesOf } from './lanes'

/** Sums of weighed channels for four pixels, of the sums of two pixels each. */
// @ts-ignore: decorator
@inline
function weighed(low: v128, high: v128, by: v128): v128 {
  const a = i32x4.dot_i16x8_s(low, by)
  const b = i32x4.dot_i16x8_s(high, by)
  return i32x4.add(v128.shuffle<i32>(a, b, 0, 2, 4, 6), v128.shuffle<i32>(a, b, 1, 3, 5, 7))
}

/** Two neighbours of a row and the two below, channel by channel: four numbers in the low half. */
// @ts-ignore: decorator
@inline
function square(upper: v128, lower: v128): v128 {
  const low = i16x8.add(i16x8.extend_low_i8x16_u(upper), i16x8.extend_low_i8x16_u(lower))
  const high = i16x8.add(i16x8.extend_high_i8x16_u(upper), i16x8.extend_high_i8x16_u(lower))
  // Pixels 0 and 2 beside pixels 1 and 3.
  return i16x8.add(v128.shuffle<i64>(low, high, 0, 2), v128.shuffle<i64>(low, high, 1, 3))
}

/**
 * RGBA to 4:2:0 planes, bt709 at television range; both sides even. Weights are ITU-R BT.709's, 32,768 being 1, with
 * 219/255 and 224/255 in them.
 */
export function toVideo(rgba: usize, width: i32, height: i32, toY: usize, toU: usize, toV: usize): void {
  const forY = i16x8(5983, 20127, 2032, 0, 5983, 20127, 2032, 0)
  const forU = i16x8(-3299, -11094, 14393, 0, -3299, -11094, 14393, 0)
  const forV = i16x8(14393, -13073, -1320, 0, 14393, -13073, -1320, 0)
  const baseY = i32x4.splat((16 << 15) + 16384)
  const baseC = i32x4.splat((128 << 17) + 65536)
  const across = width >> 1
  for (let y = 0; y < height; y += 2) {
    for (let x = 0; x < width; x += 8) {
      const upper = rgba + (y * width + x) * 4
      const lower = upper + width * 4
      const a = v128.load(upper)
      const b = v128.load(upper, 16)
      const c = v128.load(lower)
      const d = v128.load(lower, 16)
      const first = i16x8.narrow_i32x4_u(
        i32x4.shr_s(i32x4.add(weighed(i16x8.extend_low_i8x16_u(a), i16x8.extend_high_i8x16_u(a), forY), baseY), 15),
        i32x4.shr_s(i32x4.add(weighed(i16x8.extend_low_i8x16_u(b), i16x8.extend_high_i8x16_u(b), forY), baseY), 15),
      )
      const second = i16x8.narrow_i32x4_u(
        i32x4.shr_s(i32x4.add(weighed(i16x8.extend_low_i8x16_u(c), i16x8.extend_high_i8x16_u(c), forY), baseY), 15),
        i32x4.shr_s(i32x4.add(weighed(i16x8.extend_low_i8x16_u(d), i16x8.extend_high_i8x16_u(d), forY), baseY), 15),
      )
      const rows = bytesOf(first, second)
      const left = square(a, c)
      const right = square(b, d)
      const u = i32x4.shr_s(i32x4.add(weighed(left, right, forU), baseC), 17)
      const v = i32x4.shr_s(i32x4.add(weighed(left, right, forV), baseC), 17)
      const colours = bytesOf(i16x8.narrow_i32x4_u(u, v), i16x8.splat(0))
      const row = toY + y * width + x
      const cell = (y >> 1) * across + (x >> 1)
      if (x + 8 <= width) {
        v128.store64_lane(row, rows, 0)
        v128.store64_lane(row + width, rows, 1)
        v128.store32_lane(toU + cell, colours, 0)
        v128.store32_lane(toV + cell, colours, 1)
      } else {
        // Two, four or six pixels at the end of a row.
        for (let rest = 0; rest < width - x; rest++) {
          store<u8>(row + rest, <u8>(i64x2.extract_lane(rows, 0) >> (rest * 8)))
          store<u8>(row + width + rest, <u8>(i64x2.extract_lane(rows, 1) >> (rest * 8)))
          store<u8>(toU + cell + (rest >> 1), <u8>(i32x4.extract_lane(colours, 0) >> ((rest >> 1) * 8)))
          store<u8>(toV + cell + (rest >> 1), <u8>(i32x4.extract_lane(colours, 1) >> ((rest >> 1) * 8)))
        }
      }
    }
  }
}

/** Mixes RGBA in place of the first, by 0 to 256 parts of the second. */
export function blend(from: usize, to: usize, count: i32, parts: i32): void {
  const part = i16x8.splat(<i16>parts)
  const rest = i16x8.splat(<i16>(256 - parts))
  const half = i16x8.splat(128)
  for (let at = 0; at < count * 4; at += 16) {
    const a = v128.load(from + at)
    const b = v128.load(to + at)
    const low = i16x8.add(
      i16x8.add(
        i16x8.mul(i16x8.extend_low_i8x16_u(a), rest),
        i16x8.mul(i16x8.extend_low_i8x16_u(b), part),
      ),
      half,
    )
    const high = i16x8.add(
      i16x8.add(
        i16x8.mul(i16x8.extend_high_i8x16_u(a), rest),
        i16x8.mul(i16x8.extend_high_i8x16_u(b), part),
      ),
      half,
    )
    v128.store(from + at, bytesOf(i16x8.shr_u(low, 8), i16x8.shr_u(high, 8)))
  }
}
