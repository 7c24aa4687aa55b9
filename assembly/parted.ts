import { bytesOf } from './lanes'
import { endsOf, inner, sampleRow } from './sample'

/** Eight pixels of the plate, and eight of the scene at the frame's right side, where fewer are drawn. */
const BEHIND: usize = memory.data(32, 16)
const BEFORE: usize = memory.data(32, 16)
/** A way of 12 pixels along a row of a cell: beyond its ends' surroundings lies nothing that it looks at. */
const SHORT: i32 = 12 << 16

/** Four pixels of RGBA laid over four opaque ones by their own alpha, in place; what comes out is opaque. */
// @ts-ignore: decorator
@inline
function over(upper: usize, lower: usize): void {
  const half = i16x8.splat(128)
  const top = v128.load(upper)
  const alpha = i8x16.shuffle(top, top, 3, 3, 3, 3, 7, 7, 7, 7, 11, 11, 11, 11, 15, 15, 15, 15)
  const rest = v128.not(alpha)
  const bottom = v128.load(lower)
  const low = i16x8.add(i16x8.add(i16x8.extmul_low_i8x16_u(top, alpha), i16x8.extmul_low_i8x16_u(bottom, rest)), half)
  const high = i16x8.add(
    i16x8.add(i16x8.extmul_high_i8x16_u(top, alpha), i16x8.extmul_high_i8x16_u(bottom, rest)),
    half,
  )
  // Division by 255: (v + v / 256) / 256.
  const mixed = bytesOf(
    i16x8.shr_u(i16x8.add(low, i16x8.shr_u(low, 8)), 8),
    i16x8.shr_u(i16x8.add(high, i16x8.shr_u(high, 8)), 8),
  )
  v128.store(upper, v128.or(mixed, i32x4.splat(0xff000000)))
}

/** Whether all that a row of a cell looks at is clear, by its ends. */
// @ts-ignore: decorator
@inline
function clearAt(clear: usize, across: i32, last: v128, ends: v128): bool {
  if (!inner(ends, last)) return false
  const way = i32x4.abs(i32x4.sub(ends, v128.shuffle<i64>(ends, ends, 1, 0)))
  if (v128.any_true(i32x4.gt_s(way, i32x4.splat(SHORT)))) return false
  const cells = i32x4.shr_s(ends, 19)
  const first = i32x4.extract_lane(cells, 1) * across + i32x4.extract_lane(cells, 0)
  const second = i32x4.extract_lane(cells, 3) * across + i32x4.extract_lane(cells, 2)
  return (load<u8>(clear + first) & load<u8>(clear + second)) !== 0
}

/**
 * Samples a scene along a field, and lays it by its alpha over a plate (opaque, `rows` high) that is sampled along a field
 * of its own, in the frame's first `rows`. `clear` has for each cell of 8 by 8 pixels of the scene 1 where it and those
 * around it are without any colour: there only the plate is looked at, and where the scene covers it only the scene.
 */
export function parted(
  scene: usize,
  width: i32,
  height: i32,
  field: usize,
  columns: i32,
  clear: usize,
  plate: usize,
  plateField: usize,
  rows: i32,
  out: usize,
): void {
  const pitch = width * 4
  const across = (width + 7) >> 3
  const lastX = (width - 1) << 16
  const lastY = (height - 1) << 16
  const lastRow = (rows - 1) << 16
  const last = i32x4(lastX, lastY, lastX, lastY)
  const plateLast = i32x4(lastX, lastRow, lastX, lastRow)
  const opaque = i32x4.splat(0xff000000)
  for (let y = 0; y < height; y++) {
    const down = f32x4.splat(<f32>(y & 7) / 8)
    const above = (y >> 3) * columns * 8
    const below = above + columns * 8
    for (let cell = 0, x = 0; x < width; cell++, x += 8) {
      const to = out + y * pitch + (x << 2)
      const count = min(8, width - x)
      const ends = endsOf(field + above, field + below, cell, down)
      if (y >= rows) {
        sampleRow(scene, pitch, last, ends, count, to)
        continue
      }
      const behind = endsOf(plateField + above, plateField + below, cell, down)
      if (clearAt(clear, across, last, ends)) {
        sampleRow(plate, pitch, plateLast, behind, count, to)
        continue
      }
      const before = count === 8 ? to : BEFORE
      sampleRow(scene, pitch, last, ends, count, before)
      const covers = v128.and(v128.and(v128.load(before), v128.load(before, 16)), opaque)
      if (count < 8 || !i32x4.all_true(i32x4.eq(covers, opaque))) {
        sampleRow(plate, pitch, plateLast, behind, count, BEHIND)
        over(before, BEHIND)
        over(before + 16, BEHIND + 16)
      }
      if (count < 8) memory.copy(to, before, <usize>count << 2)
    }
  }
}
