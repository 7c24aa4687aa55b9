/**
 * One timeline for the page and the engine. A clip begins with the first frame that it shows, which stands at 0,
 * whatever its container's clock says there; each frame stands until the next one begins. Where all frames begin on the
 * ticks of a constant rate (but for what containers round), their times are those ticks; else they are the container's.
 */

/** Frames per second as a fraction. */
export type Rate = { num: number; den: number }

/** Rates that clips have, ascending. */
const USUAL_RATES: readonly Rate[] = [
  ...[10, 12, 15, 16, 20, 22, 24, 25, 30, 32, 48, 50, 60, 90, 100, 120, 144, 240].map((num) => ({ num, den: 1 })),
  ...[24000, 30000, 60000, 120000].map((num) => ({ num, den: 1001 })),
].sort((a, b) => a.num / a.den - b.num / b.den)

/** WebM and Matroska round to a millisecond, so that two of their times are a millisecond nearer or further at most. */
const ROUNDING = 1.05e-3
/** Of a tick: more would find a grid in anything. */
const SHARE = 1 / 8
/** The same rate by another name: 30 and 29.97, which a short clip fits both. */
const SIBLING = 0.005

const perSecond = ({ num, den }: Rate): number => num / den

/** The tick of a constant rate at which a frame begins that begins so many seconds after the first one. */
export const tickAt = (seconds: number, rate: Rate): number => Math.round(seconds * perSecond(rate))

/** How far the times are off a rate's ticks; null where they are further off than rounding, or two fall on one tick. */
const misfit = (times: ArrayLike<number>, rate: Rate): number | null => {
  const first = times[0] ?? 0
  const most = Math.min(ROUNDING, SHARE / perSecond(rate))
  let [before, early, late, sum] = [-1, 0, 0, 0]
  for (let index = 0; index < times.length; index++) {
    const seconds = (times[index] ?? 0) - first
    const tick = tickAt(seconds, rate)
    const off = seconds - tick / perSecond(rate)
    early = Math.min(early, off)
    late = Math.max(late, off)
    sum += Math.abs(off)
    if (tick <= before || late - early > most) return null
    before = tick
  }
  return sum
}

/** The lowest constant rate on whose ticks all frames begin; null where there is none. `times` ascend, in seconds. */
export const rateOfTimes = (times: ArrayLike<number>): Rate | null => {
  const count = times.length
  if (count < 2) return null
  const mean = (count - 1) / ((times[count - 1] ?? 0) - (times[0] ?? 0))
  if (!Number.isFinite(mean)) return null
  const rates = [...USUAL_RATES, { num: Math.round(mean * 100), den: 100 }].filter(({ num }) => num > 0)
  let best: { rate: Rate; off: number } | null = null
  for (const rate of rates) {
    if (best && Math.abs(perSecond(rate) / perSecond(best.rate) - 1) > SIBLING) continue
    const off = misfit(times, rate)
    if (off !== null && (best === null || off < best.off)) best = { rate, off }
  }
  return best?.rate ?? null
}

/** Times with the first at 0, on the ticks of their rate where they have one. Seconds. */
export const timesFromZero = (times: ArrayLike<number>): Float64Array => {
  const rate = rateOfTimes(times)
  const first = times[0] ?? 0
  return Float64Array.from(times, (time) => (rate ? (tickAt(time - first, rate) * rate.den) / rate.num : time - first))
}
