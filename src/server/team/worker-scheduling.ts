import type { Logger } from 'pino'
import { type FinishedJob, isFinished, type Job } from '../../shared/job.ts'
import { JobTaken, type Renderer } from '../../shared/renderer.ts'
import type { Active } from '../jobs/active.ts'
import { createAdmission } from '../jobs/admission.ts'
import { createCancelling } from '../jobs/cancelling.ts'
import { createEnds } from '../jobs/ends.ts'
import { createFinishing } from '../jobs/finishing.ts'
import { createLanes } from '../jobs/lanes.ts'
import type { Tasks } from '../jobs/tasks.ts'
import { createDurations } from '../jobs/time-left.ts'
import { createWork, type WorkDeps } from '../jobs/work.ts'
import type { Index } from '../store/database/index-access.ts'
import type { FileStore } from '../store/file-store.ts'
import type { JobStore } from '../store/job-store.ts'
import type { Reserve } from '../store/reserve.ts'
import type { TakeStore } from '../store/take-store.ts'
import { createWaitingStore } from '../store/waiting-store.ts'
import { createHeldJobs } from './held-jobs.ts'
import type { Holding } from './holding.ts'
import type { ProgressTeller } from './progress-teller.ts'

/** What makes jobs on this machine. */
export type RenderingDeps = Pick<WorkDeps, 'blobs' | 'folders' | 'untilWhole' | 'models'> & {
  /** Makes the store of uploads on an index. */
  filesOf: (index: Index) => FileStore
  takes: TakeStore
  reserve: Reserve
  storage: { hasRoom: () => boolean; look: () => Promise<void> }
  renderers: readonly Renderer[]
  /** Told of every end of a job that is written here. */
  onEnded: (job: FinishedJob) => void
  logger: Logger
  now: () => Date
}

export type WorkerSchedulingDeps = RenderingDeps & {
  /** What a render writes and reads waits for a database that is away: that is no failure of the job. */
  patient: Index
  jobs: JobStore
  active: Map<string, Active>
  tasks: Tasks
  progress: ProgressTeller
  /** Made after this, and fed by it. */
  holding: () => Holding
  /** Gives a job back that the disk has no room for. Answers whether it goes on elsewhere; else it ends. */
  handOn: (id: string) => Promise<boolean>
}

export type WorkerScheduling = ReturnType<typeof createWorkerScheduling>

const ignore = (): void => undefined

/** How the ends of jobs are written: only as long as they are held. */
const createEndings = (deps: WorkerSchedulingDeps) => {
  const { patient, jobs, takes, active, holding } = deps
  const held = createHeldJobs({
    index: patient,
    jobs,
    takes,
    claimOf: (id) => holding().claimOf(id),
    isCurrent: () => holding().isCurrent(),
    onLost: (id) => holding().lose(id),
    onEnded: (job) => {
      holding().ended(job.job_id)
      deps.onEnded(job)
    },
  })
  const ends = createEnds({
    jobs: held,
    waiting: createWaitingStore(patient),
    takes,
    reserve: deps.reserve,
    logger: deps.logger,
    onWritten: ({ job }) => {
      if (active.get(job.job_id)?.job === job) active.delete(job.job_id)
    },
  })
  return { held, ends }
}

/** Each attempt's result has a name of its own: what a worker that is too late puts away covers nobody's. */
const takesByAttempt = ({
  takes,
  holding,
}: WorkerSchedulingDeps): Pick<WorkerSchedulingDeps['takes'], 'adopt' | 'discard'> => ({
  discard: takes.discard,
  adopt: async (job, rendered) => {
    const claim = holding().claimOf(job.job_id)
    if (!claim) throw new JobTaken(`${job.job_id} is made elsewhere`)
    return takes.adopt(job, rendered, claim.attempt)
  },
})

/** The embedded runner's own machinery, fed by claims: lanes, work in them, and the ways in and out. */
export const createWorkerScheduling = (deps: WorkerSchedulingDeps) => {
  const { active, logger, now, holding, progress, storage } = deps
  const { track } = deps.tasks
  const { held, ends } = createEndings(deps)
  /** Jobs that are written are told by the database itself. */
  const announce = (job: Job): void => {
    if (job.status === 'processing' && holding().claimOf(job.job_id)) progress.saw(job)
    else progress.forget(job.job_id)
  }
  const durations = createDurations()
  // What has ended is told where it is written: a job that was lost meanwhile has not.
  const about = { active, recovering: new Set<Set<string>>(), ends, durations, announce, ended: ignore, logger, now }
  const finishing = createFinishing(about)
  const { finishFailed } = finishing
  const files = deps.filesOf(deps.patient)
  const work = createWork({ ...deps, jobs: held, files, takes: takesByAttempt(deps), ends, finishing, announce })
  /** What runs, by job. */
  const runs = new Map<string, Promise<void>>()
  const lanes = createLanes({
    renderers: deps.renderers,
    active,
    durations,
    isOpen: () => holding().isWorking() && storage.hasRoom(),
    // What is held by pausing is not claimed.
    isPaused: () => false,
    now,
    work: (lane, id, signal) => {
      const running = work(lane, id, signal)
      runs.set(id, running)
      return running.finally(() => runs.delete(id))
    },
    announce: () => holding().feed(),
  })
  const cancelling = createCancelling({ jobs: held, lanes: lanes.all, logger, finishFailed, announceQueue: ignore })
  const admission = createAdmission({ active, lanes, finishFailed, track, announce, announceQueue: ignore })
  return {
    lanes,
    ends,
    cancelling,
    admission,
    /** Resolves when a run of that job has ended, if there is one. */
    untilRunEnded: async (id: string): Promise<void> => runs.get(id),
    /** Cancels a job that is being made here. */
    cancel: (id: string): void => {
      const entry = active.get(id)
      if (!entry || isFinished(entry.job)) return
      entry.cancelling ??= cancelling.cancel(entry)
      track(entry.cancelling.then(ignore, ignore))
    },
  }
}
