import { apart, bytesOf } from './lanes'

/*
 * Plates: pictures as planes of bytes, multiplied by their alpha, which are laid over a frame of planes. A pointer to a
 * plane is that of its first sample. A sprite's rows have at least 16 bytes before and 48 after them that repeat its ends.
 */

/** A weighed sum of the channels of 16 pixels, 16 bytes each four, through alpha and scale into bytes. */
// @ts-ignore: decorator
@inline
function four(pixels: v128, by: v128): v128 {
  const a = i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(pixels), by)
  const b = i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(pixels), by)
  return f32x4.convert_i32x4_s(i32x4.add(v128.shuffle<i32>(a, b, 0, 2, 4, 6), v128.shuffle<i32>(a, b, 1, 3, 5, 7)))
}

// @ts-ignore: decorator
@inline
function sixteen(a: v128, b: v128, c: v128, d: v128): v128 {
  const half = f32x4.splat(0.5)
  return bytesOf(
    i16x8.narrow_i32x4_u(i32x4.trunc_sat_f32x4_s(f32x4.add(a, half)), i32x4.trunc_sat_f32x4_s(f32x4.add(b, half))),
    i16x8.narrow_i32x4_u(i32x4.trunc_sat_f32x4_s(f32x4.add(c, half)), i32x4.trunc_sat_f32x4_s(f32x4.add(d, half))),
  )
}

// @ts-ignore: decorator
@inline
function alphaOf(pixels: v128): v128 {
  return f32x4.convert_i32x4_u(i32x4.shr_u(pixels, 24))
}

// @ts-ignore: decorator
@inline
function chromaOf(pixels: v128, by: v128, alpha: v128, base: v128): v128 {
  const part = f32x4.mul(f32x4.mul(four(pixels, by), alpha), f32x4.splat(1 / (255 * 32768)))
  return f32x4.add(part, f32x4.mul(base, f32x4.splat(128 / 255)))
}

/**
 * RGBA (straight alpha, rows without padding) to planes of full size and full range, bt709, multiplied by alpha; chroma
 * is multiplied with its middle of 128. As `light` a sprite covers only as much as it shines: its luma is its alpha.
 */
export function planesOf(
  rgba: usize,
  width: i32,
  height: i32,
  y: usize,
  u: usize,
  v: usize,
  alpha: usize,
  stride: i32,
  light: i32,
): void {
  const forY = i16x8(6966, 23436, 2366, 0, 6966, 23436, 2366, 0)
  const forU = i16x8(-3754, -12630, 16384, 0, -3754, -12630, 16384, 0)
  const forV = i16x8(16384, -14882, -1502, 0, 16384, -14882, -1502, 0)
  const scale = f32x4.splat(1 / (255 * 32768))
  const opacity = i32x4.splat(0xff000000)
  for (let row = 0; row < height; row++) {
    for (let x = 0; x < width; x += 16) {
      const from = rgba + (row * width + x) * 4
      const to = row * stride + x
      const a = v128.load(from)
      const b = v128.load(from, 16)
      const c = v128.load(from, 32)
      const d = v128.load(from, 48)
      if (!v128.any_true(v128.and(v128.or(v128.or(a, b), v128.or(c, d)), opacity))) {
        const none = i32x4.splat(0)
        v128.store(y + to, none)
        v128.store(u + to, none)
        v128.store(v + to, none)
        v128.store(alpha + to, none)
        continue
      }
      const aa = alphaOf(a)
      const ab = alphaOf(b)
      const ac = alphaOf(c)
      const ad = alphaOf(d)
      const ya = f32x4.mul(f32x4.mul(four(a, forY), aa), scale)
      const yb = f32x4.mul(f32x4.mul(four(b, forY), ab), scale)
      const yc = f32x4.mul(f32x4.mul(four(c, forY), ac), scale)
      const yd = f32x4.mul(f32x4.mul(four(d, forY), ad), scale)
      const luma = sixteen(ya, yb, yc, yd)
      v128.store(y + to, luma)
      v128.store(alpha + to, light ? luma : sixteen(aa, ab, ac, ad))
      const ba = light ? ya : aa
      const bb = light ? yb : ab
      const bc = light ? yc : ac
      const bd = light ? yd : ad
      v128.store(
        u + to,
        sixteen(chromaOf(a, forU, aa, ba), chromaOf(b, forU, ab, bb), chromaOf(c, forU, ac, bc), chromaOf(d, forU, ad, bd)),
      )
      v128.store(
        v + to,
        sixteen(chromaOf(a, forV, aa, ba), chromaOf(b, forV, ab, bb), chromaOf(c, forV, ac, bc), chromaOf(d, forV, ad, bd)),
      )
    }
  }
}

/** Repeats the ends of each row of a sprite's plane. */
export function pad(plane: usize, width: i32, height: i32, stride: i32): void {
  for (let row = 0; row < height; row++) {
    const first = plane + row * stride
    const end = first + width
    const last = i8x16.splat(<i8>load<u8>(end - 1))
    v128.store(first - 16, i8x16.splat(<i8>load<u8>(first)))
    v128.store(end, last)
    v128.store(end, last, 16)
    v128.store(end, last, 32)
  }
}

/** Halves a padded plane by the mean of 2x2. */
export function halvePlane(source: usize, width: i32, height: i32, stride: i32, target: usize, across: i32): void {
  const two = i16x8.splat(2)
  for (let y = 0; y < height; y += 2) {
    const upper = source + y * stride
    const lower = source + min(y + 1, height - 1) * stride
    const row = target + (y >> 1) * across
    for (let x = 0; x < width; x += 16) {
      const sum = i16x8.add(
        i16x8.extadd_pairwise_i8x16_u(v128.load(upper + x)),
        i16x8.extadd_pairwise_i8x16_u(v128.load(lower + x)),
      )
      const mean = i16x8.shr_u(i16x8.add(sum, two), 2)
      v128.store64_lane(row + (x >> 1), bytesOf(mean, mean), 0)
    }
  }
}

/**
 * The most opaque of so many pixels of RGBA (straight alpha), if all have its colour, within a level of what they are laid
 * as; otherwise 0.
 */
export function oneColour(rgba: usize, count: i32): u32 {
  let highest = i32x4.splat(0)
  const whole = count & ~3
  for (let at = 0; at < whole; at += 4) highest = i32x4.max_u(highest, v128.load(rgba + at * 4))
  let most = max(
    max(i32x4.extract_lane(highest, 0) as u32, i32x4.extract_lane(highest, 1) as u32),
    max(i32x4.extract_lane(highest, 2) as u32, i32x4.extract_lane(highest, 3) as u32),
  )
  for (let at = whole; at < count; at++) most = max(most, load<u32>(rgba + at * 4))
  const colour = i32x4.splat(most & 0xffffff)
  const colours = i32x4.splat(0xffffff)
  // The last step looks at some pixels again.
  for (let step = 0; step < count; step += 4) {
    const pixels = v128.load(rgba + max(0, min(step, count - 4)) * 4)
    const alpha = i8x16.shuffle(pixels, pixels, 3, 3, 3, 3, 7, 7, 7, 7, 11, 11, 11, 11, 15, 15, 15, 15)
    const off = apart(v128.and(pixels, colours), colour)
    const worst = i16x8.max_u(i16x8.extmul_low_i8x16_u(off, alpha), i16x8.extmul_high_i8x16_u(off, alpha))
    if (v128.any_true(i16x8.gt_u(worst, i16x8.splat(255)))) return 0
  }
  return most
}
