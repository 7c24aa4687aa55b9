import { bytesOf } from './lanes'
import { byBytes } from './sprites'

/** Eight samples, 64 a level: towards the shade, grained, scaled to a range. */
// @ts-ignore: decorator
@inline
function polished(value: v128, alpha: v128, noise: v128, shade: v128, strength: v128, scale: v128, base: v128): v128 {
  // alpha is 0 to 255: 128 times that is nearly 2^15.
  const dimmed = i16x8.add(value, i16x8.q15mulr_sat_s(i16x8.sub(shade, value), i16x8.shl(alpha, 7)))
  // value · (255 - value) / 128, at most 127: 64 a level, 2^13 and 2^14 apart.
  const room = i16x8.q15mulr_sat_s(dimmed, i16x8.sub(i16x8.splat(255 << 6), dimmed))
  const grain = i16x8.mul(i16x8.sub(noise, i16x8.splat(128)), strength)
  const grained = i16x8.add(dimmed, i16x8.q15mulr_sat_s(room, grain))
  return i16x8.shr_s(i16x8.add(i16x8.q15mulr_sat_s(grained, scale), base), 6)
}

/**
 * The last touch to a frame's luma, into a plane without padding: a shade by `alpha`, grain by a tile of `side` (a power
 * of two, its rows 16 longer) around 128 that begins at `left`, `top`, and the range: value · `scale` / 2^15 + `base` / 64.
 */
export function polish(
  source: usize,
  across: i32,
  width: i32,
  height: i32,
  alpha: usize,
  shade: i32,
  tile: usize,
  side: i32,
  left: i32,
  top: i32,
  strength: i32,
  scale: i32,
  base: i32,
  target: usize,
): void {
  const shades = i16x8.splat(<i16>(shade << 6))
  const strengths = i16x8.splat(<i16>strength)
  const scales = i16x8.splat(<i16>scale)
  const bases = i16x8.splat(<i16>(base + 32))
  for (let y = 0; y < height; y++) {
    const line = source + y * across
    const dims = alpha + y * across
    const grain = tile + ((y + top) & (side - 1)) * (side + 16)
    // What runs over a row's end is written over by the next row, or by the next plane.
    const to = target + y * width
    for (let x = 0; x < width; x += 16) {
      const value = v128.load(line + x)
      const dim = v128.load(dims + x)
      const noise = v128.load(grain + ((x + left) & (side - 1)))
      const low = polished(
        i16x8.shl(i16x8.extend_low_i8x16_u(value), 6),
        i16x8.extend_low_i8x16_u(dim),
        i16x8.extend_low_i8x16_u(noise),
        shades,
        strengths,
        scales,
        bases,
      )
      const high = polished(
        i16x8.shl(i16x8.extend_high_i8x16_u(value), 6),
        i16x8.extend_high_i8x16_u(dim),
        i16x8.extend_high_i8x16_u(noise),
        shades,
        strengths,
        scales,
        bases,
      )
      v128.store(to + x, bytesOf(low, high))
    }
  }
}

/** The same for chroma, which takes no grain: its shade, and its range about 128. */
export function polishChroma(
  source: usize,
  across: i32,
  width: i32,
  height: i32,
  alpha: usize,
  dimAcross: i32,
  shift: i32,
  shade: i32,
  scale: i32,
  target: usize,
): void {
  const shades = i8x16.splat(<i8>shade)
  const middle = i16x8.splat(128)
  const scales = i16x8.splat(<i16>scale)
  const half = i16x8.splat(32)
  for (let y = 0; y < height; y++) {
    const line = source + y * across
    const dims = alpha + (y << shift) * dimAcross
    const to = target + y * width
    for (let x = 0; x < width; x += 16) {
      let dim = v128.load(dims + (x << shift))
      if (shift)
        dim = i8x16.shuffle(
          dim, v128.load(dims + (x << shift), 16), 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30,
        )
      const value = i8x16.add_sat_u(byBytes(v128.load(line + x), v128.not(dim)), byBytes(shades, dim))
      const low = i16x8.shl(i16x8.sub(i16x8.extend_low_i8x16_u(value), middle), 6)
      const high = i16x8.shl(i16x8.sub(i16x8.extend_high_i8x16_u(value), middle), 6)
      v128.store(
        to + x,
        bytesOf(
          i16x8.add(i16x8.shr_s(i16x8.add(i16x8.q15mulr_sat_s(low, scales), half), 6), middle),
          i16x8.add(i16x8.shr_s(i16x8.add(i16x8.q15mulr_sat_s(high, scales), half), 6), middle),
        ),
      )
    }
  }
}

/** One value for all of a plane. */
export function flood(plane: usize, count: i32, value: i32): void {
  memory.fill(plane, <u8>value, count)
}

// @ts-ignore: decorator
@inline
function squared(value: f32): f32 {
  const light = max<f32>(0, value)
  return light * light
}

/**
 * The light of planes (rows `across` long), gathered from groups of `group` x `group` samples: each one's colour times
 * itself, so that bright parts stay and the rest goes, times `scale`. Into RGBA, opaque.
 */
export function lights(
  y: usize,
  u: usize,
  v: usize,
  across: i32,
  columns: i32,
  rows: i32,
  group: i32,
  scale: f32,
  out: usize,
): void {
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      let red: f32 = 0
      let green: f32 = 0
      let blue: f32 = 0
      for (let down = 0; down < group; down++) {
        const line = (row * group + down) * across + column * group
        for (let at = line; at < line + group; at++) {
          const luma = <f32>load<u8>(y + at)
          const b = <f32>load<u8>(u + at) - <f32>128
          const r = <f32>load<u8>(v + at) - <f32>128
          red += squared(luma + <f32>1.5748 * r)
          green += squared(luma - <f32>0.187324 * b - <f32>0.468124 * r)
          blue += squared(luma + <f32>1.8556 * b)
        }
      }
      const to = out + ((row * columns + column) << 2)
      store<u8>(to, <u8>min<f32>(255, red * scale))
      store<u8>(to, <u8>min<f32>(255, green * scale), 1)
      store<u8>(to, <u8>min<f32>(255, blue * scale), 2)
      store<u8>(to, 255, 3)
    }
}
