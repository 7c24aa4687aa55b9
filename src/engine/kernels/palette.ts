import type { Planes } from './planes.ts'

/** Parts of a picture's samples, from its darkest to its lightest. */
const ZONES = 8

/** The colours of a picture: mean luma and chroma of each zone, and how far chroma spreads around them. */
export type Palette = { y: Float32Array; u: Float32Array; v: Float32Array; spread: number }

/** Measures every so many of a picture's samples of chroma. */
export const paletteOf = ({ y, u, v, width, chromaWidth, chromaHeight, shift }: Planes, stride = 1): Palette => {
  const counts = new Uint32Array(256)
  const sums = { u: new Float64Array(256), v: new Float64Array(256) }
  let squares = 0
  let count = 0
  for (let at = 0; at < chromaWidth * chromaHeight; at += stride) {
    const row = Math.floor(at / chromaWidth)
    const luma = y[(row << shift) * width + ((at - row * chromaWidth) << shift)] ?? 0
    const a = (u[at] ?? 128) - 128
    const b = (v[at] ?? 128) - 128
    counts[luma] = (counts[luma] ?? 0) + 1
    sums.u[luma] = (sums.u[luma] ?? 0) + a
    sums.v[luma] = (sums.v[luma] ?? 0) + b
    squares += a * a + b * b
    count++
  }
  const palette = { y: new Float32Array(ZONES), u: new Float32Array(ZONES), v: new Float32Array(ZONES), spread: 0 }
  let luma = 0
  let left = counts[0] ?? 0
  let means = 0
  for (let zone = 0; zone < ZONES; zone++) {
    const size = count / ZONES
    let wanted = size
    while (wanted > 1e-6 && luma < 256) {
      const take = Math.min(wanted, left)
      const share = take / Math.max(1, counts[luma] ?? 1)
      palette.y[zone] = (palette.y[zone] ?? 0) + (luma * take) / size
      palette.u[zone] = (palette.u[zone] ?? 0) + ((sums.u[luma] ?? 0) * share) / size
      palette.v[zone] = (palette.v[zone] ?? 0) + ((sums.v[luma] ?? 0) * share) / size
      wanted -= take
      left -= take
      if (left <= 1e-6) left = counts[++luma] ?? 0
    }
    means += ((palette.u[zone] ?? 0) ** 2 + (palette.v[zone] ?? 0) ** 2) / ZONES
  }
  palette.spread = Math.sqrt(Math.max(0, squares / Math.max(1, count) - means))
  return palette
}

/** A palette on its way to another, `part` of it. */
export const towardsPalette = (from: Palette, to: Palette, part: number): Palette => {
  const mixed = (name: 'y' | 'u' | 'v') =>
    from[name].map((value, zone) => value + ((to[name][zone] ?? 0) - value) * part)
  return {
    y: mixed('y'),
    u: mixed('u'),
    v: mixed('v'),
    spread: from.spread + (to.spread - from.spread) * part,
  }
}

/** How much of all zones' mean each takes: a wall that is a little lighter on one side is not to change its colour. */
const COMMON = 0.35

/** The colours of zones, each leaning to what is common to all. */
export const softened = (values: Float32Array): Float32Array => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return values.map((value) => value + (mean - value) * COMMON)
}

/** A value for each luma from those of the zones, straight between them. */
export const byLuma = (palette: Palette, values: Float32Array): Float32Array => {
  const table = new Float32Array(256)
  let zone = 0
  for (let luma = 0; luma < 256; luma++) {
    while (zone < ZONES - 2 && luma > (palette.y[zone + 1] ?? 255)) zone++
    const from = palette.y[zone] ?? 0
    const span = Math.max(4, (palette.y[zone + 1] ?? 255) - from)
    const part = Math.min(1, Math.max(0, (luma - from) / span))
    table[luma] = (values[zone] ?? 0) + ((values[zone + 1] ?? 0) - (values[zone] ?? 0)) * part
  }
  // Zones that lie close together would make steps: nothing changes faster than over a few levels.
  const reach = 18
  return table.map((_, luma) => {
    let sum = 0
    for (let step = -reach; step <= reach; step++) sum += table[Math.min(255, Math.max(0, luma + step))] ?? 0
    return sum / (2 * reach + 1)
  })
}
