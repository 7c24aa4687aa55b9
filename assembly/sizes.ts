import { bytesOf } from './lanes'

/** Halves a plane by the mean of 2x2; odd last rows and columns are repeated. */
export function halve(source: usize, width: i32, height: i32, target: usize): void {
  const across = (width + 1) >> 1
  const down = (height + 1) >> 1
  const two = i16x8.splat(2)
  for (let y = 0; y < down; y++) {
    const upper = source + 2 * y * width
    const lower = source + min(2 * y + 1, height - 1) * width
    const row = target + y * across
    let x = 0
    for (; 2 * x + 32 <= width; x += 16) {
      const left = i16x8.add(
        i16x8.extadd_pairwise_i8x16_u(v128.load(upper + 2 * x)),
        i16x8.extadd_pairwise_i8x16_u(v128.load(lower + 2 * x)),
      )
      const right = i16x8.add(
        i16x8.extadd_pairwise_i8x16_u(v128.load(upper + 2 * x, 16)),
        i16x8.extadd_pairwise_i8x16_u(v128.load(lower + 2 * x, 16)),
      )
      v128.store(row + x, bytesOf(i16x8.shr_u(i16x8.add(left, two), 2), i16x8.shr_u(i16x8.add(right, two), 2)))
    }
    for (; x < across; x++) {
      const right = min(2 * x + 1, width - 1)
      const sum =
        <u32>load<u8>(upper + 2 * x) +
        <u32>load<u8>(upper + right) +
        <u32>load<u8>(lower + 2 * x) +
        <u32>load<u8>(lower + right)
      store<u8>(row + x, (sum + 2) >> 2)
    }
  }
}

/** Takes a quarter of a plane by the mean of four samples in each 4x4. Target sides: (side + 3) >> 2. */
export function quarter(source: usize, width: i32, height: i32, target: usize): void {
  const across = (width + 3) >> 2
  const down = (height + 3) >> 2
  for (let y = 0; y < down; y++) {
    const upper = source + min(4 * y + 1, height - 1) * width
    const lower = source + min(4 * y + 3, height - 1) * width
    const row = target + y * across
    for (let x = 0; x < across; x++) {
      const left = min(4 * x + 1, width - 1)
      const right = min(4 * x + 3, width - 1)
      const sum =
        <u32>load<u8>(upper + left) +
        <u32>load<u8>(upper + right) +
        <u32>load<u8>(lower + left) +
        <u32>load<u8>(lower + right)
      store<u8>(row + x, sum >> 2)
    }
  }
}

/** A row between two, `part` of 2^bits from the first, its ends repeated once on both sides; 16 bits a sample. */
function between(above: usize, below: usize, part: i32, bits: i32, into: usize, count: i32): void {
  const parts = i16x8.splat(<i16>part)
  for (let x = 0; x < count; x += 8) {
    const first = v128.load_ext<u8>(above + x)
    const change = i16x8.sub(v128.load_ext<u8>(below + x), first)
    v128.store(into + 2 + x * 2, i16x8.add(i16x8.shl(first, bits), i16x8.mul(change, parts)))
  }
  store<u16>(into, load<u16>(into + 2))
  store<u16>(into + 2 + count * 2, load<u16>(into + count * 2))
}

/** Two samples between each two of a row. */
function twoBetween(from: usize, to: usize, count: i32): void {
  const round = i16x8.splat(8)
  for (let x = 0; x <= count; x += 8) {
    const left = v128.load(from + x * 2)
    const change = i16x8.sub(v128.load(from + x * 2, 2), left)
    const value = i16x8.add(i16x8.add(i16x8.shl(left, 2), change), round)
    const second = i16x8.shr_u(i16x8.add(value, i16x8.shl(change, 1)), 4)
    v128.store(to + x * 2, v128.or(i16x8.shr_u(value, 4), i16x8.shl(second, 8)))
  }
}

/** Four samples between each two of a row. */
function fourBetween(from: usize, to: usize, count: i32): void {
  const round = i16x8.splat(32)
  for (let x = 0; x <= count; x += 8) {
    const left = v128.load(from + x * 2)
    const change = i16x8.sub(v128.load(from + x * 2, 2), left)
    const twice = i16x8.shl(change, 1)
    const first = i16x8.add(i16x8.add(i16x8.shl(left, 3), change), round)
    const second = i16x8.add(first, twice)
    const third = i16x8.add(second, twice)
    const fourth = i16x8.add(third, twice)
    const a = v128.or(i16x8.shr_u(first, 6), i16x8.shl(i16x8.shr_u(second, 6), 8))
    const b = v128.or(i16x8.shr_u(third, 6), i16x8.shl(i16x8.shr_u(fourth, 6), 8))
    v128.store(to + x * 4, i8x16.shuffle(a, b, 0, 1, 16, 17, 2, 3, 18, 19, 4, 5, 20, 21, 6, 7, 22, 23))
    v128.store(to + x * 4, i8x16.shuffle(a, b, 8, 9, 24, 25, 10, 11, 26, 27, 12, 13, 28, 29, 14, 15, 30, 31), 16)
  }
}

/**
 * One row of a plane that is enlarged 2 or 4 times (`power` 1 or 2), bilinear. `mixed` holds two bytes for each sample
 * of the source's row and 64 to spare, `row` what is answered and 64 to spare. Answers where the row begins.
 */
// @ts-ignore: decorator
@inline
export function enlargedRow(
  source: usize,
  across: i32,
  down: i32,
  power: i32,
  y: i32,
  mixed: usize,
  row: usize,
): usize {
  const times = 1 << power
  const half = times >> 1
  const upper = (y - half) >> power
  const part = 2 * ((y - half) & (times - 1)) + 1
  const below = source + min(down - 1, upper + 1) * across
  between(source + max(0, upper) * across, below, part, power + 1, mixed, across)
  if (power === 1) twoBetween(mixed, row, across)
  else fourBetween(mixed, row, across)
  return row + half
}

/**
 * Doubles a plane, bilinear: `across` and `down` are halves of the target's sides, rounded up. `row` is memory for two
 * rows of the target and 256 to spare.
 */
export function double(from: usize, across: i32, down: i32, to: usize, width: i32, height: i32, row: usize): void {
  for (let y = 0; y < height; y++) memory.copy(to + y * width, enlargedRow(from, across, down, 1, y, row, row + width + 128), width)
}
