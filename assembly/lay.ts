import { blur } from './blur'
import { bytesOf, lit, lookUp, scaledSigned } from './lanes'
import { curve } from './tone'
import { enlargedRow, quarter } from './sizes'

/** How near to the middle of the byte each is: 0 at its ends, 255 in it, on a parabola. */
// @ts-ignore: decorator
@inline
function middling(value: v128): v128 {
  const rest = v128.not(value)
  const low = i16x8.shr_u(i16x8.extmul_low_i8x16_u(value, rest), 6)
  const high = i16x8.shr_u(i16x8.extmul_high_i8x16_u(value, rest), 6)
  return bytesOf(low, high)
}

/**
 * Adds a tile of noise (a power of two wide) to luma: by luma through a table, or most in the mid-tones where that is 1,
 * or the same everywhere where it is 0.
 */
export function layNoise(
  luma: usize,
  width: i32,
  height: i32,
  tile: usize,
  side: i32,
  part: i32,
  where: usize,
  left: i32,
  top: i32,
): void {
  const mask = side - 1
  const middle = i16x8.splat(128)
  const parts = i16x8.splat(<i16>part)
  const half = i32x4.splat(32768)
  const full = i8x16.splat(<i8>255)
  for (let row = 0; row < height; row++) {
    const line = tile + ((row + top) & mask) * side
    const start = luma + row * width
    let x = 0
    while (x < width) {
      const column = (x + left) & mask
      if (x + 16 <= width && column + 16 <= side) {
        const value = v128.load(start + x)
        const noise = v128.load(line + column)
        const much = where > 1 ? lookUp(value, where, 16) : where ? middling(value) : full
        const low = i16x8.mul(i16x8.sub(i16x8.extend_low_i8x16_u(noise), middle), i16x8.extend_low_i8x16_u(much))
        const high = i16x8.mul(i16x8.sub(i16x8.extend_high_i8x16_u(noise), middle), i16x8.extend_high_i8x16_u(much))
        v128.store(
          start + x,
          bytesOf(
            i16x8.add(i16x8.extend_low_i8x16_u(value), scaledSigned(low, parts, half)),
            i16x8.add(i16x8.extend_high_i8x16_u(value), scaledSigned(high, parts, half)),
          ),
        )
        x += 16
      } else {
        const value = <i32>load<u8>(start + x)
        const noise = <i32>load<u8>(line + column) - 128
        const mid = min(255, (value * (255 - value)) >> 6)
        const much = where > 1 ? <i32>load<u8>(where + value) : where ? mid : 255
        const laid = value + ((noise * much * part + 32768) >> 16)
        store<u8>(start + x, max(0, min(255, laid)))
        x++
      }
    }
  }
}

/** Sixteen bytes times sixteen: (value·mask·257 + 32,768) / 65,536, in 16 bits. */
// @ts-ignore: decorator
@inline
function masked(value: v128, mask: v128): v128 {
  const half = i16x8.splat(128)
  const low = i16x8.extmul_low_i8x16_u(value, mask)
  const high = i16x8.extmul_high_i8x16_u(value, mask)
  return bytesOf(
    i16x8.shr_u(i16x8.add(i16x8.add(low, half), i16x8.shr_u(low, 8)), 8),
    i16x8.shr_u(i16x8.add(i16x8.add(high, half), i16x8.shr_u(high, 8)), 8),
  )
}

/** Multiplies a plane by a mask, 255 leaving it as it is; `zero` is what it falls to. */
export function layMask(plane: usize, mask: usize, count: i32, zero: i32): void {
  if (zero === 0) {
    for (let at = 0; at < count; at += 16) v128.store(plane + at, masked(v128.load(plane + at), v128.load(mask + at)))
    return
  }
  const zeros = i16x8.splat(<i16>zero)
  const full = i32x4.splat(257)
  const half = i32x4.splat(32768)
  for (let at = 0; at < count; at += 8) {
    const value = i16x8.sub(v128.load_ext<u8>(plane + at), zeros)
    const keep = v128.load_ext<u8>(mask + at)
    const low = i32x4.shr_s(i32x4.add(i32x4.mul(i32x4.extmul_low_i16x8_s(value, keep), full), half), 16)
    const high = i32x4.shr_s(i32x4.add(i32x4.mul(i32x4.extmul_high_i16x8_s(value, keep), full), half), 16)
    const words = i16x8.add(i16x8.narrow_i32x4_s(low, high), zeros)
    v128.store64_lane(plane + at, bytesOf(words, words), 0)
  }
}

/** Lightens by another plane as light does. */
export function layLight(plane: usize, light: usize, count: i32, part: i32): void {
  const parts = i16x8.splat(<i16>part)
  for (let at = 0; at < count; at += 16)
    v128.store(plane + at, lit(v128.load(plane + at), v128.load(light + at), parts))
}

/** Light that spills from what a table calls bright. `free` is memory for three quarter planes and two rows. */
export function bloom(
  y: usize,
  width: i32,
  height: i32,
  reach: i32,
  part: i32,
  bright: usize,
  free: usize,
): void {
  const across = (width + 3) >> 2
  const down = (height + 3) >> 2
  const size = (across * down + 95) & ~31
  const small = free
  const rows = small + size
  const sums = rows + size
  const row = sums + across * 2 + 128
  quarter(y, width, height, small)
  curve(small, small, across * down, bright)
  blur(small, small, rows, sums, across, down, reach)
  blur(small, small, rows, sums, across, down, reach)
  const parts = i16x8.splat(<i16>part)
  for (let line = 0; line < height; line++) {
    const light = enlargedRow(small, across, down, 2, line, sums, row)
    const own = y + line * width
    let x = 0
    for (; x + 16 <= width; x += 16) {
      const here = v128.load(light + x)
      // Most of a picture is not near a light.
      if (v128.any_true(here)) v128.store(own + x, lit(v128.load(own + x), here, parts))
    }
    for (; x < width; x++) {
      const value = <i32>load<u8>(own + x)
      store<u8>(own + x, value + (((255 - value) * <i32>load<u8>(light + x) * part) >> 16))
    }
  }
}
