import { bytesOf, endsAt } from './lanes'

/** A coordinate (65,536 a pixel) mirrored back into 0..last. */
function mirrored(value: i32, last: i32): i32 {
  const folded = abs(value) % (last * 2)
  return folded > last ? last * 2 - folded : folded
}

/** A pixel between four, by a place of 65,536 a pixel: its channels as 16-bit numbers in the low half. */
// @ts-ignore: decorator
@inline
export function pixelAt(source: usize, pitch: i32, lastX: i32, lastY: i32, placeX: i32, placeY: i32): v128 {
  let fx = placeX
  let fy = placeY
  if (<u32>fx > <u32>lastX) fx = mirrored(fx, lastX)
  if (<u32>fy > <u32>lastY) fy = mirrored(fy, lastY)
  const wx = (fx >> 8) & 255
  const wy = (fy >> 8) & 255
  const half = i16x8.splat(128)
  const at = source + (fy >> 16) * pitch + (fx >> 16) * 4
  // At the last column the neighbour weighs nothing; at the last row it would lie beyond the picture.
  const top = v128.load_ext<u8>(at)
  const bottom = v128.load_ext<u8>(fy < lastY ? at + pitch : at)
  const tall = i16x8.shr_u(
    i16x8.add(i16x8.add(i16x8.shl(top, 8), i16x8.mul(i16x8.sub(bottom, top), i16x8.splat(<i16>wy))), half),
    8,
  )
  const aside = v128.shuffle<i64>(tall, tall, 1, 0)
  return i16x8.shr_u(
    i16x8.add(i16x8.add(i16x8.shl(tall, 8), i16x8.mul(i16x8.sub(aside, tall), i16x8.splat(<i16>wx))), half),
    8,
  )
}

/** A column of two pixels and the one beside it, mixed downwards by 256 parts: 16-bit numbers. */
// @ts-ignore: decorator
@inline
function tallAt(at: usize, pitch: i32, part: i32): v128 {
  const top = v128.load_ext<u8>(at)
  const bottom = v128.load_ext<u8>(at + pitch)
  return i16x8.shr_u(
    i16x8.add(
      i16x8.add(i16x8.shl(top, 8), i16x8.mul(i16x8.sub(bottom, top), i16x8.splat(<i16>part))),
      i16x8.splat(128),
    ),
    8,
  )
}

/** What {@link pixelAt} gives for two places at once, of which neither is at an edge: eight 16-bit numbers. */
// @ts-ignore: decorator
@inline
export function pairAt(source: usize, pitch: i32, ax: i32, ay: i32, bx: i32, by: i32): v128 {
  const one = tallAt(source + (ay >> 16) * pitch + ((ax >> 16) << 2), pitch, (ay >> 8) & 255)
  const other = tallAt(source + (by >> 16) * pitch + ((bx >> 16) << 2), pitch, (by >> 8) & 255)
  const left = v128.shuffle<i64>(one, other, 0, 2)
  const right = v128.shuffle<i64>(one, other, 1, 3)
  const parts = v128.shuffle<i64>(i16x8.splat(<i16>((ax >> 8) & 255)), i16x8.splat(<i16>((bx >> 8) & 255)), 0, 2)
  return i16x8.shr_u(
    i16x8.add(i16x8.add(i16x8.shl(left, 8), i16x8.mul(i16x8.sub(right, left), parts)), i16x8.splat(128)),
    8,
  )
}

/** Whether a row of a cell looks at no edge of the picture: `last` holds the last places, x and y by turns. */
// @ts-ignore: decorator
@inline
export function inner(ends: v128, last: v128): bool {
  return !v128.any_true(v128.or(i32x4.lt_s(ends, i32x4.splat(0)), i32x4.ge_s(ends, last)))
}

/** The places of both ends of a row of a cell: x and y of the left end, x and y of the right one, 65,536 a pixel. */
// @ts-ignore: decorator
@inline
export function endsOf(upper: usize, lower: usize, cell: i32, down: v128): v128 {
  return i32x4.trunc_sat_f32x4_s(f32x4.mul(endsAt(upper + cell * 8, lower + cell * 8, down), f32x4.splat(65536)))
}

/** Samples `count` pixels along a row of a cell between its ends; `last` holds the picture's last places, x and y by turns. */
// @ts-ignore: decorator
@inline
export function sampleRow(source: usize, pitch: i32, last: v128, ends: v128, count: i32, out: usize): void {
  const lastX = i32x4.extract_lane(last, 0)
  const lastY = i32x4.extract_lane(last, 1)
  let sx = i32x4.extract_lane(ends, 0)
  let sy = i32x4.extract_lane(ends, 1)
  // Rounded towards nothing: a step too far would look beyond the picture's edge.
  const stepX = (i32x4.extract_lane(ends, 2) - sx) / 8
  const stepY = (i32x4.extract_lane(ends, 3) - sy) / 8
  const end = out + (<usize>count << 2)
  let to = out
  if (inner(ends, last))
    for (; to + 8 <= end; to += 8, sx += 2 * stepX, sy += 2 * stepY) {
      const two = pairAt(source, pitch, sx, sy, sx + stepX, sy + stepY)
      v128.store64_lane(to, bytesOf(two, two), 0)
    }
  for (; to < end; to += 4, sx += stepX, sy += stepY) {
    const sum = pixelAt(source, pitch, lastX, lastY, sx, sy)
    v128.store32_lane(to, bytesOf(sum, sum), 0)
  }
}
