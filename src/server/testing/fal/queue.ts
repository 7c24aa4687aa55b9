import { randomUUID } from 'node:crypto'
import type { FalAnswer } from './faults.ts'
import { FAL_ENDPOINTS, linksIn } from './endpoints.ts'

export type QueueWord = 'IN_QUEUE' | 'IN_PROGRESS' | 'COMPLETED'

/** An error as the result, and what the status says of it. */
export type FalFailure = FalAnswer & { error?: string; error_type?: string }

export type FalJob = {
  id: string
  endpoint: string
  input: Record<string, unknown>
  looks: number
  /** Set where it is going to fail, whatever the statuses say. */
  failure: FalFailure | null
  cancelled: boolean
}

type QueueDeps = {
  /** The addresses that its links begin with. */
  queue: () => string
  cdn: () => string
  stored: (link: string) => boolean
  media: (endpoint: string, input: Record<string, unknown>) => Promise<Buffer>
}

const complaint = (field: string, msg: string, type: string, input: unknown = null) => ({
  loc: ['body', field],
  msg,
  type,
  url: `https://docs.fal.ai/errors/#${type}`,
  input,
})
const refusedInput = (...detail: unknown[]): FalFailure => ({
  status: 422,
  body: { detail },
  headers: { 'x-fal-retryable': 'false' },
})

/** What the model itself finds wrong with an input, once it runs: the queue takes anything. */
const complaintsAbout = (endpoint: string, input: Record<string, unknown>, stored: QueueDeps['stored']) => {
  const checked = FAL_ENDPOINTS.get(endpoint)?.input.safeParse(input)
  if (checked?.error) {
    return refusedInput(
      ...checked.error.issues.map(({ path, message, code }) => complaint(String(path[0] ?? 'body'), message, code)),
    )
  }
  const lost = linksIn(input).find(({ link }) => !stored(link))
  return lost
    ? refusedInput(complaint(lost.field, 'Failed to download the file', 'file_download_error', lost.link))
    : null
}

/** The app of an endpoint: what its requests are found under, without what stands behind it. */
export const appOf = (endpoint: string): string => endpoint.split('/').slice(0, 2).join('/')

/**
 * fal's queue: it takes whatever is sent, numbers it, and tells by three links of its own how it stands. It knows no
 * idempotency: every order is a new one.
 */
export const createFalQueue = ({ queue, cdn, stored, media }: QueueDeps) => {
  const jobs = new Map<string, FalJob>()
  const results = new Map<string, Buffer>()
  let statuses: readonly QueueWord[] = ['IN_QUEUE', 'IN_PROGRESS', 'COMPLETED']
  let next: FalFailure | null = null
  let stops = false
  let elsewhere: Partial<Record<'status_url' | 'response_url' | 'cancel_url' | 'media', string>> = {}

  const linksOf = ({ id, endpoint }: FalJob) => {
    const base = `${queue()}/${appOf(endpoint)}/requests/${id}`
    const links = { status_url: `${base}/status`, response_url: base, cancel_url: `${base}/cancel` }
    const { media: _, ...other } = elsewhere
    return { ...links, ...other }
  }

  const standing = (job: FalJob): QueueWord => statuses[Math.min(job.looks, statuses.length - 1)] ?? 'COMPLETED'

  /** `unread` are the fields whose files are found to be no media, once the model runs. */
  const submit = (endpoint: string, input: Record<string, unknown>, unread: readonly string[] = []): FalAnswer => {
    const [field] = unread
    const broken =
      field === undefined ? null : refusedInput(complaint(field, 'Could not load the file', 'file_load_error'))
    const failure = next ?? complaintsAbout(endpoint, input, stored) ?? broken
    const job: FalJob = { id: randomUUID(), endpoint, input, looks: 0, failure, cancelled: false }
    jobs.set(job.id, job)
    const gateway_request_id = job.id
    const body = { status: 'IN_QUEUE', request_id: job.id, gateway_request_id, ...linksOf(job), queue_position: 0 }
    return { status: 200, body }
  }

  const status = (job: FalJob): FalAnswer => {
    const word = standing(job)
    job.looks++
    const known = { request_id: job.id, ...linksOf(job) }
    if (word === 'IN_QUEUE') return { status: 202, body: { status: word, ...known, queue_position: 0 } }
    if (word === 'IN_PROGRESS') return { status: 202, body: { status: word, ...known, logs: [] } }
    const wrong = job.cancelled && stops ? { error: 'The request was cancelled', error_type: 'cancelled' } : job.failure
    const said = {
      ...(wrong?.error === undefined ? {} : { error: wrong.error }),
      ...(wrong?.error_type === undefined ? {} : { error_type: wrong.error_type }),
    }
    return { status: 200, body: { status: word, ...known, logs: [], metrics: { inference_time: 0.4 }, ...said } }
  }

  const result = async (job: FalJob): Promise<FalAnswer> => {
    if (standing(job) !== 'COMPLETED') return { status: 400, body: { detail: 'Request is still in progress' } }
    if (job.cancelled && stops) return { status: 499, body: { detail: 'The request was cancelled' } }
    if (job.failure) return job.failure
    const known = FAL_ENDPOINTS.get(job.endpoint)
    const input = known?.input.parse(job.input) ?? {}
    const bytes = await media(job.endpoint, input)
    const video = known?.kind === 'video'
    const name = video ? 'made.mp4' : 'made.png'
    const content_type = video ? 'video/mp4' : 'image/png'
    results.set(job.id, bytes)
    const inside = input['sync_mode'] === true
    const url = inside
      ? `data:${content_type};base64,${bytes.toString('base64')}`
      : (elsewhere.media ?? `${cdn()}/results/${job.id}/${name}`)
    const file = { url, content_type, file_name: name, file_size: bytes.length }
    const seed = typeof input['seed'] === 'number' ? input['seed'] : 42
    if (video) return { status: 200, body: { video: file, seed, prompt: input['prompt'] } }
    const images = [{ ...file, width: 128, height: 72 }]
    return { status: 200, body: { images, has_nsfw_concepts: [false], prompt: input['prompt'], seed, timings: {} } }
  }

  const cancel = (job: FalJob | undefined): FalAnswer => {
    if (!job) return { status: 404, body: { status: 'NOT_FOUND' } }
    const word = standing(job)
    if (word === 'COMPLETED') return { status: 400, body: { status: 'ALREADY_COMPLETED' } }
    job.cancelled = true
    if (word === 'IN_PROGRESS') return { status: 202, body: { status: 'CANCELLATION_REQUESTED' } }
    jobs.delete(job.id)
    return { status: 200, body: { status: 'OK' } }
  }

  return {
    submit,
    status,
    result,
    cancel,
    find: (id: string): FalJob | undefined => jobs.get(id),
    jobs: (): readonly FalJob[] => [...jobs.values()],
    media: (id: string): Buffer | undefined => results.get(id),
    /** Results are not to be had by their links any more. */
    expire: (): void => results.clear(),
    /** It forgets every order. */
    forget: (): void => jobs.clear(),
    /** From now on each look at an order finds the next of these words, and the last one from then on. */
    become: (words: readonly QueueWord[]): void => void (statuses = words),
    /** From now on orders come to this; null: to what they should. */
    failWith: (failure: FalFailure | null): void => void (next = failure),
    /** From now on a model that was asked to stop does, or finishes all the same. */
    stopWhenAsked: (does: boolean): void => void (stops = does),
    /** From now on links are these. */
    mislead: (links: typeof elsewhere): void => void (elsewhere = links),
  }
}
