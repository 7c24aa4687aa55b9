import type { Planes } from '../media/planes.ts'

/** Output for each of the 256 values. */
export type Curve = Uint8Array

const clampByte = (value: number): number => Math.min(255, Math.max(0, Math.round(value)))

export const curve = (of: (value: number) => number): Curve =>
  Uint8Array.from({ length: 256 }, (_, value) => clampByte(of(value)))

/** A smooth curve through points, monotone where they are (Fritsch and Carlson, 1980). Points as [in, out], 0 to 255. */
export const curveThrough = (...points: readonly (readonly [number, number])[]): Curve => {
  const slopes = points.slice(1).map(([x, y], index) => {
    const [fromX, fromY] = points[index] ?? [0, 0]
    return (y - fromY) / (x - fromX)
  })
  const tangents = points.map((_, index) => {
    const before = slopes[index - 1]
    const after = slopes[index]
    if (before === undefined || after === undefined) return before ?? after ?? 0
    return before * after <= 0 ? 0 : (2 * before * after) / (before + after)
  })
  return curve((value) => {
    const last = points.length - 1
    const first = points[0] ?? [0, 0]
    const end = points[last] ?? [255, 255]
    if (value <= first[0]) return first[1]
    if (value >= end[0]) return end[1]
    const index = points.findIndex(([x]) => x > value) - 1
    const [fromX, fromY] = points[index] ?? [0, 0]
    const [toX, toY] = points[index + 1] ?? [255, 255]
    const span = toX - fromX
    const t = (value - fromX) / span
    const t2 = t * t
    const t3 = t2 * t
    return (
      (2 * t3 - 3 * t2 + 1) * fromY +
      (t3 - 2 * t2 + t) * span * (tangents[index] ?? 0) +
      (3 * t2 - 2 * t3) * toY +
      (t3 - t2) * span * (tangents[index + 1] ?? 0)
    )
  })
}

/** Puts each byte through a curve; both planes have one length and may be the same. Four bytes at once where it can. */
export const mapBytes = (from: Uint8Array, to: Uint8Array, by: Curve): void => {
  const aligned = from.byteOffset % 4 === 0 && to.byteOffset % 4 === 0
  const fours = aligned ? from.length >> 2 : 0
  const source = new Uint32Array(from.buffer, aligned ? from.byteOffset : 0, fours)
  const target = new Uint32Array(to.buffer, aligned ? to.byteOffset : 0, fours)
  for (let index = 0; index < fours; index++) {
    const four = source[index] ?? 0
    target[index] =
      (by[four & 255] ?? 0) |
      ((by[(four >>> 8) & 255] ?? 0) << 8) |
      ((by[(four >>> 16) & 255] ?? 0) << 16) |
      ((by[four >>> 24] ?? 0) << 24)
  }
  for (let index = fours * 4; index < from.length; index++) to[index] = by[from[index] ?? 0] ?? 0
}

export const applyCurve = (plane: Uint8Array, by: Curve): void => mapBytes(plane, plane, by)

/** Full-range bt709 of an sRGB colour. */
export const lumaChroma = (red: number, green: number, blue: number): { y: number; u: number; v: number } => {
  const y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
  return { y, u: 128 + (blue - y) / 1.8556, v: 128 + (red - y) / 1.5748 }
}

type Stop = readonly [at: number, red: number, green: number, blue: number]

/** A colour for each luma, mixed between stops. */
export type Ramp = { y: Curve; u: Curve; v: Curve }

export const ramp = (...stops: readonly Stop[]): Ramp => {
  const colours = stops.map(([at, red, green, blue]) => ({ at, ...lumaChroma(red, green, blue) }))
  const channel = (name: 'y' | 'u' | 'v'): Curve => {
    const points = colours.map((colour) => [colour.at, colour[name]] as const)
    return curveThrough(...points)
  }
  return { y: channel('y'), u: channel('u'), v: channel('v') }
}

/** Paints a picture in the colours of a ramp, keeping `keep` (0 to 1) of its own chroma. */
export const applyRamp = (planes: Planes, by: Ramp, keep = 0): void => {
  const { y, u, v, chromaWidth, chromaHeight, width, shift } = planes
  const share = Math.round(keep * 256)
  for (let row = 0; row < chromaHeight; row++)
    for (let x = 0; x < chromaWidth; x++) {
      const index = row * chromaWidth + x
      const luma = y[(row << shift) * width + (x << shift)] ?? 0
      const toU = by.u[luma] ?? 128
      const toV = by.v[luma] ?? 128
      u[index] = toU + ((((u[index] ?? 128) - 128) * share) >> 8)
      v[index] = toV + ((((v[index] ?? 128) - 128) * share) >> 8)
    }
  applyCurve(y, by.y)
}

/** A linear change of chroma: turned by `degrees`, scaled by `saturation`, moved by `u` and `v`. */
export const applyChroma = (
  planes: Planes,
  change: { degrees?: number; saturation?: number; u?: number; v?: number },
): void => {
  const { degrees = 0, saturation = 1, u: moveU = 0, v: moveV = 0 } = change
  const cos = Math.round(Math.cos((degrees * Math.PI) / 180) * saturation * 1024)
  const sin = Math.round(Math.sin((degrees * Math.PI) / 180) * saturation * 1024)
  const { u, v } = planes
  const baseU = 128 + moveU
  const baseV = 128 + moveV
  for (let index = 0; index < u.length; index++) {
    const a = (u[index] ?? 128) - 128
    const b = (v[index] ?? 128) - 128
    const toU = baseU + ((a * cos - b * sin) >> 10)
    const toV = baseV + ((a * sin + b * cos) >> 10)
    u[index] = toU < 0 ? 0 : toU > 255 ? 255 : toU
    v[index] = toV < 0 ? 0 : toV > 255 ? 255 : toV
  }
}
