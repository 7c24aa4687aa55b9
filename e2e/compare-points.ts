import { createRandom, type Random } from '../src/engine/random.ts'
import type { Point } from '../src/web/compare/testing/harness.ts'
import { numberAt } from '../src/web/compare/testing/oracle.ts'
import { sidesIn, type View } from '../src/web/compare/view.ts'
import type { Made } from './compare-fixtures.ts'

const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000)

/** Random numbers of a test's own. `SEED=…` repeats a run: it is printed with the test. */
export const randomFor = (title: string): Random => {
  process.stdout.write(`  SEED=${SEED} (${title})\n`)
  return createRandom(SEED, title)
}

export type Look = Pick<View, 'mode' | 'reference' | 'other' | 'order' | 'blinking'>

/** What the canvas has to say at a time, where that is sure; null where it is not. */
export const wantedAt = (
  sides: readonly Made[],
  look: Look,
  time: number,
  offsets: readonly number[] = [],
): Point['wanted'] | null => {
  const visible = sidesIn(look).filter(
    (side) => look.mode !== 'blink' || (side === look.reference) === look.blinking || look.reference === look.other,
  )
  const numbers = sides.map((made, side) =>
    visible.includes(side) ? numberAt(made.known, time, offsets[side] ?? 0) : null,
  )
  if (visible.some((side) => numbers[side] === null)) return null
  const [a, b] = visible.map((side) => numbers[side] ?? NaN)
  return look.mode === 'difference' && a !== undefined && b !== undefined
    ? { numbers: sides.map(() => null), difference: a ^ b }
    : { numbers, difference: null }
}

/** Random times, and every third time one at which a frame of some side begins, exactly. */
export const points = (
  random: Random,
  count: number,
  sides: readonly Made[],
  lookAt: (index: number) => Look & Partial<View>,
  offsets: readonly number[] = [],
): Point[] => {
  const end = Math.max(...sides.map(({ known }) => (known.end === Infinity ? 0 : known.end)))
  const all: Point[] = []
  for (let tries = 0; all.length < count; tries++) {
    if (tries > 100 * count) throw new Error('no time is sure')
    const view = lookAt(all.length)
    const side = Math.floor(random() * sides.length)
    const frames = sides[side]?.known.frames ?? []
    const begins = (frames[Math.floor(random() * frames.length)]?.start ?? 0) - (offsets[side] ?? 0)
    const time = all.length % 3 === 2 ? begins : random() * end
    const wanted = time >= 0 && time < end ? wantedAt(sides, view, time, offsets) : null
    if (wanted) all.push({ time, wanted, view })
  }
  return all
}
