import { type ErrorBody, errorBodySchema } from '../shared/routes.ts'
import { DecartSDKError, type DecartSDKErrorCode } from './errors.ts'

/** What a call was about: it decides what a 404 means, and begins the sentence of a 422. */
export type Subject = { model: string } | { job: string } | { file: string } | 'files' | 'renderers'

const CODE_OF_STATUS: Record<number, DecartSDKErrorCode> = {
  400: 'INVALID_INPUT',
  401: 'INVALID_API_KEY',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  408: 'TIMEOUT',
  409: 'NOT_READY',
  413: 'TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA',
  422: 'INVALID_INPUT',
  429: 'RATE_LIMITED',
  503: 'UNAVAILABLE',
  504: 'TIMEOUT',
  507: 'DISK_FULL',
}

const isModel = (subject: Subject): subject is { model: string } => typeof subject === 'object' && 'model' in subject

const codeOf = (status: number, subject: Subject, body: ErrorBody | undefined): DecartSDKErrorCode =>
  body?.code ??
  (status === 404 && isModel(subject) ? 'MODEL_NOT_FOUND' : (CODE_OF_STATUS[status] ?? 'PROCESSING_ERROR'))

const readBody = (text: string): ErrorBody | undefined => {
  try {
    return errorBodySchema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

/** Field → complaint from FastAPI's list, whose `loc` begins with where the value stood: `["body", "data"]`. */
const fieldsOfDetail = (detail: Exclude<ErrorBody['detail'], string>): Record<string, string> => {
  const fields: Record<string, string> = {}
  for (const { loc, msg } of detail) fields[String(loc[0] === 'body' ? (loc[1] ?? 'body') : (loc[0] ?? 'body'))] ??= msg
  return fields
}

/** Our own complaints go on from the field's name; others' are sentences of their own. */
const complaint = ([field, text]: [string, string]): string =>
  /^[a-z]/.test(text) ? `${field} ${text}` : `${field}: ${text}`

const sentenceOf = (response: Response, subject: Subject, fields: Record<string, string> | undefined): string => {
  if (fields) {
    const complaints = Object.entries(fields).map(complaint).join('; ')
    return isModel(subject) ? `Invalid inputs for ${subject.model}: ${complaints}` : complaints
  }
  if (response.status === 401) return 'The API key is missing or wrong'
  if (response.status === 404 && isModel(subject)) return `The server does not know the model ${subject.model}`
  return `The server answered ${response.status} ${response.statusText}`.trim()
}

/** Seconds from a Retry-After header: a number of seconds, or a date. */
const retryAfterOf = (response: Response): number | undefined => {
  const header = response.headers.get('retry-after')
  if (header === null) return undefined
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : (Date.parse(header) - Date.now()) / 1000
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined
}

/** Turns an answer outside 2xx into an error: the server's own words and fields where it gave some. */
export const errorOfAnswer = async (response: Response, subject: Subject): Promise<DecartSDKError> => {
  const body = readBody(await response.text().catch(() => ''))
  const detail = body?.detail
  const listed = typeof detail === 'object' && detail.length > 0 ? fieldsOfDetail(detail) : undefined
  const fields = body?.fields ?? listed
  const message = typeof detail === 'string' && detail !== '' ? detail : sentenceOf(response, subject, fields)
  const { status } = response
  return new DecartSDKError(codeOf(status, subject, body), message, {
    status,
    fields,
    retryAfter: retryAfterOf(response),
  })
}
