import { type ErrorCode, RushesError } from '../../../shared/errors.ts'
import { RequestFailed } from '../../outgoing/request.ts'
import { parseJson, secondsOf } from '../order/answers.ts'
import { type Addressee, answerLost } from '../order/words.ts'
import type { Reply } from './calls.ts'
import { type Complaint, errorSchema } from './wire.ts'

/** What an answer that is no success says of itself. `fields` are named as fal names them. */
export type Refusal = {
  status: number
  /** The kinds of a model's complaints, or the platform's one. */
  types: readonly string[]
  said: string | null
  fields: Readonly<Record<string, string>>
  /** Whether fal holds that the same may work when it is ordered again; null where it does not say. */
  retryable: boolean | null
  retryAfter: number | undefined
}

const headerOf = (reply: Pick<Reply, 'headers'>, name: string): string | null => {
  const value = reply.headers[name]
  return typeof value === 'string' && value !== '' ? value : null
}

const fieldOf = ({ loc }: Complaint): string => String(loc.findLast((part) => typeof part === 'string') ?? 'body')

/** Ends a text of the other side's as a sentence. */
const sentence = (text: string): string => text.trim().replace(/[.\s]*$/, '.')

export const readRefusal = (reply: Reply): Refusal => {
  const body = parseJson(errorSchema, reply.text)
  const complaints = body && typeof body.detail !== 'string' ? body.detail : []
  const fields: Record<string, string> = {}
  for (const complaint of complaints) fields[fieldOf(complaint)] ??= complaint.msg
  const type = (body && 'error_type' in body ? body.error_type : null) ?? headerOf(reply, 'x-fal-error-type')
  const words = Object.entries(fields).map(([field, msg]) => (field === 'body' ? msg : `${field}: ${msg}`))
  const said = typeof body?.detail === 'string' ? body.detail : words.join('; ')
  const retryable = headerOf(reply, 'x-fal-retryable')
  return {
    status: reply.status,
    types: [...complaints.map((complaint) => complaint.type), ...(type === null ? [] : [type])],
    said: said === '' ? null : sentence(said.slice(0, 500)),
    fields,
    retryable: retryable === null ? null : /^(true|1)$/i.test(retryable),
    retryAfter: secondsOf(headerOf(reply, 'retry-after')),
  }
}

const colon = (said: string | null): string => (said === null ? '.' : `: ${said}`)

const codeOf = ({ types }: Refusal): ErrorCode => {
  const has = (pattern: RegExp) => types.some((type) => pattern.test(type))
  if (has(/content_policy|moderat|nsfw/)) return 'REJECTED'
  if (has(/file_too_large|video_too_large|too_large$/)) return 'TOO_LARGE'
  if (has(/unsupported_\w+_format|_load_error$/)) return 'UNSUPPORTED_MEDIA'
  return 'INVALID_INPUT'
}

/** Inputs that a model does not take. `names` translates fal's fields into ours. */
const inputRefused = (refusal: Refusal, names: Readonly<Record<string, string>>, billed: 'no' | 'maybe') => {
  const code = codeOf(refusal)
  const mine = Object.entries(refusal.fields).flatMap(([field, msg]) => {
    const name = names[field] ?? field
    return name === 'body' ? [] : [[name, msg] as const]
  })
  const money = billed === 'no' ? 'Nothing was ordered.' : 'It may be billed.'
  const what =
    code === 'REJECTED'
      ? `fal refuses this content${colon(refusal.said)} Change the prompt or the picture, then try again.`
      : `fal does not take the inputs${colon(refusal.said)}`
  const fields = mine.length > 0 ? Object.fromEntries(mine) : undefined
  return new RushesError(code, `${what} ${money}`, { fields, billed })
}

export const keyRefused = (billed: 'no' | 'maybe'): RushesError =>
  new RushesError(
    'INVALID_API_KEY',
    'fal refuses the key. Make one at fal.ai/dashboard/keys and set it under Renderers, or as FAL_KEY.',
    { billed },
  )

const noCredit = ({ said }: Refusal, billed: 'no' | 'maybe'): RushesError => {
  const money = billed === 'no' ? 'Nothing was ordered.' : 'The order may have been billed.'
  const text = `fal gives no credit${colon(said)} See fal.ai/dashboard/billing. ${money}`
  return new RushesError('QUOTA', text, { billed })
}

const FAL: Addressee = { title: 'fal', paid: true }

/** The order went out and what came of it is not known. */
export const orderLost = (what: string, cause?: unknown): RushesError => answerLost(FAL, what, cause)

/** The order did not come through. */
export const orderFailedOnTheWay = (error: unknown, host: string): RushesError => {
  if (error instanceof RushesError) return error
  if (!(error instanceof RequestFailed)) return orderLost('it broke off.', error)
  if (error.reached) return orderLost(`${error.message}.`, error)
  return new RushesError('UNREACHABLE', `fal cannot be reached at ${host}: ${error.message}. Nothing was ordered.`, {
    cause: error,
  })
}

/** What an answer outside 2xx to an order means. */
export const orderRefused = (refusal: Refusal, names: Readonly<Record<string, string>>): RushesError => {
  const { status, said, retryAfter } = refusal
  if (status === 401) return keyRefused('no')
  if (status === 402 || status === 403) return noCredit(refusal, 'no')
  if (status === 422 || status === 400) return inputRefused(refusal, names, 'no')
  if (status === 413) return new RushesError('TOO_LARGE', `fal takes no order as large${colon(said)}`)
  if (status === 429) {
    const words = 'fal takes no more orders just now. Nothing was ordered.'
    return new RushesError('RATE_LIMITED', words, retryAfter === undefined ? {} : { retryAfter })
  }
  if (status >= 300 && status < 400) {
    const words = 'fal answered with a redirect, which an order does not follow. Nothing was ordered.'
    return new RushesError('CLOUD_FAILED', words)
  }
  // Any other 4xx is a refusal; 408 and 5xx may come from a gateway behind which the order went on.
  if (status >= 400 && status < 500 && status !== 408) {
    const words = said === null ? `fal refused the order (${status}).` : `fal refused the order: ${said}`
    return new RushesError('CLOUD_FAILED', `${words} Nothing was ordered.`)
  }
  return orderLost(`the answer was ${status}${said === null ? '' : ` (${said.replace(/\.$/, '')})`}.`)
}

/** What a result that is an error means. fal bills no failure of its own; inputs that a model refused it may. */
export const resultFailed = (refusal: Refusal, names: Readonly<Record<string, string>>): RushesError => {
  const { status, said, types, retryable } = refusal
  if (status === 401) return keyRefused('maybe')
  if (status === 402 || status === 403) return noCredit(refusal, 'maybe')
  const isAboutInputs = codeOf(refusal) !== 'INVALID_INPUT' || [400, 413, 415, 422].includes(status)
  if (isAboutInputs) return inputRefused(refusal, names, 'maybe')
  const again = retryable === false ? '' : ' It may work when it is tried again.'
  const kind = types[0] === undefined ? '' : ` (${types[0]})`
  const billed = status >= 500 ? 'no' : 'maybe'
  const money = billed === 'no' ? 'fal does not bill it.' : 'It may be billed.'
  return new RushesError('PROCESSING_ERROR', `fal could not make it${kind}${colon(said)} ${money}${again}`, { billed })
}
