import { type Frames, frameRate, isVariable } from '../frames.ts'

/** Frames per second as a fraction: 30000/1001 is not 29.97. */
export type Rate = { num: number; den: number }

/** For pictures, which have no rate of their own. */
const STILL_RATE: Rate = { num: 25, den: 1 }
/** More than that is the noise of a recording, not a rate. */
const HIGHEST = 120
/** Containers round times to a millisecond. */
const ROUNDING = 0.001

/** The exact rate of a side: whole, whole by 1.001, or else to a thousandth. Null for a picture and for a lone frame. */
export const exactRate = (side: Frames): Rate | null => {
  const usual = frameRate(side)
  if (usual === null) return null
  const length = (side.starts.at(-1) ?? 0) - (side.starts[0] ?? 0)
  const measured = Math.min(HIGHEST, isVariable(side) ? usual : (side.starts.length - 1) / length)
  const whole = Math.max(1, Math.round(measured))
  const rates: Rate[] = [
    { num: whole, den: 1 },
    { num: whole * 1000, den: 1001 },
  ]
  const distance = ({ num, den }: Rate) => Math.abs(num / den - measured)
  const nearest = rates.reduce((best, rate) => (distance(rate) < distance(best) ? rate : best))
  if (distance(nearest) <= 1e-6 + (measured * ROUNDING) / length) return nearest
  return { num: Math.round(measured * 1000), den: 1000 }
}

/** The rate that shows every frame of the quickest side. */
export const highestRate = (sides: readonly Frames[]): Rate =>
  sides
    .map(exactRate)
    .filter((rate) => rate !== null)
    .reduce<Rate | null>((best, rate) => (best && best.num / best.den >= rate.num / rate.den ? best : rate), null) ??
  STILL_RATE

/** GIF counts in hundredths of a second: the quickest rate that it can tell, up to `most`, and no more than the clip's. */
export const gifRate = ({ num, den }: Rate, most = 20): Rate => ({
  num: 100,
  den: Math.ceil((100 * den) / Math.min(num, most * den) - 1e-9),
})
