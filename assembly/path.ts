import { scale } from './edges'

/* Paths are read, and their curves cut into chords. */

/** What a path's list says, a 32-bit float each, before its points: see {@link part}. */
const MOVE: i32 = 0
const LINE: i32 = 1
const QUAD: i32 = 2
const CUBIC: i32 = 3

/** How far a chord may be from its curve, in pixels. */
export const NEAR: f32 = 0.12

/** How many chords a curve is cut into whose second differences are so large. */
function chords(bend: f32): i32 {
  return min(48, max(1, <i32>ceil<f32>(sqrt<f32>((bend * scale) / NEAR))))
}

/** The points of a part of a path, 8 bytes each, and how many. */
export let points: usize = 0
export let count: i32 = 0

/** Makes {@link part} write its points there. */
export function readInto(place: usize): void {
  points = place
}

/** A line's way out of a point that was given twice, or of the only point, cannot be told. */
const APART: f32 = 1e-5

/** Adds a point. */
export function point(x: f32, y: f32): void {
  if (count > 0) {
    const last = points + <usize>(count - 1) * 8
    if (abs<f32>(load<f32>(last) - x) < APART && abs<f32>(load<f32>(last, 4) - y) < APART) return
  }
  store<f32>(points + <usize>count * 8, x)
  store<f32>(points + <usize>count * 8, y, 4)
  count++
}

/** Whether the part was closed. */
export let closed = false

/**
 * Reads a part of a path that hangs together into {@link points}; answers where the next one begins. A list is numbers of
 * 32 bits: 0 and a point moves there, 1 and a point is a line, 2 and two points a quadratic curve, 3 and three a cubic
 * one, 4 closes.
 */
export function part(list: usize, end: usize): usize {
  let x: f32 = 0
  let y: f32 = 0
  count = 0
  closed = false
  let at = list
  while (at < end) {
    const kind = <i32>load<f32>(at)
    if (kind === MOVE && at > list) return at
    if (kind <= LINE) {
      x = load<f32>(at, 4)
      y = load<f32>(at, 8)
      point(x, y)
      at += 12
    } else if (kind === QUAD) {
      const midX = load<f32>(at, 4)
      const midY = load<f32>(at, 8)
      const endX = load<f32>(at, 12)
      const endY = load<f32>(at, 16)
      const bendX = x - midX - midX + endX
      const bendY = y - midY - midY + endY
      const steps = chords(sqrt<f32>(bendX * bendX + bendY * bendY) * <f32>0.25)
      for (let step = 1; step < steps; step++) {
        const t = <f32>step / <f32>steps
        const s = <f32>1 - t
        point(s * s * x + <f32>2 * s * t * midX + t * t * endX, s * s * y + <f32>2 * s * t * midY + t * t * endY)
      }
      x = endX
      y = endY
      point(x, y)
      at += 20
    } else if (kind === CUBIC) {
      const firstX = load<f32>(at, 4)
      const firstY = load<f32>(at, 8)
      const secondX = load<f32>(at, 12)
      const secondY = load<f32>(at, 16)
      const endX = load<f32>(at, 20)
      const endY = load<f32>(at, 24)
      const bend = max<f32>(
        max<f32>(abs<f32>(x - firstX - firstX + secondX), abs<f32>(y - firstY - firstY + secondY)),
        max<f32>(abs<f32>(firstX - secondX - secondX + endX), abs<f32>(firstY - secondY - secondY + endY)),
      )
      const steps = chords(bend * <f32>0.9)
      for (let step = 1; step < steps; step++) {
        const t = <f32>step / <f32>steps
        const s = <f32>1 - t
        const p = s * s * s
        const q = <f32>3 * s * s * t
        const r = <f32>3 * s * t * t
        const u = t * t * t
        point(p * x + q * firstX + r * secondX + u * endX, p * y + q * firstY + r * secondY + u * endY)
      }
      x = endX
      y = endY
      point(x, y)
      at += 28
    } else {
      closed = true
      return at + 4
    }
  }
  return at
}

