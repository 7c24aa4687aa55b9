/** Numbers of 32 bits to a speck: see {@link specks}. */
const SPECK: i32 = 48

/** A pixel of RGBA with straight alpha under a colour, `part` of it; `atop` leaves its alpha as it is. */
// @ts-ignore: decorator
@inline
function painted(at: usize, colour: v128, part: f32, atop: bool): void {
  const bytes = i16x8.extend_low_i8x16_u(v128.load32_zero(at))
  const was = f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(bytes))
  const alpha = f32x4.extract_lane(was, 3) * <f32>(1 / 255.0)
  if (atop && alpha === 0) return
  const whole = atop ? alpha : part + alpha * (1 - part)
  const much = atop ? part : part / whole
  const mixed = f32x4.add(was, f32x4.mul(f32x4.sub(colour, was), f32x4.splat(much)))
  const levels = i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.replace_lane(mixed, 3, whole * 255)))
  const words = i16x8.narrow_i32x4_s(levels, levels)
  v128.store32_lane(at, i8x16.narrow_i16x8_u(words, words), 0)
}

/**
 * Paints small shapes onto RGBA of straight alpha (rows without padding), one over the other: for each x, y, cosine and
 * sine of its long axis, half the length of the line that it follows, its radii along and across, red, green, blue, alpha
 * (0 to 1), and 1 where it shows only on what is there, otherwise 0. The pixels begin at the row `first`.
 */
export function specks(rgba: usize, width: i32, height: i32, list: usize, count: i32, first: i32): void {
  for (let index = 0; index < count; index++) {
    const own = list + <usize>(index * SPECK)
    const x = load<f32>(own) - <f32>0.5
    const y = load<f32>(own, 4) - <f32>0.5 - <f32>first
    const cos = load<f32>(own, 8)
    const sin = load<f32>(own, 12)
    const half = load<f32>(own, 16)
    const colour = f32x4(load<f32>(own, 28), load<f32>(own, 32), load<f32>(own, 36), 255)
    let alpha = load<f32>(own, 40)
    const atop = load<f32>(own, 44) > 0
    // What is thinner than a pixel is paler instead.
    const least: f32 = 0.6
    let along = load<f32>(own, 20)
    let across = load<f32>(own, 24)
    if (along < least) {
      alpha *= half > 0 ? <f32>1 : along / least
      along = least
    }
    if (across < least) {
      alpha *= across / least
      across = least
    }
    const soft = f32x4.splat(min(along, across))
    const wide = abs<f32>(cos) * (half + along) + abs<f32>(sin) * across + <f32>1
    const tall = abs<f32>(sin) * (half + along) + abs<f32>(cos) * across + <f32>1
    if (y + tall < 0 || y - tall > <f32>height) continue
    const bottom = min(height - 1, <i32>floor<f32>(y + tall))
    const left = max(0, <i32>ceil<f32>(x - wide))
    const right = min(width - 1, <i32>floor<f32>(x + wide))
    const along4 = f32x4.splat(<f32>1 / along)
    const across4 = f32x4.splat(<f32>1 / across)
    for (let row = max(0, <i32>ceil<f32>(y - tall)); row <= bottom; row++) {
      const dy = <f32>row - y
      const line = rgba + ((row * width) << 2)
      for (let column = left; column <= right; column += 4) {
        const dx = f32x4.add(f32x4.splat(<f32>column - x), f32x4(0, 1, 2, 3))
        const off = f32x4.abs(f32x4.add(f32x4.mul(dx, f32x4.splat(cos)), f32x4.splat(dy * sin)))
        const u = f32x4.mul(f32x4.pmax(f32x4.splat(0), f32x4.sub(off, f32x4.splat(half))), along4)
        const v = f32x4.mul(f32x4.sub(f32x4.splat(dy * cos), f32x4.mul(dx, f32x4.splat(sin))), across4)
        const far = f32x4.sqrt(f32x4.add(f32x4.mul(u, u), f32x4.mul(v, v)))
        const edge = f32x4.add(f32x4.mul(f32x4.sub(f32x4.splat(1), far), soft), f32x4.splat(0.5))
        const inside = f32x4.pmax(f32x4.splat(0), f32x4.pmin(f32x4.splat(1), edge))
        const part = f32x4.mul(inside, f32x4.splat(alpha))
        const seen = i32x4.bitmask(f32x4.gt(part, f32x4.splat(0)))
        const at = line + (column << 2)
        if (seen & 1) painted(at, colour, f32x4.extract_lane(part, 0), atop)
        if (seen & 2 && column < right) painted(at + 4, colour, f32x4.extract_lane(part, 1), atop)
        if (seen & 4 && column + 1 < right) painted(at + 8, colour, f32x4.extract_lane(part, 2), atop)
        if (seen & 8 && column + 2 < right) painted(at + 12, colour, f32x4.extract_lane(part, 3), atop)
      }
    }
  }
}
