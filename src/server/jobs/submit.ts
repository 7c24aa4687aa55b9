import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import { aboutField, RushesError } from '../../shared/errors.ts'
import { type Job, type JobInputs, jobInputsSchema } from '../../shared/job.ts'
import type { FileResource } from '../../shared/media.ts'
import { checkInputs, readFormValues } from '../../shared/models/check.ts'
import { mediaFieldsOf } from '../../shared/models/describe.ts'
import { isHttpUrl, type MediaKind } from '../../shared/models/file-input.ts'
import { type AnyModel, findModel } from '../../shared/models/index.ts'
import { readForm } from '../http/read-form.ts'
import { importFile } from '../import-file.ts'
import type { ImportUrl } from '../import-url.ts'
import type { FileStore } from '../store/file-store.ts'
import type { JobStore } from '../store/job-store.ts'
import { checkForCloud, chooseRenderer } from './choose-renderer.ts'
import type { Runner } from './runner.ts'
import { newJob } from './transitions.ts'

/** Bytes that came inside a submission are kept this long unless a job uses them. Decart's own default. */
const INLINE_FILE_TTL_MS = 24 * 60 * 60 * 1000

export type Submission = {
  model: string
  headers: IncomingHttpHeaders
  body: Readable
  renderer: string | undefined
  idempotencyKey: string | null
  signal: AbortSignal
}

export type SubmitDeps = {
  jobs: JobStore
  files: FileStore
  runner: Runner
  importUrl: ImportUrl
  hasKey: boolean
  now: () => Date
}

export type Submitter = {
  /** Takes in a submission: reads, checks, stores the intent, queues. The same key gives the same job. */
  submit: (submission: Submission) => Promise<Job>
  /** Ends the submissions with that key whose inputs are still coming in: no job comes of them. True if there were any. */
  abandon: (idempotencyKey: string) => boolean
}

export const createSubmitter = (deps: SubmitDeps): Submitter => {
  const underway = new Map<AbortController, string>()

  const create = async (submission: Submission, abandoned: AbortSignal): Promise<Job> => {
    const model = requireModel(submission.model)
    const renderer = chooseRenderer(submission.renderer, model, deps.hasKey)
    const inputs = await readInputs(deps, model, submission, AbortSignal.any([submission.signal, abandoned]))
    // Somebody may have been told so while the last bytes were put away. From here on nothing waits.
    abandoned.throwIfAborted()
    requireFiles(deps, model, inputs)
    if (renderer === 'decart') checkForCloud(model, inputs, submission.model)
    const { model: requestedModel, idempotencyKey } = submission
    const job = newJob({ model: model.id, requestedModel, idempotencyKey, renderer, inputs, now: deps.now() })
    const { stored, isNew } = deps.jobs.add(job)
    if (isNew) deps.runner.enqueue(stored.job)
    return deps.jobs.get(stored.job.job_id)?.job ?? stored.job
  }

  return {
    submit: async (submission) => {
      const key = submission.idempotencyKey
      const earlier = key === null ? undefined : deps.jobs.getByKey(key)
      if (earlier) return deps.runner.current(earlier)
      // Two with one key are both read, and the first that is whole makes the job. To wait for the other instead would
      // be to wait for a connection that is dead perhaps, which is why the client asks again.
      const controller = new AbortController()
      if (key !== null) underway.set(controller, key)
      try {
        return await create(submission, controller.signal)
      } finally {
        underway.delete(controller)
      }
    },
    abandon: (key) => {
      const found = [...underway].filter(([, each]) => each === key)
      for (const [controller] of found) controller.abort(new RushesError('CANCELLED', 'The submission was cancelled.'))
      return found.length > 0
    },
  }
}

/** Throws where a file was forgotten while the other inputs came in. Once a job has it, it stays. */
const requireFiles = ({ files }: SubmitDeps, model: AnyModel, inputs: JobInputs): void => {
  for (const name of mediaFieldsOf(model).keys()) {
    const id = inputs[name]
    if (typeof id !== 'string' || files.get(id)) continue
    const text = 'was removed while the request came in'
    throw new RushesError('NOT_FOUND', `${name} ${text}.`, { fields: { [name]: text } })
  }
}

/** The model of that name, or a failure that says where the names are. */
const requireModel = (name: string): AnyModel => {
  const model = findModel(name)
  if (model) return model
  throw new RushesError('MODEL_NOT_FOUND', `No model is named ${name.slice(0, 80)}. GET /v1/models lists them all.`)
}

const readInputs = async (
  deps: SubmitDeps,
  model: AnyModel,
  submission: Submission,
  signal: AbortSignal,
): Promise<JobInputs> => {
  const kinds = mediaFieldsOf(model)
  const expiresAt = new Date(deps.now().getTime() + INLINE_FILE_TTL_MS).toISOString()
  const form = await readForm(submission.headers, submission.body, new Set(kinds.keys()), (name, stream, filename) =>
    deps.files.receive(stream, { filename, wants: kinds.get(name) ?? null, expiresAt }, signal),
  )
  const ids = Object.fromEntries(Object.entries(form.files).map(([name, { id }]) => [name, id]))
  // An optional file that was not chosen comes as an empty text.
  const texts = Object.entries(form.values).filter(([name, text]) => !(kinds.has(name) && text === ''))
  const checked = checkInputs(model, { ...readFormValues(model, Object.fromEntries(texts)), ...ids }, submission.model)
  if (!checked.ok) throw new RushesError('INVALID_INPUT', checked.message, { fields: checked.fields })
  const values: Record<string, unknown> = { ...checked.value }
  for (const [name, kind] of kinds) {
    const value = values[name]
    if (typeof value === 'string') values[name] = (await bring(deps, name, kind, value, expiresAt, signal)).id
  }
  for (const [name, value] of Object.entries(values)) if (value === undefined) delete values[name]
  return jobInputsSchema.parse(values)
}

/** The stored file that a text names: an id as it is, a URL imported. */
const bring = async (
  deps: SubmitDeps,
  field: string,
  kind: MediaKind,
  value: string,
  expiresAt: string,
  signal: AbortSignal,
): Promise<FileResource> => {
  try {
    if (isHttpUrl(value)) return await importFile(deps, value, { wants: kind, expiresAt }, signal)
    const file = deps.files.get(value)
    if (!file) throw new RushesError('NOT_FOUND', `there is no file ${value.slice(0, 60)}; it may have expired`)
    if (file.media.kind !== kind)
      throw new RushesError(
        'UNSUPPORTED_MEDIA',
        `this is ${file.media.kind === 'image' ? 'an image' : 'a video'}; the field wants ${kind === 'image' ? 'an image' : 'a video'}`,
      )
    return file
  } catch (error) {
    throw aboutField(field, error)
  }
}
