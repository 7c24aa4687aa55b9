import type { Logger } from 'pino'
import { RushesError } from '../../shared/errors.ts'
import { isFinished, type Job, type RendererName } from '../../shared/job.ts'
import type { Cancelled, OrderRecord, Renderer } from '../../shared/renderer.ts'
import type { JobStore } from '../store/job-store.ts'
import type { Active, Lane } from './active.ts'
import type { Ends } from './ends.ts'

/** How long a cancel waits for what the other side says. */
const TELL_MS = 2500

/** Whether an order for a job may cost money. Decart's did before estimates were kept. */
export const isPaid = ({ estimate, renderer }: Job): boolean => estimate !== null || renderer === 'decart'

export type CancellingDeps = {
  jobs: Pick<JobStore, 'recordCloud' | 'update'>
  lanes: ReadonlyMap<RendererName, Lane>
  logger: Pick<Logger, 'warn'>
  finishFailed: (entry: Active, error: unknown) => ReturnType<Ends['write']>
  announceQueue: () => void
}

export type Cancelling = {
  /** Ends a job that somebody does not want any more, and its work. Answers within three seconds. */
  cancel: (entry: Active) => Promise<Job>
  /** Tells the other side to stop an order, behind the answer: what is known of it within three seconds. */
  tell: (entry: Active, renderer: Renderer, record: OrderRecord) => Promise<Cancelled>
  /** Resolves once nobody is being told any more, as after the renderers have closed. */
  settled: () => Promise<void>
}

const LATE = 'The other side has not answered yet; it is told as soon as it does.'

/** Marks an order as to be cancelled, or as told; one that was not sent needs none. */
const marked = (record: OrderRecord, cancelling: boolean): OrderRecord =>
  record.state === 'held' ? record : { ...record, cancelling }

/** Notes that the other side has heard of a cancel, once it has. */
const noteTold = async (
  { jobs, logger }: CancellingDeps,
  entry: Active,
  telling: Promise<Cancelled>,
): Promise<void> => {
  try {
    await telling
    if (!entry.cloud || entry.cloud.state === 'held') return
    // Whoever starts next need not tell it again.
    entry.cloud = marked(entry.cloud, false)
    if (isFinished(entry.job)) await jobs.update(entry.job, entry.cloud)
  } catch (error) {
    logger.warn({ err: error, job: entry.job.job_id }, 'a cancel did not get through')
  }
}

/** The job that was ended. Throws where that could not be written down. */
const ended = (entry: Active, outcome: Awaited<ReturnType<Ends['write']>>, reason: RushesError): Job => {
  if (outcome.written) return entry.job
  throw new RushesError(
    'DISK_FULL',
    'Cancelled: it does not run any more. That could not be written down, since the disk takes nothing; it is tried again by itself. Free some space before you restart Rushes, or it may begin again.',
    { cause: outcome.error, billed: reason.billed },
  )
}

/** What comes of a promise within so many milliseconds, else `late`; `broken` where it is rejected. */
const withinTime = async <T>(answer: Promise<T>, ms: number, { late, broken }: { late: T; broken: T }): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const enough = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(late), ms)
  })
  try {
    return await Promise.race([answer, enough])
  } catch {
    return broken
  } finally {
    clearTimeout(timer)
  }
}

/** Ends jobs that are not wanted any more, whatever the other side does. */
export const createCancelling = (deps: CancellingDeps): Cancelling => {
  const { jobs, lanes, logger, finishFailed, announceQueue } = deps
  const telling = new Set<Promise<void>>()

  const tell: Cancelling['tell'] = async (entry, renderer, record) => {
    const unknown = { billed: isPaid(entry.job) ? ('maybe' as const) : ('no' as const), note: null }
    const answer = renderer.cancel?.(record, entry.job) ?? Promise.resolve({ billed: 'no' as const, note: null })
    const noted = noteTold(deps, entry, answer)
    telling.add(noted)
    void noted.finally(() => telling.delete(noted))
    return withinTime<Cancelled>(answer, TELL_MS, { late: { ...unknown, note: LATE }, broken: unknown })
  }

  const cancel = async (entry: Active): Promise<Job> => {
    const { job_id: id, renderer: name } = entry.job
    const lane = lanes.get(name)
    const reason = new RushesError('CANCELLED', 'Cancelled.')
    lane?.line.remove(id)
    const { cloud } = entry
    if (cloud === null || cloud.state === 'held' || !lane?.renderer.cancel) {
      const ending = finishFailed(entry, reason)
      lane?.running.get(id)?.controller.abort(reason)
      announceQueue()
      return ended(entry, await ending, reason)
    }
    // On disk before the other side hears of it: whatever stops this server, the next start goes on with it.
    entry.cloud = marked(cloud, true)
    await jobs
      .recordCloud(entry.job, entry.cloud)
      .catch((error: unknown) => logger.warn({ err: error, job: id }, 'a cancel could not be noted'))
    const telling = tell(entry, lane.renderer, cloud)
    lane.running.get(id)?.controller.abort(reason)
    const { billed, note } = await telling
    // It was through before it heard of it.
    if (isFinished(entry.job)) return entry.job
    const end = new RushesError('CANCELLED', ['Cancelled.', ...(note === null ? [] : [note])].join(' '), { billed })
    const ending = finishFailed(entry, end)
    announceQueue()
    return ended(entry, await ending, end)
  }

  return {
    cancel,
    tell,
    settled: async () => {
      await Promise.allSettled(telling)
    },
  }
}
