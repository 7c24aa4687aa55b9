import type { Rgb } from '../rgb.ts'

/** Lightness 0 to 1, and the two opponent axes of OKLab (Ottosson 2020, https://bottosson.github.io/posts/oklab/). */
type Lab = readonly [lightness: number, a: number, b: number]

const toLinear = (value: number): number => {
  const v = value / 255
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4
}

const fromLinear = (value: number): number => {
  const v = Math.min(1, Math.max(0, value))
  return 255 * (v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055)
}

export const toLab = ([red, green, blue]: Rgb): Lab => {
  const r = toLinear(red)
  const g = toLinear(green)
  const b = toLinear(blue)
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

export const fromLab = ([lightness, a, b]: Lab): Rgb => {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    fromLinear(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    fromLinear(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    fromLinear(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ]
}

/** Between two colours, by what the eye sees: 0 is the first, 1 the second. */
export const mix = (from: Rgb, to: Rgb, share: number): Rgb => {
  const a = toLab(from)
  const b = toLab(to)
  return fromLab([a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share])
}

/** Lightness added (-1 to 1), chroma multiplied, hue turned (radians). */
export const shift = (colour: Rgb, lightness: number, chroma = 1, turn = 0): Rgb => {
  const [l, a, b] = toLab(colour)
  const cos = Math.cos(turn) * chroma
  const sin = Math.sin(turn) * chroma
  return fromLab([Math.min(1, Math.max(0, l + lightness)), a * cos - b * sin, a * sin + b * cos])
}

/** The hue and chroma of one colour at the lightness of another, mixed in by `share`. */
export const tint = (colour: Rgb, towards: Rgb, share: number): Rgb => {
  const own = toLab(colour)
  const other = toLab(towards)
  return fromLab([own[0], own[1] + (other[1] - own[1]) * share, own[2] + (other[2] - own[2]) * share])
}

/** How the colour of a surface looks under a light. */
export const lit = (surface: Rgb, light: Rgb, strength = 1): Rgb => [
  Math.min(255, (surface[0] * light[0] * strength) / 255),
  Math.min(255, (surface[1] * light[1] * strength) / 255),
  Math.min(255, (surface[2] * light[2] * strength) / 255),
]

export const css = ([red, green, blue]: Rgb, alpha = 1): string =>
  `rgba(${Math.round(red)},${Math.round(green)},${Math.round(blue)},${Math.round(alpha * 10000) / 10000})`

/** A colour ramp in fine steps that can be looked up per pixel: `steps` colours as floats, 3 a colour. */
export const ramp = (stops: readonly (readonly [at: number, colour: Rgb])[], steps: number): Float32Array => {
  const table = new Float32Array(steps * 3)
  for (let step = 0; step < steps; step++) {
    const at = step / (steps - 1)
    let next = stops.findIndex((stop) => stop[0] >= at)
    if (next < 0) next = stops.length - 1
    const to = stops[next]!
    const from = stops[Math.max(0, next - 1)]!
    const span = to[0] - from[0]
    const share = span > 0 ? Math.min(1, Math.max(0, (at - from[0]) / span)) : 1
    // Eased between the stops: a straight ramp shows a crease (Mach band) at each stop.
    table.set(mix(from[1], to[1], share * share * (3 - 2 * share) * 0.5 + share * 0.5), step * 3)
  }
  return table
}

/** Full-range luma and chroma of a colour, bt709. */
export const planesOfColour = ([red, green, blue]: Rgb): readonly [number, number, number] => {
  const luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
  return [luma, 128 + (blue - luma) / 1.8556, 128 + (red - luma) / 1.5748]
}
