import { rm } from 'node:fs/promises'
import type { Logger } from 'pino'
import { RushesError } from '../../shared/errors.ts'
import { isFinished, type Job } from '../../shared/job.ts'
import { customModel } from '../../shared/models/custom.ts'
import type { Model } from '../../shared/models/index.ts'
import type { Rendered, RenderContext } from '../../shared/renderer.ts'
import type { Catalogue } from '../models/catalogue.ts'
import { explainDiskError } from '../disk-errors.ts'
import type { BlobStore } from '../store/blobs/blob-store.ts'
import type { FileStore } from '../store/file-store.ts'
import { type Folders, temporaryFolder } from '../store/folders.ts'
import type { JobStore } from '../store/job-store.ts'
import type { TakeStore } from '../store/take-store.ts'
import type { Active, Lane } from './active.ts'
import type { Ends } from './ends.ts'
import type { Finishing } from './finishing.ts'
import { type InputFiles, inputFiles } from './input-files.ts'
import { SHUTDOWN } from './lanes.ts'
import { completed, processing } from './transitions.ts'
import { untilFiles } from './until-files.ts'

export type WorkDeps = {
  active: ReadonlyMap<string, Active>
  jobs: Pick<JobStore, 'recordCloud' | 'update'>
  files: FileStore
  blobs: Pick<BlobStore, 'localCopy'>
  takes: Pick<TakeStore, 'adopt' | 'discard'>
  folders: Folders
  /** Looks how much room there is for results. */
  storage: { look: () => Promise<void> }
  /** Told of a job that this machine's disk has no room for. Answers whether it goes on elsewhere; else it ends. */
  handOn: (id: string) => Promise<boolean>
  /** Resolves when the index knows all that the files say. Rejects with the signal's reason. */
  untilWhole: (signal: AbortSignal) => Promise<void>
  models: Pick<Catalogue, 'find'>
  ends: Pick<Ends, 'durably'>
  finishing: Pick<Finishing, 'finish' | 'finishFailed'>
  announce: (job: Job) => void
  logger: Pick<Logger, 'info'>
  now: () => Date
}

/** Writes down how far the order of a job comes. */
const recordOf =
  ({ jobs, ends }: WorkDeps, entry: Active, signal: AbortSignal): RenderContext['record'] =>
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
const filesFor = async (
  { files, blobs, untilWhole }: WorkDeps,
  { job, cloud }: Active,
  model: Model,
  signal: AbortSignal,
): Promise<InputFiles> => {
  if (cloud?.state === 'sent') return { files: {}, release: () => undefined }
  const fetched = () => untilFiles(() => inputFiles(files, blobs, job, model), signal)
  try {
    return await fetched()
  } catch {
    // Its row may be among those that are still being read.
    await untilWhole(signal)
    return fetched()
  }
}

/** Says that a job is being made, to everybody and on the disk. Answers it as it is then. */
const begin = async (
  { jobs, announce, now }: WorkDeps,
  { renderer }: Lane,
  entry: Active,
): Promise<ReturnType<typeof processing>> => {
  const begun = processing(entry.job, renderer.cancel ? 'submitting' : 'rendering', null, now())
  entry.job = begun
  announce(begun)
  await jobs.update(begun, entry.cloud)
  return begun
}

const contextOf = (deps: WorkDeps, entry: Active, signal: AbortSignal): RenderContext => ({
  signal,
  recorded: entry.cloud,
  record: recordOf(deps, entry, signal),
  onProgress: (progress, phase) => {
    const { job } = entry
    if (signal.aborted || job.status !== 'processing') return
    entry.job = processing(job, phase ?? job.phase, progress ?? job.progress, deps.now())
    deps.announce(entry.job)
  },
})

/** Puts a result away and ends its job. */
const keepResult = async (deps: WorkDeps, entry: Active, rendered: Rendered, signal: AbortSignal): Promise<void> => {
  const { takes, logger, now } = deps
  const { output, result } = await untilFiles(() => takes.adopt(entry.job, rendered), signal)
  if (signal.aborted && signal.reason !== SHUTDOWN) {
    // Cancelled meanwhile, and told so to everybody: what has ended stays as it ended.
    await takes.discard(result)
    throw signal.reason
  }
  logger.info({ job: entry.job.job_id, bytes: output.bytes }, 'job completed')
  await deps.finishing.finish(entry, completed(entry.job, output, now(), rendered.warnings), result)
}

/** Has a job rendered, in a folder of its own. */
const render = async (deps: WorkDeps, lane: Lane, entry: Active, signal: AbortSignal): Promise<void> => {
  const { job_id: id, model: name } = entry.job
  // What Decart alone knew by name went through to it.
  const model = deps.models.find(name) ?? (lane.renderer.offerFor ? customModel(name) : undefined)
  if (!model) throw new RushesError('MODEL_NOT_FOUND', `No model is named ${name}.`)
  const job = await begin(deps, lane, entry)
  signal.throwIfAborted()
  deps.logger.info({ job: id, model: name, renderer: lane.renderer.name }, 'job started')
  const directory = await temporaryFolder(deps.folders, id)
  let inputs: InputFiles | null = null
  try {
    inputs = await filesFor(deps, entry, model, signal)
    const task = { job, model, files: inputs.files, directory }
    const rendered = await lane.renderer.render(task, contextOf(deps, entry, signal))
    signal.throwIfAborted()
    await keepResult(deps, entry, rendered, signal)
  } finally {
    inputs?.release()
    await rm(directory, { recursive: true, force: true })
  }
}

/** Does a job's work: has it rendered, notes how far its order comes, puts its result away, and ends it. */
export const createWork =
  (deps: WorkDeps) =>
  async (lane: Lane, id: string, signal: AbortSignal): Promise<void> => {
    const entry = deps.active.get(id)
    if (!entry || isFinished(entry.job)) return
    try {
      await render(deps, lane, entry, signal)
    } catch (error) {
      // A cancelled job was ended by cancel(), one that begins anew waits again; one stopped by a shutdown goes on at the
      // next start.
      if (isFinished(entry.job) || signal.aborted) return
      const explained = explainDiskError(error)
      // Before the next one runs into it.
      if (explained instanceof RushesError && explained.code === 'DISK_FULL') {
        await deps.storage.look()
        if (await deps.handOn(id)) return
      }
      await deps.finishing.finishFailed(entry, explained)
    }
  }
