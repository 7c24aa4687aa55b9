import { RushesError } from '../../../shared/errors.ts'
import { LIMITS, type Limits, PACE } from '../../outgoing/request.ts'
import { parseJson } from '../order/answers.ts'
import { jsonBody } from '../order/calls.ts'
import type { Order } from '../order/dialect.ts'
import { type Addresses, below } from './addresses.ts'
import type { Calls } from './calls.ts'
import type { Endpoint, EndpointInput } from './endpoints.ts'
import { orderLost, orderFailedOnTheWay, orderRefused, readRefusal } from './failures.ts'
import { type Gone, goneWords } from './offers.ts'
import { areOwn } from './order-links.ts'
import { queuedSchema } from './wire.ts'

/** An order given up may be billed: fal may take its time with the answer. */
const ORDER: Limits = { ...LIMITS, answer: 5 * 60_000, pace: { bytes: 4 * PACE.bytes, within: 4 * PACE.within } }

/** A week, in which a result can be fetched after all. */
const headers = { 'x-fal-object-lifecycle-preference': JSON.stringify({ expiration_duration_seconds: 7 * 24 * 3600 }) }

export type SubmitDeps = {
  calls: Calls
  addresses: Addresses
  gone: Gone
  /** Called where the answer says something of the account or the endpoint that the renderer should see. */
  onRefused: () => void
}

/**
 * Orders once, over a connection of its own. fal knows no key that would make a repeated order the same one, so every
 * failure says whether it may have been taken: see `Prepared` in order/dialect.ts.
 */
export const submitOrder = async (
  deps: SubmitDeps,
  what: { endpoint: Endpoint; model: string; input: EndpointInput; names: Readonly<Record<string, string>> },
  signal: AbortSignal,
): Promise<Order> => {
  const { calls, addresses, gone, onRefused } = deps
  const { endpoint, model, input, names } = what
  const url = below(addresses.queue, endpoint.id)
  const reply = await calls
    .withKey(url, { body: jsonBody(input), headers, alone: true, limits: ORDER, signal })
    .catch((error: unknown) => {
      throw signal.aborted ? signal.reason : orderFailedOnTheWay(error, addresses.queue.host)
    })
  const { status } = reply
  if (status === 404) {
    gone.add(endpoint.id)
    onRefused()
    const words = goneWords(endpoint.id, gone.since(endpoint.id) ?? 'today')
    throw new RushesError('MODEL_MISSING', `${words} Nothing was ordered.`)
  }
  if (status < 200 || status > 299) {
    if (status === 401 || status === 402 || status === 403) onRefused()
    throw orderRefused(readRefusal(reply), names)
  }
  const queued = parseJson(queuedSchema, reply.text)
  if (!queued) throw orderLost('the answer made no sense.')
  const { request_id: id, status_url, response_url, cancel_url } = queued
  if (!areOwn(queued, addresses)) {
    const words = `fal took the order as ${id}, but its links lead to another host, which is not given the key.`
    throw new RushesError('CLOUD_FAILED', `${words} It may be billed.`, { billed: 'maybe' })
  }
  return { id, details: { endpoint: endpoint.id, model, status_url, response_url, cancel_url } }
}
