import { forkChild } from './fork.ts'
import { type Guarded, guardChild, type Limits } from './guarded-child.ts'
import type { Children } from './pool.ts'

/** Loading code takes half a second and 150 MB; far more than that is a machine that cannot spare it. */
const LIMITS: Limits = { memory: 1024 ** 3, work: 60_000, time: 60_000, stall: 60_000 }
const IDLE = 10 * 60_000

type Spare = {
  /** Starts a child that loads all code and waits, unless one does already. Resolves when it has loaded. */
  prepare: () => Promise<void>
  /** The child that waited, or one that starts now. It is the caller's, and keeps the process alive. */
  take: () => Guarded
  /** Resolves when no child waits any more. */
  close: () => Promise<void>
}

/**
 * Keeps one child ahead of the renders, for `idle` milliseconds (ten minutes) at most. Once it has loaded, it does not
 * keep the process alive.
 */
export const createSpare = ({ reads, onChild }: Children, idle = IDLE): Spare => {
  let child: Guarded | undefined
  let loaded = Promise.resolve()
  let expiry: NodeJS.Timeout | undefined

  const start = (): Guarded => {
    const started = guardChild(forkChild(reads))
    if (started.pid !== undefined) onChild?.(started.pid)
    return started
  }
  const release = (): Guarded | undefined => {
    clearTimeout(expiry)
    const waiting = child?.isAlive() ? child : undefined
    child = undefined
    return waiting
  }
  const startAhead = (): Guarded => {
    const started = start()
    started.letGo()
    // One that fails at it is found dead when it is taken, or loads then what it needs.
    loaded = started.ask({ kind: 'prepare' }, LIMITS).then(
      () => undefined,
      () => undefined,
    )
    return started
  }

  return {
    prepare: () => {
      child = release() ?? startAhead()
      expiry = setTimeout(() => release()?.kill(), idle).unref()
      return loaded
    },
    take: () => {
      const taken = release() ?? start()
      taken.hold()
      return taken
    },
    close: async () => {
      const last = release()
      last?.hold()
      last?.kill()
      await last?.ended
    },
  }
}
