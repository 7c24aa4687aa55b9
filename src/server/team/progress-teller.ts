import type { Job } from '../../shared/job.ts'
import type { Progress } from './messages.ts'

/** Milliseconds between two words about one render, unless its phase changes. */
const EVERY_MS = 250

type Told = { last: Progress; at: number; next: Progress | null; timer: NodeJS.Timeout | null }

export type ProgressTeller = {
  /** Takes note of a job that is being rendered. */
  saw: (job: Extract<Job, { status: 'processing' }>) => void
  /** Nothing more is told of it. */
  forget: (id: string) => void
}

/** Tells others how far renders are, not more often than pages can show it. */
export const createProgressTeller = (tell: (progress: Progress) => void): ProgressTeller => {
  const all = new Map<string, Told>()

  const say = (told: Told, progress: Progress): void => {
    if (told.timer) clearTimeout(told.timer)
    Object.assign(told, { last: progress, at: performance.now(), next: null, timer: null })
    tell(progress)
  }
  const sayLater = (told: Told, progress: Progress): void => {
    told.next = progress
    told.timer ??= setTimeout(
      () => {
        told.timer = null
        if (told.next) say(told, told.next)
      },
      Math.max(0, told.at + EVERY_MS - performance.now()),
    ).unref()
  }

  return {
    saw: (job) => {
      const { job_id: id, phase, progress, started_at } = job
      const next: Progress = { id, phase, progress, started_at }
      const told = all.get(id)
      if (!told) {
        const first: Told = { last: next, at: 0, next: null, timer: null }
        all.set(id, first)
        return say(first, next)
      }
      const before = told.next ?? told.last
      if (before.phase !== phase || before.started_at !== started_at) return say(told, next)
      if (before.progress !== progress) sayLater(told, next)
    },
    forget: (id) => {
      const timer = all.get(id)?.timer
      if (timer) clearTimeout(timer)
      all.delete(id)
    },
  }
}
