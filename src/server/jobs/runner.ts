import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { RushesError } from '../../shared/errors.ts'
import { type FinishedJob, isFinished, type Job, RENDERERS, type RendererName } from '../../shared/job.ts'
import { mediaFieldsOf } from '../../shared/models/describe.ts'
import { findModel } from '../../shared/models/index.ts'
import type { InputFile, Renderer } from '../../shared/renderer.ts'
import type { FileStore } from '../store/file-store.ts'
import { explainDiskError, type Folders } from '../store/folders.ts'
import type { JobStore, StoredJob } from '../store/job-store.ts'
import type { TakeStore } from '../store/take-store.ts'
import { createStar } from './star.ts'
import { completed, describeFailure, failed, processing, requeued } from './transitions.ts'

/** The reason with which a shutdown ends renders. Their jobs stay as they are on disk and go on at the next start. */
const SHUTDOWN = Symbol('shutdown')

export type JobListener = (job: Job) => void

export type Runner = {
  /** Queues a job that the store holds. */
  enqueue: (job: Job) => void
  /** The job with its latest progress, which is kept in memory alone. */
  current: (stored: StoredJob) => Job
  /** Ends a job's work. Answers the job as it then is; one that was finished stays as it was. */
  cancel: (id: string) => Job | undefined
  /** Takes up a failed job whose order still stands in the cloud. */
  resume: (id: string) => Job
  /** Stars a completed job, or takes its star away. */
  star: (id: string, starred: boolean) => Promise<Job>
  /** Resolves when the job has finished. */
  wait: (id: string, signal: AbortSignal) => Promise<FinishedJob>
  /** Calls back on every change of any job, until the returned function is called. */
  subscribe: (listener: JobListener) => () => void
  /** Told that somebody has opened the studio: gets ready for the first job. */
  prepare: () => void
  /** Takes up what a stopped server left unfinished. */
  recover: () => number
  close: () => Promise<void>
}

type Lane = { renderer: Renderer; queue: string[]; running: Map<string, AbortController> }

export const createRunner = (deps: {
  jobs: JobStore
  files: FileStore
  takes: TakeStore
  folders: Folders
  renderers: Record<RendererName, Renderer | null>
  logger: Logger
  now?: () => Date
}): Runner => {
  const { jobs, files, takes, folders, logger } = deps
  const now = deps.now ?? (() => new Date())
  const listeners = new Set<JobListener>()
  const live = new Map<string, Job>()
  /** Ends of jobs that a full disk would not take. They are written as soon as it does. */
  const unwritten = new Map<string, Job>()
  const work = new Set<Promise<void>>()
  let closed = false
  const lanes = new Map<RendererName, Lane>()
  for (const name of RENDERERS) {
    const renderer = deps.renderers[name]
    if (renderer) lanes.set(name, { renderer, queue: [], running: new Map() })
  }

  const current = ({ job }: StoredJob): Job => live.get(job.job_id) ?? job

  const announce = (job: Job): void => {
    for (const listener of listeners) listener(job)
  }

  const announceQueue = (lane: Lane): void => {
    for (const id of lane.queue) {
      const stored = jobs.get(id)
      if (stored) announce(stored.job)
    }
  }

  /** Writes a job's state to disk and tells everybody. */
  const settle = (job: Job): void => {
    jobs.update(job)
    unwritten.delete(job.job_id)
    if (job.status === 'processing') live.set(job.job_id, job)
    else live.delete(job.job_id)
    announce(job)
    writeEnds()
  }

  const writeEnds = (): void => {
    for (const [id, job] of unwritten) {
      jobs.update(job)
      unwritten.delete(id)
      live.delete(id)
    }
  }

  /** Ends a job. One that cannot be written down has ended all the same: its work stops and everybody is told. */
  const settleEnd = (job: FinishedJob): void => {
    try {
      settle(job)
    } catch (error) {
      logger.error({ err: error, job: job.job_id }, 'the end of a job could not be written down')
      if (jobs.get(job.job_id)?.job.status === job.status) return
      unwritten.set(job.job_id, job)
      live.set(job.job_id, job)
      announce(job)
    }
  }

  const finishFailed = (job: Job, error: unknown): void => {
    const cloud = jobs.get(job.job_id)?.cloud ?? null
    const cancelled = error instanceof RushesError && error.code === 'CANCELLED'
    // An order that the cloud itself failed is over; any other that has an id can still be fetched.
    const overThere = error instanceof RushesError && error.code === 'PROCESSING_ERROR'
    const ordered = cloud?.state === 'sent'
    const failure = failed(job, describeFailure(error, { ordered, resumable: ordered && !overThere }), now())
    logger.info({ job: job.job_id, code: failure.error?.code, cancelled }, 'job failed')
    if (failure.error?.code === 'INTERNAL') logger.error({ err: error, job: job.job_id }, 'render broke')
    settleEnd(failure)
  }

  const inputFiles = (job: Job): Record<string, InputFile> => {
    const model = findModel(job.model)
    const fields = model ? [...mediaFieldsOf(model).keys()] : []
    const found: Record<string, InputFile> = {}
    for (const field of fields) {
      const id = job.inputs[field]
      if (typeof id !== 'string') continue
      const file = files.input(id)
      if (!file) throw new RushesError('NOT_FOUND', `The file of ${field} is gone from the data folder.`)
      found[field] = file
    }
    return found
  }

  const render = async (lane: Lane, queued: Job, signal: AbortSignal): Promise<void> => {
    const directory = join(folders.temporary, queued.job_id)
    const model = findModel(queued.model)
    if (!model) throw new RushesError('MODEL_NOT_FOUND', `No model is named ${queued.model}.`)
    const recorded = jobs.get(queued.job_id)?.cloud ?? null
    let job = processing(queued, lane.renderer.name === 'decart' ? 'submitting' : 'rendering', null, now())
    settle(job)
    logger.info({ job: job.job_id, model: job.model, renderer: lane.renderer.name }, 'job started')
    try {
      await mkdir(directory, { recursive: true })
      signal.throwIfAborted()
      const rendered = await lane.renderer.render(
        { job, model, files: inputFiles(job), directory },
        {
          signal,
          recorded,
          record: (cloud) => jobs.recordCloud(job.job_id, cloud),
          onProgress: (progress, phase) => {
            if (signal.aborted || job.status !== 'processing') return
            job = processing(job, phase ?? job.phase, progress ?? job.progress, now())
            live.set(job.job_id, job)
            announce(job)
          },
        },
      )
      signal.throwIfAborted()
      const { output, result } = await takes.adopt(job, rendered)
      const done = completed(job, output, now())
      await takes.describe(done, result)
      if (signal.aborted && signal.reason !== SHUTDOWN) {
        // Cancelled meanwhile, and told so to everybody: what has ended stays as it ended.
        await takes.discard(result)
        throw signal.reason
      }
      jobs.complete(done, result)
      live.delete(done.job_id)
      logger.info({ job: done.job_id, bytes: output.bytes }, 'job completed')
      announce(done)
    } finally {
      await rm(directory, { recursive: true, force: true })
    }
  }

  const run = async (lane: Lane, id: string): Promise<void> => {
    const controller = new AbortController()
    lane.running.set(id, controller)
    const stored = jobs.get(id)
    try {
      if (stored && !isFinished(stored.job)) await render(lane, stored.job, controller.signal)
    } catch (error) {
      const job = live.get(id) ?? jobs.get(id)?.job
      // A cancelled job was settled by cancel(); one stopped by a shutdown goes on at the next start.
      if (job && !isFinished(job) && !controller.signal.aborted) finishFailed(job, explainDiskError(error))
    } finally {
      lane.running.delete(id)
      pump(lane)
      if (!closed) prepareLane(lane)
    }
  }

  const pump = (lane: Lane): void => {
    let moved = false
    while (lane.running.size < lane.renderer.concurrency) {
      // A job that goes on waits until its cancelled run has ended: the two would share a folder.
      const next = lane.queue.findIndex((queued) => !lane.running.has(queued))
      const [id] = next === -1 ? [] : lane.queue.splice(next, 1)
      if (id === undefined) break
      moved = true
      const running = run(lane, id)
      work.add(running)
      void running.finally(() => work.delete(running))
    }
    if (moved) announceQueue(lane)
  }

  /** Where jobs run, getting ready for another would slow them. */
  const prepareLane = (lane: Lane): void => {
    if (lane.running.size === 0 && lane.queue.length === 0) void lane.renderer.prepare?.()
  }

  const enqueue = (job: Job): void => {
    const lane = lanes.get(job.renderer)
    if (!lane) {
      const billed = jobs.get(job.job_id)?.cloud ? 'maybe' : 'no'
      const text = 'This job wants Decart, and no DECART_API_KEY is set.'
      finishFailed(job, new RushesError('INVALID_API_KEY', text, { billed }))
      return
    }
    lane.queue.push(job.job_id)
    announce(job)
    pump(lane)
  }

  const cancel = (id: string): Job | undefined => {
    const stored = jobs.get(id)
    if (!stored) return undefined
    const job = current(stored)
    const lane = lanes.get(job.renderer)
    if (isFinished(job)) return job
    const mayBeBilled = job.renderer === 'decart' && stored.cloud !== null
    const reason = new RushesError(
      'CANCELLED',
      mayBeBilled ? 'Cancelled. Decart cannot stop the order: it may still be billed.' : 'Cancelled.',
      { billed: mayBeBilled ? 'maybe' : 'no' },
    )
    if (lane) lane.queue = lane.queue.filter((queued) => queued !== id)
    finishFailed(job, reason)
    lane?.running.get(id)?.abort(reason)
    if (lane) announceQueue(lane)
    return live.get(id) ?? jobs.get(id)?.job
  }

  return {
    enqueue,
    current,
    cancel,
    resume: (id) => {
      const stored = jobs.get(id)
      if (!stored) throw new RushesError('NOT_FOUND', `There is no job ${id}.`)
      const before = current(stored)
      if (before.status !== 'failed' || !before.error.resumable)
        throw new RushesError('NOT_READY', 'Only a failed job whose order still stands in the cloud can go on.')
      const job = requeued(before)
      settle(job)
      enqueue(job)
      return jobs.get(id)?.job ?? job
    },
    star: createStar({ jobs, takes, announce }),
    wait: (id, signal) =>
      new Promise((resolve, reject) => {
        const stop = (): void => {
          listeners.delete(listener)
          signal.removeEventListener('abort', abort)
        }
        const listener: JobListener = (job) => {
          if (job.job_id !== id || !isFinished(job)) return
          stop()
          resolve(job)
        }
        const abort = (): void => {
          stop()
          reject(signal.reason)
        }
        if (signal.aborted) return abort()
        const stored = jobs.get(id)
        const job = stored && current(stored)
        if (job && isFinished(job)) return resolve(job)
        listeners.add(listener)
        signal.addEventListener('abort', abort, { once: true })
      }),
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    prepare: () => {
      const lane = lanes.get('decart') ?? lanes.get('local')
      if (lane) prepareLane(lane)
    },
    recover: () => {
      const ids = jobs.unfinished()
      const left = ids.flatMap((id) => jobs.get(id)?.job ?? []).map(requeued)
      for (const job of left) settle(job)
      for (const job of left) enqueue(job)
      return left.length
    },
    close: async () => {
      closed = true
      for (const lane of lanes.values()) {
        lane.queue = []
        for (const controller of lane.running.values()) controller.abort(SHUTDOWN)
      }
      await Promise.allSettled(work)
      try {
        writeEnds()
      } catch (error) {
        logger.error({ err: error }, 'the ends of jobs could not be written down')
      }
      for (const lane of lanes.values()) await lane.renderer.close()
    },
  }
}
