import { isFinished, type Job } from '../../shared/job.ts'

/** So many of the last jobs of a kind say how long the next will take. */
const LAST = 5

export type Durations = {
  /** Takes note of how long a job took from start to finish. */
  saw: (job: Job) => void
  /** Whether any was seen. */
  knows: () => boolean
  /** Seconds that a job of that model is likely to take there; null where none was seen. */
  likely: (renderer: string, model: string) => number | null
}

const middleOf = (numbers: readonly number[]): number =>
  numbers.toSorted((one, other) => one - other)[numbers.length >> 1] ?? 0

/** Remembers how long jobs took, by model and renderer. */
export const createDurations = (): Durations => {
  const seen = new Map<string, number[]>()
  const keyOf = (renderer: string, model: string): string => `${renderer} ${model}`
  return {
    saw: (job) => {
      if (job.status !== 'completed') return
      const seconds = (Date.parse(job.finished_at) - Date.parse(job.started_at)) / 1000
      if (!(seconds >= 0)) return
      const key = keyOf(job.renderer, job.model)
      seen.set(key, [...(seen.get(key) ?? []), seconds].slice(-LAST))
    },
    knows: () => seen.size > 0,
    likely: (renderer, model) => {
      const lasted = seen.get(keyOf(renderer, model))
      return lasted === undefined ? null : middleOf(lasted)
    },
  }
}

/** What one that runs still needs, of so many seconds: by how far it says it is, else by how long it has run. */
const leftOf = (job: Job, likely: number, now: number): number => {
  if (job.status !== 'processing') return isFinished(job) ? 0 : likely
  if (job.progress !== null && job.progress > 0) return likely * (1 - job.progress)
  return Math.max(0, likely - (now - Date.parse(job.started_at)) / 1000)
}

/**
 * Seconds until all that run and wait at a renderer are done, which has that many running at a time; null where nobody
 * knows how long one of them takes. What is held counts for nothing.
 */
export const secondsLeft = (
  renderer: string,
  asked: {
    running: readonly Job[]
    waiting: ReadonlyMap<string, number>
    paused: boolean
    concurrency: number
    now: number
  },
  { likely }: Pick<Durations, 'likely'>,
): number | null => {
  const { running, waiting, paused, concurrency, now } = asked
  let [longest, sum] = [0, 0]
  for (const job of running) {
    const seconds = likely(renderer, job.model)
    if (seconds === null) return null
    const left = leftOf(job, seconds, now)
    longest = Math.max(longest, left)
    sum += left
  }
  for (const [model, count] of paused ? [] : waiting) {
    const seconds = likely(renderer, model)
    if (seconds === null) return null
    longest = Math.max(longest, seconds)
    sum += seconds * count
  }
  return Math.round(10 * Math.max(longest, sum / Math.max(1, concurrency))) / 10
}
