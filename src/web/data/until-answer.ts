import { healthSchema, routes } from '../../shared/routes.ts'
import { useConnection } from './connection.ts'
import { fetchJson } from './fetch-json.ts'

/** Milliseconds between two looks for a server that is away; the last one from then on. */
const WAITS = [500, 1000, 2000, 4000, 8000]

/** Waits so long, or until the connection is back; rejects with the signal's reason. */
const rest = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const end = (settle: () => void) => () => {
      clearTimeout(timer)
      stop()
      signal.removeEventListener('abort', abort)
      settle()
    }
    const timer = setTimeout(
      end(() => resolve()),
      ms,
    )
    const back = end(() => resolve())
    const stop = useConnection.subscribe(({ state }, before) => {
      if (state === 'open' && before.state !== 'open') back()
    })
    const abort = end(() => reject(signal.reason))
    signal.addEventListener('abort', abort)
  })

/** Resolves once the server answers, to whether it did at the first look. `onAway` is called when it did not. */
export const untilAnswer = async (signal: AbortSignal, onAway: () => void): Promise<boolean> => {
  for (let looks = 0; ; looks++) {
    try {
      await fetchJson(routes.health, healthSchema, signal)
      return looks === 0
    } catch {
      signal.throwIfAborted()
      if (looks === 0) onAway()
      await rest(WAITS[looks] ?? WAITS.at(-1) ?? 0, signal)
    }
  }
}
