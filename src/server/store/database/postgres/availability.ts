import { setTimeout as delay } from 'node:timers/promises'

export type Availability = {
  /** Whether it was found to be away and has not come back. */
  isAway: () => boolean
  /** Looks whether it is there after something was lost. Resolves when it is, or when the signal fires. */
  untilBack: (signal?: AbortSignal) => Promise<void>
  close: () => void
}

/** Keeps an eye on a database once it was lost, until it is back. */
export const createAvailability = (deps: {
  /** Does what could not be done. Rejects where that fails. */
  look: () => Promise<void>
  /** Milliseconds between two looks. */
  everyMs: number
  onAway: (error: unknown) => void
  onBack: () => void
}): Availability => {
  const closing = new AbortController()
  let isAway = false
  let looking: Promise<void> | null = null

  const lookOnce = async (): Promise<boolean> => {
    try {
      await deps.look()
      return true
    } catch (error) {
      if (!isAway && !closing.signal.aborted) {
        isAway = true
        deps.onAway(error)
      }
      return false
    }
  }
  const lookUntilBack = async (): Promise<void> => {
    while (!closing.signal.aborted && !(await lookOnce()))
      await delay(deps.everyMs, undefined, { signal: closing.signal }).catch(() => undefined)
    looking = null
    if (!isAway || closing.signal.aborted) return
    isAway = false
    deps.onBack()
  }
  return {
    isAway: () => isAway,
    untilBack: async (signal) => {
      looking ??= lookUntilBack()
      if (!signal) return looking
      await new Promise<void>((resolve) => {
        const stop = (): void => {
          signal.removeEventListener('abort', stop)
          resolve()
        }
        if (signal.aborted) return stop()
        signal.addEventListener('abort', stop)
        void looking?.then(stop)
      })
    },
    close: () => closing.abort(),
  }
}
