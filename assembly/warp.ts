import { bytesOf } from './lanes'
import { endsOf, inner, pairAt, pixelAt, sampleRow } from './sample'

/**
 * Samples RGBA along a field of displacement (pairs of 32-bit floats at the corners of cells of 8 pixels), bilinear with
 * weights of 8 bits. Beyond its edges the picture goes on as its own reflection. Sides below 16,384.
 */
export function warp(source: usize, width: i32, height: i32, field: usize, columns: i32, out: usize): void {
  const lastX = (width - 1) << 16
  const lastY = (height - 1) << 16
  const pitch = width * 4
  const last = i32x4(lastX, lastY, lastX, lastY)
  for (let y = 0; y < height; y++) {
    const down = f32x4.splat(<f32>(y & 7) / 8)
    const upper = field + (y >> 3) * columns * 8
    const lower = upper + columns * 8
    let to = out + y * pitch
    for (let cell = 0, x = 0; x < width; cell++, x += 8, to += 32)
      sampleRow(source, pitch, last, endsOf(upper, lower, cell, down), min(8, width - x), to)
  }
}

/** The shifts of a cell's upper or lower two corners from their own places: x and y by turns. */
// @ts-ignore: decorator
@inline
function shifts(nodes: usize, cell: i32, y: i32): v128 {
  const left = <f32>(cell << 3)
  return f32x4.sub(v128.load(nodes + cell * 8), f32x4(left, <f32>y, left + 8, <f32>y))
}

/** Whether the corners of a cell, of which `upper` are the upper ones' row, move apart. */
// @ts-ignore: decorator
@inline
function tornAt(upper: usize, columns: i32, cell: i32, y: i32, most: v128): bool {
  const above = shifts(upper, cell, y & ~7)
  const below = shifts(upper + columns * 8, cell, (y & ~7) + 8)
  const across = v128.shuffle<i64>(above, above, 1, 0)
  const apart = f32x4.max(
    f32x4.max(f32x4.abs(f32x4.sub(above, below)), f32x4.abs(f32x4.sub(above, across))),
    f32x4.abs(f32x4.sub(below, across)),
  )
  return v128.any_true(f32x4.gt(apart, most))
}

/** A pixel that lies so far from a node, where that node's motion takes it, times a weight: 32-bit numbers. */
// @ts-ignore: decorator
@inline
function shifted(
  source: usize,
  pitch: i32,
  lastX: i32,
  lastY: i32,
  offX: i32,
  offY: i32,
  node: usize,
  weight: i32,
): v128 {
  if (weight <= 0) return i32x4.splat(0)
  const sx = (offX << 16) + <i32>(load<f32>(node) * 65536)
  const sy = (offY << 16) + <i32>(load<f32>(node, 4) * 65536)
  return i32x4.mul(i32x4.extend_low_i16x8_u(pixelAt(source, pitch, lastX, lastY, sx, sy)), i32x4.splat(weight))
}

/** Eight 16-bit numbers and eight others, mixed by `much` parts of 256 of the others. */
// @ts-ignore: decorator
@inline
function mixed(one: v128, other: v128, much: v128, half: v128): v128 {
  const rest = i16x8.sub(i16x8.splat(256), much)
  return i16x8.shr_u(i16x8.add(i16x8.add(i16x8.mul(one, rest), i16x8.mul(other, much)), half), 8)
}

/** What two pictures show along a row of a cell, mixed by `left` to `right` parts of 256 of the second. */
// @ts-ignore: decorator
@inline
function mixRow(
  first: usize,
  second: usize,
  pitch: i32,
  last: v128,
  firstEnds: v128,
  secondEnds: v128,
  left: f32,
  right: f32,
  count: i32,
  out: usize,
): void {
  const lastX = i32x4.extract_lane(last, 0)
  const lastY = i32x4.extract_lane(last, 1)
  const half = i16x8.splat(128)
  let ax = i32x4.extract_lane(firstEnds, 0)
  let ay = i32x4.extract_lane(firstEnds, 1)
  const stepAX = (i32x4.extract_lane(firstEnds, 2) - ax) / 8
  const stepAY = (i32x4.extract_lane(firstEnds, 3) - ay) / 8
  let bx = i32x4.extract_lane(secondEnds, 0)
  let by = i32x4.extract_lane(secondEnds, 1)
  const stepBX = (i32x4.extract_lane(secondEnds, 2) - bx) / 8
  const stepBY = (i32x4.extract_lane(secondEnds, 3) - by) / 8
  let share = <i32>(left * 256)
  const step = <i32>((right - left) * 32)
  const end = out + (<usize>count << 2)
  let to = out
  if (inner(firstEnds, last) && inner(secondEnds, last))
    for (; to + 8 <= end; to += 8, share += 2 * step) {
      const one = pairAt(first, pitch, ax, ay, ax + stepAX, ay + stepAY)
      const other = pairAt(second, pitch, bx, by, bx + stepBX, by + stepBY)
      const much = v128.shuffle<i64>(i16x8.splat(<i16>(share >> 8)), i16x8.splat(<i16>((share + step) >> 8)), 0, 2)
      const two = mixed(one, other, much, half)
      v128.store64_lane(to, bytesOf(two, two), 0)
      ax += 2 * stepAX
      ay += 2 * stepAY
      bx += 2 * stepBX
      by += 2 * stepBY
    }
  for (; to < end; to += 4, ax += stepAX, ay += stepAY, bx += stepBX, by += stepBY, share += step) {
    const one = pixelAt(first, pitch, lastX, lastY, ax, ay)
    const other = pixelAt(second, pitch, lastX, lastY, bx, by)
    const sum = mixed(one, other, i16x8.splat(<i16>(share >> 8)), half)
    v128.store32_lane(to, bytesOf(sum, sum), 0)
  }
}

/**
 * Two pictures, each sampled along a field of its own as {@link warp} does, mixed by 0 to 256 parts of the second that
 * are given (32-bit floats) at the corners of cells. A picture that has no part in a cell is not sampled there. Where the
 * corners of a cell move apart by more than `oneThing` pixels, at the edge of something, what each of them shows is laid
 * over the others' (overlapped block motion: Orchard and Sullivan, 1994) rather than stretched between them.
 */
export function morph(
  first: usize,
  second: usize,
  width: i32,
  height: i32,
  firstField: usize,
  secondField: usize,
  parts: usize,
  columns: i32,
  oneThing: f32,
  out: usize,
): void {
  const tears = oneThing < <f32>Infinity
  const most = f32x4.splat(oneThing)
  const lastX = (width - 1) << 16
  const lastY = (height - 1) << 16
  const pitch = width * 4
  const last = i32x4(lastX, lastY, lastX, lastY)
  for (let y = 0; y < height; y++) {
    const part = <f32>(y & 7) / 8
    const down = f32x4.splat(part)
    const row = (y >> 3) * columns
    const upper = parts + row * 4
    const lower = upper + columns * 4
    const firstUpper = firstField + row * 8
    const secondUpper = secondField + row * 8
    let to = out + y * pitch
    for (let cell = 0, x = 0; x < width; cell++, x += 8, to += 32) {
      const left = load<f32>(upper + cell * 4) * (1 - part) + load<f32>(lower + cell * 4) * part
      const right = load<f32>(upper + cell * 4, 4) * (1 - part) + load<f32>(lower + cell * 4, 4) * part
      const count = min(8, width - x)
      const firstEnds = endsOf(firstUpper, firstUpper + columns * 8, cell, down)
      const secondEnds = endsOf(secondUpper, secondUpper + columns * 8, cell, down)
      if (tears && (tornAt(firstUpper, columns, cell, y, most) || tornAt(secondUpper, columns, cell, y, most))) {
        for (let column = 0; column < count; column++) {
          const aside = <f32>column / 8
          const high: f32 = 65536 * (1 - part)
          const low: f32 = 65536 * part
          const rest: f32 = 1 - aside
          let sum = i32x4.splat(32768)
          for (let corner = 0; corner < 4; corner++) {
            const right = corner & 1
            const under = corner >> 1
            const weight: f32 = (under ? low : high) * (right ? aside : rest)
            const share = load<f32>((under ? lower : upper) + ((cell + right) << 2))
            const other = <i32>(weight * share * <f32>(1 / 256))
            const node = ((cell + right) << 3) + (under ? columns << 3 : 0)
            const offX = column - (right << 3)
            const offY = (y & 7) - (under << 3)
            sum = i32x4.add(sum, shifted(first, pitch, lastX, lastY, offX, offY, firstUpper + node, <i32>weight - other))
            sum = i32x4.add(sum, shifted(second, pitch, lastX, lastY, offX, offY, secondUpper + node, other))
          }
          const words = i16x8.narrow_i32x4_u(i32x4.shr_u(sum, 16), sum)
          v128.store32_lane(to + (column << 2), bytesOf(words, words), 0)
        }
        continue
      }
      if (left < 1 && right < 1) sampleRow(first, pitch, last, firstEnds, count, to)
      else if (left > 255 && right > 255) sampleRow(second, pitch, last, secondEnds, count, to)
      else mixRow(first, second, pitch, last, firstEnds, secondEnds, left, right, count, to)
    }
  }
}
