import { answers, bytesOf, towards, twice } from './lanes'

/** Moves a plane towards another by a third, in parts of 256. */
export function lean(plane: usize, to: usize, parts: usize, count: i32): void {
  for (let at = 0; at < count; at += 16)
    v128.store(plane + at, towards(v128.load(plane + at), v128.load(to + at), v128.load(parts + at)))
}

/** Moves a plane towards another by one part of 256. */
export function blendIn(plane: usize, to: usize, part: i32, count: i32): void {
  const parts = i8x16.splat(<i8>part)
  for (let at = 0; at < count; at += 16)
    v128.store(plane + at, towards(v128.load(plane + at), v128.load(to + at), parts))
}

/** What a table answers to luma at each sample of chroma; what else may be in its place, see answers. */
export function atChroma(
  y: usize,
  to: usize,
  width: i32,
  across: i32,
  down: i32,
  shift: i32,
  table: usize,
  straight: i32,
): void {
  for (let row = 0; row < down; row++) {
    const line = y + (row << shift) * width
    const own = to + row * across
    // What is written beyond a row's end is the next row's, or to spare.
    if (shift === 0) for (let x = 0; x < across; x += 16) v128.store(own + x, answers(v128.load(line + x), table, straight))
    else
      for (let x = 0; x < across; x += 16) {
        const luma = i8x16.shuffle(
          v128.load(line + 2 * x),
          v128.load(line + 2 * x, 16),
          0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30,
        )
        v128.store(own + x, answers(luma, table, straight))
      }
  }
}

/** Chroma's distance from its zero times `share` of 256, laid upon a plane. */
export function keepChroma(own: usize, laid: usize, share: i32, count: i32): void {
  const zero = i16x8.splat(128)
  const shares = i16x8.splat(<i16>share)
  for (let at = 0; at < count; at += 8) {
    const away = i16x8.sub(v128.load_ext<u8>(own + at), zero)
    const words = i16x8.add(v128.load_ext<u8>(laid + at), i16x8.shr_s(i16x8.mul(away, shares), 8))
    v128.store64_lane(own + at, bytesOf(words, words), 0)
  }
}

/** Blocks of one level each: their means, dithered by a table of 16, in steps of `levels` from `zero`. */
export function quantise(
  plane: usize,
  width: i32,
  height: i32,
  size: i32,
  levels: f32,
  zero: f32,
  dither: f32,
  bayer: usize,
): void {
  for (let top = 0, row = 0; top < height; top += size, row++)
    for (let left = 0, column = 0; left < width; left += size, column++) {
      const tall = min(size, height - top)
      const wide = min(size, width - left)
      let sum = 0
      for (let y = 0; y < tall; y++) {
        const line = plane + (top + y) * width + left
        for (let x = 0; x < wide; x++) sum += <i32>load<u8>(line + x)
      }
      const mean = <f32>sum / <f32>(tall * wide)
      const place = (<f32>load<u8>(bayer + (row & 3) * 4 + (column & 3)) + <f32>0.5) / 16 - <f32>0.5
      const flat = <i32>(zero + levels * floor((mean - zero) / levels + place * dither + <f32>0.5))
      for (let y = 0; y < tall; y++) memory.fill(plane + (top + y) * width + left, <u8>max(0, min(255, flat)), wide)
    }
}

// @ts-ignore: decorator
@inline
function pressed(share: v128, screen: v128, speck: v128): v128 {
  return i16x8.add(i16x8.shl(i16x8.sub(share, screen), 2), speck)
}

/**
 * How much ink a drum of a risograph leaves at each pixel: its share by luma through a table, moved by how warm the
 * colour is (`warm` and `cold` times it) and by a patch, against a screen of dots. `row` is memory for one of chroma.
 */
export function drum(
  y: usize,
  u: usize,
  v: usize,
  width: i32,
  height: i32,
  across: i32,
  shift: i32,
  table: usize,
  straight: i32,
  screen: usize,
  patches: usize,
  specks: usize,
  warm: i32,
  cold: i32,
  least: i32,
  row: usize,
  to: usize,
): void {
  const zero = i16x8.splat(128)
  const none = i16x8.splat(0)
  const warms = i16x8.splat(<i16>warm)
  const colds = i16x8.splat(<i16>cold)
  const few = i16x8.splat(<i16>least)
  for (let line = 0; line < height; line++) {
    const chroma = (line >> shift) * across
    if (shift === 0 || (line & 1) === 0)
      for (let x = 0; x < across; x += 8) {
        const red = i16x8.sub(v128.load_ext<u8>(v + chroma + x), zero)
        const lean = i16x8.sub(red, i16x8.shr_s(i16x8.sub(v128.load_ext<u8>(u + chroma + x), zero), 1))
        const by = v128.bitselect(warms, colds, i16x8.gt_s(lean, none))
        const words = i16x8.add(zero, i16x8.shr_s(i16x8.mul(lean, by), 1))
        v128.store64_lane(row + x, bytesOf(words, words), 0)
      }
    for (let x = 0; x < width; x += 16) {
      const at = line * width + x
      const share = answers(v128.load(y + at), table, straight)
      const lean = shift ? twice(v128.load64_zero(row + (x >> 1))) : v128.load(row + x)
      const patch = v128.load(patches + at)
      const dots = v128.load(screen + at)
      const speck = v128.load(specks + at)
      const low = i16x8.add(
        i16x8.add(i16x8.extend_low_i8x16_u(share), i16x8.extend_low_i8x16_s(patch)),
        i16x8.shl(i16x8.sub(i16x8.extend_low_i8x16_u(lean), zero), 1),
      )
      const high = i16x8.add(
        i16x8.add(i16x8.extend_high_i8x16_u(share), i16x8.extend_high_i8x16_s(patch)),
        i16x8.shl(i16x8.sub(i16x8.extend_high_i8x16_u(lean), zero), 1),
      )
      const inkLow = pressed(low, i16x8.extend_low_i8x16_u(dots), i16x8.add(zero, i16x8.extend_low_i8x16_s(speck)))
      const inkHigh = pressed(high, i16x8.extend_high_i8x16_u(dots), i16x8.add(zero, i16x8.extend_high_i8x16_s(speck)))
      const ink = bytesOf(v128.and(inkLow, i16x8.ge_s(low, few)), v128.and(inkHigh, i16x8.ge_s(high, few)))
      if (x + 16 <= width) v128.store(to + at, ink)
      else {
        v128.store(row + across + 16, ink)
        memory.copy(to + at, row + across + 16, width - x)
      }
    }
  }
}

/** Two inks of a pixel as one number: 16 steps of either, the second from `away` pixels before. */
export function overprint(dark: usize, bright: usize, to: usize, away: i32, count: i32): void {
  const high = i8x16.splat(<i8>0xf0)
  for (let at = 0; at < count; at += 16) {
    const under = i8x16.shr_u(v128.load(bright + max(0, at - away)), 4)
    v128.store(to + at, v128.or(v128.and(v128.load(dark + at), high), under))
  }
}

/** A plane of chroma's grid on luma's, each sample repeated. */
export function onLuma(from: usize, to: usize, width: i32, height: i32, across: i32, shift: i32): void {
  for (let y = 0; y < height; y++) {
    const line = from + (y >> shift) * across
    const own = to + y * width
    let x = 0
    for (; x + 16 <= width; x += 16)
      v128.store(own + x, shift ? twice(v128.load64_zero(line + (x >> 1))) : v128.load(line + x))
    for (; x < width; x++) store<u8>(own + x, load<u8>(line + (x >> shift)))
  }
}
