import { RushesError, STATUS_OF } from '../../shared/errors.ts'
import type { ErrorBody } from '../../shared/routes.ts'
import { explainDiskError } from '../disk-errors.ts'

const PLAIN = 'Something in Rushes broke. The server log says what.'

/** The answer for a failure: Decart's shape, 422 per field and a sentence otherwise. Says nothing of defects of ours. */
export const failureResponse = (thrown: unknown): Response => {
  const error = explainDiskError(thrown)
  if (!(error instanceof RushesError)) return answer(500, { detail: PLAIN, code: 'INTERNAL' })
  const { code, message, fields, retryAfter } = error
  const headers = retryAfter === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfter)) }
  const more = { code, ...(fields ? { fields } : {}) }
  if (code !== 'INVALID_INPUT' || !fields) return answer(STATUS_OF[code], { detail: message, ...more }, headers)
  const detail = Object.entries(fields).map(([field, text]) => ({
    loc: ['body', field],
    // A sentence of its own begins with a capital; anything else goes on from the field's name.
    msg: /^[A-Z]/.test(text) ? `${field}: ${text}` : `${field} ${text}`,
    type: text === 'is required' ? 'missing' : 'value_error',
  }))
  return answer(422, { detail, ...more }, headers)
}

const answer = (status: number, body: ErrorBody, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })
