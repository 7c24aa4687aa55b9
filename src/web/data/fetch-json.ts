import type { z } from 'zod'
import { DecartSDKError } from '../../client/errors.ts'
import { signInPlace } from './sign-in-place.ts'

/** GETs what the client has no call for: lists and health. Rejects like the client does. */
export const fetchJson = async <T>(path: string, schema: z.ZodType<T>, signal?: AbortSignal): Promise<T> => {
  let response: Response
  try {
    response = await fetch(path, { headers: { accept: 'application/json' }, ...(signal ? { signal } : {}) })
  } catch (cause) {
    if (signal?.aborted) throw signal.reason
    throw new DecartSDKError('NETWORK_ERROR', 'No answer from the server: is it running?', { cause })
  }
  // The session is over: what stands in the form is kept, and is there again after.
  if (response.status === 401) location.assign(signInPlace(location))
  if (!response.ok)
    throw new DecartSDKError('INTERNAL', `The server answered ${response.status}`, { status: response.status })
  return schema.parse(await response.json())
}
