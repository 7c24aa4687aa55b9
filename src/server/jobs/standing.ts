import type { Job, RendererName } from '../../shared/job.ts'
import type { QueueTotals } from '../../shared/routes.ts'
import type { Line } from './line.ts'
import { type Durations, secondsLeft } from './time-left.ts'

/** Jobs of each renderer that are named at most, in their order, each time the queue moves. */
const MAX_NAMED = 50

type JobOf = (id: string) => Job | undefined

/** How the queue of a renderer stands: how many wait and run, who is next, and how long all of it takes. */
export const totalOf = (
  renderer: RendererName,
  { line, running }: { line: Line; running: readonly string[] },
  at: { jobOf: JobOf; paused: boolean; concurrency: number; now: Date },
  durations: Pick<Durations, 'likely'>,
): QueueTotals[string] => {
  const { jobOf, paused, concurrency, now } = at
  const asked = {
    running: running.flatMap((id) => jobOf(id) ?? []),
    waiting: line.models(),
    paused,
    concurrency,
    now: now.getTime(),
  }
  return {
    waiting: line.length(),
    running: running.length,
    next: line.first(MAX_NAMED).map(({ id }) => id),
    paused,
    seconds_left: secondsLeft(renderer, asked, durations),
  }
}

/**
 * When the job of a line that has waited longest was asked for, in milliseconds since 1970; null where none waits. All are
 * looked at: somebody may have moved an old one back.
 */
export const oldestOf = (line: Line, jobOf: JobOf): number | null => {
  let oldest: number | null = null
  for (const { id } of line.first(Infinity)) {
    const createdAt = Date.parse(jobOf(id)?.created_at ?? '')
    if (createdAt < (oldest ?? Infinity)) oldest = createdAt
  }
  return oldest
}
