import { bytesOf } from './lanes'

/** A coordinate (65,536 a pixel) mirrored back into 0..last. */
function mirrored(value: i32, last: i32): i32 {
  const folded = abs(value) % (last * 2)
  return folded > last ? last * 2 - folded : folded
}

/** A pixel between four, by a place of 65,536 a pixel: its channels as 16-bit numbers in the low half. */
// @ts-ignore: decorator
@inline
function pixelAt(source: usize, pitch: i32, lastX: i32, lastY: i32, placeX: i32, placeY: i32): v128 {
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
function pairAt(source: usize, pitch: i32, ax: i32, ay: i32, bx: i32, by: i32): v128 {
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
function inner(ends: v128, last: v128): bool {
  return !v128.any_true(v128.or(i32x4.lt_s(ends, i32x4.splat(0)), i32x4.ge_s(ends, last)))
}

/** The places of both ends of a row of a cell: x and y of the left end, x and y of the right one, 65,536 a pixel. */
// @ts-ignore: decorator
@inline
function endsOf(upper: usize, lower: usize, cell: i32, down: v128): v128 {
  const above = v128.load(upper + cell * 8)
  const below = v128.load(lower + cell * 8)
  return i32x4.trunc_sat_f32x4_s(
    f32x4.mul(f32x4.add(above, f32x4.mul(f32x4.sub(below, above), down)), f32x4.splat(65536)),
  )
}

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
    for (let cell = 0, x = 0; x < width; cell++) {
      const ends = endsOf(upper, lower, cell, down)
      let sx = i32x4.extract_lane(ends, 0)
      let sy = i32x4.extract_lane(ends, 1)
      const stepX = (i32x4.extract_lane(ends, 2) - sx) >> 3
      const stepY = (i32x4.extract_lane(ends, 3) - sy) >> 3
      const end = min(width, x + 8)
      if (inner(ends, last))
        for (; x + 2 <= end; x += 2, to += 8, sx += 2 * stepX, sy += 2 * stepY) {
          const two = pairAt(source, pitch, sx, sy, sx + stepX, sy + stepY)
          v128.store64_lane(to, bytesOf(two, two), 0)
        }
      for (; x < end; x++, to += 4, sx += stepX, sy += stepY) {
        const sum = pixelAt(source, pitch, lastX, lastY, sx, sy)
        v128.store32_lane(to, bytesOf(sum, sum), 0)
      }
    }
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

/**
 * Two pictures, each sampled along a field of its own as {@link warp} does, mixed by 0 to 256 parts of the second that
 * are given (32-bit floats) at the corners of cells. A picture that has no part in a cell is not sampled there. Where the
 * corners of a cell move apart by more than `oneThing` pixels, at the edge of something, what each of them shows is laid over the others' (overlapped
 * block motion: Orchard and Sullivan, 1994) rather than stretched between them.
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
  const half = i16x8.splat(128)
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
    for (let cell = 0, x = 0; x < width; cell++) {
      const left = load<f32>(upper + cell * 4) * (1 - part) + load<f32>(lower + cell * 4) * part
      const right = load<f32>(upper + cell * 4, 4) * (1 - part) + load<f32>(lower + cell * 4, 4) * part
      const end = min(width, x + 8)
      const firstEnds = endsOf(firstUpper, firstUpper + columns * 8, cell, down)
      const secondEnds = endsOf(secondUpper, secondUpper + columns * 8, cell, down)
      let ax = i32x4.extract_lane(firstEnds, 0)
      let ay = i32x4.extract_lane(firstEnds, 1)
      const stepAX = (i32x4.extract_lane(firstEnds, 2) - ax) >> 3
      const stepAY = (i32x4.extract_lane(firstEnds, 3) - ay) >> 3
      let bx = i32x4.extract_lane(secondEnds, 0)
      let by = i32x4.extract_lane(secondEnds, 1)
      const stepBX = (i32x4.extract_lane(secondEnds, 2) - bx) >> 3
      const stepBY = (i32x4.extract_lane(secondEnds, 3) - by) >> 3
      if (tears && (tornAt(firstUpper, columns, cell, y, most) || tornAt(secondUpper, columns, cell, y, most))) {
        for (; x < end; x++, to += 4) {
          const aside = <f32>(x & 7) / 8
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
            const left = (cell + right) << 3
            const top = (y & ~7) + (under << 3)
            sum = i32x4.add(sum, shifted(first, pitch, lastX, lastY, x - left, y - top, firstUpper + node, <i32>weight - other))
            sum = i32x4.add(sum, shifted(second, pitch, lastX, lastY, x - left, y - top, secondUpper + node, other))
          }
          const mixed = i16x8.narrow_i32x4_u(i32x4.shr_u(sum, 16), sum)
          v128.store32_lane(to, bytesOf(mixed, mixed), 0)
        }
        continue
      }
      if (left < 1 && right < 1) {
        if (inner(firstEnds, last))
          for (; x + 2 <= end; x += 2, to += 8, ax += 2 * stepAX, ay += 2 * stepAY) {
            const two = pairAt(first, pitch, ax, ay, ax + stepAX, ay + stepAY)
            v128.store64_lane(to, bytesOf(two, two), 0)
          }
        for (; x < end; x++, to += 4, ax += stepAX, ay += stepAY) {
          const one = pixelAt(first, pitch, lastX, lastY, ax, ay)
          v128.store32_lane(to, bytesOf(one, one), 0)
        }
      } else if (left > 255 && right > 255) {
        if (inner(secondEnds, last))
          for (; x + 2 <= end; x += 2, to += 8, bx += 2 * stepBX, by += 2 * stepBY) {
            const two = pairAt(second, pitch, bx, by, bx + stepBX, by + stepBY)
            v128.store64_lane(to, bytesOf(two, two), 0)
          }
        for (; x < end; x++, to += 4, bx += stepBX, by += stepBY) {
          const other = pixelAt(second, pitch, lastX, lastY, bx, by)
          v128.store32_lane(to, bytesOf(other, other), 0)
        }
      } else {
        let share = <i32>(left * 256)
        const step = <i32>((right - left) * 32)
        if (inner(firstEnds, last) && inner(secondEnds, last))
          for (; x + 2 <= end; x += 2, to += 8, share += 2 * step) {
            const one = pairAt(first, pitch, ax, ay, ax + stepAX, ay + stepAY)
            const other = pairAt(second, pitch, bx, by, bx + stepBX, by + stepBY)
            const much = v128.shuffle<i64>(i16x8.splat(<i16>(share >> 8)), i16x8.splat(<i16>((share + step) >> 8)), 0, 2)
            const rest = i16x8.sub(i16x8.splat(256), much)
            const two = i16x8.shr_u(i16x8.add(i16x8.add(i16x8.mul(one, rest), i16x8.mul(other, much)), half), 8)
            v128.store64_lane(to, bytesOf(two, two), 0)
            ax += 2 * stepAX
            ay += 2 * stepAY
            bx += 2 * stepBX
            by += 2 * stepBY
          }
        for (; x < end; x++, to += 4, ax += stepAX, ay += stepAY, bx += stepBX, by += stepBY, share += step) {
          const one = pixelAt(first, pitch, lastX, lastY, ax, ay)
          const other = pixelAt(second, pitch, lastX, lastY, bx, by)
          const much = <i16>(share >> 8)
          const mixed = i16x8.shr_u(
            i16x8.add(
              i16x8.add(i16x8.mul(one, i16x8.splat(256 - much)), i16x8.mul(other, i16x8.splat(much))),
              half,
            ),
            8,
          )
          v128.store32_lane(to, bytesOf(mixed, mixed), 0)
        }
      }
    }
  }
}
