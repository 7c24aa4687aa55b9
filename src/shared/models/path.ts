import type { TrajectoryPoint } from './trajectory.ts'

/** Where something is at a frame, in shares of the picture's sides. */
export type Path = (frame: number) => { x: number; y: number }

/** Frames over which what rests begins to move, and comes to rest again. */
const SOFT = 5

type Knot = { time: number; value: number }
/** From one knot to the next: how long it takes, and how fast the value rises on average. */
type Stretch = { from: Knot; to: Knot; step: number; rise: number }

const stretchesOf = (knots: readonly Knot[]): Stretch[] =>
  knots.slice(1).flatMap((to, index) => {
    const from = knots[index]
    if (!from) return []
    const step = to.time - from.time
    return [{ from, to, step, rise: (to.value - from.value) / step }]
  })

/** The slope at a knot: never one that would take the curve beyond the knots beside it (Fritsch and Butland, 1984). */
const innerSlope = (before: Stretch, after: Stretch): number => {
  if (before.rise * after.rise <= 0) return 0
  const [first, second] = [2 * after.step + before.step, after.step + 2 * before.step]
  return (first + second) / (first / before.rise + second / after.rise)
}

/** The same at an end, from the stretch there and the next one inwards (Moler, "Numerical Computing with MATLAB", 3.4). */
const endSlope = (own: Stretch, next: Stretch | undefined): number => {
  if (!next) return own.rise
  const slope = ((2 * own.step + next.step) * own.rise - own.step * next.rise) / (own.step + next.step)
  if (slope * own.rise <= 0) return 0
  return own.rise * next.rise <= 0 && Math.abs(slope) > 3 * Math.abs(own.rise) ? 3 * own.rise : slope
}

const slopeAt = (stretches: readonly Stretch[], knot: number): number => {
  const [before, after] = [stretches[knot - 1], stretches[knot]]
  if (before && after) return innerSlope(before, after)
  if (before) return endSlope(before, stretches[knot - 2])
  return after ? endSlope(after, stretches[knot + 1]) : 0
}

/** A smooth curve through knots whose times rise (monotone piecewise cubic interpolation); at rest before and after them. */
const curveOf = (knots: readonly Knot[]): ((time: number) => number) => {
  const stretches = stretchesOf(knots)
  const pieces = stretches.map((stretch, index) => ({
    ...stretch,
    first: slopeAt(stretches, index) * stretch.step,
    last: slopeAt(stretches, index + 1) * stretch.step,
  }))
  return (time) => {
    const piece = pieces.find(({ to }) => time < to.time) ?? pieces.at(-1)
    if (!piece) return knots[0]?.value ?? 0
    const t = Math.min(1, Math.max(0, (time - piece.from.time) / piece.step))
    const rest = 1 - t
    return (
      piece.from.value * (1 + 2 * t) * rest * rest +
      piece.first * t * rest * rest +
      piece.to.value * t * t * (3 - 2 * t) -
      piece.last * t * t * rest
    )
  }
}

/** A share of a short time in which something begins to move, 0 to 1: from rest to its own pace, and no later in the end. */
const begin = (share: number): number => share * share * (2 - share)

/**
 * The way along a trajectory's points, which have at least two different frames, at any frame of a clip of `count`: through
 * each point at its frame, smoothly, and never beyond the points beside it. Before the first and after the last frame it
 * rests; where the clip shows such a rest, the way begins and ends softly.
 */
export const pathOf = (points: readonly TrajectoryPoint[], count: number): Path => {
  // Of several points at one frame the last is where it has got to.
  const stops = points.filter(({ frame }, index) => points[index + 1]?.frame !== frame)
  const x = curveOf(stops.map((stop) => ({ time: stop.frame, value: stop.x })))
  const y = curveOf(stops.map((stop) => ({ time: stop.frame, value: stop.y })))
  const [first, last] = [stops[0]?.frame ?? 0, stops.at(-1)?.frame ?? 0]
  const soft = Math.min(SOFT, (last - first) / 3)
  const softened = (frame: number): number => {
    const [gone, left] = [frame - first, last - frame]
    if (first > 0 && gone > 0 && gone < soft) return first + soft * begin(gone / soft)
    if (last < count - 1 && left > 0 && left < soft) return last - soft * begin(left / soft)
    return frame
  }
  return (frame) => ({ x: x(softened(frame)), y: y(softened(frame)) })
}
