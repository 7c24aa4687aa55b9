import { bytesOf, shared, sharesOf } from './lanes'

/** Rows of 16-bit sums, for planes of at most 8,192 pixels across. */
const WINDOWS: usize = memory.data(18432)
const TOTALS: usize = memory.data(18432)

/** Up to this radius a window's sum is added up sample by sample. */
const SHORT = 4

// @ts-ignore: decorator
@inline
function around(at: usize, by: usize): v128 {
  return i16x8.add(v128.load_ext<u8>(at - by), v128.load_ext<u8>(at + by))
}

/** Eight sums of windows of one of the few shortest lengths. */
// @ts-ignore: decorator
@inline
function windows(at: usize, radius: i32): v128 {
  let sum = i16x8.add(v128.load_ext<u8>(at), around(at, 1))
  if (radius > 1) sum = i16x8.add(sum, around(at, 2))
  if (radius > 2) sum = i16x8.add(sum, around(at, 3))
  if (radius > 3) sum = i16x8.add(sum, around(at, 4))
  return sum
}

/** One sample of a row, its ends repeated. */
function meanAt(from: usize, x: i32, width: i32, radius: i32, share: u32): u32 {
  let sum: u32 = 0
  for (let near = x - radius; near <= x + radius; near++) sum += <u32>load<u8>(from + max(0, min(width - 1, near)))
  return (sum * share + 32768) >> 16
}

/** One row, for short windows. */
function nearby(from: usize, to: usize, width: i32, radius: i32, share: u32): void {
  const shares = sharesOf(share)
  let x = 0
  for (; x < min(radius, width); x++) store<u8>(to + x, meanAt(from, x, width, radius, share))
  for (; x + 16 + radius <= width; x += 16) {
    const at = from + x
    v128.store(to + x, bytesOf(shared(windows(at, radius), shares), shared(windows(at + 8, radius), shares)))
  }
  for (; x < width; x++) store<u8>(to + x, meanAt(from, x, width, radius, share))
}

/**
 * One row, its ends repeated. A window of any length is made of windows whose lengths are powers of two, each twice the
 * one before: eight sums at once, in steps that grow with the radius' logarithm only.
 */
function across(from: usize, to: usize, width: i32, radius: i32, share: u32): void {
  const side = 2 * radius + 1
  const shares = sharesOf(share)
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
    v128.store(to + x, bytesOf(shared(v128.load(at), shares), shared(v128.load(at, 16), shares)))
  }
  for (; x < width; x++) store<u8>(to + x, ((<u32>load<u16>(TOTALS + x * 2)) * share + 32768) >> 16)
}

// @ts-ignore: decorator
@inline
function add16(sums: usize, row: usize): void {
  const bytes = v128.load(row)
  v128.store(sums, i16x8.add(v128.load(sums), i16x8.extend_low_i8x16_u(bytes)))
  v128.store(sums, i16x8.add(v128.load(sums, 16), i16x8.extend_high_i8x16_u(bytes)), 16)
}

// @ts-ignore: decorator
@inline
function meansAcross(from: usize, to: usize, width: i32, radius: i32, share: u32): void {
  if (radius > SHORT) across(from, to, width, radius, share)
  else nearby(from, to, width, radius, share)
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
  const share = (65536 + radius) / side
  const shares = sharesOf(share)
  const bottom = height - 1
  // Only as many rows are kept as a window reaches over: they stay in the processor's cache.
  const kept = min(height, side + 1)
  let next = 0
  memory.fill(sums, 0, width * 2 + 32)
  for (; next <= min(bottom, radius); next++) meansAcross(source + next * width, rows + next * width, width, radius, share)
  for (let y = -radius; y <= radius; y++) {
    const row = rows + min(bottom, max(0, y)) * width
    for (let x = 0; x < width; x += 16) add16(sums + x * 2, row + x)
  }
  for (let y = 0; y < height; y++) {
    if (next <= bottom) {
      meansAcross(source + next * width, rows + (next % kept) * width, width, radius, share)
      next++
    }
    const enters = rows + (min(bottom, y + radius + 1) % kept) * width
    const leaves = rows + (max(0, y - radius) % kept) * width
    const here = target + y * width
    for (let x = 0; x < width; x += 16) {
      const low = v128.load(sums + x * 2)
      const high = v128.load(sums + x * 2, 16)
      const mean = bytesOf(shared(low, shares), shared(high, shares))
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
