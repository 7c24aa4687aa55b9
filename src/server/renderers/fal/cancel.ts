import type { Cancelled } from '../../../shared/renderer.ts'
import { parseJson } from '../order/answers.ts'
import { transient, TransientError } from '../order/transient-error.ts'
import { keyRefused, readRefusal } from './failures.ts'
import type { Calls } from './calls.ts'
import { cancelSchema } from './wire.ts'

const NOTES: Readonly<Record<string, string>> = {
  CANCELLATION_REQUESTED: 'fal was asked to stop. The model had begun, and may still finish and be billed.',
  ALREADY_COMPLETED: 'It was done before the cancel came, and is billed.',
  NOT_FOUND: 'fal knows nothing of this order, so it may have been billed.',
}

/**
 * Tells fal to stop. Only its `OK`, which takes an order out of the queue, says that nothing is billed. What counts is
 * the word, whatever status it came with. Rejects with a TransientError where the next try may work.
 */
export const cancelOrder = async (calls: Calls, cancelUrl: string, signal: AbortSignal): Promise<Cancelled> => {
  const reply = await calls.withKey(cancelUrl, { method: 'PUT', signal }).catch((cause: unknown) => {
    throw transient(cause)
  })
  const word = parseJson(cancelSchema, reply.text)?.status
  if (word === 'OK') return { billed: 'no', note: null }
  const note = word === undefined ? undefined : NOTES[word]
  if (note !== undefined) return { billed: 'maybe', note }
  const { status } = reply
  if (status === 401) throw keyRefused('maybe')
  if (status === 404) return { billed: 'maybe', note: NOTES['NOT_FOUND'] ?? null }
  if (status === 408 || status === 429 || status >= 500 || (status >= 200 && status < 300))
    throw new TransientError(`the answer to the cancel was ${status}`, { retryAfter: readRefusal(reply).retryAfter })
  return { billed: 'maybe', note: `fal did not take the cancel (${status}), so the order may still run and be billed.` }
}
