import type { Logger } from 'pino'
import { RushesError } from '../../shared/errors.ts'
import type { FinishedJob, Job } from '../../shared/job.ts'
import type { Active } from './active.ts'
import { isPaid } from './cancelling.ts'
import type { Ends } from './ends.ts'
import type { Durations } from './time-left.ts'
import { describeFailure, failed } from './transitions.ts'

/** Failures with which an order is over on the other side. */
const OVER: ReadonlySet<string> = new Set([
  'PROCESSING_ERROR',
  'INVALID_INPUT',
  'OUT_OF_MEMORY',
  'MODEL_MISSING',
  'NODE_MISSING',
  'LOST',
  'REJECTED',
  'QUOTA',
])

export type Finishing = {
  /** Ends a job, for everybody at once; answers whether the disk knows too. */
  finish: (entry: Active, job: FinishedJob, result: string | null) => ReturnType<Ends['write']>
  finishFailed: (entry: Active, error: unknown) => ReturnType<Ends['write']>
  /** Ends jobs that never began, with one word to the disk. */
  finishAll: (entries: readonly Active[], error: RushesError) => ReturnType<Ends['write']>
}

/** A job as it has failed, with what is to be said of its order and of money. */
const failureOf = (
  { job, cloud }: Active,
  error: unknown,
  { logger, now }: { logger: Pick<Logger, 'info' | 'error'>; now: () => Date },
): FinishedJob => {
  const cancelled = error instanceof RushesError && error.code === 'CANCELLED'
  const sent = cloud?.state === 'sent' ? cloud : null
  const isOver = cancelled || (error instanceof RushesError && OVER.has(error.code))
  // What the other side itself says of a failure or a cancel is believed.
  const isFree = isOver && error instanceof RushesError && error.billed === 'no'
  const paid = sent !== null && isPaid(job) && !isFree
  // An order that the other side failed, or stopped, is over; any other that has an id can be fetched: also one that was
  // cancelled and may have been billed.
  const resumable = sent !== null && (cancelled ? paid : !isOver)
  const failure = failed(job, describeFailure(error, { ordered: paid, resumable }), now())
  logger.info({ job: job.job_id, code: failure.error?.code, cancelled }, 'job failed')
  if (failure.error?.code === 'INTERNAL') logger.error({ err: error, job: job.job_id }, 'render broke')
  return failure
}
/** Ends jobs, and says of each that did not complete why, and whether money went out for it. */
export const createFinishing = (deps: {
  active: Map<string, Active>
  /** What has ended since each recovery began to read. */
  recovering: ReadonlySet<Set<string>>
  ends: Pick<Ends, 'write' | 'writeAll'>
  durations: Pick<Durations, 'saw'>
  announce: (job: Job) => void
  /** Told once of every end that a job comes to here; what changes of it later is none. */
  ended: (job: FinishedJob) => void
  logger: Pick<Logger, 'info' | 'error'>
  now: () => Date
}): Finishing => {
  const { active, recovering, ends, durations, announce, ended } = deps

  const finish = async (entry: Active, job: FinishedJob, result: string | null): ReturnType<Ends['write']> => {
    entry.job = job
    entry.result = result
    durations.saw(job)
    for (const ended of recovering) ended.add(job.job_id)
    entry.ending = ends.write({ job, cloud: entry.cloud, result })
    const outcome = await entry.ending
    if (outcome.written && entry.job === job) active.delete(job.job_id)
    ended(job)
    announce(job)
    return outcome
  }

  const finishFailed = (entry: Active, error: unknown): ReturnType<Ends['write']> =>
    finish(entry, failureOf(entry, error, deps), null)

  const finishAll = async (entries: readonly Active[], error: RushesError): ReturnType<Ends['write']> => {
    const known = entries.map((entry) => ({ entry, job: failureOf(entry, error, deps), cloud: entry.cloud }))
    const ending = ends.writeAll(known)
    for (const { entry, job } of known) {
      entry.job = job
      entry.ending = ending
      for (const ended of recovering) ended.add(job.job_id)
    }
    const outcome = await ending
    for (const { entry, job } of known) {
      if (outcome.written && entry.job === job) active.delete(job.job_id)
      ended(job)
      announce(job)
    }
    return outcome
  }

  return { finish, finishFailed, finishAll }
}
