/** Numbers of 32 bits to a dab: see {@link dabs}. */
const DAB: i32 = 48

/** Four samples of a plane, `part` of the way to a value over what is not covered of them. */
// @ts-ignore: decorator
@inline
function towards4(at: usize, value: f32, covers: f32, part: v128): void {
  const bytes = i16x8.extend_low_i8x16_u(v128.load32_zero(at))
  const was = f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(bytes))
  const change = f32x4.mul(f32x4.sub(f32x4.splat(value), f32x4.mul(was, f32x4.splat(covers))), part)
  const now = f32x4.pmax(f32x4.splat(0), f32x4.pmin(f32x4.splat(255), f32x4.add(was, change)))
  // Added to 2^23 a number's lowest bits are itself, rounded.
  const whole = v128.and(f32x4.add(now, f32x4.splat(8388608)), i32x4.splat(255))
  const words = i16x8.narrow_i32x4_u(whole, whole)
  v128.store32_lane(at, i8x16.narrow_i16x8_u(words, words), 0)
}

/**
 * Lays small shapes over a plane, and another of the same size if it is not 0, which takes the next value: for each x, y, cosine and sine of its long axis, half the length of the line that it
 * follows, its radii along and across, how much it covers of what is behind (1 all), its three values, and its alpha.
 * `which` of the values is this plane's; `scale` is the plane's size by the frame's.
 */
export function dabs(
  list: usize,
  count: i32,
  plane: usize,
  other: usize,
  stride: i32,
  width: i32,
  height: i32,
  scale: f32,
  which: i32,
): void {
  for (let index = 0; index < count; index++) {
    const at = list + <usize>(index * DAB)
    const x = load<f32>(at) * scale - <f32>0.5
    const y = load<f32>(at, 4) * scale - <f32>0.5
    const cos = load<f32>(at, 8)
    const sin = load<f32>(at, 12)
    const half = load<f32>(at, 16) * scale
    let alpha = load<f32>(at, 44)
    // What is thinner than a sample is paler instead.
    const least: f32 = 0.6
    let along = load<f32>(at, 20) * scale
    let across = load<f32>(at, 24) * scale
    if (along < least) {
      alpha *= half > 0 ? <f32>1 : along / least
      along = least
    }
    if (across < least) {
      alpha *= across / least
      across = least
    }
    const covers = load<f32>(at, 28) * alpha
    const value = load<f32>(at + (which << 2), 32) * alpha
    const second = load<f32>(at + (which << 2), 36) * alpha
    const soft = min(along, across)
    const wide = abs<f32>(cos) * (half + along) + abs<f32>(sin) * across + <f32>1
    const tall = abs<f32>(sin) * (half + along) + abs<f32>(cos) * across + <f32>1
    const top = max(0, <i32>ceil<f32>(y - tall))
    const bottom = min(height - 1, <i32>floor<f32>(y + tall))
    const byAlong = <f32>1 / along
    const byAcross = <f32>1 / across
    for (let row = top; row <= bottom; row++) {
      const dy = <f32>row - y
      const line = plane + row * stride
      let from = x - wide
      let to = x + wide
      if (half > 0 && abs<f32>(sin) > 0.2) {
        // A row of a slanted line is short.
        const middle = x + (dy * cos) / sin
        const reach = (across + <f32>1) / abs<f32>(sin)
        from = max<f32>(from, middle - reach)
        to = min<f32>(to, middle + reach)
      }
      const left = max(0, <i32>ceil<f32>(from))
      const right = min(width - 1, <i32>floor<f32>(to))
      const along4 = f32x4.splat(byAlong)
      const across4 = f32x4.splat(byAcross)
      const half4 = f32x4.splat(half)
      const rowAlong = f32x4.splat(dy * sin)
      const rowAcross = f32x4.splat(dy * cos)
      for (let column = left; column <= right; column += 4) {
        const dx = f32x4.add(f32x4.splat(<f32>column - x), f32x4(0, 1, 2, 3))
        const off = f32x4.abs(f32x4.add(f32x4.mul(dx, f32x4.splat(cos)), rowAlong))
        const u = f32x4.mul(f32x4.pmax(f32x4.splat(0), f32x4.sub(off, half4)), along4)
        const v = f32x4.mul(f32x4.sub(rowAcross, f32x4.mul(dx, f32x4.splat(sin))), across4)
        const far = f32x4.sqrt(f32x4.add(f32x4.mul(u, u), f32x4.mul(v, v)))
        const edge = f32x4.add(f32x4.mul(f32x4.sub(f32x4.splat(1), far), f32x4.splat(soft)), f32x4.splat(0.5))
        const part = f32x4.pmax(f32x4.splat(0), f32x4.pmin(f32x4.splat(1), edge))
        if (!v128.any_true(f32x4.gt(part, f32x4.splat(0)))) continue
        towards4(line + column, value, covers, part)
        if (other) towards4(other + row * stride + column, second, covers, part)
      }
    }
  }
}
