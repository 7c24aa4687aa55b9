import { RushesError } from '../../../shared/errors.ts'
import { parseJson, secondsOf } from '../order/answers.ts'
import type { Look } from '../order/dialect.ts'
import { transient, TransientError } from '../order/transient-error.ts'
import { type Addresses, mayBeFollowed } from './addresses.ts'
import type { Calls, Reply } from './calls.ts'
import { keyRefused, readRefusal, resultFailed } from './failures.ts'
import type { OrderLinks } from './order-links.ts'
import { queueStatusSchema, resultSchema } from './wire.ts'

export type LookDeps = { calls: Calls; addresses: Addresses; onRefused: () => void }

const failed = (error: RushesError): Look => ({ state: 'failed', error })
const unusable = (words: string): Look =>
  failed(new RushesError('PROCESSING_ERROR', `fal finished, but ${words} It may be billed.`, { billed: 'maybe' }))

const passes = (reply: Reply): TransientError =>
  new TransientError(`the answer was ${reply.status}`, { retryAfter: secondsOf(reply.headers['retry-after']) })

const DATA_URI = 'it sent the media inside its answer instead of a link to it, which Rushes does not read.'

/** What an answer with a result in it is worth. */
const resultOf = (reply: Reply, addresses: Addresses): Look => {
  if (!reply.whole) return unusable(DATA_URI)
  const result = parseJson(resultSchema, reply.text)
  if (!result) return unusable('its answer holds no clip and no picture.')
  if (result.url.startsWith('data:')) return unusable(DATA_URI)
  if (result.blackedOut) {
    const words = 'fal blacked out the picture for what it shows. Change the prompt, then try again. It may be billed.'
    return failed(new RushesError('REJECTED', words, { billed: 'maybe' }))
  }
  if (!mayBeFollowed(result.url, addresses))
    return unusable('the link to the result is not https to a public host, so it was not followed.')
  return { state: 'done', result: { url: result.url } }
}

/** Whether an error is the order's own, and not one of whoever hands the answers on. */
const isFinal = (reply: Reply, said: unknown): boolean => {
  const { status } = reply
  if (said !== null && said !== undefined) return true
  if (readRefusal(reply).types.length > 0) return true
  // A bare 400 is what an unfinished order answers: the two answers need not come from one machine.
  return status === 500 ? readRefusal(reply).said !== null : [402, 403, 413, 415, 422].includes(status)
}

/**
 * One look at an order: where it stands, and where it is done, what came of it. `names` translates fal's fields into ours.
 * Rejects with a TransientError where the next look may work, and with INVALID_API_KEY.
 */
export const lookAtOrder = async (
  deps: LookDeps,
  links: OrderLinks,
  names: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Look> => {
  const get = async (url: string): Promise<Reply> => {
    const reply = await deps.calls.withKey(url, { signal }).catch((cause: unknown) => {
      throw transient(cause)
    })
    if (reply.status !== 401) return reply
    deps.onRefused()
    throw keyRefused('maybe')
  }

  const standing = await get(links.status_url)
  if (standing.status === 404) return { state: 'unknown' }
  if (standing.status < 200 || standing.status > 299) throw passes(standing)
  const status = parseJson(queueStatusSchema, standing.text)
  if (status?.status === 'IN_QUEUE') return { state: 'waiting' }
  if (status?.status === 'IN_PROGRESS') return { state: 'running', progress: null }
  if (status?.status !== 'COMPLETED') throw new TransientError('the answer made no sense')

  const said = status.error
  const answer = await get(links.response_url)
  if (answer.status >= 200 && answer.status < 300) {
    if (said === null || said === undefined || said === '') return resultOf(answer, deps.addresses)
    const detail = typeof said === 'string' ? said : JSON.stringify(said)
    const text = JSON.stringify({ detail, error_type: status.error_type ?? null })
    return failed(resultFailed(readRefusal({ ...answer, status: 500, text }), names))
  }
  if (isFinal(answer, said)) {
    const refusal = readRefusal(answer)
    const types = refusal.types.length > 0 || !status.error_type ? refusal.types : [status.error_type]
    return failed(
      resultFailed({ ...refusal, types, said: refusal.said ?? (typeof said === 'string' ? said : null) }, names),
    )
  }
  throw passes(answer)
}
