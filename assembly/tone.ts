import { apart, bent, bytesOf, lookUp } from './lanes'

/** Sixty-four look-ups in a table of 16·`rows` bytes at once: each row is loaded once for all of them. */
// @ts-ignore: decorator
@inline
function lookUp64(from: usize, to: usize, table: usize, rows: i32): void {
  const one = i8x16.splat(16)
  let i = v128.load(from)
  let j = v128.load(from, 16)
  let k = v128.load(from, 32)
  let l = v128.load(from, 48)
  let row = v128.load(table)
  let a = i8x16.swizzle(row, i)
  let b = i8x16.swizzle(row, j)
  let c = i8x16.swizzle(row, k)
  let d = i8x16.swizzle(row, l)
  const end = table + (rows << 4)
  for (let at = table + 16; at < end; at += 16) {
    row = v128.load(at)
    i = i8x16.sub(i, one)
    j = i8x16.sub(j, one)
    k = i8x16.sub(k, one)
    l = i8x16.sub(l, one)
    a = v128.or(a, i8x16.swizzle(row, i))
    b = v128.or(b, i8x16.swizzle(row, j))
    c = v128.or(c, i8x16.swizzle(row, k))
    d = v128.or(d, i8x16.swizzle(row, l))
  }
  v128.store(to, a)
  v128.store(to, b, 16)
  v128.store(to, c, 32)
  v128.store(to, d, 48)
}

/** Puts each byte through a table of 256. */
export function curve(from: usize, to: usize, count: i32, table: usize): void {
  let at = 0
  for (; at + 64 <= count; at += 64) lookUp64(from + at, to + at, table, 16)
  for (; at < count; at += 16) v128.store(to + at, lookUp(v128.load(from + at), table, 16))
}

/** Puts each byte through a curve that is straight in steps, see bent. */
export function bend(from: usize, to: usize, count: i32, table: usize): void {
  for (let at = 0; at < count; at += 16) v128.store(to + at, bent(v128.load(from + at), table))
}

/** (value - `zero`)·share / 65,536 + `base`, rounded: a linear change of range. */
export function stretch(from: usize, to: usize, count: i32, zero: i32, share: i32, base: i32): void {
  const zeros = i16x8.splat(<i16>zero)
  const shares = i32x4.splat(share)
  const bases = i32x4.splat((base << 16) + 32768)
  for (let at = 0; at < count; at += 16) {
    const bytes = v128.load(from + at)
    const low = i16x8.sub(i16x8.extend_low_i8x16_u(bytes), zeros)
    const high = i16x8.sub(i16x8.extend_high_i8x16_u(bytes), zeros)
    v128.store(
      to + at,
      bytesOf(
        i16x8.narrow_i32x4_s(
          i32x4.shr_s(i32x4.add(i32x4.mul(i32x4.extend_low_i16x8_s(low), shares), bases), 16),
          i32x4.shr_s(i32x4.add(i32x4.mul(i32x4.extend_high_i16x8_s(low), shares), bases), 16),
        ),
        i16x8.narrow_i32x4_s(
          i32x4.shr_s(i32x4.add(i32x4.mul(i32x4.extend_low_i16x8_s(high), shares), bases), 16),
          i32x4.shr_s(i32x4.add(i32x4.mul(i32x4.extend_high_i16x8_s(high), shares), bases), 16),
        ),
      ),
    )
  }
}

/** Moves `last` towards `now`, by a table of 64 for small distances and wholly for larger ones. */
export function steady(now: usize, last: usize, count: i32, table: usize): void {
  const most = i8x16.splat(63)
  for (let at = 0; at < count; at += 16) {
    const value = v128.load(now + at)
    const before = v128.load(last + at)
    const away = apart(value, before)
    const far = i8x16.gt_u(away, most)
    const step = v128.bitselect(away, lookUp(away, table, 4), far)
    const up = i8x16.min_u(step, i8x16.sub_sat_u(value, before))
    const down = i8x16.min_u(step, i8x16.sub_sat_u(before, value))
    v128.store(last + at, i8x16.sub(i8x16.add(before, up), down))
  }
}

/** What a table of 16·`rows` bytes answers to how much darker each byte is than its surroundings; 0 beyond it. */
export function darker(luma: usize, around: usize, to: usize, count: i32, table: usize, rows: i32): void {
  let at = 0
  for (; at + 64 <= count; at += 64) {
    for (let x = at; x < at + 64; x += 16)
      v128.store(to + x, i8x16.sub_sat_u(v128.load(around + x), v128.load(luma + x)))
    lookUp64(to + at, to + at, table, rows)
  }
  for (; at < count; at += 16)
    v128.store(to + at, lookUp(i8x16.sub_sat_u(v128.load(around + at), v128.load(luma + at)), table, rows))
}

/** Multiplies by ink: value·(floor + ink·gain/256)/256, the bracket being at most 257. */
export function inked(plane: usize, ink: usize, count: i32, floor: i32, gain: i32): void {
  const floors = i16x8.splat(<i16>floor)
  const gains = i16x8.splat(<i16>gain)
  for (let at = 0; at < count; at += 16) {
    const dark = v128.load(ink + at)
    const value = v128.load(plane + at)
    const low = i16x8.add(floors, i16x8.shr_u(i16x8.mul(i16x8.extend_low_i8x16_u(dark), gains), 8))
    const high = i16x8.add(floors, i16x8.shr_u(i16x8.mul(i16x8.extend_high_i8x16_u(dark), gains), 8))
    v128.store(
      plane + at,
      bytesOf(
        i16x8.shr_u(i16x8.mul(i16x8.extend_low_i8x16_u(value), low), 8),
        i16x8.shr_u(i16x8.mul(i16x8.extend_high_i8x16_u(value), high), 8),
      ),
    )
  }
}

/** A linear change of chroma: turned and scaled by cos and sin (1,024 is 1), then moved. */
export function chroma(u: usize, v: usize, count: i32, cos: i32, sin: i32, baseU: i32, baseV: i32): void {
  const zero = i16x8.splat(128)
  const forU = i32x4.splat((cos & 0xffff) | (-sin << 16))
  const forV = i32x4.splat((sin & 0xffff) | (cos << 16))
  const movedU = i32x4.splat(baseU)
  const movedV = i32x4.splat(baseV)
  for (let at = 0; at < count; at += 8) {
    const a = i16x8.sub(v128.load_ext<u8>(u + at), zero)
    const b = i16x8.sub(v128.load_ext<u8>(v + at), zero)
    const low = v128.shuffle<i16>(a, b, 0, 8, 1, 9, 2, 10, 3, 11)
    const high = v128.shuffle<i16>(a, b, 4, 12, 5, 13, 6, 14, 7, 15)
    const toU = i16x8.narrow_i32x4_s(
      i32x4.add(i32x4.shr_s(i32x4.dot_i16x8_s(low, forU), 10), movedU),
      i32x4.add(i32x4.shr_s(i32x4.dot_i16x8_s(high, forU), 10), movedU),
    )
    const toV = i16x8.narrow_i32x4_s(
      i32x4.add(i32x4.shr_s(i32x4.dot_i16x8_s(low, forV), 10), movedV),
      i32x4.add(i32x4.shr_s(i32x4.dot_i16x8_s(high, forV), 10), movedV),
    )
    v128.store64_lane(u + at, bytesOf(toU, toU), 0)
    v128.store64_lane(v + at, bytesOf(toV, toV), 0)
  }
}
