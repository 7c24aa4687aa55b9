import { rm } from 'node:fs/promises'
import type { Logger } from 'pino'
import { RushesError } from '../../shared/errors.ts'
import { type FinishedJob, isFinished, type Job, type RendererName } from '../../shared/job.ts'
import { customModel } from '../../shared/models/custom.ts'
import type { Model } from '../../shared/models/index.ts'
import type { RenderContext, Renderer } from '../../shared/renderer.ts'
import type { QueueTotals } from '../../shared/routes.ts'
import type { Catalogue } from '../models/catalogue.ts'
import { explainDiskError } from '../store/disk-errors.ts'
import type { FileStore } from '../store/file-store.ts'
import { type Folders, temporaryFolder } from '../store/folders.ts'
import type { JobStore, StoredJob } from '../store/job-store.ts'
import type { Reserve } from '../store/reserve.ts'
import type { TakeStore } from '../store/take-store.ts'
import type { WaitingStore } from '../store/waiting-store.ts'
import type { Active, Lane } from './active.ts'
import type { JobBus } from './bus.ts'
import { createCancelling } from './cancelling.ts'
import { createChanges, type JobChanges } from './changes.ts'
import { createEnds } from './ends.ts'
import { createFinishing } from './finishing.ts'
import { inputFiles } from './input-files.ts'
import { createLanes, SHUTDOWN } from './lanes.ts'
import type { PauseNote } from './pause-note.ts'
import { createJobQueue, type JobQueue } from './queue.ts'
import { createTakeUp } from './take-up.ts'
import { createDurations } from './time-left.ts'
import { createWait } from './wait.ts'
import { completed, processing, requeued } from './transitions.ts'

/** What waits for `opened` goes on once it is open. */
const createLatch = (): { opened: Promise<void>; open: () => void } => {
  let open: () => void = () => undefined
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { opened, open }
}

/** Jobs that are looked at to know how long such jobs take. */
const REMEMBERED = 50

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
  /** Told that there is room on the disk again: what waits begins. */
  proceed: () => void
  /** Told that somebody has opened the studio: gets ready for the first job. */
  prepare: () => void
  /** Takes up what a stopped server left unfinished, and begins to work. */
  recover: () => Promise<{ unfinished: number; unreadable: string[] }>
  /** Writes all that is unfinished into an index that has taken the place of another; `recover` comes after. */
  rewrite: (into: Pick<JobStore, 'restore'>) => Promise<void>
  close: () => Promise<void>
}

export const createRunner = (deps: {
  jobs: JobStore
  waiting: WaitingStore
  pauseNote: PauseNote
  files: FileStore
  takes: TakeStore
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
  logger: Logger
  now?: () => Date
}): Runner => {
  const { jobs, files, takes, folders, bus, logger } = deps
  const now = deps.now ?? (() => new Date())
  const active = new Map<string, Active>()
  const tasks = new Set<Promise<void>>()
  let state: 'starting' | 'working' | 'closed' = 'starting'
  let recovery = createLatch()
  /** What has ended since each recovery began to read, and is unfinished perhaps in what it read. */
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

  const { finish, finishFailed, finishAll } = createFinishing({
    active,
    recovering,
    ends,
    durations,
    announce,
    logger,
    now,
  })

  const record =
    (entry: Active, signal: AbortSignal): RenderContext['record'] =>
    async (given) => {
      // Cancelled while its order was on the way: the next start must know.
      const cloud = given.state !== 'held' && entry.cancelling ? { ...given, cancelling: true } : given
      const write = () => jobs.recordCloud(entry.job, cloud)
      // Known from here on, also to what is written of its end.
      if (cloud.state === 'sent') entry.cloud = cloud
      // What was ordered must be known, whatever the disk has to give for it; what was not can wait.
      const written = await (cloud.state === 'sent' ? ends.durably(write) : write())
      // It has ended meanwhile: nothing may be sent for it any more.
      if (!written) throw signal.aborted ? signal.reason : new RushesError('CANCELLED', 'Cancelled.')
      entry.cloud = cloud
    }

  /** What the renderer needs. Of what was ordered already nothing is sent again, and its files may be gone. */
  const filesFor = async ({ job, cloud }: Active, model: Model, signal: AbortSignal): ReturnType<typeof inputFiles> => {
    if (cloud?.state === 'sent') return {}
    try {
      return await inputFiles(files, job, model)
    } catch {
      // Its row may be among those that are still being read.
      await deps.untilWhole(signal)
      return inputFiles(files, job, model)
    }
  }

  const render = async (lane: Lane, entry: Active, signal: AbortSignal): Promise<void> => {
    const { job_id: id, model: name } = entry.job
    // What Decart alone knew by name went through to it.
    const model = deps.models.find(name) ?? (lane.renderer.offerFor ? customModel(name) : undefined)
    if (!model) throw new RushesError('MODEL_NOT_FOUND', `No model is named ${name}.`)
    const begun = processing(entry.job, lane.renderer.cancel ? 'submitting' : 'rendering', null, now())
    entry.job = begun
    announce(begun)
    await jobs.update(begun, entry.cloud)
    signal.throwIfAborted()
    logger.info({ job: id, model: name, renderer: lane.renderer.name }, 'job started')
    const directory = await temporaryFolder(folders, id)
    try {
      const rendered = await lane.renderer.render(
        { job: begun, model, files: await filesFor(entry, model, signal), directory },
        {
          signal,
          recorded: entry.cloud,
          record: record(entry, signal),
          onProgress: (progress, phase) => {
            const { job } = entry
            if (signal.aborted || job.status !== 'processing') return
            entry.job = processing(job, phase ?? job.phase, progress ?? job.progress, now())
            announce(entry.job)
          },
        },
      )
      signal.throwIfAborted()
      const { output, result } = await takes.adopt(entry.job, rendered)
      if (signal.aborted && signal.reason !== SHUTDOWN) {
        // Cancelled meanwhile, and told so to everybody: what has ended stays as it ended.
        await takes.discard(result)
        throw signal.reason
      }
      logger.info({ job: id, bytes: output.bytes }, 'job completed')
      await finish(entry, completed(entry.job, output, now(), rendered.warnings), result)
    } finally {
      await rm(directory, { recursive: true, force: true })
    }
  }

  const work = async (lane: Lane, id: string, signal: AbortSignal): Promise<void> => {
    const entry = active.get(id)
    if (!entry || isFinished(entry.job)) return
    try {
      await render(lane, entry, signal)
    } catch (error) {
      // A cancelled job was ended by cancel(), one that begins anew waits again; one stopped by a shutdown goes on at the
      // next start.
      if (isFinished(entry.job) || signal.aborted) return
      const explained = explainDiskError(error)
      // Before the next one runs into it.
      if (explained instanceof RushesError && explained.code === 'DISK_FULL') await deps.storage.look()
      await finishFailed(entry, explained)
    }
  }

  const lanes = createLanes({
    renderers: deps.renderers,
    active,
    durations,
    isOpen: () => state === 'working' && deps.storage.hasRoom(),
    isPaused: () => queue.isPaused(),
    now,
    work,
    announce: announceQueue,
  })
  const cancelling = createCancelling({ jobs, lanes: lanes.all, logger, finishFailed, announceQueue })

  /** Takes a job into the queue it belongs to; one that nobody here can render fails. */
  const admit = ({ job, cloud }: StoredJob): Lane | null => {
    const entry: Active = { job, cloud, result: null, ending: null, cancelling: null }
    active.set(job.job_id, entry)
    const lane = lanes.all.get(job.renderer)
    if (lane) return lane
    const text = `This job wants the renderer ${job.renderer}, which this server does not have.`
    track(finishFailed(entry, new RushesError('UNREACHABLE', text)).then(() => undefined))
    return null
  }

  const enqueue = (stored: StoredJob, where: 'end' | 'head' = 'end'): void => {
    const lane = admit(stored)
    if (!lane) return
    lanes.put(lane, stored.job, where)
    announce(stored.job)
    lanes.pumpOne(lane)
    announceQueue()
  }

  /**
   * A job that is unfinished in the store, and that nobody works on: the server has just started, or putting it in was
   * thought to have failed. Answers it once what was left is taken up; undefined for one that is not there, or is finished.
   */
  const takeBack = async (id: string): Promise<Active | undefined> => {
    const isLeft = async (): Promise<StoredJob | undefined> => {
      const stored = active.has(id) ? undefined : await jobs.get(id)
      return stored && !isFinished(stored.job) ? stored : undefined
    }
    if (await isLeft()) await recovery.opened
    const stored = state === 'closed' ? undefined : await isLeft()
    if (stored && !active.has(id)) enqueue({ ...stored, job: requeued(stored.job) })
    return active.get(id)
  }

  const takeUpLeft = createTakeUp({
    jobs,
    takes,
    ranks: deps.waiting.ranks,
    active,
    lanes,
    cancelling,
    admit,
    track,
    // From here on work begins.
    onTaken: () => {
      if (state === 'starting') state = 'working'
      recovery.open()
      lanes.pump()
      announceQueue()
    },
  })

  /** How long jobs took before this start, and where they stood that somebody moved: an index made anew knows nothing of it. */
  const remember = async (): Promise<void> => {
    try {
      await queue.rewrite()
      if (durations.knows()) return
      const { jobs: last } = await jobs.list({ status: 'completed' }, REMEMBERED, null)
      for (const job of last.toReversed()) durations.saw(job)
      announceQueue()
    } catch (error) {
      if (state !== 'closed') logger.warn({ err: error }, 'what there is to know of the queue could not be read')
    }
  }

  const find: Runner['find'] = async (id) => {
    const stored = active.has(id) ? undefined : await jobs.get(id)
    const entry = active.get(id) ?? stored
    return entry && { job: current(entry.job), result: entry.result }
  }

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

  return {
    enqueue: (stored) => enqueue(stored),
    find,
    current,
    queue,
    totals: lanes.totals,
    goOn: async (stored) => current((await takeBack(stored.job.job_id))?.job ?? stored.job),
    cancel: async (id) => {
      const entry = active.get(id) ?? (await takeBack(id))
      if (!entry || isFinished(entry.job)) return (await find(id))?.job
      entry.cancelling ??= cancelling.cancel(entry)
      return entry.cancelling
    },
    resume: async (id) => {
      // Its failure may just be being written, which would come after what is written now.
      await active.get(id)?.ending
      const stored = active.has(id) ? undefined : await jobs.get(id)
      const before = active.get(id) ?? stored
      if (!before) throw new RushesError('NOT_FOUND', `There is no job ${id.slice(0, 60)}.`)
      if (before.job.status !== 'failed' || !before.job.error.resumable)
        throw new RushesError('NOT_READY', 'Only a failed job whose order still stands can go on.')
      if (before.cloud?.state !== 'sent')
        throw new RushesError('NOT_READY', 'The id of its order is lost: look at your account there.')
      // It is wanted again, also where it lay in the bin.
      const job = requeued({ ...before.job, deleted_at: null })
      ends.withdraw(id)
      // It only has to be fetched, and may not be there for long.
      enqueue({ job, cloud: before.cloud, result: null }, 'head')
      await jobs.update(active.get(id)?.job ?? job, before.cloud)
      return current(job)
    },
    changes: createChanges({
      find,
      takes,
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
    recover: async () => {
      const ended = new Set<string>()
      recovering.add(ended)
      try {
        const found = await takeUpLeft(ended)
        track(remember())
        return found
      } finally {
        recovering.delete(ended)
      }
    },
    rewrite: async (into) => {
      recovery.open()
      recovery = createLatch()
      await into.restore([...active.values()])
    },
    close: async () => {
      state = 'closed'
      recovery.open()
      await lanes.close()
      await Promise.allSettled(tasks)
      await ends.close()
      for (const { renderer } of lanes.all.values()) await renderer.close()
      await cancelling.settled()
    },
  }
}
