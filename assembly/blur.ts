import { bytesOf, scaled } from './lanes'

/** Rows of 16-bit sums, for planes of at most 8,192 pixels across. */
const WINDOWS: usize = memory.data(18432)
const TOTALS: usize = memory.data(18432)

/** Up to this radius a window's sum is taken straight from its bytes, and 15 bits give its mean exactly. */
const NEAR = 5

/**
 * One row by a small radius, its ends repeated. No mean of an odd number of bytes lies between two levels, and a share of
 * 32,768 is near enough for the right one as long as side² < 128.
 */
function acrossNear(from: usize, to: usize, width: i32, radius: i32, share: v128): void {
  const end = i8x16.splat(load<i8>(from + width - 1))
  v128.store(WINDOWS, i8x16.splat(load<i8>(from)))
  const own = WINDOWS + radius
  for (let x = 0; x < width; x += 16) v128.store(own + x, v128.load(from + x))
  v128.store(own + width, end)
  v128.store(own + width, end, 16)
  const side = 2 * radius + 1
  for (let x = 0; x < width; x += 16) {
    const first = v128.load(WINDOWS + x)
    let low = i16x8.extend_low_i8x16_u(first)
    let high = i16x8.extend_high_i8x16_u(first)
    for (let tap = 1; tap < side; tap += 2) {
      const at = WINDOWS + x + tap
      low = i16x8.add(low, i16x8.add(v128.load_ext<u8>(at), v128.load_ext<u8>(at, 1)))
      high = i16x8.add(high, i16x8.add(v128.load_ext<u8>(at, 8), v128.load_ext<u8>(at, 9)))
    }
    // A row's last bytes may run over into the next row's first, which is written later, or into the spare room.
    v128.store(to + x, bytesOf(i16x8.q15mulr_sat_s(low, share), i16x8.q15mulr_sat_s(high, share)))
  }
}

/**
 * One row, its ends repeated. A window of any length is made of windows whose lengths are powers of two, each twice the
 * one before: eight sums at once, in steps that grow with the radius' logarithm only.
 */
function across(from: usize, to: usize, width: i32, radius: i32, shares: v128): void {
  const side = 2 * radius + 1
  const half = i32x4.splat(32768)
  const first = i16x8.splat(<i16>load<u8>(from))
  const end = i16x8.splat(<i16>load<u8>(from + width - 1))
  for (let x = 0; x < radius; x += 8) v128.store(WINDOWS + x * 2, first)
  const own = WINDOWS + radius * 2
  for (let x = 0; x < width; x += 8) v128.store(own + x * 2, v128.load_ext<u8>(from + x))
  for (let x = 0; x < radius + 16; x += 8) v128.store(own + (width + x) * 2, end)
  let passed = 1
  let length = 1
  const all = width + 2 * radius
  for (let x = 0; x < width; x += 8) v128.store(TOTALS + x * 2, v128.load(WINDOWS + x * 2))
  for (let bit = 2; bit <= side; bit <<= 1) {
    for (let x = 0; x + length < all; x += 8) {
      const at = WINDOWS + x * 2
      v128.store(at, i16x8.add(v128.load(at), v128.load(at + length * 2)))
    }
    length = bit
    if ((side & bit) === 0) continue
    for (let x = 0; x < width; x += 8) {
      const at = TOTALS + x * 2
      v128.store(at, i16x8.add(v128.load(at), v128.load(WINDOWS + (x + passed) * 2)))
    }
    passed += bit
  }
  let x = 0
  for (; x + 16 <= width; x += 16) {
    const at = TOTALS + x * 2
    v128.store(to + x, bytesOf(scaled(v128.load(at), shares, half), scaled(v128.load(at, 16), shares, half)))
  }
  const share = <u32>i16x8.extract_lane_u(shares, 0)
  for (; x < width; x++) store<u8>(to + x, ((<u32>load<u16>(TOTALS + x * 2)) * share + 32768) >> 16)
}

/** One row of a plane. Answers the next one. */
function acrossOne(source: usize, rows: usize, y: i32, width: i32, radius: i32, share: v128): i32 {
  const at = y * width
  if (radius <= NEAR) acrossNear(source + at, rows + at, width, radius, share)
  else across(source + at, rows + at, width, radius, share)
  return y + 1
}

// @ts-ignore: decorator
@inline
function add16(sums: usize, row: usize): void {
  const bytes = v128.load(row)
  v128.store(sums, i16x8.add(v128.load(sums), i16x8.extend_low_i8x16_u(bytes)))
  v128.store(sums, i16x8.add(v128.load(sums, 16), i16x8.extend_high_i8x16_u(bytes)), 16)
}

/**
 * The mean over a square of side 2·radius + 1 (at most 127), edges repeated. `rows` has the plane's size, `sums` two
 * bytes for each of its columns and 64 to spare. Source and target may be the same.
 */
export function blur(
  source: usize,
  target: usize,
  rows: usize,
  sums: usize,
  width: i32,
  height: i32,
  radius: i32,
): void {
  if (radius === 0) {
    memory.copy(target, source, width * height)
    return
  }
  const side = 2 * radius + 1
  const shares = i16x8.splat(<i16>((65536 + radius) / side))
  const near = radius <= NEAR
  const nearShare = i16x8.splat(<i16>((32768 + radius) / side))
  memory.fill(sums, 0, width * 2 + 32)
  const bottom = height - 1
  // Each row is summed just before it is needed, so that it still lies in the processor's cache.
  let done = 0
  for (let y = -radius; y <= radius; y++) {
    const line = min(bottom, max(0, y))
    if (done <= line) done = acrossOne(source, rows, done, width, radius, near ? nearShare : shares)
    const row = rows + line * width
    for (let x = 0; x < width; x += 16) add16(sums + x * 2, row + x)
  }
  const half = i32x4.splat(32768)
  for (let y = 0; y < height; y++) {
    if (done < height) done = acrossOne(source, rows, done, width, radius, near ? nearShare : shares)
    const enters = rows + min(bottom, y + radius + 1) * width
    const leaves = rows + max(0, y - radius) * width
    const here = target + y * width
    for (let x = 0; x < width; x += 16) {
      const low = v128.load(sums + x * 2)
      const high = v128.load(sums + x * 2, 16)
      const mean = near
        ? bytesOf(i16x8.q15mulr_sat_s(low, nearShare), i16x8.q15mulr_sat_s(high, nearShare))
        : bytesOf(scaled(low, shares, half), scaled(high, shares, half))
      if (x + 16 <= width) v128.store(here + x, mean)
      else {
        v128.store(sums + width * 2 + 32, mean)
        memory.copy(here + x, sums + width * 2 + 32, width - x)
      }
      const come = v128.load(enters + x)
      const gone = v128.load(leaves + x)
      v128.store(
        sums + x * 2,
        i16x8.sub(i16x8.add(low, i16x8.extend_low_i8x16_u(come)), i16x8.extend_low_i8x16_u(gone)),
      )
      v128.store(
        sums + x * 2,
        i16x8.sub(i16x8.add(high, i16x8.extend_high_i8x16_u(come)), i16x8.extend_high_i8x16_u(gone)),
        16,
      )
    }
  }
}
