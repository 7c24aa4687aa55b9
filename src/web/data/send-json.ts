import { DecartSDKError } from '../../client/errors.ts'
import { ERROR_CODES, type ErrorCode } from '../../shared/errors.ts'
import { type ErrorBody, errorBodySchema } from '../../shared/routes.ts'

const codeOf = (code: string | undefined): ErrorCode => ERROR_CODES.find((each) => each === code) ?? 'INTERNAL'

/** Field → what is wrong with it: the server says it twice, and an older one only as `detail`. */
const fieldsOf = ({ fields, detail }: ErrorBody): Record<string, string> | undefined => {
  if (fields || typeof detail === 'string') return fields
  return Object.fromEntries(detail.map(({ loc, msg }) => [String(loc.at(-1) ?? ''), msg]))
}

/**
 * An error answer as an error: its sentence, its code, and what is wrong with which field.
 */
export const errorOf = async (response: Response): Promise<DecartSDKError> => {
  const { data } = errorBodySchema.safeParse(await response.json().catch(() => undefined))
  const { status } = response
  if (!data) return new DecartSDKError('INTERNAL', `The server answered ${status}.`, { status })
  const fields = fieldsOf(data)
  const message = typeof data.detail === 'string' ? data.detail : data.detail.map(({ msg }) => msg).join(' ')
  return new DecartSDKError(codeOf(data.code), message, { status, ...(fields ? { fields } : {}) })
}

/**
 * Tells the server something that the client has no call for, and gives the JSON that it answers, null where it says
 * nothing. `body` is sent as JSON, a form as it is. Rejects with a DecartSDKError.
 */
export const sendJson = async (
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: object,
  signal?: AbortSignal,
): Promise<unknown> => {
  const isForm = body instanceof FormData
  let response: Response
  try {
    response = await fetch(path, {
      method,
      ...(body === undefined
        ? {}
        : isForm
          ? { body }
          : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      ...(signal ? { signal } : {}),
    })
  } catch (cause) {
    if (signal?.aborted) throw signal.reason
    throw new DecartSDKError('NETWORK_ERROR', 'No answer from the server: is it running?', { cause })
  }
  if (!response.ok) throw await errorOf(response)
  return response.json().catch(() => null)
}
