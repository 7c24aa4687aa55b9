import { enter, inPlace, kernels, leave, room } from './wasm/kernels.ts'
import type { Planes } from './planes.ts'

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

/** Levels that a curve may be off where it is taken for straight in steps of sixteen: nobody sees one. */
const UNSEEN = 1

/** The straight line through a sixteenth of a curve, if it is one: its beginning, and its change over the sixteenth. */
const lineOf = (by: Curve, first: number): readonly [number, number] | undefined => {
  const at = (index: number): number => by[first + index] ?? 0
  const fits = (base: number, change: number): boolean => {
    if (base < 0 || base > 255 || change < -128 || change > 127) return false
    for (let part = 0; part < 16; part++) {
      const made = Math.min(255, Math.max(0, base + ((change * part + 8) >> 4)))
      if (Math.abs(made - at(part)) > UNSEEN) return false
    }
    return true
  }
  const toNext = first < 240 ? at(16) - at(0) : Math.round(((at(15) - at(0)) * 16) / 15)
  if (fits(at(0), toNext)) return [at(0), toNext]
  // A corner between two steps, or one at which a curve reaches the end of the byte: where it stays below that, it is straight.
  let end = 15
  while (end > 1 && (at(end) === 255 || at(end) === 0)) end--
  const change = Math.round(((at(end) - at(0)) * 16) / end)
  return fits(at(0), change) ? [at(0), change] : undefined
}

/**
 * A curve that is straight in steps of sixteen as a table of those, see bent in assembly/lanes.ts; one of the steps may be
 * as crooked as it likes. Undefined where the curve is another one.
 */
const straightened = (by: Curve): Uint8Array | undefined => {
  const steps = new Uint8Array(64)
  let isWhole = true
  for (let first = 0; first < 256; first += 16) {
    const line = lineOf(by, first)
    if (line) {
      steps[first >> 4] = line[0]
      steps[16 + (first >> 4)] = line[1]
    } else if (isWhole) {
      steps.set(by.subarray(first, first + 16), 32)
      steps.fill(first, 48)
      isWhole = false
    } else return undefined
  }
  return steps
}

/** Writes what kernels take for a curve into 256 bytes. Answers whether it is straight in steps: 1, or else 0. */
export const tabled = (by: Curve, table: Uint8Array): 0 | 1 => {
  const steps = straightened(by)
  table.set(steps ?? by)
  return steps ? 1 : 0
}

/** Puts each byte through a curve; both planes have one length and may be the same. */
export const mapBytes = (from: Uint8Array, to: Uint8Array, by: Curve): void => {
  const steps = straightened(by)
  const pass = steps ? kernels().bend : kernels().curve
  if (to !== from) to.set(from)
  inPlace(to, [steps ?? by], (plane, table) => pass(plane, plane, to.length, table))
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
  const [luma, own, laid, table] = room(y.length, u.length, u.length, 256)
  const { atChroma, keepChroma } = kernels()
  luma.set(y)
  for (const [plane, colours] of [
    [u, by.u],
    [v, by.v],
  ] as const) {
    own.set(plane)
    const straight = tabled(colours, table)
    atChroma(luma.byteOffset, laid.byteOffset, width, chromaWidth, chromaHeight, shift, table.byteOffset, straight)
    keepChroma(own.byteOffset, laid.byteOffset, Math.round(keep * 256), u.length)
    plane.set(own)
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
  const places = room(u.length, v.length)
  const first = enter(u, places[0])
  const second = enter(v, places[1])
  const [baseU, baseV] = [Math.floor(128 + moveU), Math.floor(128 + moveV)]
  kernels().chroma(first.byteOffset, second.byteOffset, u.length, cos, sin, baseU, baseV)
  leave(u, first)
  leave(v, second)
}
