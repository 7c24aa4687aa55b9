import { bytesOf, lookUp, twice } from './lanes'

/** Takes one plane from another; below 0 is 0. */
export function subtract(plane: usize, other: usize, count: i32): void {
  for (let at = 0; at < count; at += 16)
    v128.store(plane + at, i8x16.sub_sat_u(v128.load(plane + at), v128.load(other + at)))
}

/**
 * Prints luma in flat tones of a table, under dots that grow from none at 184 to nearly closed at 58; `screen` is how
 * late each pixel's dot comes.
 */
export function halftone(plane: usize, screen: usize, count: i32, flat: usize): void {
  const bias = i16x8.splat(368 * 5 + 128)
  const ten = i16x8.splat(10)
  const five = i16x8.splat(5)
  const depth = i16x8.splat(74)
  const least = i8x16.splat(14)
  for (let at = 0; at < count; at += 16) {
    const tone = v128.load(plane + at)
    const late = v128.load(screen + at)
    const low = i16x8.sub(
      i16x8.sub(bias, i16x8.mul(i16x8.extend_low_i8x16_u(tone), ten)),
      i16x8.mul(i16x8.extend_low_i8x16_u(late), five),
    )
    const high = i16x8.sub(
      i16x8.sub(bias, i16x8.mul(i16x8.extend_high_i8x16_u(tone), ten)),
      i16x8.mul(i16x8.extend_high_i8x16_u(late), five),
    )
    const dark = bytesOf(low, high)
    const ink = bytesOf(
      i16x8.shr_u(i16x8.mul(i16x8.extend_low_i8x16_u(dark), depth), 8),
      i16x8.shr_u(i16x8.mul(i16x8.extend_high_i8x16_u(dark), depth), 8),
    )
    v128.store(plane + at, i8x16.max_u(i8x16.sub_sat_u(lookUp(tone, flat, 16), ink), least))
  }
}

// @ts-ignore: decorator
@inline
function stroke(tone: v128, strokes: usize, table: usize): v128 {
  const ink = lookUp(tone, table, 16)
  const lies = v128.load(strokes)
  return bytesOf(
    i16x8.shr_u(i16x8.extmul_low_i8x16_u(ink, lies), 8),
    i16x8.shr_u(i16x8.extmul_high_i8x16_u(ink, lies), 8),
  )
}

/** Shades white paper (249) by three layers of strokes (planes of `size` bytes), each by luma through its table of 256. */
export function hatch(luma: usize, strokes: usize, size: i32, count: i32, tables: usize): void {
  const paper = i8x16.splat(<i8>249)
  const least = i8x16.splat(34)
  for (let at = 0; at < count; at += 16) {
    const tone = v128.load(luma + at)
    const graphite = i8x16.add_sat_u(
      i8x16.add_sat_u(stroke(tone, strokes + at, tables), stroke(tone, strokes + size + at, tables + 256)),
      stroke(tone, strokes + 2 * size + at, tables + 512),
    )
    v128.store(luma + at, i8x16.max_u(i8x16.sub_sat_u(paper, graphite), least))
  }
}

/** Sobel's gradient of one pixel, a quarter of its size. */
function edgeAt(up: usize, here: usize, down: usize, left: i32, x: i32, right: i32): u8 {
  const across =
    <i32>load<u8>(up + right) +
    2 * <i32>load<u8>(here + right) +
    <i32>load<u8>(down + right) -
    <i32>load<u8>(up + left) -
    2 * <i32>load<u8>(here + left) -
    <i32>load<u8>(down + left)
  const along =
    <i32>load<u8>(down + left) +
    2 * <i32>load<u8>(down + x) +
    <i32>load<u8>(down + right) -
    <i32>load<u8>(up + left) -
    2 * <i32>load<u8>(up + x) -
    <i32>load<u8>(up + right)
  return <u8>min(255, (abs(across) + abs(along)) >> 2)
}

/** Sobel's gradient of a plane, its size quartered to fit a byte. */
export function edges(source: usize, width: i32, height: i32, target: usize): void {
  for (let y = 0; y < height; y++) {
    const here = source + y * width
    const up = y > 0 ? here - width : here
    const down = y < height - 1 ? here + width : here
    const to = target + y * width
    store<u8>(to, edgeAt(up, here, down, 0, 0, min(1, width - 1)))
    let x = 1
    for (; x + 9 <= width; x += 8) {
      const a = v128.load_ext<u8>(up + x - 1)
      const b = v128.load_ext<u8>(up + x)
      const c = v128.load_ext<u8>(up + x + 1)
      const d = v128.load_ext<u8>(here + x - 1)
      const f = v128.load_ext<u8>(here + x + 1)
      const g = v128.load_ext<u8>(down + x - 1)
      const h = v128.load_ext<u8>(down + x)
      const i = v128.load_ext<u8>(down + x + 1)
      const across = i16x8.sub(
        i16x8.add(i16x8.add(c, i), i16x8.shl(f, 1)),
        i16x8.add(i16x8.add(a, g), i16x8.shl(d, 1)),
      )
      const along = i16x8.sub(
        i16x8.add(i16x8.add(g, i), i16x8.shl(h, 1)),
        i16x8.add(i16x8.add(a, c), i16x8.shl(b, 1)),
      )
      const size = i16x8.shr_u(i16x8.add(i16x8.abs(across), i16x8.abs(along)), 2)
      v128.store64_lane(to + x, bytesOf(size, size), 0)
    }
    for (; x < width; x++) store<u8>(to + x, edgeAt(up, here, down, x - 1, x, min(x + 1, width - 1)))
  }
}

// @ts-ignore: decorator
@inline
function measured(u: usize, v: usize, table: usize): i32 {
  return <i32>load<u8>(table + ((<usize>load<u8>(u)) >> 1) * 128 + ((<usize>load<u8>(v)) >> 1))
}

/** Moves luma by a measure of its chroma: part·measure / 65,536 levels. `row` is memory for two rows. */
export function liftBy(
  y: usize,
  u: usize,
  v: usize,
  width: i32,
  height: i32,
  across: i32,
  shift: i32,
  table: usize,
  part: i32,
  row: usize,
): void {
  const size = abs(part)
  for (let line = 0; line < height; line++) {
    const chroma = (line >> shift) * across
    // For each pair of lines once.
    if (shift === 0 || (line & 1) === 0)
      for (let x = 0; x < across; x++)
        store<u8>(row + x, min(255, (measured(u + chroma + x, v + chroma + x, table) * size) >> 16))
    const own = y + line * width
    let x = 0
    for (; x + 16 <= width; x += 16) {
      const much = shift ? twice(v128.load64_zero(row + (x >> 1))) : v128.load(row + x)
      const value = v128.load(own + x)
      v128.store(own + x, part < 0 ? i8x16.sub_sat_u(value, much) : i8x16.add_sat_u(value, much))
    }
    for (; x < width; x++) {
      const much = <i32>load<u8>(row + (x >> shift))
      store<u8>(own + x, max(0, min(255, <i32>load<u8>(own + x) + (part < 0 ? -much : much))))
    }
  }
}

/** Moves chroma towards a colour by a measure of itself, part·measure / 65,536 of the way. */
export function turnBy(u: usize, v: usize, count: i32, table: usize, toU: i32, toV: i32, part: i32): void {
  for (let at = 0; at < count; at++) {
    const much = measured(u + at, v + at, table) * part
    const a = <i32>load<u8>(u + at)
    const b = <i32>load<u8>(v + at)
    store<u8>(u + at, a + (((toU - a) * much) >> 16))
    store<u8>(v + at, b + (((toV - b) * much) >> 16))
  }
}
