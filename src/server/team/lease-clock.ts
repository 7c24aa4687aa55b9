/** Part of a lease that is left unused: what is under way when it is over has to stop before another begins. */
const MARGIN = 0.1

export type LeaseClock = {
  /** Whether leases that were renewed last have not passed yet. */
  isCurrent: () => boolean
  /** They were renewed by a question that went out at that time of `performance.now()`. */
  renewed: (askedAt: number) => void
  stop: () => void
}

/**
 * Knows by this process's own monotonic clock when its leases have passed, whatever the database is: it counts from
 * before the renewal was asked for, so that it is never later than the database. `onPassed` is told at that time, or as
 * soon as a process that was frozen runs again.
 */
export const createLeaseClock = (leaseMs: number, onPassed: () => void): LeaseClock => {
  const length = leaseMs * (1 - MARGIN)
  let until = -Infinity
  let timer: NodeJS.Timeout | undefined
  return {
    isCurrent: () => performance.now() < until,
    renewed: (askedAt) => {
      until = Math.max(until, askedAt + length)
      clearTimeout(timer)
      timer = setTimeout(onPassed, Math.max(0, until - performance.now())).unref()
    },
    stop: () => clearTimeout(timer),
  }
}
