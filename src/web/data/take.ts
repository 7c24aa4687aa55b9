import type { Job, JobError, JobInputs, JobOutput, RendererName } from '../../shared/job.ts'
import { type AnyModel, findModel } from '../../shared/models/index.ts'
import type { Cancel, OpenAsk } from './asks.ts'

export type TakeState =
  | { name: 'submitting' }
  /** 1 is next. */
  | { name: 'queued'; position: number }
  /** The inputs are on their way to the cloud. */
  | { name: 'sending'; since: number }
  /** `since` in milliseconds since 1970. */
  | { name: 'rendering'; progress: number | null; since: number }
  | { name: 'fetching' }
  | { name: 'cancelling' }
  /** `seconds` is how long it took from start to finish. */
  | { name: 'done'; output: JobOutput; seconds: number }
  | { name: 'failed'; error: JobError; advice: string }
  | { name: 'cancelled'; billed: boolean }
  /** The server may never have heard of it. Asking again under the same key is safe. */
  | { name: 'lost'; message: string }

/** A job as the studio shows it, from the click on. */
export type Take = {
  /** Stable from the click on. */
  id: string
  key: string | null
  jobId: string | null
  modelId: string
  model: AnyModel | undefined
  inputs: JobInputs
  prompt: string
  seed: number | null
  renderer: RendererName
  /** Milliseconds since 1970. */
  createdAt: number
  starred: boolean
  state: TakeState
  /** What went wrong with cancelling it. */
  cancelProblem: string | null
}

/** What to do about a failure, as a sentence. */
const adviceFor = (error: Pick<JobError, 'code' | 'resumable'>): string => {
  if (error.resumable)
    return 'Decart still has the order: fetch the result, which costs nothing more. Retry orders again.'
  switch (error.code) {
    case 'INVALID_API_KEY':
      return 'Check the API key in the server’s settings.'
    case 'INVALID_INPUT':
    case 'TOO_LARGE':
    case 'UNSUPPORTED_MEDIA':
      return 'Change the input and generate again.'
    case 'NETWORK_ERROR':
    case 'TIMEOUT':
    case 'CLOUD_FAILED':
      return 'Try again in a while.'
    case 'RATE_LIMITED':
      return 'Wait a minute, then try again.'
    case 'DISK_FULL':
      return 'Make room on the server’s disk, then try again.'
    case 'NOT_FOUND':
      return 'An input is no longer on the server: add it again.'
    default:
      return 'Try again, or change the prompt.'
  }
}

const stateOf = (job: Job, ask: OpenAsk | undefined, cancel: Cancel | undefined): TakeState => {
  switch (job.status) {
    case 'pending':
      return cancel?.name === 'asked' ? { name: 'cancelling' } : { name: 'queued', position: job.queue_position }
    case 'processing': {
      if (cancel?.name === 'asked') return { name: 'cancelling' }
      const since = Date.parse(job.started_at)
      if (job.phase === 'submitting') return { name: 'sending', since }
      return job.phase === 'fetching' ? { name: 'fetching' } : { name: 'rendering', progress: job.progress, since }
    }
    case 'completed':
      // This page is still bringing the media in; the stage will have it in one piece.
      if (ask) return { name: 'fetching' }
      return {
        name: 'done',
        output: job.output,
        seconds: (Date.parse(job.finished_at) - Date.parse(job.started_at)) / 1000,
      }
    case 'failed':
      return job.error.code === 'CANCELLED'
        ? { name: 'cancelled', billed: job.error.billed === 'maybe' }
        : { name: 'failed', error: job.error, advice: adviceFor(job.error) }
    default:
      return job satisfies never
  }
}

const promptOf = (inputs: JobInputs): string => (typeof inputs['prompt'] === 'string' ? inputs['prompt'] : '')

export const takeOfJob = (job: Job, ask?: OpenAsk, cancel?: Cancel): Take => ({
  id: job.idempotency_key ?? job.job_id,
  key: job.idempotency_key,
  jobId: job.job_id,
  modelId: job.model,
  model: findModel(job.model),
  inputs: job.inputs,
  prompt: promptOf(job.inputs),
  seed: job.seed,
  renderer: job.renderer,
  createdAt: Date.parse(job.created_at),
  starred: job.starred,
  state: stateOf(job, ask, cancel),
  cancelProblem: cancel?.name === 'failed' ? cancel.message : null,
})

/** A take of which no job has been seen yet. */
const takeOfAsk = (ask: OpenAsk): Take => ({
  id: ask.key,
  key: ask.key,
  jobId: ask.jobId,
  modelId: ask.modelId,
  model: findModel(ask.modelId),
  inputs: ask.inputs,
  prompt: promptOf(ask.inputs),
  seed: typeof ask.inputs['seed'] === 'number' ? ask.inputs['seed'] : null,
  renderer: ask.renderer,
  createdAt: ask.startedAt,
  starred: false,
  state: ask.phase.name === 'lost' ? { name: 'lost', message: ask.phase.message } : { name: 'submitting' },
  cancelProblem: null,
})

type Made = { take: Take; ask: OpenAsk | undefined; cancel: Cancel | undefined }
const made = new WeakMap<Job, Made>()

/** The same take for the same job, so that an event about one take leaves the rows of all others alone. */
const sameTake = (job: Job, ask: OpenAsk | undefined, cancel: Cancel | undefined): Take => {
  const before = made.get(job)
  if (before && before.ask === ask && before.cancel === cancel) return before.take
  const take = takeOfJob(job, ask, cancel)
  made.set(job, { take, ask, cancel })
  return take
}

/**
 * All takes, newest first: what was just asked for, then the server's jobs. The key tells them apart, for the first
 * event about a job often comes before the answer that names it.
 */
export const mergeTakes = (
  jobs: readonly Job[],
  asks: readonly OpenAsk[],
  cancels: Readonly<Record<string, Cancel>>,
): Take[] => {
  const known = new Set(jobs.map(({ idempotency_key }) => idempotency_key))
  const asked = asks.filter(({ key }) => !known.has(key)).map(takeOfAsk)
  // An ask whose answer was lost watches no job; if there is one after all, the server's word is all there is.
  const watching = asks.filter(({ phase }) => phase.name !== 'lost')
  const askOf = new Map<string | null, OpenAsk>(watching.map((ask) => [ask.key, ask]))
  return [...asked, ...jobs.map((job) => sameTake(job, askOf.get(job.idempotency_key), cancels[job.job_id]))]
}

export const isRunning = ({ state }: Take): boolean =>
  state.name !== 'done' && state.name !== 'failed' && state.name !== 'cancelled' && state.name !== 'lost'

/** The word that stands for a renderer wherever a result is labelled. */
export const RENDERER_WORDS: Record<RendererName, string> = { local: 'Local draft', decart: 'Decart' }

/** The file that a take was made from: its video or picture, or where a transition began. */
export const sourceIdOf = ({ inputs }: Pick<Take, 'inputs'>): string | null => {
  const id = inputs['data'] ?? inputs['start']
  return typeof id === 'string' ? id : null
}
