import { readPoints, type TrajectoryPoint, writeTrajectory } from '../../shared/models/trajectory.ts'
import type { DraftValue } from '../state/draft.ts'

/** A place on a picture: shares of its sides, 0 to 1. */
export type Place = { x: number; y: number }

/** The sides of the picture that a path is drawn over, in any unit: what is as long along one as along the other. */
export type Sides = { width: number; height: number }

/** Nearer than this to the last point, as a share of the picture's longer side, is the same place. */
const SAME = 0.004

/** The points that stand in the form, a single one too; none where there is nothing to be read. */
export const pointsOf = (value: DraftValue | undefined): TrajectoryPoint[] => {
  const points = typeof value === 'string' ? readPoints(value) : []
  return typeof points === 'string' ? [] : points
}

/** What the form keeps of points. */
export const valueOf = (points: readonly TrajectoryPoint[]): string | undefined =>
  points.length === 0 ? undefined : writeTrajectory(points)

const far = (one: Place, other: Place, { width, height }: Sides): number =>
  Math.hypot((one.x - other.x) * width, (one.y - other.y) * height) / Math.max(width, height)

const lengthOf = (places: readonly Place[], sides: Sides): number =>
  places.slice(1).reduce((sum, place, index) => sum + far(places[index] ?? place, place, sides), 0)

/** When the last point is reached: the clip's last frame, until that is changed. */
export const arrivalOf = (points: readonly TrajectoryPoint[], frames: number): number =>
  points.length > 1 ? (points.at(-1)?.frame ?? frames - 1) : frames - 1

const round = (value: number, decimals: number): number => Number(value.toFixed(decimals))

/**
 * Points with others behind them. What was there takes as much of the time as it has of the way, and keeps its own rhythm;
 * the rest goes on at an even pace, to arrive when the path arrived before.
 */
export const withPlaces = (
  points: readonly TrajectoryPoint[],
  places: readonly Place[],
  frames: number,
  sides: Sides,
): TrajectoryPoint[] => {
  const fresh: Place[] = []
  for (const { x, y } of places) {
    const place = { x: round(Math.min(1, Math.max(0, x)), 4), y: round(Math.min(1, Math.max(0, y)), 4) }
    const last = fresh.at(-1) ?? points.at(-1)
    if (!last || far(last, place, sides) >= SAME) fresh.push(place)
  }
  if (fresh.length === 0) return [...points]
  const all: Place[] = [...points, ...fresh]
  const [start, end] = [points[0]?.frame ?? 0, arrivalOf(points, frames)]
  const whole = lengthOf(all, sides)
  const share = whole === 0 ? 0 : lengthOf(points, sides) / whole
  const before = points.map((point) => ({ ...point, frame: round(start + (point.frame - start) * share, 3) }))
  const after = fresh.map((place, index) => {
    const gone = whole === 0 ? 0 : lengthOf(all.slice(0, points.length + index + 1), sides) / whole
    return { frame: round(start + (end - start) * gone, 3), ...place }
  })
  return [...before, ...after]
}

/** The same path, arriving at another frame. */
export const arrivingAt = (points: readonly TrajectoryPoint[], frame: number): TrajectoryPoint[] => {
  const [first, last] = [points[0]?.frame ?? 0, points.at(-1)?.frame ?? 0]
  // A path that begins late goes on to begin late as long as there is time.
  const start = Math.min(first, Math.max(0, frame - 1))
  return points.map((point) => ({
    ...point,
    frame: round(start + ((point.frame - first) / Math.max(1, last - first)) * (frame - start), 3),
  }))
}

/** The points without the last one; what is left takes the whole time. */
export const withoutLast = (points: readonly TrajectoryPoint[], frames: number): TrajectoryPoint[] => {
  const left = points.slice(0, -1)
  return left.length > 1 ? arrivingAt(left, arrivalOf(points, frames)) : left.map((point) => ({ ...point, frame: 0 }))
}

/** How far a place lies from the line between two others, as a share of the longer side. */
const offLine = (place: Place, from: Place, to: Place, { width, height }: Sides): number => {
  const long = Math.max(width, height)
  const [dx, dy] = [((to.x - from.x) * width) / long, ((to.y - from.y) * height) / long]
  const [px, py] = [((place.x - from.x) * width) / long, ((place.y - from.y) * height) / long]
  const length = Math.hypot(dx, dy)
  return length === 0 ? Math.hypot(px, py) : Math.abs(px * dy - py * dx) / length
}

/** A hand's tremble, as a share of the longer side. */
const TREMBLE = 0.006

/** What a stroke comes to: its ends, and as few places between as tell its shape (Douglas and Peucker, 1973). */
export const simplified = (places: readonly Place[], sides: Sides): Place[] => {
  const [from, to] = [places[0], places.at(-1)]
  if (!from || !to || places.length < 3) return [...places]
  let [furthest, most] = [0, TREMBLE]
  places.forEach((place, index) => {
    const off = offLine(place, from, to, sides)
    if (off > most) [furthest, most] = [index, off]
  })
  if (furthest === 0) return [from, to]
  return [
    ...simplified(places.slice(0, furthest + 1), sides).slice(0, -1),
    ...simplified(places.slice(furthest), sides),
  ]
}
