import { type ErrorCode, RushesError } from '../../../shared/errors.ts'
import { RequestFailed } from '../../outgoing/request.ts'
import { parseJson, secondsOf } from '../order/answers.ts'
import type { Reply } from '../order/calls.ts'
import { failureSchema, type WireError } from './wire.ts'

/** Of whom is spoken, and whether what it does may cost money. */
export type OtherSide = { host: string; free: boolean }

const billedBy = ({ free }: OtherSide): 'no' | 'maybe' => (free ? 'no' : 'maybe')

type Said = { words: string | undefined; fields: Record<string, string>; kind: string }

/** What a failure says, in whichever form it comes. `kind` are the machine's words for it. */
export const readFailure = (text: string): Said => {
  const found = parseJson(failureSchema, text)
  const { error, detail, message } = found ?? {}
  const kind = [error?.code, error?.type].filter((word) => word !== undefined && word !== null).join(' ')
  const fields: Record<string, string> = {}
  if (Array.isArray(detail)) for (const { loc, msg } of detail) fields[String(loc.at(-1) ?? 'body')] ??= msg
  const listed = Object.entries(fields).map((entry) => entry.join(': '))
  const words = error?.message ?? (typeof detail === 'string' ? detail : listed.join('; ') || undefined) ?? message
  return { words: words?.slice(0, 600), fields, kind }
}

const MEMORY = /out of memory|outofmemory|\boom\b|not enough (gpu )?memory/i
const CONTENT = /content[ _-]?policy|moderation|safety (system|check|filter)|nsfw|content[ _-]?filter/i
const CREDIT = /insufficient_quota|billing_hard_limit|billing_not_active|exceeded your current quota/i
const ABSENT = /model_not_found|model mismatch|model .{0,200}(does not exist|not found)|not initialized/i

const sentence = (words: string): string => (/[.!?]$/.test(words) ? words : `${words}.`)

export const keyRefused = ({ host }: OtherSide): RushesError =>
  new RushesError(
    'INVALID_API_KEY',
    `${host} refuses the key. Set GENERATION_KEY, or the key of the generation server in the studio. Nothing was ordered.`,
  )

/** What the words of a failure say that its status does not. */
const spoken = (said: Said, side: OtherSide, billed: 'no' | 'maybe'): RushesError | undefined => {
  const all = `${said.kind} ${said.words ?? ''}`
  const fail = (code: ErrorCode, message: string) => new RushesError(code, message, { billed })
  const words = said.words === undefined ? '' : ` It says: ${sentence(said.words)}`
  if (CREDIT.test(all))
    return fail('QUOTA', `No credit is left at ${side.host}.${words} Add some there, then try again.`)
  if (CONTENT.test(all))
    return fail(
      'REJECTED',
      `${side.host} refused this for what it shows or asks for.${words} Change the prompt or the input.`,
    )
  if (MEMORY.test(all))
    return fail(
      'OUT_OF_MEMORY',
      `The graphics card of ${side.host} ran out of memory. Choose 480p, or a smaller model there.`,
    )
  return undefined
}

/** An order that was taken failed over there. */
export const orderFailed = (error: WireError | null | undefined, side: OtherSide): RushesError => {
  const kind = [error?.code, error?.type].filter((word) => word !== undefined && word !== null).join(' ')
  const said: Said = { words: error?.message?.trim().slice(0, 600) || undefined, fields: {}, kind }
  const known = spoken(said, side, billedBy(side))
  if (known) return known
  const why = said.words === undefined ? ', and does not say why.' : `: ${sentence(said.words)}`
  return new RushesError('PROCESSING_ERROR', `${side.host} could not make it${why}`, { billed: billedBy(side) })
}

/**
 * The order went out, and what came of it is not known. (Not NETWORK_ERROR: that, and nothing billed, may be sent again.)
 */
export const answerLost = (what: string, side: OtherSide, cause?: unknown): RushesError => {
  const after = side.free
    ? 'It may be computed there all the same; it was not sent again.'
    : 'It may have been taken, and billed, so it was not sent again.'
  return new RushesError('CLOUD_FAILED', `The order to ${side.host}: ${what} ${after}`, {
    cause,
    billed: billedBy(side),
  })
}

/** The order did not come through. */
export const orderBroke = (error: unknown, side: OtherSide): RushesError => {
  if (!(error instanceof RequestFailed)) return answerLost('it broke off.', side, error)
  if (error.reached) return answerLost(`${error.message}.`, side, error)
  const message = `${side.host} cannot be reached: ${error.message}. Start the server there, or check GENERATION_URL. Nothing was ordered.`
  return new RushesError('UNREACHABLE', message, { cause: error })
}

export const isPage = ({ headers, text }: Pick<Reply, 'headers' | 'text'>): boolean =>
  /^text\/html\b/i.test(headers['content-type'] ?? '') || /^\s*<(!doctype|html)/i.test(text)

/** What an answer outside 2xx to an order means. The server's own words are passed on where it gave some. */
export const orderRefused = (reply: Reply, model: string, side: OtherSide): RushesError => {
  const { status, headers, text } = reply
  const { host } = side
  if (status === 401 || status === 403) return keyRefused(side)
  if (status >= 300 && status < 400)
    return new RushesError(
      'CLOUD_FAILED',
      `${host} answered with a redirect, which an order does not follow. Check GENERATION_URL.`,
    )
  if (isPage(reply) && status < 500)
    return new RushesError(
      'UNREACHABLE',
      `${host} answers with a web page: no generation server is there. Check GENERATION_URL.`,
    )
  const said = readFailure(text)
  const words = said.words === undefined ? ` (${status}).` : `: ${sentence(said.words)}`
  const refused = status < 500 && status !== 408
  const known = spoken(said, side, refused ? 'no' : billedBy(side))
  if (known) return known
  if (status === 402)
    return new RushesError(
      'QUOTA',
      `No credit is left at ${host}. Add some there, then try again. Nothing was ordered.`,
    )
  if (status === 429 || status === 503) {
    const retryAfter = secondsOf(headers['retry-after'])
    const options = retryAfter === undefined ? {} : { retryAfter }
    return new RushesError('RATE_LIMITED', `${host} takes no more orders just now. Nothing was ordered.`, options)
  }
  if (status === 404 || ABSENT.test(`${said.kind} ${said.words ?? ''}`))
    return new RushesError('MODEL_MISSING', `${host} does not make this with ${model}${words} Nothing was ordered.`)
  if (status === 413) return new RushesError('TOO_LARGE', `${host} takes no file as large${words} Nothing was ordered.`)
  if (refused) {
    const fields = Object.keys(said.fields).length > 0 ? { fields: said.fields } : {}
    return new RushesError('INVALID_INPUT', `${host} refused the inputs${words} Nothing was ordered.`, fields)
  }
  // A word of its own is the server's; without one it may come from a gateway behind which the order went on.
  if (said.words !== undefined && status === 500)
    return new RushesError('PROCESSING_ERROR', `${host} could not make it${words}`, { billed: billedBy(side) })
  return answerLost(`the answer was ${status}${said.words === undefined ? '' : ` (${said.words})`}.`, side)
}
