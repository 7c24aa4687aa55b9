import type { Logger } from 'pino'
import type { FinishedJob, Job } from '../../shared/job.ts'
import type { Renderer } from '../../shared/renderer.ts'
import type { Catalogue } from '../models/catalogue.ts'
import type { BlobStore } from '../store/blobs/blob-store.ts'
import type { FileStore } from '../store/file-store.ts'
import type { Folders } from '../store/folders.ts'
import type { JobStore } from '../store/job-store.ts'
import type { Reserve } from '../store/reserve.ts'
import type { TakeStore } from '../store/take-store.ts'
import type { WaitingStore } from '../store/waiting-store.ts'
import type { Active } from './active.ts'
import { type Admission, createAdmission } from './admission.ts'
import type { JobBus } from './bus.ts'
import { type Cancelling, createCancelling } from './cancelling.ts'
import type { CurrentJobs } from './current-jobs.ts'
import { createEnds, type Ends } from './ends.ts'
import { createFinishing } from './finishing.ts'
import { createLanes, type Lanes } from './lanes.ts'
import type { PauseNote } from './pause-note.ts'
import { createJobQueue, type JobQueue } from './queue.ts'
import { createRecovery, type Recovery } from './recovery.ts'
import { createTasks, type Tasks } from './tasks.ts'
import { createDurations, type Durations } from './time-left.ts'
import { createWork } from './work.ts'

export type SchedulingDeps = {
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
  /** Told once of every end that a job comes to here. */
  onEnded?: (job: FinishedJob) => void
  logger: Logger
}

/** What the parts of one runner share. */
type Shared = {
  /** What is not finished, or whose end is not on disk yet. */
  active: Map<string, Active>
  currentJobs: Pick<CurrentJobs, 'find' | 'current'>
  announce: (job: Job) => void
  now: () => Date
}

export type Scheduling = {
  lanes: Lanes
  queue: JobQueue
  admission: Admission
  cancelling: Cancelling
  recovery: Recovery
  ends: Ends
  announceQueue: () => void
  /** Lets nothing begin any more, ends what runs, and resolves once all that is known of it is written down. */
  close: () => Promise<void>
}

/** How jobs end: what is written down of it, and who is told. */
const createEndings = (deps: SchedulingDeps & Shared & { recovering: Set<Set<string>>; durations: Durations }) => {
  const { active, logger } = deps
  const ends = createEnds({
    jobs: deps.jobs,
    waiting: deps.waiting,
    takes: deps.takes,
    reserve: deps.reserve,
    logger,
    onWritten: ({ job }) => {
      if (active.get(job.job_id)?.job === job) active.delete(job.job_id)
    },
  })
  const finishing = createFinishing({
    active,
    recovering: deps.recovering,
    ends,
    durations: deps.durations,
    announce: deps.announce,
    ended: deps.onEnded ?? (() => undefined),
    logger,
    now: deps.now,
  })
  return { ends, finishing }
}

/**
 * Which job is worked on when: the lanes where jobs wait and run, the ways into them (admission, recovery) and out of them
 * (work, cancelling, endings), and what a person does with all that waits.
 */
export const createScheduling = (deps: SchedulingDeps & Shared): Scheduling => {
  const { jobs, waiting, active, currentJobs, announce, logger, now } = deps
  const recovering = new Set<Set<string>>()
  const durations = createDurations()
  const tasks = createTasks()
  const { track } = tasks
  const { ends, finishing } = createEndings({ ...deps, recovering, durations })
  const { finishFailed, finishAll } = finishing
  const announceQueue = (): void => deps.bus.tell({ name: 'queue', totals: lanes.totals() })

  const lanes = createLanes({
    renderers: deps.renderers,
    active,
    durations,
    isOpen: () => recovery.isWorking() && deps.storage.hasRoom(),
    isPaused: () => queue.isPaused(),
    now,
    work: createWork({ ...deps, handOn: () => Promise.resolve(false), ends, finishing }),
    announce: announceQueue,
  })
  const cancelling = createCancelling({ jobs, lanes: lanes.all, logger, finishFailed, announceQueue })
  const queue = createJobQueue({
    ...deps,
    lanes: () => lanes,
    note: deps.pauseNote,
    cancelling,
    finishAll,
    find: async (id) => (await currentJobs.find(id))?.job,
    current: currentJobs.current,
    announceQueue,
  })
  const admission = createAdmission({ active, lanes, finishFailed, track, announce, announceQueue })
  const recovery = createRecovery({
    ...deps,
    ranks: waiting.ranks,
    recovering,
    lanes,
    cancelling,
    queue,
    durations,
    admission,
    track,
    announceQueue,
  })

  const close = async (): Promise<void> => {
    recovery.close()
    await closeWork({ lanes, tasks, ends, cancelling })
  }
  return { lanes, queue, admission, cancelling, recovery, ends, announceQueue, close }
}

/** Ends what runs, and resolves once all that is known of it is written down, and the renderers are closed. */
export const closeWork = async (parts: {
  lanes: Lanes
  tasks: Pick<Tasks, 'settled'>
  ends: Pick<Ends, 'close'>
  cancelling: Pick<Cancelling, 'settled'>
}): Promise<void> => {
  const { lanes, tasks, ends, cancelling } = parts
  await lanes.close()
  await tasks.settled()
  await ends.close()
  for (const { renderer } of lanes.all.values()) await renderer.close()
  await cancelling.settled()
}
