import type { Recording, Tick } from './harness.ts'
import { expectedAt, type Known } from './oracle.ts'

/** The reading may come before the viewer's word of it, or, on a busy machine, some words later. */
const BEFORE = 12
const AFTER = 4

export type Judgement = {
  /** What was read and belongs to no time that the viewer told of around then, in words. */
  wrong: string[]
  readings: number
  /** For each side, every number that was read, once for each time it came. */
  seen: number[][]
  /** The most that the viewer says any frame was away from its time. Seconds. */
  drift: number
}

export type Judged = { knowns: readonly Known[]; offsets?: readonly number[]; difference?: readonly [number, number] }

const fits = (
  reading: Recording['readings'][number]['reading'],
  time: number,
  { knowns, offsets = [], difference }: Judged,
): boolean => {
  const expected = (side: number) => {
    const known = knowns[side]
    return known ? expectedAt(known, time, offsets[side] ?? 0) : []
  }
  if (difference) {
    const [a, b] = difference
    return expected(a).some((one) => expected(b).some((other) => reading.difference === (one ^ other)))
  }
  return reading.numbers.every(
    (number, side) => number === null || expected(side).some((each) => Object.is(each, number)),
  )
}

/** Compares what was read off the canvas with what each clip has to show at the times that the viewer told. */
export const judge = ({ readings, ticks }: Recording, judged: Judged): Judgement => {
  const wrong: string[] = []
  const seen: number[][] = judged.knowns.map(() => [])
  let reached = 0
  for (const { reading, tick } of readings) {
    const from = Math.max(reached, tick - BEFORE)
    const around = ticks.slice(from, tick + AFTER + 1)
    const found = around.findIndex(({ shown }) => fits(reading, shown.time, judged))
    // Time never goes back: what was read later belongs to no earlier word.
    if (found >= 0) reached = from + found
    else
      wrong.push(
        `${reading.difference ?? reading.numbers.join(' ')} at ${around.map((each) => each.shown.time.toFixed(4)).join(' ')}`,
      )
    reading.numbers.forEach((number, side) => {
      if (number !== null && !Number.isNaN(number) && seen[side]?.at(-1) !== number) seen[side]?.push(number)
    })
  }
  return { wrong, readings: readings.length, seen, drift: Math.max(0, ...ticks.map(({ shown }) => shown.drift)) }
}

/** How many numbers between the first and the last were never read, where time went one way. */
export const leftOut = (seen: readonly number[]): number =>
  seen.reduce((sum, number, index) => {
    const before = seen[index - 1]
    return before === undefined ? 0 : sum + Math.max(0, Math.abs(number - before) - 1)
  }, 0)

/** How many frames of a side the viewer says it drew while playing; between its first and last word. */
export const drawn = (ticks: readonly Tick[], side: number): { drawn: number; passed: number } => {
  const frames = ticks.flatMap(({ shown }) => {
    const frame = shown.frames[side] ?? -1
    return frame < 0 ? [] : [frame]
  })
  const [first = 0, last = 0] = [frames[0], frames.at(-1)]
  return { drawn: new Set(frames).size, passed: Math.abs(last - first) + 1 }
}
