import { setTimeout as delay } from 'node:timers/promises'
import { RushesError } from '../../shared/errors.ts'

const FIRST_MS = 500
const SLOWEST_MS = 15_000

/**
 * Tries again while the storage of the files is away: what is rendered, and perhaps paid for, lies here meanwhile. Rejects
 * with the signal's reason when it is aborted.
 */
export const untilFiles = async <T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> => {
  for (let wait = FIRST_MS; ; wait = Math.min(wait * 2, SLOWEST_MS))
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof RushesError && error.code === 'FILES_AWAY')) throw error
      await delay(wait, undefined, { signal }).catch(() => signal.throwIfAborted())
    }
}
