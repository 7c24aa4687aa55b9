import { type Limits, RequestFailed, send } from '../../outgoing/request.ts'

/** What is known of the key. `unchecked` where Decart's answer says nothing of it. */
export type KeyState =
  { state: 'unchecked' } | { state: 'accepted' } | { state: 'refused' } | { state: 'unreachable'; why: string }

/** Tells how many realtime sessions are open: it costs nothing, changes nothing, and is answered to a good key alone. */
const ROUTE = '/v1/realtime/quota'

/** What an answer says of the key. Only a 401 says that it is bad. */
const stateOf = (status: number): KeyState => {
  if (status >= 200 && status < 300) return { state: 'accepted' }
  if (status === 401) return { state: 'refused' }
  return status >= 500 ? { state: 'unreachable', why: `it answered ${status}` } : { state: 'unchecked' }
}

/** Finds out whether Decart takes the key, before an order does. Rejects with the signal's reason alone. */
export const lookAtKey = async (options: {
  apiKey: string
  baseUrl: string
  limits: Limits
  signal: AbortSignal
}): Promise<KeyState> => {
  const { apiKey, limits, signal } = options
  try {
    const request = { headers: { 'x-api-key': apiKey }, alone: true, signal, limits }
    const { status, body } = await send(options.baseUrl.replace(/\/+$/, '') + ROUTE, request)
    body.destroy()
    return stateOf(status)
  } catch (error) {
    if (!(error instanceof RequestFailed)) throw error
    return { state: 'unreachable', why: error.message }
  }
}
