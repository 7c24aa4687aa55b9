import type { Logger } from 'pino'
import type { FinishedJob } from '../../shared/job.ts'
import type { OrderRecord } from '../../shared/renderer.ts'
import { explainDiskError } from '../disk-errors.ts'
import type { JobStore } from '../store/job-store.ts'
import type { Reserve } from '../store/reserve.ts'
import type { TakeStore } from '../store/take-store.ts'
import type { WaitingStore } from '../store/waiting-store.ts'

/** The end of a job, what is known of its order, and the path of its result where it has one. */
export type End = { job: FinishedJob; cloud: OrderRecord | null; result: string | null }

export type Ends = {
  /**
   * Writes an end beside its take and into the index. Resolves with the failure where the disk does not take it now: it
   * is tried again by itself until it does.
   */
  write: (end: End) => Promise<{ written: true } | { written: false; error: unknown }>
  /** The same for jobs that never began, all in one step. */
  writeAll: (ends: readonly { job: FinishedJob; cloud: OrderRecord | null }[]) => ReturnType<Ends['write']>
  /** Takes an end back that could not be written: its job goes on. Not while it is just being written. */
  withdraw: (id: string) => void
  /** Runs what must get onto a full disk, with the space that is kept back for it. */
  durably: <T>(work: () => Promise<T>) => Promise<T>
  /** Tries what is left a last time. */
  close: () => Promise<void>
}

const FIRST_RETRY_MS = 500
const SLOWEST_RETRY_MS = 15_000

type EndsDeps = {
  jobs: Pick<JobStore, 'update' | 'complete'>
  waiting: Pick<WaitingStore, 'end'>
  takes: Pick<TakeStore, 'describe'>
  reserve: Reserve
  logger: Pick<Logger, 'error' | 'info'>
  onWritten: (end: End) => void
}

/** Tries a second time on a full disk, with the space that is kept back for it. */
const durablyBy =
  (reserve: Reserve): Ends['durably'] =>
  async (work) => {
    try {
      return await work()
    } catch (error) {
      if (explainDiskError(error) === error || !(await reserve.release())) throw error
      return work()
    }
  }

const put = async ({ jobs, takes }: Pick<EndsDeps, 'jobs' | 'takes'>, { job, cloud, result }: End): Promise<void> => {
  if (result === null) return jobs.update(job, cloud)
  // The description first: from it alone a lost index is made again.
  await takes.describe(job, result)
  await jobs.complete(job, cloud, result)
}

/** Ends that the disk has not taken yet: they are tried again, ever later, until it does. */
const createPendingWrites = (
  write: (end: End) => Promise<void>,
  { logger, onWritten }: Pick<EndsDeps, 'logger' | 'onWritten'>,
) => {
  /** By job. */
  const pendingWrites = new Map<string, End>()
  let timer: NodeJS.Timeout | undefined
  let wait = FIRST_RETRY_MS

  const retry = async (): Promise<void> => {
    timer = undefined
    for (const [id, end] of pendingWrites) {
      try {
        await write(end)
      } catch {
        break
      }
      // It may have been withdrawn meanwhile.
      if (pendingWrites.get(id) !== end) continue
      pendingWrites.delete(id)
      logger.info({ job: id }, 'the end of a job was written down after all')
      onWritten(end)
    }
    wait = Math.min(wait * 2, SLOWEST_RETRY_MS)
    schedule()
  }
  const schedule = (): void => {
    if (pendingWrites.size === 0) wait = FIRST_RETRY_MS
    else timer ??= setTimeout(() => void retry(), wait).unref()
  }

  return {
    add: (ends: readonly End[]): void => {
      for (const end of ends) pendingWrites.set(end.job.job_id, end)
      schedule()
    },
    withdraw: (id: string): void => void pendingWrites.delete(id),
    /** Tries all a last time. */
    close: async (): Promise<void> => {
      clearTimeout(timer)
      for (const [id, end] of pendingWrites)
        await write(end).catch((error: unknown) =>
          logger.error({ err: error, job: id }, 'the end of a job is not written down'),
        )
    },
  }
}

/** Sees to it that the ends of jobs get onto the disk. `onWritten` is told of each that did after it was tried again. */
export const createEnds = (deps: EndsDeps): Ends => {
  const { waiting, logger } = deps
  const durably = durablyBy(deps.reserve)
  const write = (end: End): Promise<void> => durably(() => put(deps, end))
  const pending = createPendingWrites(write, deps)

  return {
    durably,
    write: async (end) => {
      try {
        await write(end)
        return { written: true }
      } catch (error) {
        logger.error({ err: error, job: end.job.job_id }, 'the end of a job could not be written down; trying on')
        pending.add([end])
        return { written: false, error: explainDiskError(error) }
      }
    },
    writeAll: async (given) => {
      const known = given.map((end) => ({ ...end, result: null }))
      try {
        const areThere = await durably(() => waiting.end(known.map(({ job }) => job)))
        // The index was lost and made again since they were added: what is not there is put in.
        if (!areThere) for (const end of known) await write(end)
        return { written: true }
      } catch (error) {
        logger.error({ err: error, jobs: known.length }, 'the ends of jobs could not be written down; trying on')
        pending.add(known)
        return { written: false, error: explainDiskError(error) }
      }
    },
    withdraw: pending.withdraw,
    close: pending.close,
  }
}
