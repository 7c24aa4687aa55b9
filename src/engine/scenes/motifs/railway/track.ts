import { focalOf } from '../../land/terrain.ts'
import type { SceneContext } from '../../layers.ts'

/** A place on the ground in metres: across from the middle of the view, and away from the eye. */
type Spot = readonly [x: number, z: number]

/** A line of rails through the country, by metres along it. */
export type Track = {
  long: number
  /** Where a place along the rails is in the frame, some metres above them and behind them, and pixels to the metre there. */
  to: (along: number, up?: number, behind?: number) => { x: number; y: number; scale: number }
}

const STEPS = 160

/**
 * Rails along a bend (a quadratic Bézier curve) from one spot past another towards a third. They lie `below` metres under
 * the eye, which looks level at the horizon.
 */
export const trackOf = (
  scene: SceneContext,
  [from, past, towards]: readonly [Spot, Spot, Spot],
  below: number,
  horizon: number,
): Track => {
  const focal = focalOf(scene)
  const spot = (t: number): Spot => {
    const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t * t]
    return [a * from[0] + b * past[0] + c * towards[0], a * from[1] + b * past[1] + c * towards[1]]
  }
  const marks = new Float64Array(STEPS + 1)
  let before = spot(0)
  for (let step = 1; step <= STEPS; step++) {
    const now = spot(step / STEPS)
    marks[step] = marks[step - 1]! + Math.hypot(now[0] - before[0], now[1] - before[1])
    before = now
  }
  const long = marks[STEPS]!
  const shareOf = (along: number): number => {
    let [low, high] = [0, STEPS]
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (marks[middle]! <= along) low = middle
      else high = middle
    }
    return (low + (along - marks[low]!) / (marks[high]! - marks[low]!)) / STEPS
  }
  return {
    long,
    to: (along, up = 0, behind = 0) => {
      const [x, z] = spot(shareOf(along))
      const scale = focal / Math.max(8, z + behind)
      return { x: scene.width / 2 + x * scale, y: horizon + (below - up) * scale, scale }
    },
  }
}
