import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import { aboutField, RushesError } from '../../shared/errors.ts'
import { type Job, type JobInputs, jobInputsSchema, type Money } from '../../shared/job.ts'
import type { FileResource } from '../../shared/media.ts'
import { checkInputs, readFormValues, withDefaults } from '../../shared/models/check.ts'
import { customModel, fileInputsOf, isJobId, isModelName } from '../../shared/models/custom.ts'
import { fieldsOf, mediaFieldsOf } from '../../shared/models/describe.ts'
import { isHttpUrl, type MediaKind } from '../../shared/models/file-input.ts'
import { RESOLUTIONS } from '../../shared/models/fields.ts'
import type { Model } from '../../shared/models/index.ts'
import { MAX_EDIT_SECONDS } from '../../shared/media.ts'
import type { Renderer } from '../../shared/renderer.ts'
import type { Offer, RendererStatus } from '../../shared/renderers.ts'
import { withoutControls } from '../http/file-name.ts'
import { readForm } from '../http/read-form.ts'
import { importFile } from '../import-file.ts'
import type { ImportUrl } from '../import-url.ts'
import { ANYBODY, requireSeen, type Viewer } from '../people/viewer.ts'
import type { FileStore } from '../store/file-store.ts'
import type { JobStore } from '../store/job-store.ts'
import { NotWhole } from '../store/job-writes.ts'
import { kindProblem } from '../store/media-kind.ts'
import { MissingFiles } from '../store/require-files.ts'
import type { Catalogue } from '../models/catalogue.ts'
import { readCustomInputs } from '../models/read-custom-inputs.ts'
import type { Batch } from './batch.ts'
import { checkOffer, chooseRenderer } from './choose-renderer.ts'
import type { Runner } from './runner.ts'
import { estimateOf, type Ledger } from './spending.ts'
import type { TakeFiles } from './take-files.ts'
import { newJob } from './transitions.ts'

/** Bytes that came inside a submission are kept this long unless a job uses them. Decart's own default. */
const INLINE_FILE_TTL_MS = 24 * 60 * 60 * 1000

const inlineExpiry = (now: Date): string => new Date(now.getTime() + INLINE_FILE_TTL_MS).toISOString()

export type Submission = {
  model: string
  headers: IncomingHttpHeaders
  body: Readable
  renderer: string | undefined
  engine?: string | undefined
  idempotencyKey: string | null
  /** Who asks for it. */
  viewer?: Viewer
  /** What it is asked for together with. */
  batch?: Batch | null
  signal: AbortSignal
}

export type SubmitDeps = {
  jobs: JobStore
  files: FileStore
  takeFiles: Pick<TakeFiles, 'of'>
  runner: Runner
  importUrl: ImportUrl
  /** In the order in which they are asked whether they are ready for a model. */
  renderers: readonly Renderer[]
  models: Catalogue
  ledger: Pick<Ledger, 'within'>
  /** Resolves when the index knows all that the files say. Rejects with the signal's reason. */
  untilWhole: (signal: AbortSignal) => Promise<void>
  now: () => Date
}

export type Submitter = {
  /** Takes in a submission: reads, checks, stores the intent, queues. The same key gives the same job. */
  submit: (submission: Submission) => Promise<Job>
  /**
   * Ends the submissions with that key whose inputs are still coming in: no job of theirs goes on. Resolves, with whether
   * there were any, when none of them is just being written down.
   */
  abandon: (idempotencyKey: string, owner: string | null) => Promise<boolean>
}

/** A submission with a key, from its arrival until its job is written down. `adding` is that last part of it. */
type Underway = { key: string; owner: string | null; controller: AbortController; adding: Promise<unknown> }

/** The index may be replaced at any time: that its key is new is looked at in the same transaction. */
const putIn = async (
  { jobs, untilWhole }: SubmitDeps,
  job: Job,
  abandoned: AbortSignal,
): ReturnType<JobStore['add']> => {
  for (;;)
    try {
      return await jobs.add(job)
    } catch (error) {
      if (error instanceof MissingFiles) throw missingFiles(error, job.inputs)
      if (!(error instanceof NotWhole)) throw error
      await untilWhole(abandoned)
    }
}

/** Writes the job down and queues it, or answers the one that its key has made before. */
const add = async (deps: SubmitDeps, job: Job, abandoned: AbortSignal): Promise<Job> => {
  const { runner } = deps
  const { stored, isNew } = await putIn(deps, job, abandoned)
  if (!isNew) return runner.goOn(stored)
  runner.enqueue(stored)
  // It was abandoned while it was written down: it ends before anything is done for it.
  if (abandoned.aborted) {
    await runner.cancel(job.job_id)
    throw abandoned.reason
  }
  return runner.current(stored.job)
}

/** The job that the key of a submission has made before. Which keys there were is known once all takes are. */
const findEarlier = async (
  { jobs, runner, untilWhole }: SubmitDeps,
  key: string | null,
  owner: string | null,
  signal: AbortSignal,
): Promise<Job | undefined> => {
  if (key === null) return undefined
  await untilWhole(signal)
  const earlier = await jobs.getByKey(key, owner)
  return earlier && runner.goOn(earlier)
}

/** Throws where who asks may not use a model. */
const requireModel = ({ models }: Viewer, { id }: Model, asked: string): void => {
  if (models !== null && !models.includes(asked) && !models.includes(id))
    throw new RushesError('FORBIDDEN', `This client token is for other models than ${asked.slice(0, 80)}.`)
}

/**
 * Reads the inputs of a submission. Two with one key are both read, and the first that is whole makes the job. To wait for
 * the other instead would be to wait for a connection that is dead perhaps, which is why the client asks again.
 */
const readSubmitted = (
  deps: SubmitDeps,
  model: Model,
  submission: Submission,
  viewer: Viewer,
  signal: AbortSignal,
): Promise<{ inputs: JobInputs; warnings: string[] }> => {
  // A take stands for a file where whoever asks may see it.
  const takeFiles = { of: (id: string) => deps.takeFiles.of(id, (job) => requireSeen(viewer, job)) }
  const seen = { ...deps, takeFiles }
  return model.loose
    ? readCustomInputs(seen, { ...submission, expiresAt: inlineExpiry(deps.now()) }, signal)
    : readInputs(seen, model, submission, signal)
}

/** What a job is likely to cost by that offer. */
const estimateFor = async (
  deps: SubmitDeps,
  offer: Offer,
  { model, inputs }: { model: Model; inputs: JobInputs },
  statuses: readonly RendererStatus[],
): Promise<Money | null> => {
  const asked = {
    resolution: RESOLUTIONS.find((each) => each === inputs['resolution']),
    seconds: await lengthOf(deps, model, inputs),
  }
  return estimateOf(offer, model, asked, { models: deps.models.list(), statuses })
}

/** Makes a submission a job, written down and queued. */
const create = async (deps: SubmitDeps, submission: Submission, entry: Underway): Promise<Job> => {
  const { model: requestedModel, idempotencyKey, batch = null, viewer = ANYBODY } = submission
  const owner = viewer.person?.id ?? null
  const { signal: abandoned } = entry.controller
  const signal = AbortSignal.any([submission.signal, abandoned])
  const earlier = await findEarlier(deps, idempotencyKey, owner, signal)
  if (earlier) return earlier
  const model = modelFor(deps, requestedModel, submission.renderer)
  requireModel(viewer, model, requestedModel)
  const choice = await chooseRenderer(submission.renderer, model, deps.renderers, submission.engine)
  const { renderer, offer } = choice
  const { inputs, warnings } = await readSubmitted(deps, model, submission, viewer, signal)
  abandoned.throwIfAborted()
  const statuses = deps.renderers.map((each) => each.status())
  if (!model.loose)
    checkOffer(choice, statuses.find(({ name }) => name === renderer)?.title ?? renderer, inputs, requestedModel)
  const { licence: _, ...engine } = offer.engine
  const estimate = await estimateFor(deps, offer, { model, inputs }, statuses)
  const job = newJob({
    model: model.id,
    requestedModel,
    idempotencyKey,
    renderer,
    owner,
    inputs,
    warnings,
    engine,
    estimate,
    batch,
    sources: await sourcesOf(deps, model, inputs),
    now: deps.now(),
  })
  const adding = deps.ledger.within(estimate, viewer.person, () => add(deps, job, abandoned))
  entry.adding = adding.catch(() => undefined)
  return adding
}

/** Takes submissions in, and remembers those that are on the way. */
export const createSubmitter = (deps: SubmitDeps): Submitter => {
  const underway = new Set<Underway>()
  return {
    submit: async (submission) => {
      const { idempotencyKey: key } = submission
      const owner = submission.viewer?.person?.id ?? null
      const entry = { key: key ?? '', owner, controller: new AbortController(), adding: Promise.resolve() }
      if (key !== null) underway.add(entry)
      try {
        return await create(deps, submission, entry)
      } finally {
        underway.delete(entry)
      }
    },
    abandon: async (key, owner) => {
      const found = [...underway].filter((each) => each.key === key && each.owner === owner)
      for (const { controller } of found)
        controller.abort(new RushesError('CANCELLED', 'The submission was cancelled.'))
      await Promise.all(found.map(({ adding }) => adding))
      return found.length > 0
    },
  }
}

/** A file was forgotten, or has expired, while the other inputs came in. Once a job has it, it stays. */
const missingFiles = ({ ids }: MissingFiles, inputs: JobInputs): RushesError => {
  const text = 'was removed while the request came in'
  const fields = Object.entries(inputs).flatMap(([name, value]) => (ids.some((id) => id === value) ? [name] : []))
  return new RushesError('NOT_FOUND', `${fields.join(', ')} ${text}.`, {
    fields: Object.fromEntries(fields.map((name) => [name, text])),
  })
}

/**
 * The model of that name, or a failure that says where the names are. A name that nobody here knows goes through to who
 * takes any, as Decart does, where that is chosen or would be.
 */
const modelFor = ({ models, renderers }: SubmitDeps, name: string, asked: string | undefined): Model => {
  const model = models.find(name)
  if (model) return model
  if (isModelName(name)) {
    const custom = customModel(name)
    const wanted = asked === undefined || asked === '' ? renderers : renderers.filter((each) => each.name === asked)
    const takes = wanted.some((each) => each.status().state !== 'off' && each.offerFor?.(custom))
    if (takes) return custom
  }
  throw new RushesError('MODEL_NOT_FOUND', `No model is named ${name.slice(0, 80)}. GET /v1/models lists them all.`)
}

/** Seconds of the clip that an edit changes; undefined where a model makes its own. */
const lengthOf = async ({ files }: SubmitDeps, model: Model, inputs: JobInputs): Promise<number | undefined> => {
  const source = [...mediaFieldsOf(model)].find(([, kind]) => kind === 'video')?.[0]
  const id = source === undefined ? undefined : inputs[source]
  const file = typeof id === 'string' ? await files.get(id) : undefined
  return file?.media.duration === null || file === undefined
    ? undefined
    : Math.min(MAX_EDIT_SECONDS, file.media.duration)
}

const readInputs = async (
  deps: SubmitDeps,
  model: Model,
  submission: Submission,
  signal: AbortSignal,
): Promise<{ inputs: JobInputs; warnings: string[] }> => {
  const kinds = mediaFieldsOf(model)
  const files = new Set(kinds.keys())
  const texts = new Set(fieldsOf(model).flatMap(({ name }) => (files.has(name) ? [] : [name])))
  const expiresAt = inlineExpiry(deps.now())
  const form = await readForm(
    submission.headers,
    submission.body,
    { files, texts },
    (name, stream, filename) =>
      deps.files.receive(stream, { filename, wants: kinds.get(name) ?? null, expiresAt }, signal),
    signal,
  )
  const ids = Object.fromEntries(Object.entries(form.files).map(([name, { id }]) => [name, id]))
  const checked = checkInputs(model, { ...readFormValues(model, form.values), ...ids }, submission.model)
  if (!checked.ok) throw new RushesError('INVALID_INPUT', checked.message, { fields: checked.fields })
  const values: Record<string, unknown> = { ...checked.value }
  for (const [name, kind] of kinds) {
    const value = values[name]
    if (typeof value === 'string')
      values[name] = (await bring(deps, { field: name, kind, value }, expiresAt, signal)).id
  }
  for (const [name, value] of Object.entries(values)) if (value === undefined) delete values[name]
  return {
    inputs: jobInputsSchema.parse(withDefaults(model, values)),
    warnings: form.unknown.map((name) => leftOut(name, submission.model)),
  }
}

/** What a job says of a part that its model has no field for. */
const leftOut = (name: string, model: string): string => {
  const shown = withoutControls(name).slice(0, 80)
  return shown === ''
    ? 'A part without a name was left out.'
    : `${shown} is not a field of ${model.slice(0, 80)}: it was left out.`
}

/** The jobs whose takes its inputs are, by field. */
const sourcesOf = async ({ files }: SubmitDeps, model: Model, inputs: JobInputs): Promise<Record<string, string>> => {
  const sources: Record<string, string> = {}
  for (const { name, id } of fileInputsOf(model, inputs)) {
    const file = await files.get(id)
    if (file?.job_id) sources[name] = file.job_id
  }
  return sources
}

/** A text that stands for the file of a field. */
type NamedFile = { field: string; kind: MediaKind; value: string }

/** The stored file that a text names: an id as it is, a job's take as a file, a URL imported. */
const bring = async (
  deps: SubmitDeps,
  { field, kind, value }: NamedFile,
  expiresAt: string,
  signal: AbortSignal,
): Promise<FileResource> => {
  try {
    if (isHttpUrl(value)) return await importFile(deps, value, { wants: kind, expiresAt }, signal)
    const file = isJobId(value) ? await deps.takeFiles.of(value) : await deps.files.get(value)
    if (!file) throw new RushesError('NOT_FOUND', `there is no file ${value.slice(0, 60)}; it may have expired`)
    const problem = kindProblem(kind, [file.media.kind])
    if (problem !== null) throw new RushesError('UNSUPPORTED_MEDIA', problem)
    return file
  } catch (error) {
    throw aboutField(field, error)
  }
}
