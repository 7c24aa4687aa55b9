import type { Logger } from 'pino'
import { type FinishedJob, isFinished, type Job, type RendererName } from '../../shared/job.ts'
import type { Renderer } from '../../shared/renderer.ts'
import type { QueueTotals } from '../../shared/routes.ts'
import type { Catalogue } from '../models/catalogue.ts'
import type { BlobStore } from '../store/blobs/blob-store.ts'
import type { FileStore } from '../store/file-store.ts'
import type { Folders } from '../store/folders.ts'
import type { StoredJob } from '../store/stored-job.ts'
import type { JobStore } from '../store/job-store.ts'
import type { Reserve } from '../store/reserve.ts'
import type { TakeStore } from '../store/take-store.ts'
import type { WaitingStore } from '../store/waiting-store.ts'
import type { Active } from './active.ts'
import { createAdmission } from './admission.ts'
import type { JobBus } from './bus.ts'
import { createCancelling } from './cancelling.ts'
import { createChanges, type JobChanges } from './changes.ts'
import { createEnds } from './ends.ts'
import { createFinishing } from './finishing.ts'
import { createLanes } from './lanes.ts'
import type { PauseNote } from './pause-note.ts'
import { createJobQueue, type JobQueue } from './queue.ts'
import { createRecovery, type Recovery } from './recovery.ts'
import { createResume } from './resume.ts'
import { createDurations } from './time-left.ts'
import { createWait } from './wait.ts'
import { createWork } from './work.ts'

/** A job as it is now, and the path of its result inside the data folder. */
export type CurrentJob = { job: Job; result: string | null }

export type Runner = {
  /** Queues a job that was just put into the store. */
  enqueue: (stored: StoredJob) => void
  /**
   * The job of a key that was used before, as it now is. One that nobody works on, because putting it in was thought to
   * have failed, is queued.
   */
  goOn: (stored: StoredJob) => Promise<Job>
  /** Rejects with UNREADABLE for a job that cannot be read. */
  find: (id: string) => Promise<CurrentJob | undefined>
  /** Whose an unfinished job is; null for nobody's, and for one that is not known. */
  ownerOf: (id: string) => string | null
  /** A stored job with its place in the queue and its latest progress, which are kept in memory alone. */
  current: (job: Job) => Job
  /**
   * Ends a job's work. Answers the job as it then is; one that was finished stays as it was. Rejects where that it was
   * cancelled cannot be written down (yet): its work has ended all the same.
   */
  cancel: (id: string) => Promise<Job | undefined>
  /** Takes up a failed job whose order still stands in the cloud. */
  resume: (id: string) => Promise<Job>
  /** Changes finished jobs, in a way that leaves what was made as it is. */
  changes: JobChanges
  /** Resolves when the job has finished. */
  wait: (id: string, signal: AbortSignal) => Promise<FinishedJob>
  /** What a person does with all that waits. */
  queue: Omit<JobQueue, 'rewrite' | 'isPaused'>
  /** How many jobs wait and run. */
  totals: () => QueueTotals
  /** When the job that has waited longest was asked for, by renderer, in milliseconds since 1970; null where none waits. */
  oldestWaiting: () => Readonly<Record<RendererName, number | null>>
  /** Told that there is room on the disk again: what waits begins. */
  proceed: () => void
  /** Told that somebody has opened the studio: gets ready for the first job. */
  prepare: () => void
  /** Takes up what a stopped server left unfinished, and begins to work. */
  recover: Recovery['recover']
  /** Writes all that is unfinished into an index that has taken the place of another; `recover` comes after. */
  rewrite: Recovery['rewrite']
  close: () => Promise<void>
}

/** Makes the jobs that wait, each by its renderer, to whatever end. */
export const createRunner = (deps: {
  jobs: JobStore
  waiting: WaitingStore
  pauseNote: PauseNote
  files: FileStore
  takes: TakeStore
  blobs: BlobStore
  folders: Folders
  reserve: Reserve
  /** Whether there is room for results. While there is none, what waits goes on waiting. */
  storage: { hasRoom: () => boolean; look: () => Promise<void> }
  /** Resolves when the index knows all that the files say. Rejects with the signal's reason. */
  untilWhole: (signal: AbortSignal) => Promise<void>
  bus: JobBus
  renderers: readonly Renderer[]
  models: Pick<Catalogue, 'find'>
  /** Who is likely to make the next job. */
  likely: () => RendererName
  /** Told once of every end that a job comes to here. */
  onEnded?: (job: FinishedJob) => void
  logger: Logger
  now?: () => Date
}): Runner => {
  const { jobs, takes, bus, logger } = deps
  const now = deps.now ?? (() => new Date())
  const active = new Map<string, Active>()
  const tasks = new Set<Promise<void>>()
  const recovering = new Set<Set<string>>()
  const durations = createDurations()
  const ends = createEnds({
    jobs,
    waiting: deps.waiting,
    takes,
    reserve: deps.reserve,
    logger,
    onWritten: ({ job }) => {
      if (active.get(job.job_id)?.job === job) active.delete(job.job_id)
    },
  })

  const current = (job: Job): Job => {
    const known = active.get(job.job_id)?.job ?? job
    if (known.status !== 'pending') return known
    return { ...known, queue_position: lanes.position(known) ?? known.queue_position }
  }
  const announce = (job: Job): void => bus.tell({ name: 'job', job: current(job) })
  const announceQueue = (): void => bus.tell({ name: 'queue', totals: lanes.totals() })
  const track = (running: Promise<void>): void => {
    tasks.add(running)
    void running.finally(() => tasks.delete(running))
  }
  const find: Runner['find'] = async (id) => {
    const stored = active.has(id) ? undefined : await jobs.get(id)
    const entry = active.get(id) ?? stored
    return entry && { job: current(entry.job), result: entry.result }
  }

  const finishing = createFinishing({
    active,
    recovering,
    ends,
    durations,
    announce,
    ended: deps.onEnded ?? (() => undefined),
    logger,
    now,
  })
  const { finishFailed, finishAll } = finishing
  const lanes = createLanes({
    renderers: deps.renderers,
    active,
    durations,
    isOpen: () => recovery.isWorking() && deps.storage.hasRoom(),
    isPaused: () => queue.isPaused(),
    now,
    work: createWork({ ...deps, handOn: () => Promise.resolve(false), active, ends, finishing, announce, now }),
    announce: announceQueue,
  })
  const cancelling = createCancelling({ jobs, lanes: lanes.all, logger, finishFailed, announceQueue })
  const queue = createJobQueue({
    lanes: () => lanes,
    active,
    waiting: deps.waiting,
    note: deps.pauseNote,
    jobs,
    cancelling,
    finishAll,
    find: async (id) => (await find(id))?.job,
    current,
    announce,
    announceQueue,
    logger,
    now,
  })
  const admission = createAdmission({ active, lanes, finishFailed, track, announce, announceQueue })
  const recovery = createRecovery({
    jobs,
    takes,
    ranks: deps.waiting.ranks,
    active,
    recovering,
    lanes,
    cancelling,
    queue,
    durations,
    admission,
    track,
    announceQueue,
    logger,
  })

  return {
    enqueue: (stored) => admission.enqueue(stored),
    find,
    ownerOf: (id) => active.get(id)?.job.owner ?? null,
    current,
    queue,
    totals: lanes.totals,
    oldestWaiting: lanes.oldestWaiting,
    goOn: async (stored) => current((await recovery.takeBack(stored.job.job_id))?.job ?? stored.job),
    cancel: async (id) => {
      const entry = active.get(id) ?? (await recovery.takeBack(id))
      if (!entry || isFinished(entry.job)) return (await find(id))?.job
      entry.cancelling ??= cancelling.cancel(entry)
      return entry.cancelling
    },
    resume: createResume({ active, jobs, ends, enqueue: admission.enqueue, current }),
    changes: createChanges({
      find,
      takes,
      blobs: deps.blobs,
      jobs,
      ended: async (id) => {
        const outcome = await active.get(id)?.ending
        if (outcome?.written === false && active.has(id)) throw outcome.error
      },
      announce,
      now,
    }),
    wait: createWait(bus, find),
    proceed: () => {
      lanes.pump()
      announceQueue()
    },
    prepare: () => lanes.prepare(deps.likely()),
    recover: recovery.recover,
    rewrite: recovery.rewrite,
    close: async () => {
      recovery.close()
      await lanes.close()
      await Promise.allSettled(tasks)
      await ends.close()
      for (const { renderer } of lanes.all.values()) await renderer.close()
      await cancelling.settled()
    },
  }
}
