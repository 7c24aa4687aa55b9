import { z } from 'zod'
import { RushesError } from '../../../shared/errors.ts'
import { errorBodySchema } from '../../../shared/routes.ts'
import { RequestFailed } from '../../outgoing/request.ts'
import { secondsOf } from '../order/answers.ts'

const NOT_REPEATED = 'It may have been taken, and billed, so it was not sent again.'

/** The order went out and what came of it is not known. Repeating it might make, and bill, a second job. */
export const answerLost = (what: string, cause?: unknown): RushesError =>
  new RushesError(
    cause === undefined ? 'CLOUD_FAILED' : 'NETWORK_ERROR',
    `The order to Decart: ${what} ${NOT_REPEATED}`,
    {
      cause,
      billed: 'maybe',
    },
  )

export const stoppedWhileSending = (): RushesError =>
  new RushesError('CLOUD_FAILED', `Rushes was stopped while it sent the order to Decart. ${NOT_REPEATED}`, {
    billed: 'maybe',
  })

export const keyRefused = (billed: 'no' | 'maybe'): RushesError =>
  new RushesError(
    'INVALID_API_KEY',
    'Decart refuses the API key. Set DECART_API_KEY in the environment or in .env and start Rushes again, or render locally.',
    { billed },
  )

/** The order did not come through. `host` is Decart's, or that of a server that speaks its API. */
export const orderFailedOnTheWay = (error: unknown, host: string): RushesError => {
  if (!(error instanceof RequestFailed)) return answerLost('it broke off.', error)
  if (error.reached) return answerLost(`${error.message}.`, error)
  const message = `Decart cannot be reached at ${host}: ${error.message}. Nothing was ordered.`
  return new RushesError('UNREACHABLE', message, { cause: error })
}

const bodySchema = z.union([errorBodySchema, z.object({ detail: z.undefined() })])

const readDetail = (text: string): { said: string | undefined; fields: Record<string, string> } => {
  const nothing = { said: undefined, fields: {} }
  try {
    const detail = bodySchema.safeParse(JSON.parse(text)).data?.detail
    if (detail === undefined) return nothing
    if (typeof detail === 'string') return { said: detail, fields: {} }
    const fields: Record<string, string> = {}
    for (const { loc, msg } of detail) fields[String(loc.at(-1) ?? 'body')] ??= msg
    return {
      said: Object.entries(fields)
        .map((entry) => entry.join(': '))
        .join('; '),
      fields,
    }
  } catch {
    return nothing
  }
}

/** What an answer outside 2xx to an order means. The cloud's own words are passed on where it gave some. */
export const orderRefused = (
  answer: { status: number; retryAfter: string | undefined; text: string },
  model: string,
): RushesError => {
  const { status } = answer
  const { said, fields } = readDetail(answer.text)
  const words = said ? `: ${said}` : ` (${status}).`
  if (status === 401 || status === 403) return keyRefused('no')
  if (status === 404) return new RushesError('MODEL_NOT_FOUND', `Decart does not serve ${model}.`)
  if (status === 413) return new RushesError('TOO_LARGE', `Decart takes no file as large${words}`)
  if (status === 415) return new RushesError('UNSUPPORTED_MEDIA', `Decart does not take this media${words}`)
  if (status === 422) return new RushesError('INVALID_INPUT', `Decart refused the inputs${words}`, { fields })
  if (status === 429) {
    const retryAfter = secondsOf(answer.retryAfter)
    const options = retryAfter === undefined ? {} : { retryAfter }
    return new RushesError('RATE_LIMITED', 'Decart takes no more orders just now. Nothing was ordered.', options)
  }
  if (status >= 300 && status < 400) {
    const message = 'Decart answered with a redirect, which an order does not follow. Check DECART_BASE_URL.'
    return new RushesError('CLOUD_FAILED', message)
  }
  // Any other 4xx is a refusal; 408 and 5xx may come from a gateway behind which the order went on.
  if (status >= 400 && status < 500 && status !== 408)
    return new RushesError('CLOUD_FAILED', `Decart refused the order${words}`)
  return answerLost(`the answer was ${status}${said ? ` (${said})` : ''}.`)
}
