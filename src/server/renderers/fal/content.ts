import { z } from 'zod'
import { RushesError } from '../../../shared/errors.ts'
import type { OrderDetails } from '../../../shared/renderer.ts'
import type { Answer } from '../../outgoing/request.ts'
import { secondsOf } from '../order/answers.ts'
import { transient, TransientError } from '../order/transient-error.ts'
import { type Addresses, mayBeFollowed } from './addresses.ts'
import type { Calls } from './calls.ts'

const resultSchema = z.object({ url: z.url() })
const MAX_HOPS = 5

const elsewhere = () =>
  new RushesError(
    'CLOUD_FAILED',
    'fal made the result, but the link to it leads to an address that is not public, so it was not followed. It may be billed.',
    { billed: 'maybe' },
  )

/**
 * The result as a stream, from a link that is public and does not last: to be fetched at once, without the key. A link
 * that is not there yet, or not any more, is a TransientError, as the next one may be.
 */
export const openResult = async (
  deps: { calls: Calls; addresses: Addresses },
  result: OrderDetails,
  signal: AbortSignal,
): Promise<Answer> => {
  let url = resultSchema.parse(result).url
  for (let hops = 0; hops <= MAX_HOPS; hops++) {
    if (!mayBeFollowed(url, deps.addresses)) throw elsewhere()
    const answer = await deps.calls.open(url, { signal }).catch((cause: unknown) => {
      throw transient(cause)
    })
    const { status } = answer
    if (status >= 200 && status < 300) return answer
    answer.body.destroy()
    const { location, 'retry-after': retryAfter } = answer.headers
    if (status < 300 || status > 399 || location === undefined || !URL.canParse(location, url))
      throw new TransientError(`the link to the result answered ${status}`, { retryAfter: secondsOf(retryAfter) })
    url = new URL(location, url).href
  }
  throw new TransientError('the link to the result redirects too many times')
}
