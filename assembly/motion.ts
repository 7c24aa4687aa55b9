import { bytesOf, endsAt } from './lanes'

/** Four bytes of a pixel as floats. */
// @ts-ignore: decorator
@inline
function floats(at: usize): v128 {
  return f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(at))))
}

/** Four floats as the bytes of a pixel, rounded and clamped. */
// @ts-ignore: decorator
@inline
function storePixel(at: usize, value: v128): void {
  const whole = i32x4.trunc_sat_f32x4_s(f32x4.add(value, f32x4.splat(0.5)))
  const words = i16x8.narrow_i32x4_s(whole, whole)
  v128.store32_lane(at, bytesOf(words, words), 0)
}

/** A number at a place of a list of 32-bit floats. */
// @ts-ignore: decorator
@inline
function number(list: usize, index: i32): f32 {
  return load<f32>(list + (<usize>index << 2))
}

/** Lays a part of a colour over a pixel, or adds it as light. */
// @ts-ignore: decorator
@inline
function lay(at: usize, part: f32, colour: v128, light: v128, added: bool): void {
  if (part <= 0) return
  const under = floats(at)
  const towards = added ? f32x4.mul(f32x4.sub(f32x4.splat(255), under), light) : f32x4.sub(colour, under)
  storePixel(at, f32x4.add(under, f32x4.mul(towards, f32x4.splat(part))))
}

/**
 * Draws `count` soft capsules, each twelve 32-bit floats: both ends (x, y, x, y), radius, the width of its soft edge
 * (within the radius), strength at the first and at the second end (0 to 1), red, green, blue, and 0 where it is
 * matter that covers, 1 where it is light that is added (screened), 2 where it covers and is pointed at both ends.
 */
export function capsules(rgba: usize, width: i32, height: i32, list: usize, count: i32): void {
  const lanes = f32x4(0, 1, 2, 3)
  const none = f32x4.splat(0)
  const one = f32x4.splat(1)
  for (let each = 0; each < count; each++, list += 48) {
    const x0 = number(list, 0)
    const y0 = number(list, 1)
    const dx = number(list, 2) - x0
    const dy = number(list, 3) - y0
    const radius = number(list, 4)
    const soft: f32 = <f32>1 / number(list, 5)
    const first = number(list, 6)
    const change = number(list, 7) - first
    const kind = <i32>number(list, 11)
    const added = kind === 1
    const pointed = kind === 2
    const colour = f32x4(number(list, 8), number(list, 9), number(list, 10), 255)
    const light = f32x4.div(colour, f32x4.splat(255))
    const goX = f32x4.splat(dx)
    const goY = f32x4.splat(dy)
    const squared = dx * dx + dy * dy
    const inverse: f32 = squared > 0 ? 1 / squared : 0
    const top = max<i32>(0, <i32>Mathf.ceil(min(y0, y0 + dy) - radius))
    const bottom = min<i32>(height - 1, <i32>Mathf.floor(max(y0, y0 + dy) + radius))
    const steep = Mathf.abs(dy) > 0.001
    // Half of the width that a row cuts out of a slanting band.
    const wide: f32 = steep ? radius * Mathf.sqrt(squared) / Mathf.abs(dy) : <f32>1e9
    for (let y = top; y <= bottom; y++) {
      let left = min(x0, x0 + dx) - radius
      let right = max(x0, x0 + dx) + radius
      if (steep) {
        const middle = x0 + ((<f32>y - y0) / dy) * dx
        left = max(left, middle - wide)
        right = min(right, middle + wide)
      }
      const start = max<i32>(0, <i32>Mathf.ceil(left))
      const end = min<i32>(width - 1, <i32>Mathf.floor(right))
      const py = f32x4.splat(<f32>y - y0)
      const line = rgba + ((y * width) << 2)
      for (let x = start; x <= end; x += 4) {
        // Four pixels: how far along the stroke, how far from it, how much inside.
        const px = f32x4.add(f32x4.splat(<f32>x - x0), lanes)
        const dot = f32x4.add(f32x4.mul(px, goX), f32x4.mul(py, goY))
        const along = f32x4.min(one, f32x4.max(none, f32x4.mul(dot, f32x4.splat(inverse))))
        const ax = f32x4.sub(px, f32x4.mul(along, goX))
        const ay = f32x4.sub(py, f32x4.mul(along, goY))
        const off = f32x4.sqrt(f32x4.add(f32x4.mul(ax, ax), f32x4.mul(ay, ay)))
        // A leaf is a lens: widest in its middle.
        const reach = pointed ? f32x4.mul(f32x4.mul(along, f32x4.sub(one, along)), f32x4.splat(4 * radius)) : f32x4.splat(radius)
        const inside = f32x4.mul(f32x4.sub(reach, off), f32x4.splat(soft))
        if (!v128.any_true(f32x4.gt(inside, none))) continue
        const t = f32x4.min(one, f32x4.max(none, inside))
        const edge = f32x4.mul(f32x4.mul(t, t), f32x4.sub(f32x4.splat(3), f32x4.add(t, t)))
        const parts = f32x4.mul(edge, f32x4.add(f32x4.splat(first), f32x4.mul(along, f32x4.splat(change))))
        lay(line + (x << 2), f32x4.extract_lane(parts, 0), colour, light, added)
        if (x < end) lay(line + (x << 2) + 4, f32x4.extract_lane(parts, 1), colour, light, added)
        if (x + 1 < end) lay(line + (x << 2) + 8, f32x4.extract_lane(parts, 2), colour, light, added)
        if (x + 2 < end) lay(line + (x << 2) + 12, f32x4.extract_lane(parts, 3), colour, light, added)
      }
    }
  }
}

/**
 * Two neighbouring pixels' numbers of a row of eight, scaled to 16 bits: the first, and one eighth of the change further;
 * or, of `pixels` 2 and from none, what two pixels add to both.
 */
// @ts-ignore: decorator
@inline
function pairOf(first: v128, change: v128, scale: f32, pixels: f32): v128 {
  const step = f32x4.mul(change, f32x4.splat(pixels / 8))
  const by = f32x4.splat(scale)
  const second = f32x4.add(first, step)
  const one = pixels > 1 ? second : first
  return i16x8.narrow_i32x4_s(
    i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(one, by))),
    i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(second, by))),
  )
}

/**
 * Changes the light of RGBA by two 32-bit floats at each corner of cells of 8 pixels: how much of `gain` (a share for
 * each channel, added to 1) and how much of a veil in a colour (0 to 255 a channel).
 */
export function relight(
  rgba: usize,
  width: i32,
  height: i32,
  nodes: usize,
  columns: i32,
  gainRed: f32,
  gainGreen: f32,
  gainBlue: f32,
  red: f32,
  green: f32,
  blue: f32,
): void {
  const gains = f32x4(gainRed, gainGreen, gainBlue, 0)
  const veil = f32x4(red, green, blue, 0)
  const veiled = f32x4(1, 1, 1, 0)
  const none = f32x4.splat(0)
  const one = f32x4.splat(1)
  const round = i16x8.splat(32)
  for (let y = 0; y < height; y++) {
    const down = f32x4.splat(<f32>(y & 7) / 8)
    const upper = nodes + (y >> 3) * columns * 8
    const lower = upper + columns * 8
    let at = rgba + ((y * width) << 2)
    for (let x = 0, cell = 0; x < width; cell += 8) {
      const ends = endsAt(upper + cell, lower + cell, down)
      const end = min(width, x + 8)
      if (!v128.any_true(f32x4.ne(ends, none))) {
        at += (end - x) << 2
        x = end
        continue
      }
      const gainHere = f32x4.splat(f32x4.extract_lane(ends, 0))
      const veilHere = f32x4.splat(f32x4.extract_lane(ends, 1))
      const gainStep = f32x4.sub(f32x4.splat(f32x4.extract_lane(ends, 2)), gainHere)
      const veilStep = f32x4.sub(f32x4.splat(f32x4.extract_lane(ends, 3)), veilHere)
      // A factor below 2 as 14 bits after the point, what is added as 6.
      const factor = f32x4.sub(f32x4.add(one, f32x4.mul(gains, gainHere)), f32x4.mul(veiled, veilHere))
      const factorStep = f32x4.sub(f32x4.mul(gains, gainStep), f32x4.mul(veiled, veilStep))
      let times = pairOf(factor, factorStep, 16384, 1)
      const timesStep = pairOf(none, factorStep, 16384, 2)
      let plus = pairOf(f32x4.mul(veil, veilHere), f32x4.mul(veil, veilStep), 64, 1)
      const plusStep = pairOf(none, f32x4.mul(veil, veilStep), 64, 2)
      for (; x < end; x += 2, at += 8) {
        const value = i16x8.shl(v128.load_ext<u8>(at), 7)
        const changed = i16x8.add_sat_s(i16x8.add_sat_s(i16x8.q15mulr_sat_s(value, times), plus), round)
        const words = i16x8.shr_s(changed, 6)
        if (x + 1 < end) v128.store64_lane(at, bytesOf(words, words), 0)
        else v128.store32_lane(at, bytesOf(words, words), 0)
        times = i16x8.add_sat_s(times, timesStep)
        plus = i16x8.add_sat_s(plus, plusStep)
      }
    }
  }
}

/**
 * Stray light on film, by two 32-bit floats at each corner of cells of 8 pixels, `light` and `heat`: of what a channel is
 * short of white, 1 - light · (base + heat · more) is left, and never less than nothing.
 */
export function flare(
  rgba: usize,
  width: i32,
  height: i32,
  nodes: usize,
  columns: i32,
  baseRed: f32,
  baseGreen: f32,
  baseBlue: f32,
  moreRed: f32,
  moreGreen: f32,
  moreBlue: f32,
): void {
  const base = f32x4(baseRed, baseGreen, baseBlue, 0)
  const more = f32x4(moreRed, moreGreen, moreBlue, 0)
  const none = f32x4.splat(0)
  const one = f32x4.splat(1)
  const nothing = i16x8.splat(0)
  const half = i16x8.splat(64)
  for (let y = 0; y < height; y++) {
    const down = f32x4.splat(<f32>(y & 7) / 8)
    const upper = nodes + (y >> 3) * columns * 8
    const lower = upper + columns * 8
    let at = rgba + ((y * width) << 2)
    for (let x = 0, cell = 0; x < width; cell += 8) {
      const ends = endsAt(upper + cell, lower + cell, down)
      const lightHere = f32x4.splat(f32x4.extract_lane(ends, 0))
      const heatHere = f32x4.splat(f32x4.extract_lane(ends, 1))
      const lightThere = f32x4.splat(f32x4.extract_lane(ends, 2))
      const heatThere = f32x4.splat(f32x4.extract_lane(ends, 3))
      const here = f32x4.sub(one, f32x4.mul(lightHere, f32x4.add(base, f32x4.mul(heatHere, more))))
      const there = f32x4.sub(one, f32x4.mul(lightThere, f32x4.add(base, f32x4.mul(heatThere, more))))
      const change = f32x4.sub(there, here)
      let left = pairOf(here, change, 32767, 1)
      const step = pairOf(none, change, 32767, 2)
      const end = min(width, x + 8)
      for (; x < end; x += 2, at += 8) {
        const missing = i16x8.shl(i16x8.extend_low_i8x16_u(v128.not(v128.load64_zero(at))), 7)
        const kept = i16x8.q15mulr_sat_s(missing, i16x8.max_s(left, nothing))
        const words = i16x8.shr_s(i16x8.add(kept, half), 7)
        const bytes = v128.not(bytesOf(words, words))
        if (x + 1 < end) v128.store64_lane(at, bytes, 0)
        else v128.store32_lane(at, bytes, 0)
        left = i16x8.add_sat_s(left, step)
      }
    }
  }
}
