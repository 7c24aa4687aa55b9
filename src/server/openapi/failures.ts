import { type Ref, refTo } from './schemas.ts'

/** What each status says, wherever it is answered. */
const FAILURES = {
  401: 'Who asks is not known (AUTH), or the key of the renderer is missing or refused.',
  402: 'It would pass a spending limit of the day, or no credit is left where it would be made.',
  403: 'The request came from a page, or under a name, that the settings do not let in; or it is for others to do.',
  404: 'There is nothing of that name or id.',
  408: 'The body came in too slowly, and was given up.',
  409: 'It is in no state for that: unfinished, finished already, or cancelled; or whoever renders lacks what it needs.',
  413: 'It is larger than its limit.',
  415: 'A file is not the kind of media that its field wants.',
  416: 'The range begins past the end.',
  422: 'Inputs that cannot be used, by field.',
  429: 'Too many at a time, or too often.',
  500: 'It could not be made.',
  502: 'Whoever renders, or an address to import from, cannot be reached or failed.',
  503: 'The server is stopping, does not take jobs yet, or its database or the storage of its files is away.',
  504: 'It was not finished in time.',
  507: 'The disk is full, or the data folder takes nothing.',
} as const

export type FailureStatus = keyof typeof FAILURES

const nameOf = (status: string | number): string => `Failure${status}`

/** References to the answers of those statuses, and of 401, 403 and 503, which any request may get. */
export const failures = (statuses: readonly FailureStatus[]): Record<string, Ref> =>
  Object.fromEntries(
    [...new Set([401, 403, 503, ...statuses])].map((status) => [
      String(status),
      { $ref: `#/components/responses/${nameOf(status)}` },
    ]),
  )

const RETRY_AFTER = {
  description: 'Seconds after which to ask again.',
  schema: { type: 'integer' },
} as const

/** The answers that {@link failures} refers to, for `components`. */
export const failureResponses = () =>
  Object.fromEntries(
    Object.entries(FAILURES).map(([status, description]) => [
      nameOf(status),
      {
        description,
        ...(status === '429' || status === '503' ? { headers: { 'Retry-After': RETRY_AFTER } } : {}),
        content: { 'application/json': { schema: refTo('Error') } },
      },
    ]),
  )
