import { parseJson } from '../order/answers.ts'
import { TransientError } from '../order/transient-error.ts'
import type { ServerCalls } from './server-calls.ts'
import { isAtLeast, SINCE, type Version } from './version.ts'
import {
  type Carried,
  type ExecutionError,
  type HistoryItem,
  historySchema,
  jobErrorSchema,
  jobSchema,
  type Message,
  type Outputs,
} from './wire.ts'

/** An order as the server has it. `carried` is what it was given along, null where it does not tell. */
export type Found =
  | { state: 'waiting' | 'running'; carried: Carried | null }
  | { state: 'done'; carried: Carried | null; outputs: Outputs }
  | {
      state: 'failed'
      carried: Carried | null
      messages: readonly Message[]
      error: ExecutionError | null
      interrupted: boolean
    }
  | { state: 'unknown' }

const UNKNOWN: Found = { state: 'unknown' }
/** Past orders that are looked through where the server chose their ids. */
const MAX_RECENT = 100

const ofHistory = ({ prompt: { carried }, outputs, status }: HistoryItem): Found =>
  status?.status_str === 'error'
    ? { state: 'failed', carried, messages: status.messages, error: null, interrupted: false }
    : { state: 'done', carried, outputs }

const askHistory = async (calls: ServerCalls, path: string, signal: AbortSignal) => {
  const reply = await calls.get(path, signal)
  const history = reply.status === 200 ? parseJson(historySchema, reply.text) : undefined
  if (!history) throw new TransientError(`it did not tell its history (the answer was ${reply.status})`)
  return history
}

/** What GET /api/jobs/{id} says; undefined where the server does not speak of jobs. */
const askJob = async (calls: ServerCalls, id: string, signal: AbortSignal): Promise<Found | undefined> => {
  const reply = await calls.get(`/api/jobs/${id}`, signal)
  if (reply.status === 404) return parseJson(jobErrorSchema, reply.text) ? UNKNOWN : undefined
  const job = reply.status === 200 ? parseJson(jobSchema, reply.text) : undefined
  if (!job) return undefined
  const carried = job.workflow?.extra_data.rushes ?? null
  switch (job.status) {
    case 'pending':
      return { state: 'waiting', carried }
    case 'in_progress':
      return { state: 'running', carried }
    case 'completed':
      return { state: 'done', carried, outputs: job.outputs ?? {} }
    case 'failed':
    case 'cancelled': {
      const interrupted = job.status === 'cancelled'
      return { state: 'failed', carried, messages: [], error: job.execution_error ?? null, interrupted }
    }
  }
}

/**
 * What a server knows of an order that its queue does not have: one that ended, and in newer versions any other.
 * Rejects like `get` of the calls, and with a TransientError where the answer makes no sense.
 */
export const findOrder = async (
  calls: ServerCalls,
  version: Version,
  id: string,
  signal: AbortSignal,
): Promise<Found> => {
  const job = isAtLeast(version, SINCE.jobs) ? await askJob(calls, id, signal) : undefined
  if (job) return job
  const past = (await askHistory(calls, `/history/${id}`, signal))[id]
  return past ? ofHistory(past) : UNKNOWN
}

/** The server's own id of an ended order to which we gave that one, among the latest; null where there is none. */
export const findRenamed = async (calls: ServerCalls, id: string, signal: AbortSignal): Promise<string | null> => {
  const history = await askHistory(calls, `/history?max_items=${MAX_RECENT}`, signal)
  const found = Object.entries(history).find(([, { prompt }]) => prompt.carried?.id === id)
  return found?.[0] ?? null
}
