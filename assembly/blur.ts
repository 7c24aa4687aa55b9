import { bytesOf, scaled } from './lanes'

/** One row by running sums, its ends repeated. */
function across(from: usize, to: usize, width: i32, radius: i32, share: u32): void {
  const last = width - 1
  const first = <u32>load<u8>(from)
  const end = <u32>load<u8>(from + last)
  let sum = first * (radius + 1)
  for (let x = 1; x <= radius; x++) sum += load<u8>(from + min(last, x))
  let x = 0
  const inner = min(last, radius)
  for (; x <= inner; x++) {
    store<u8>(to + x, (sum * share + 32768) >> 16)
    sum += (x + radius + 1 <= last ? <u32>load<u8>(from + x + radius + 1) : end) - first
  }
  const outer = last - radius - 1
  for (; x <= outer; x++) {
    store<u8>(to + x, (sum * share + 32768) >> 16)
    sum += <u32>load<u8>(from + x + radius + 1) - <u32>load<u8>(from + x - radius)
  }
  for (; x <= last; x++) {
    store<u8>(to + x, (sum * share + 32768) >> 16)
    sum += end - <u32>load<u8>(from + x - radius)
  }
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
  const share = (65536 + radius) / side
  for (let y = 0; y < height; y++) across(source + y * width, rows + y * width, width, radius, share)
  const shares = i16x8.splat(<i16>share)
  memory.fill(sums, 0, width * 2 + 32)
  const bottom = height - 1
  for (let y = -radius; y <= radius; y++) {
    const row = rows + min(bottom, max(0, y)) * width
    for (let x = 0; x < width; x += 16) add16(sums + x * 2, row + x)
  }
  const half = i32x4.splat(32768)
  for (let y = 0; y < height; y++) {
    const enters = rows + min(bottom, y + radius + 1) * width
    const leaves = rows + max(0, y - radius) * width
    const here = target + y * width
    for (let x = 0; x < width; x += 16) {
      const low = v128.load(sums + x * 2)
      const high = v128.load(sums + x * 2, 16)
      const mean = bytesOf(scaled(low, shares, half), scaled(high, shares, half))
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
