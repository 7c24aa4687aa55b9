import type { Engine, Job, JobError, JobInputs, JobOutput, Money, RendererName } from '../../shared/job.ts'
import type { Model } from '../../shared/models/index.ts'
import { adviceFor } from './advice.ts'
import type { BatchPlace, Cancel, OpenSubmission } from './submissions.ts'

import { findModel } from './models.ts'
import { type Counts, queuePositions } from './queue.ts'

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
  model: Model | undefined
  inputs: JobInputs
  prompt: string
  seed: number | null
  renderer: RendererName
  /** The id of the person who asked for it; null where the studio had no accounts, undefined until a job is seen. */
  owner: string | null | undefined
  /** The model that ran, or was announced to run; null where nobody tells. */
  engine: Engine | null
  /** What it is likely to cost, and what went out for it; null where no money is involved. */
  estimate: Money | null
  billed: Money | null
  /** Milliseconds since 1970. */
  createdAt: number
  starred: boolean
  /** What a person calls it. */
  name: string | null
  /** What it was asked for together with. */
  batch: BatchPlace | null
  shelves: readonly string[]
  /** Whether it lies in the bin. */
  binned: boolean
  /** The takes that it was made from: field → job id. */
  sources: Readonly<Record<string, string>>
  /** What was sent along and left out of account. */
  warnings: readonly string[]
  state: TakeState
  /** What went wrong with cancelling it. */
  cancelProblem: string | null
}

const stateOf = (
  job: Job,
  submission: OpenSubmission | undefined,
  cancel: Cancel | undefined,
  position: number | undefined,
): TakeState => {
  switch (job.status) {
    case 'pending':
      return cancel?.name === 'asked'
        ? { name: 'cancelling' }
        : { name: 'queued', position: position ?? job.queue_position }
    case 'processing': {
      if (cancel?.name === 'asked') return { name: 'cancelling' }
      const since = Date.parse(job.started_at)
      if (job.phase === 'submitting') return { name: 'sending', since }
      return job.phase === 'fetching' ? { name: 'fetching' } : { name: 'rendering', progress: job.progress, since }
    }
    case 'completed':
      // This page is still fetching the media; the stage will have it in one piece.
      if (submission) return { name: 'fetching' }
      return {
        name: 'done',
        output: job.output,
        seconds: (Date.parse(job.finished_at) - Date.parse(job.started_at)) / 1000,
      }
    case 'failed':
      return job.error.code === 'CANCELLED'
        ? { name: 'cancelled', billed: job.error.billed === 'maybe' }
        : { name: 'failed', error: job.error, advice: adviceFor(job.error, job.renderer) }
    default:
      return job satisfies never
  }
}

const promptOf = (inputs: JobInputs): string => (typeof inputs['prompt'] === 'string' ? inputs['prompt'] : '')

const batchOf = ({
  batch_id: id,
  batch_position: position,
  batch_size: size,
  batch_label: label,
}: Job): BatchPlace | null => (id === null ? null : { id, position: position ?? 1, size: size ?? 1, label })

/** `position` is where it stands in the queue, where that is known better than the job itself tells. */
export const takeOfJob = (job: Job, submission?: OpenSubmission, cancel?: Cancel, position?: number): Take => ({
  id: job.idempotency_key ?? job.job_id,
  key: job.idempotency_key,
  jobId: job.job_id,
  modelId: job.model,
  model: findModel(job.model),
  inputs: job.inputs,
  prompt: promptOf(job.inputs),
  seed: job.seed,
  renderer: job.renderer,
  owner: job.owner,
  engine: job.output?.engine ?? job.engine,
  estimate: job.estimate,
  billed: job.billed,
  createdAt: Date.parse(job.created_at),
  starred: job.starred,
  name: job.name,
  batch: batchOf(job),
  shelves: job.shelves,
  binned: job.deleted_at !== null,
  sources: job.sources,
  warnings: job.warnings,
  state: stateOf(job, submission, cancel, position),
  cancelProblem: cancel?.name === 'failed' ? cancel.message : null,
})

/** A take of which no job has been seen yet. */
const takeOfSubmission = (submission: OpenSubmission): Take => ({
  id: submission.key,
  key: submission.key,
  jobId: submission.jobId,
  modelId: submission.modelId,
  model: findModel(submission.modelId),
  inputs: submission.inputs,
  prompt: promptOf(submission.inputs),
  seed: typeof submission.inputs['seed'] === 'number' ? submission.inputs['seed'] : null,
  renderer: submission.renderer,
  owner: undefined,
  engine: submission.engine === null ? null : { name: submission.engine },
  estimate: null,
  billed: null,
  createdAt: submission.startedAt,
  starred: false,
  name: null,
  batch: submission.batch,
  shelves: [],
  binned: false,
  sources: {},
  warnings: [],
  state:
    submission.phase.name === 'lost' ? { name: 'lost', message: submission.phase.message } : { name: 'submitting' },
  cancelProblem: null,
})

type Made = {
  take: Take
  submission: OpenSubmission | undefined
  cancel: Cancel | undefined
  position: number | undefined
}
const made = new WeakMap<Job, Made>()

/** The same take for the same job, so that an event about one take leaves the rows of all others alone. */
const sameTake = (job: Job, from: Omit<Made, 'take'>): Take => {
  const before = made.get(job)
  const { submission, cancel, position } = from
  const isSame = before && before.submission === submission && before.cancel === cancel && before.position === position
  // The server may have told meanwhile of a model that was unknown before.
  if (isSame && before.take.model === findModel(job.model)) return before.take
  const take = takeOfJob(job, submission, cancel, position)
  made.set(job, { ...from, take })
  return take
}

/**
 * All takes, newest first: what was just asked for, then the server's jobs. The key tells them apart, for the first
 * event about a job often comes before the answer that names it.
 */
export const mergeTakes = (
  jobs: readonly Job[],
  submissions: readonly OpenSubmission[],
  cancels: Readonly<Record<string, Cancel>>,
  totals: Counts = {},
): Take[] => {
  const known = new Set(jobs.map(({ idempotency_key }) => idempotency_key))
  const asked = submissions.filter(({ key }) => !known.has(key)).map(takeOfSubmission)
  // A submission whose answer was lost watches no job; if there is one after all, only the server's state counts.
  const watching = submissions.filter(({ phase }) => phase.name !== 'lost')
  const submissionOf = new Map<string | null, OpenSubmission>(
    watching.map((submission) => [submission.key, submission]),
  )
  const positions = queuePositions(jobs, totals)
  const takeOf = (job: Job) =>
    sameTake(job, {
      submission: submissionOf.get(job.idempotency_key),
      cancel: cancels[job.job_id],
      position: positions.get(job.job_id),
    })
  return [...asked, ...jobs.map(takeOf)]
}

export const isRunning = ({ state }: Take): boolean =>
  state.name !== 'done' && state.name !== 'failed' && state.name !== 'cancelled' && state.name !== 'lost'

/** The file that a take was made from: its video or picture, or where a transition began. */
export const sourceIdOf = ({ inputs }: Pick<Take, 'inputs'>): string | null => {
  const id = inputs['data'] ?? inputs['start']
  return typeof id === 'string' ? id : null
}
