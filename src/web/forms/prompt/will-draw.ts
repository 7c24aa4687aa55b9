import type { Reading } from '../../../shared/job.ts'
import type { Task } from '../../../shared/models/define.ts'
import type { Mark } from './marks.ts'

/** What the local engine will do with a prompt, before it does. */
export type WillDraw = {
  /** `Will draw`, or `Read as` where nothing is drawn from words alone. */
  lead: string
  /** What it takes the prompt to say; empty where that is nothing. */
  parts: readonly string[]
  /** What the prompt leaves open, in lower case. */
  left: readonly string[]
  /** Words that it does not know. */
  unknown: readonly string[]
}

/** Of a scene these go without saying; what else is said, as the camera, is named. */
const UNNAMED = new Set(['Place', 'Also there', 'Figures', 'Light', 'Weather', 'Season'])

const DRAWN = new Set<Task>(['text-to-video', 'text-to-image'])

/** More than these are not named one by one. */
const MAX_UNKNOWN_WORDS = 5

const words = (task: Task, { part, value }: Reading[number]): string =>
  DRAWN.has(task) && UNNAMED.has(part) ? (value ?? '') : `${part}: ${value ?? ''}`

export const willDraw = (task: Task, reading: Reading, text: string, marks: readonly Mark[]): WillDraw => {
  const unknown = new Set(marks.filter(({ known }) => !known).map(({ from, to }) => text.slice(from, to).toLowerCase()))
  return {
    lead: DRAWN.has(task) ? 'Will draw' : 'Read as',
    parts: reading.filter(({ value }) => value !== null).map((each) => words(task, each)),
    left: reading.filter(({ value }) => value === null).map(({ part }) => part.toLowerCase()),
    unknown: [...unknown].slice(0, MAX_UNKNOWN_WORDS),
  }
}
