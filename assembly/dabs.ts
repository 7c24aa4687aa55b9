/** Numbers of 32 bits to a dab: see {@link dabs}. */
const DAB: i32 = 48

/**
 * Lays small shapes over a plane: for each x, y, cosine and sine of its long axis, half the length of the line that it
 * follows, its radii along and across, how much it covers of what is behind (1 all), its three values, and its alpha.
 * `which` of the values is this plane's; `scale` is the plane's size by the frame's.
 */
export function dabs(
  list: usize,
  count: i32,
  plane: usize,
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
    const soft = min(along, across)
    const wide = abs<f32>(cos) * (half + along) + abs<f32>(sin) * across + <f32>1
    const tall = abs<f32>(sin) * (half + along) + abs<f32>(cos) * across + <f32>1
    const left = max(0, <i32>ceil<f32>(x - wide))
    const right = min(width - 1, <i32>floor<f32>(x + wide))
    const top = max(0, <i32>ceil<f32>(y - tall))
    const bottom = min(height - 1, <i32>floor<f32>(y + tall))
    const byAlong = <f32>1 / along
    const byAcross = <f32>1 / across
    for (let row = top; row <= bottom; row++) {
      const dy = <f32>row - y
      const line = plane + row * stride
      for (let column = left; column <= right; column++) {
        const dx = <f32>column - x
        const u = max<f32>(0, abs<f32>(dx * cos + dy * sin) - half) * byAlong
        const v = (dy * cos - dx * sin) * byAcross
        const far = u * u + v * v
        const edge = (<f32>1 - sqrt<f32>(far)) * soft + <f32>0.5
        if (edge <= 0) continue
        const part = min<f32>(1, edge)
        const was = <f32>load<u8>(line + column)
        store<u8>(line + column, <u8>max<f32>(0, min<f32>(255, was + (value - was * covers) * part + <f32>0.5)))
      }
    }
  }
}
