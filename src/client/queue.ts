import type { z } from 'zod'
import type { Engine, RendererName } from '../shared/job.ts'
import type { InputSchema } from '../shared/models/define.ts'
import {
  BATCH_HEADER,
  BATCH_LABEL_HEADER,
  BATCH_PLACE_HEADER,
  ENGINE_HEADER,
  IDEMPOTENCY_KEY,
  RENDERER_HEADER,
  routes,
} from '../shared/routes.ts'
import { abortable, sleep } from './abort.ts'
import {
  asJson,
  asMedia,
  asNothing,
  engineOf,
  jobAnswerSchema,
  type JobFailure,
  type JobStatusResponse,
  type JobSubmitResponse,
  submitAnswerSchema,
} from './answers.ts'
import { formOf } from './form.ts'
import { checkedInputs, type ModelHandle } from './models.ts'
import type { Transport } from './transport.ts'

/** The place of a job among those that are asked for together, on Rushes. */
export type BatchPlace = {
  /** Drawn by the caller: 1 to 64 of A-Z, a-z, 0-9, `_` and `-`. */
  id: string
  /** From 1, of at most 64. */
  position: number
  size: number
  /** What sets it apart there, as a word of its prompt. */
  label?: string | undefined
}

export type SubmitSettings = {
  signal?: AbortSignal | undefined
  /** The same key gives the same job, on Rushes. Drawn where none is given. */
  idempotencyKey?: string | undefined
  /** Which renderer of Rushes is to make it, as `client.renderers.list()` names it; the server chooses otherwise. */
  renderer?: RendererName | undefined
  /** Which of the engines that the renderer offers for the model (`offer.engine`, `offer.others`); its first otherwise. */
  engine?: string | undefined
  batch?: BatchPlace | undefined
}

/** The model, its inputs, and how to run it. */
export type SubmitOptions<S extends InputSchema = InputSchema> = { model: ModelHandle<S> } & SubmitSettings & z.input<S>

export type WatchSettings = {
  /** Called with the submitted job and after every look that found it changed. */
  onStatusChange?: ((job: JobStatusResponse | JobSubmitResponse) => void) | undefined
  /**
   * Called with the first look at the job, after every one that found its progress changed, and once it has finished.
   * `progress` is 0 to 1, or null where nobody tells.
   */
  onProgress?: ((progress: number | null, job: JobStatusResponse) => void) | undefined
}

export type SubmitAndPollOptions<S extends InputSchema = InputSchema> = SubmitOptions<S> & WatchSettings

export type QueueJobResult =
  | {
      status: 'completed'
      job_id: string
      data: Blob
      /** The real model that ran, by its own name; null where the server does not tell. */
      engine: Engine | null
      /** The job as it ended. */
      job: JobStatusResponse
    }
  | ({ status: 'failed'; job_id: string; error: string } & Omit<JobFailure, 'message'>)

type Signalled = { signal?: AbortSignal | undefined }

export type QueueClient = {
  /** Sends the inputs and gives the job at once. Aborting before the answer cancels the job, should there be one. */
  submit: <S extends InputSchema>(options: SubmitOptions<S>) => Promise<JobSubmitResponse>
  status: (jobId: string, options?: Signalled) => Promise<JobStatusResponse>
  /** The media of a completed job; NOT_READY before. */
  result: (jobId: string, options?: Signalled) => Promise<Blob>
  /** Cancels a job that has not finished. */
  cancel: (jobId: string, options?: Signalled) => Promise<void>
  /** Sends, watches and fetches. A failed job is a result here, not an error. Aborting cancels the job. */
  submitAndPoll: <S extends InputSchema>(options: SubmitAndPollOptions<S>) => Promise<QueueJobResult>
}

/** 128 random bits. `crypto.randomUUID` is missing on pages that came by plain http. */
const randomKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')

const batchHeaders = ({ id, position, size, label }: BatchPlace): Record<string, string> => ({
  [BATCH_HEADER]: id,
  [BATCH_PLACE_HEADER]: `${position}/${size}`,
  ...(label ? { [BATCH_LABEL_HEADER]: encodeURIComponent(label) } : {}),
})

const isOver = ({ status }: JobStatusResponse): boolean => status === 'completed' || status === 'failed'

/** Calls back with what is new of a job: each state once, and its progress where that is another or the job is over. */
const teller = <S extends InputSchema>({
  onStatusChange,
  onProgress,
}: Pick<SubmitAndPollOptions<S>, 'onStatusChange' | 'onProgress'>) => {
  let told = ''
  let progress: number | null | undefined
  const state = (job: JobStatusResponse | JobSubmitResponse) => {
    const now = JSON.stringify(job)
    if (now !== told) onStatusChange?.(job)
    told = now
  }
  const look = (job: JobStatusResponse) => {
    state(job)
    const now = job.progress ?? null
    if (now !== progress || isOver(job)) onProgress?.(now, job)
    progress = now
  }
  return { state, look }
}

/** Sends the inputs of a job. Aborting before the answer cancels it, should there be one. */
const submitInputs = async (
  transport: Transport,
  handle: ModelHandle,
  { signal, idempotencyKey, renderer, engine, batch }: SubmitSettings,
  inputs: Readonly<Record<string, unknown>>,
): Promise<JobSubmitResponse> => {
  signal?.throwIfAborted()
  const values = checkedInputs(handle, inputs)
  const model = handle.name
  const key = idempotencyKey ?? randomKey()
  let sent = false
  const send = async () => {
    const body = await formOf(values, signal)
    signal?.throwIfAborted()
    sent = true
    return transport.call({
      method: 'POST',
      path: routes.submit(model),
      subject: { model },
      body,
      headers: {
        [IDEMPOTENCY_KEY]: key,
        ...(renderer ? { [RENDERER_HEADER]: renderer } : {}),
        ...(engine ? { [ENGINE_HEADER]: engine } : {}),
        ...(batch ? batchHeaders(batch) : {}),
      },
      signal,
      read: asJson(submitAnswerSchema),
    })
  }
  return abortable(signal, send, () => {
    if (sent) transport.tell(routes.jobByKey(key))
  })
}

/** Looks at a job, ever less often, until it is over. */
const untilFinished = async (
  jobId: string,
  { signal, pace, status }: { signal: AbortSignal | undefined; pace: Transport['pace']; status: QueueClient['status'] },
  onLook: (job: JobStatusResponse) => void,
): Promise<JobStatusResponse> => {
  for (let wait = pace.firstPoll; ; wait = Math.min(wait * 1.5, pace.slowestPoll)) {
    await sleep(wait, signal)
    const job = await status(jobId, { signal })
    onLook(job)
    if (isOver(job)) return job
  }
}

/** Jobs by their ids, and from submission to media. */
export const createQueue = (transport: Transport): QueueClient => {
  const { pace } = transport

  const submit = <S extends InputSchema>(options: SubmitOptions<S>): Promise<JobSubmitResponse> => {
    const { model, signal, idempotencyKey, renderer, engine, batch, ...inputs } = options
    return submitInputs(transport, model, { signal, idempotencyKey, renderer, engine, batch }, inputs)
  }

  const status = (jobId: string, { signal }: Signalled = {}): Promise<JobStatusResponse> =>
    abortable(signal, () =>
      transport.call({
        method: 'GET',
        path: routes.job(jobId),
        subject: { job: jobId },
        signal,
        read: asJson(jobAnswerSchema),
      }),
    )

  const result = (jobId: string, { signal }: Signalled = {}): Promise<Blob> =>
    abortable(signal, () =>
      transport.call({ method: 'GET', path: routes.jobContent(jobId), subject: { job: jobId }, signal, read: asMedia }),
    )

  const cancel = (jobId: string, { signal }: Signalled = {}): Promise<void> =>
    abortable(signal, () =>
      transport.call({ method: 'DELETE', path: routes.job(jobId), subject: { job: jobId }, signal, read: asNothing }),
    )

  const submitAndPoll = async <S extends InputSchema>(options: SubmitAndPollOptions<S>): Promise<QueueJobResult> => {
    const { model, signal, idempotencyKey, renderer, engine, batch, onStatusChange, onProgress, ...inputs } = options
    const submitted = await submitInputs(transport, model, { signal, idempotencyKey, renderer, engine, batch }, inputs)
    const { job_id } = submitted
    const { state, look } = teller({ onStatusChange, onProgress })
    let finished = false
    const watch = async (): Promise<QueueJobResult> => {
      state(submitted)
      const job = await untilFinished(job_id, { signal, pace, status }, look)
      finished = true
      if (job.status === 'completed') {
        const data = await result(job_id, { signal })
        return { status: 'completed', job_id, data, engine: engineOf(job), job }
      }
      const { message, ...failure } = job.error ?? { code: 'PROCESSING_ERROR', message: 'The job failed' }
      return { status: 'failed', job_id, error: message, ...failure }
    }
    return abortable(signal, watch, () => {
      // A finished job has nothing left to cancel, and its result stays.
      if (!finished) transport.tell(routes.job(job_id))
    })
  }

  return { submit, status, result, cancel, submitAndPoll }
}
