import { RushesError } from '../../shared/errors.ts'
import { forkChild } from './fork.ts'
import { createGate } from './gate.ts'
import { type Asked, ChildFailed, type Guarded, guardChild, type Limits } from './guarded-child.ts'
import type { Result } from './messages.ts'

export type Pool = {
  /** Asks one thing of a child that is free, or of the next that is. Rejects with a RushesError. */
  ask: (asked: Asked, limits: Limits) => Promise<Result>
  close: () => Promise<void>
}

export type Children = {
  /** Folders in which the media lie that are read; children reach nothing else by themselves. */
  reads: readonly string[]
  /** Told of each child that starts, by its process id. */
  onChild?: ((pid: number) => void) | undefined
}

/** Milliseconds that a child waits for the next question. */
const IDLE = 30_000

/** Children without work; each is ended when it has waited for half a minute. */
const createIdle = () => {
  /** The last used at the end. */
  const idle: { child: Guarded; expiry: NodeJS.Timeout }[] = []
  return {
    /** The last used that is alive. */
    take: (): Guarded | undefined => {
      for (let last = idle.pop(); last; last = idle.pop()) {
        clearTimeout(last.expiry)
        if (last.child.isAlive()) return last.child
      }
      return undefined
    },
    add: (child: Guarded): void => {
      child.letGo()
      const expire = (): void => {
        idle.splice(
          idle.findIndex((one) => one.child === child),
          1,
        )
        child.kill()
      }
      idle.push({ child, expiry: setTimeout(expire, IDLE).unref() })
    },
    takeAll: (): Guarded[] =>
      idle.splice(0).map(({ child, expiry }) => {
        clearTimeout(expiry)
        return child
      }),
  }
}

/**
 * Up to `size` children, each asked one thing at a time and many after another: they are started when all others are
 * busy, again after one has died, and end when nothing was asked for half a minute; idle, they do not keep the process
 * alive.
 */
export const createPool = (size: number, { reads, onChild }: Children): Pool => {
  const busy = new Set<Guarded>()
  const idle = createIdle()
  const gate = createGate(size)
  let closed = false

  const start = (): Guarded => {
    const started = guardChild(forkChild(reads))
    if (started.pid !== undefined) onChild?.(started.pid)
    return started
  }
  const askOf = async (child: Guarded, asked: Asked, limits: Limits): Promise<Result> => {
    busy.add(child)
    child.hold()
    try {
      return await child.ask(asked, limits)
    } finally {
      busy.delete(child)
      if (child.isAlive() && !closed) idle.add(child)
      else child.kill()
    }
  }
  const askOne = async (asked: Asked, limits: Limits): Promise<Result> => {
    const used = idle.take()
    try {
      return await askOf(used ?? start(), asked, limits)
    } catch (error) {
      // What an earlier question did to the child is not this one's fault; what took too long did so by itself.
      const mayBeEarlier = error instanceof ChildFailed && (error.why === 'died' || error.why === 'memory')
      if (!used || !mayBeEarlier || closed) throw error
      return askOf(start(), asked, limits)
    }
  }

  return {
    ask: (asked, limits) =>
      gate(async () => {
        if (closed) throw new RushesError('CANCELLED', 'Rushes is closing.')
        return askOne(asked, limits)
      }),
    close: async () => {
      closed = true
      const all = [...busy, ...idle.takeAll()]
      for (const child of all) {
        child.hold()
        child.kill()
      }
      await Promise.all(all.map(({ ended }) => ended))
    },
  }
}
