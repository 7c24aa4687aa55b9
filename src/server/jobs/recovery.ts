import type { Logger } from 'pino'
import { isFinished } from '../../shared/job.ts'
import type { StoredJob } from '../store/stored-job.ts'
import type { JobStore } from '../store/job-store.ts'
import type { TakeStore } from '../store/take-store.ts'
import type { WaitingStore } from '../store/waiting-store.ts'
import type { Active } from './active.ts'
import type { Admission } from './admission.ts'
import type { Cancelling } from './cancelling.ts'
import type { Lanes } from './lanes.ts'
import type { JobQueue } from './queue.ts'
import { createTakeUp } from './take-up.ts'
import type { Durations } from './time-left.ts'
import { requeued } from './transitions.ts'

/** What waits for `opened` goes on once it is open. */
const createLatch = (): { opened: Promise<void>; open: () => void } => {
  let open: () => void = () => undefined
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { opened, open }
}

/** Jobs that are looked at to know how long such jobs take. */
const MAX_REMEMBERED = 50

export type Recovery = {
  /** Whether work may begin: once what a stopped server left is taken up, until this one is closed. */
  isWorking: () => boolean
  /** Takes up what is unfinished in the store. */
  recover: () => Promise<{ unfinished: number; unreadable: string[] }>
  /**
   * A job that is unfinished in the store, and that nobody works on: the server has just started, or putting it in was
   * thought to have failed. Answers it once what was left is taken up; undefined for one that is not there, or is finished.
   */
  takeBack: (id: string) => Promise<Active | undefined>
  /** Writes all that is unfinished into an index that has taken the place of another; `recover` comes after. */
  rewrite: (into: Pick<JobStore, 'restore'>) => Promise<void>
  /** Lets nothing be taken up any more. */
  close: () => void
}

type RecoveryDeps = {
  jobs: JobStore
  takes: TakeStore
  ranks: WaitingStore['ranks']
  active: ReadonlyMap<string, Active>
  /** What has ended since each recovery began to read, and is unfinished perhaps in what it read. */
  recovering: Set<Set<string>>
  lanes: Pick<Lanes, 'all' | 'put' | 'pump'>
  cancelling: Cancelling
  queue: Pick<JobQueue, 'rewrite'>
  durations: Durations
  admission: Admission
  track: (work: Promise<void>) => void
  announceQueue: () => void
  logger: Pick<Logger, 'warn'>
}

/** How long jobs took before this start, and where they stood that somebody moved: an index made anew knows nothing of it. */
const remember = async (
  { jobs, queue, durations, announceQueue, logger }: RecoveryDeps,
  isClosed: () => boolean,
): Promise<void> => {
  try {
    await queue.rewrite()
    if (durations.knows()) return
    const { jobs: last } = await jobs.list({ status: 'completed' }, MAX_REMEMBERED, null)
    for (const job of last.toReversed()) durations.saw(job)
    announceQueue()
  } catch (error) {
    if (!isClosed()) logger.warn({ err: error }, 'what there is to know of the queue could not be read')
  }
}

/** A job that is unfinished in the store, and that nobody works on. */
const findLeft = async ({ jobs, active }: RecoveryDeps, id: string): Promise<StoredJob | undefined> => {
  const stored = active.has(id) ? undefined : await jobs.get(id)
  return stored && !isFinished(stored.job) ? stored : undefined
}

/** Goes on with what the store has unfinished. */
export const createRecovery = (deps: RecoveryDeps): Recovery => {
  const { active, recovering, lanes, admission, track, announceQueue } = deps
  let state: 'starting' | 'working' | 'closed' = 'starting'
  let recovered = createLatch()

  const takeUpLeft = createTakeUp({
    ...deps,
    admit: admission.admit,
    // From here on work begins.
    onTaken: () => {
      if (state === 'starting') state = 'working'
      recovered.open()
      lanes.pump()
      announceQueue()
    },
  })

  return {
    isWorking: () => state === 'working',
    recover: async () => {
      const ended = new Set<string>()
      recovering.add(ended)
      try {
        const found = await takeUpLeft(ended)
        track(remember(deps, () => state === 'closed'))
        return found
      } finally {
        recovering.delete(ended)
      }
    },
    takeBack: async (id) => {
      if (await findLeft(deps, id)) await recovered.opened
      const stored = state === 'closed' ? undefined : await findLeft(deps, id)
      if (stored && !active.has(id)) admission.enqueue({ ...stored, job: requeued(stored.job) })
      return active.get(id)
    },
    rewrite: async (into) => {
      recovered.open()
      recovered = createLatch()
      await into.restore([...active.values()])
    },
    close: () => {
      state = 'closed'
      recovered.open()
    },
  }
}
