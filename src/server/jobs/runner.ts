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
import type { Active, Lane } from './active.ts'
import type { JobBus } from './bus.ts'
import { createCancelling, isPaid } from './cancelling.ts'
import { createEnds, type Ends } from './ends.ts'
import { createChanges, type JobChanges } from './changes.ts'
import { inputFiles } from './input-files.ts'
import { completed, describeFailure, failed, processing, requeued } from './transitions.ts'

/** The reason with which a shutdown ends renders. Their jobs stay as they are on disk and go on at the next start. */
const SHUTDOWN = Symbol('shutdown')

/** What waits for `opened` goes on once it is open. */
const createLatch = (): { opened: Promise<void>; open: () => void } => {
  let open: () => void = () => undefined
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { opened, open }
}

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
  const work = new Set<Promise<void>>()
  let state: 'starting' | 'working' | 'closed' = 'starting'
  let recovery = createLatch()
  /** What has ended since each recovery began to read, and is unfinished perhaps in what it read. */
  const recovering = new Set<Set<string>>()
  const lanes = new Map<RendererName, Lane>()
  for (const renderer of deps.renderers) lanes.set(renderer.name, { renderer, queue: [], running: new Map() })
  const ends = createEnds({
    jobs,
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
    const place = lanes.get(known.renderer)?.queue.indexOf(known.job_id) ?? -1
    return place < 0 ? known : { ...known, queue_position: place + 1 }
  }
  const announce = (job: Job): void => bus.tell({ name: 'job', job: current(job) })
  const totals = (): QueueTotals =>
    Object.fromEntries(
      [...lanes].map(([name, { queue, running }]) => [
        name,
        { waiting: queue.length, running: running.size, paused: false, seconds_left: null },
      ]),
    )
  const announceQueue = (): void => bus.tell({ name: 'queue', totals: totals() })

  const track = (running: Promise<void>): void => {
    work.add(running)
    void running.finally(() => work.delete(running))
  }

  /** Ends a job, for everybody at once; answers whether the disk knows too. */
  const finish = async (entry: Active, job: FinishedJob, result: string | null): ReturnType<Ends['write']> => {
    entry.job = job
    entry.result = result
    for (const ended of recovering) ended.add(job.job_id)
    entry.ending = ends.write({ job, cloud: entry.cloud, result })
    const outcome = await entry.ending
    if (outcome.written && entry.job === job) active.delete(job.job_id)
    announce(job)
    return outcome
  }

  const finishFailed = (entry: Active, error: unknown): ReturnType<Ends['write']> => {
    const { job, cloud } = entry
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
    return finish(entry, failure, null)
  }

  const cancelling = createCancelling({ jobs, lanes, logger, finishFailed, announceQueue })

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

  const run = async (lane: Lane, id: string): Promise<void> => {
    const controller = new AbortController()
    lane.running.set(id, controller)
    const entry = active.get(id)
    try {
      if (entry && !isFinished(entry.job)) await render(lane, entry, controller.signal)
    } catch (error) {
      // A cancelled job was ended by cancel(); one stopped by a shutdown goes on at the next start.
      if (entry && !isFinished(entry.job) && !controller.signal.aborted) {
        const explained = explainDiskError(error)
        // Before the next one runs into it.
        if (explained instanceof RushesError && explained.code === 'DISK_FULL') await deps.storage.look()
        await finishFailed(entry, explained)
      }
    } finally {
      lane.running.delete(id)
      pump(lane)
      announceQueue()
      if (state === 'working') prepareLane(lane)
    }
  }

  const pump = (lane: Lane): void => {
    if (state !== 'working' || !deps.storage.hasRoom()) return
    while (lane.running.size < lane.renderer.concurrency) {
      // A job that goes on waits until its cancelled run has ended: the two would share a folder.
      const next = lane.queue.findIndex((queued) => !lane.running.has(queued))
      const [id] = next === -1 ? [] : lane.queue.splice(next, 1)
      if (id === undefined) return
      track(run(lane, id))
    }
  }

  /** Where jobs run, getting ready for another would slow them. */
  const prepareLane = (lane: Lane): void => {
    if (lane.running.size === 0 && lane.queue.length === 0) void lane.renderer.prepare?.()
  }

  /** Takes a job into the queue it belongs to; one that nobody here can render fails. */
  const admit = ({ job, cloud }: StoredJob): Lane | null => {
    const entry: Active = { job, cloud, result: null, ending: null, cancelling: null }
    active.set(job.job_id, entry)
    const lane = lanes.get(job.renderer)
    if (lane) return lane
    const text = `This job wants the renderer ${job.renderer}, which this server does not have.`
    track(finishFailed(entry, new RushesError('UNREACHABLE', text)).then(() => undefined))
    return null
  }

  const enqueue = (stored: StoredJob): void => {
    const lane = admit(stored)
    if (!lane) return
    lane.queue.push(stored.job.job_id)
    announce(stored.job)
    pump(lane)
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

  /** Takes up what the store has unfinished; `ended` tells what ends while it is read. */
  const takeUpLeft = async (ended: ReadonlySet<string>): ReturnType<Runner['recover']> => {
    const { stored: found, unreadable } = await jobs.unfinished()
    const stored = found.filter(({ job }) => !isFinished(job))
    // Only the column was spoilt by which they are found.
    for (const { job, cloud } of found) if (isFinished(job)) await jobs.update(job, cloud)
    // What was put away just before the server was stopped is neither rendered nor fetched again.
    const finished = new Map(
      (await takes.recall(stored.map(({ job }) => job))).map((taken) => [taken.job.job_id, taken]),
    )
    for (const { job, result } of finished.values()) await jobs.complete(job, null, result)
    const left = stored.filter(({ job: { job_id: id } }) => !finished.has(id) && !active.has(id) && !ended.has(id))
    const before = new Map<Lane, string[]>()
    for (const each of left) {
      const lane = admit({ ...each, job: requeued(each.job) })
      const entry = active.get(each.job.job_id)
      if (lane && entry && each.cloud && each.cloud.state !== 'held' && each.cloud.cancelling) {
        entry.cancelling = cancelling.cancel(entry)
        track(
          entry.cancelling.then(
            () => undefined,
            () => undefined,
          ),
        )
      } else if (lane) before.set(lane, [...(before.get(lane) ?? []), each.job.job_id])
    }
    // What came in since the start is younger than all of them.
    for (const [lane, ids] of before) lane.queue = [...ids, ...lane.queue]
    // Ended here before, and perhaps still running there.
    for (const { job, cloud } of await jobs.cancelling()) {
      const lane = lanes.get(job.renderer)
      if (cloud && lane)
        void cancelling.tell({ job, cloud, result: null, ending: null, cancelling: null }, lane.renderer, cloud)
    }
    if (state === 'starting') state = 'working'
    recovery.open()
    for (const lane of lanes.values()) pump(lane)
    announceQueue()
    return { unfinished: left.length, unreadable: unreadable.map(({ job_id }) => job_id) }
  }

  const find: Runner['find'] = async (id) => {
    const stored = active.has(id) ? undefined : await jobs.get(id)
    const entry = active.get(id) ?? stored
    return entry && { job: current(entry.job), result: entry.result }
  }

  return {
    enqueue,
    find,
    current,
    totals,
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
      enqueue({ job, cloud: before.cloud, result: null })
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
    wait: async (id, signal) => {
      signal.throwIfAborted()
      const controller = new AbortController()
      const end = new Promise<FinishedJob>((resolve, reject) => {
        const stop = bus.subscribe((event) => {
          if (event.name === 'job' && event.job.job_id === id && isFinished(event.job)) resolve(event.job)
        })
        signal.addEventListener('abort', () => reject(signal.reason), { signal: controller.signal })
        controller.signal.addEventListener('abort', stop)
      })
      try {
        // Whoever asks before it is known is told by the event.
        const found = await Promise.race([end, find(id).then((known) => known?.job)])
        return found && isFinished(found) ? found : await end
      } finally {
        controller.abort()
      }
    },
    proceed: () => {
      for (const lane of lanes.values()) pump(lane)
      announceQueue()
    },
    prepare: () => {
      const lane = lanes.get(deps.likely())
      if (lane) prepareLane(lane)
    },
    recover: async () => {
      const ended = new Set<string>()
      recovering.add(ended)
      try {
        return await takeUpLeft(ended)
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
      for (const lane of lanes.values()) {
        lane.queue = []
        for (const controller of lane.running.values()) controller.abort(SHUTDOWN)
      }
      await Promise.allSettled(work)
      await ends.close()
      for (const lane of lanes.values()) await lane.renderer.close()
      await cancelling.settled()
    },
  }
}
