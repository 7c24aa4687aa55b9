import { setTimeout as delay } from 'node:timers/promises'
import { RushesError } from '../../../shared/errors.ts'
import type { Cancelled } from '../../../shared/renderer.ts'
import { parseJson } from '../order/answers.ts'
import { jsonBody } from '../order/calls.ts'
import { transient, TransientError } from '../order/transient-error.ts'
import type { Queue } from './queue.ts'
import { refusedBy, type ServerCalls } from './server-calls.ts'
import { isAtLeast, SINCE, type Version } from './version.ts'
import { cancelledSchema } from './wire.ts'

export type CancelDeps = {
  calls: ServerCalls
  queue: Queue
  version: Version
  /** Whether a model of the order is just being loaded, as far as the socket told; null where it told nothing. */
  isLoading: () => boolean | null
}

/** Milliseconds between looks whether a running order has stopped: it does so at the next step of what it makes. */
const LOOK_WAITS_MS = [60, 120, 240, 480]

const post = async (calls: ServerCalls, path: string, value: unknown, signal: AbortSignal) => {
  const reply = await calls.post(path, { body: jsonBody(value), signal }).catch((error: unknown) => {
    throw signal.aborted ? signal.reason : transient(error)
  })
  if (reply.status === 401 || reply.status === 403) throw refusedBy(calls.server.host)
  return reply
}

const told = (status: number): void => {
  if (status < 200 || status > 299) throw new TransientError(`the answer was ${status}`)
}

/** What newer versions have: whether it waits or runs, one call, and never another order than this one. */
const cancelJob = async ({ calls }: CancelDeps, id: string, signal: AbortSignal): Promise<boolean> => {
  const reply = await post(calls, `/api/jobs/${id}/cancel`, {}, signal)
  if (reply.status === 404 || reply.status === 405) return false
  told(reply.status)
  return parseJson(cancelledSchema, reply.text) !== undefined
}

/** What older versions have. Answers whether an order that runs could be told to stop. */
const cancelByQueue = async (deps: CancelDeps, id: string, signal: AbortSignal): Promise<boolean> => {
  const { calls, queue, version } = deps
  told((await post(calls, '/queue', { delete: [id] }, signal)).status)
  if (!(await queue.look(performance.now(), signal)).running.has(id)) return true
  // Without knowing of ids it would stop whatever runs, whosever it is.
  if (!isAtLeast(version, SINCE.interruptOne)) return false
  told((await post(calls, '/interrupt', { prompt_id: id }, signal)).status)
  return true
}

const stillRuns = async (queue: Queue, id: string, signal: AbortSignal): Promise<boolean> => {
  for (const ms of [0, ...LOOK_WAITS_MS]) {
    await delay(ms, undefined, { signal })
    if (!(await queue.look(performance.now(), signal)).running.has(id)) return false
  }
  return true
}

/**
 * Takes an order out of the queue, or stops it where it runs, and looks whether it has. Rejects with a TransientError
 * where the server could not be told, with INVALID_API_KEY, or with the signal's reason. Nothing here costs money.
 */
export const cancelOrder = async (deps: CancelDeps, id: string, signal: AbortSignal): Promise<Cancelled> => {
  const done = isAtLeast(deps.version, SINCE.cancelJob) && (await cancelJob(deps, id, signal))
  const isTold = done || (await cancelByQueue(deps, id, signal))
  if (!isTold)
    return {
      billed: 'no',
      note: `This ComfyUI (${deps.version.join('.')}) cannot stop one order alone: it goes on there until it is done.`,
    }
  const runs = await stillRuns(deps.queue, id, signal).catch((error: unknown) => {
    // It was told; that nobody says what came of it changes nothing.
    if (error instanceof TransientError || error instanceof RushesError) return false
    throw signal.aborted ? signal.reason : error
  })
  return { billed: 'no', note: runs ? whenItStops(deps.isLoading()) : null }
}

const whenItStops = (isLoading: boolean | null): string => {
  if (isLoading === null) return 'It stops after the step that runs, or after the model has loaded.'
  return isLoading ? 'It stops after the model has loaded.' : 'It stops after the step that runs.'
}
