import { randomUUID } from 'node:crypto'
import { RequestFailed } from '../../outgoing/request.ts'
import { parseJson } from '../order/answers.ts'
import type { ServerFacts } from '../order/dialect.ts'
import { type Addresses, below } from './addresses.ts'
import type { Calls, Reply } from './calls.ts'
import { keyRefused, readRefusal } from './failures.ts'
import { type Gone, offersOf } from './offers.ts'
import { accountSchema } from './wire.ts'

const NOTE =
  'Paid by use. What you send goes to fal, and lies there for a time under links that anybody with them can open.'

const locked = (why: string | null): string =>
  `fal takes the key, but the account is locked: ${why ?? 'it does not say why.'} See fal.ai/dashboard/billing.`

type Heard = Reply | RequestFailed

/**
 * How fal stands, by two calls that order nothing and cost nothing: the queue is asked for an order that nobody made (404
 * to a good key), and the rest host whose the key is, as fal's own command line does. A key may lack the right to be told
 * the latter, so only a 401 says that it is bad. Rejects with nothing but the signal's reason.
 */
export const lookAtFal = async (
  deps: { calls: Calls; addresses: Addresses; gone: Gone },
  signal: AbortSignal,
): Promise<ServerFacts> => {
  const { calls, addresses, gone } = deps
  const ask = (url: string): Promise<Heard> =>
    calls.withKey(url, { signal }).catch((error: unknown) => {
      if (error instanceof RequestFailed) return error
      throw error
    })
  const [queue, account] = await Promise.all([
    ask(below(addresses.queue, `fal-ai/flux-2/requests/${randomUUID()}/status`)),
    ask(below(addresses.rest, 'users/current')),
  ])
  const { host } = addresses.queue
  gone.expire()
  const offers = offersOf(gone)
  if (queue instanceof RequestFailed)
    return { state: 'unreachable', note: `fal cannot be reached at ${host}: ${queue.message}.`, offers }
  if (queue.status === 401 || (!(account instanceof RequestFailed) && account.status === 401))
    return { state: 'unauthorized', note: keyRefused('no').message, offers }
  if (queue.status >= 500) return { state: 'unreachable', note: `fal at ${host} answers ${queue.status}.`, offers }
  return { state: 'ready', note: noteOf(queue, account), busy: 0, offers }
}

const noteOf = (queue: Reply, account: Heard): string => {
  if (queue.status === 402 || queue.status === 403) return locked(readRefusal(queue).said)
  if (account instanceof RequestFailed || account.status !== 200) return NOTE
  const who = parseJson(accountSchema, account.text)
  return who?.is_locked ? locked(who.lock_reason ?? null) : NOTE
}
