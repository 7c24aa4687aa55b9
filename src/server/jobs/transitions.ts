import { randomInt, randomUUID } from 'node:crypto'
import { RushesError } from '../../shared/errors.ts'
import type { Engine, FinishedJob, Job, JobError, JobInputs, JobOutput, Money, RendererName } from '../../shared/job.ts'
import { SEED_MAX } from '../../shared/models/fields.ts'
import type { Batch } from './batch.ts'

/** What a job is, whatever its state. */
type Identity = Pick<
  Job,
  | 'job_id'
  | 'model'
  | 'requested_model'
  | 'idempotency_key'
  | 'renderer'
  | 'owner'
  | 'inputs'
  | 'seed'
  | 'created_at'
  | 'starred'
  | 'warnings'
  | 'name'
  | 'batch_id'
  | 'batch_position'
  | 'batch_size'
  | 'batch_label'
  | 'sources'
  | 'shelves'
  | 'deleted_at'
  | 'engine'
  | 'estimate'
  | 'billed'
>

const identityOf = (job: Job): Identity => ({
  job_id: job.job_id,
  model: job.model,
  requested_model: job.requested_model,
  idempotency_key: job.idempotency_key,
  renderer: job.renderer,
  owner: job.owner,
  inputs: job.inputs,
  seed: job.seed,
  created_at: job.created_at,
  starred: job.starred,
  warnings: job.warnings,
  name: job.name,
  batch_id: job.batch_id,
  batch_position: job.batch_position,
  batch_size: job.batch_size,
  batch_label: job.batch_label,
  sources: job.sources,
  shelves: job.shelves,
  deleted_at: job.deleted_at,
  engine: job.engine,
  estimate: job.estimate,
  billed: job.billed,
})

type Phase = Extract<Job, { status: 'processing' }>['phase']

/** A new job, waiting. Its seed is drawn here when none was given, so that it is on record before any work. */
export const newJob = (asked: {
  model: string
  requestedModel: string
  idempotencyKey: string | null
  renderer: RendererName
  /** The id of the person who asks. */
  owner?: string | null
  inputs: JobInputs
  warnings?: readonly string[]
  engine?: Engine | null
  estimate?: Money | null
  sources?: Readonly<Record<string, string>>
  batch?: Batch | null
  now: Date
}): Job => {
  const { seed } = asked.inputs
  return waiting({
    job_id: `job_${randomUUID().replaceAll('-', '')}`,
    model: asked.model,
    requested_model: asked.requestedModel,
    idempotency_key: asked.idempotencyKey,
    renderer: asked.renderer,
    owner: asked.owner ?? null,
    inputs: asked.inputs,
    seed: typeof seed === 'number' ? seed : randomInt(SEED_MAX + 1),
    created_at: asked.now.toISOString(),
    starred: false,
    warnings: [...(asked.warnings ?? [])],
    name: null,
    batch_id: asked.batch?.id ?? null,
    batch_position: asked.batch?.position ?? null,
    batch_size: asked.batch?.size ?? null,
    batch_label: asked.batch?.label ?? null,
    sources: { ...asked.sources },
    shelves: [],
    deleted_at: null,
    engine: asked.engine ?? null,
    estimate: asked.estimate ?? null,
    billed: null,
  })
}

const waiting = (identity: Identity): Job => ({
  ...identity,
  status: 'pending',
  queue_position: 1,
  progress: null,
  started_at: null,
  finished_at: null,
  output: null,
  error: null,
})

/** Back in the queue, as after a restart. */
export const requeued = (job: Job): Job => waiting({ ...identityOf(job), billed: null })

export const processing = (job: Job, phase: Phase, progress: number | null, now: Date): Job => ({
  ...identityOf(job),
  status: 'processing',
  phase,
  queue_position: null,
  progress,
  started_at: job.started_at ?? now.toISOString(),
  finished_at: null,
  output: null,
  error: null,
})

export const completed = (job: Job, output: JobOutput, now: Date, warnings: readonly string[] = []): FinishedJob => ({
  ...identityOf(job),
  warnings: [...new Set([...job.warnings, ...warnings])],
  // What it came to is what it was thought to; no renderer tells it more exactly.
  billed: job.estimate,
  status: 'completed',
  queue_position: null,
  progress: 1,
  started_at: job.started_at ?? now.toISOString(),
  finished_at: now.toISOString(),
  output,
  error: null,
})

export const failed = (job: Job, error: JobError, now: Date): FinishedJob => ({
  ...identityOf(job),
  billed: error.billed === 'maybe' && job.estimate ? { ...job.estimate, certain: false } : null,
  status: 'failed',
  queue_position: null,
  progress: job.progress,
  started_at: job.started_at,
  finished_at: now.toISOString(),
  output: null,
  error,
})

/**
 * What a person is told of a failure. What is not a RushesError is a defect of ours, and says only that. `ordered`: an
 * order that costs money was taken, so that it may be spent whatever went wrong after.
 */
export const describeFailure = (
  error: unknown,
  { ordered, resumable }: { ordered: boolean; resumable: boolean },
): JobError =>
  error instanceof RushesError
    ? {
        code: error.code,
        message: error.message,
        ...(error.fields ? { fields: error.fields } : {}),
        ...(error.retryAfter === undefined ? {} : { retry_after: error.retryAfter }),
        billed: ordered ? 'maybe' : error.billed,
        resumable,
      }
    : {
        code: 'INTERNAL',
        message: 'Something in Rushes broke while rendering. The server log says what; trying again may work.',
        billed: ordered ? 'maybe' : 'no',
        resumable,
      }
