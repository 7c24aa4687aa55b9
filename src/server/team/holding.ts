import type { Logger } from 'pino'
import type { Index } from '../store/database/index-access.ts'
import { createTurn } from '../store/turn.ts'
import type { Claim, Claims, Wanted } from './claims.ts'
import { createLeaseClock } from './lease-clock.ts'
import { requeueHeld, requeueLapsed } from './requeue.ts'

/** Until leases are renewed again that could not be. */
const AGAIN_MS = 1000

export type Holding = {
  start: () => void
  isWorking: () => boolean
  /** Whether the leases have not passed by this process's own clock. */
  isCurrent: () => boolean
  claimOf: (id: string) => Claim | undefined
  all: () => Claim[]
  /** Claims what there is room for. */
  feed: () => void
  /** Somebody wants a job to be cancelled, that is held here perhaps. */
  unwanted: (id: string) => void
  /** Whether that was said of a job that is held here. */
  isUnwanted: (id: string) => boolean
  /** It turned out not to be held here any more. */
  lose: (id: string) => void
  /** Its end is written: nobody holds it. */
  ended: (id: string) => void
  /** Given back. */
  forget: (id: string) => void
  /** Claims nothing more; what is held goes on being held. */
  drain: () => void
  close: () => Promise<void>
}

/**
 * What a worker holds: claims it, keeps it by beats, and learns what it has lost. Questions to the database go one after
 * the other, so that what a beat says fits what was claimed.
 */
export const createHolding = (deps: {
  claims: Claims
  index: Index
  times: { leaseMs: number; beatMs: number }
  logger: Pick<Logger, 'info' | 'warn'>
  hasRoom: () => boolean
  room: () => Wanted
  lanes: () => Readonly<Record<string, number>>
  /** Given each job that is claimed. */
  take: (claim: Claim) => void
  cancel: (id: string) => void
  lost: (id: string) => void
  /** Told to give back what runs on this machine. */
  requeue: () => void
}): Holding => {
  const { claims, index, times, logger } = deps
  const held = new Map<string, Claim>()
  const unwanted = new Set<string>()
  const inTurn = createTurn()
  let state: 'starting' | 'working' | 'draining' | 'closed' = 'starting'
  let timer: NodeJS.Timeout | undefined
  let isAsked = false

  const forget = (id: string): void => {
    held.delete(id)
    unwanted.delete(id)
  }
  const lose = (id: string): void => {
    if (!held.has(id)) return
    forget(id)
    logger.warn({ job: id }, 'a job is not held here any more')
    deps.lost(id)
  }
  const clock = createLeaseClock(times.leaseMs, () => {
    if (held.size > 0) logger.warn({ jobs: held.size }, 'leases have passed without having been renewed')
    for (const id of held.keys()) lose(id)
  })
  const markUnwanted = (id: string): void => {
    if (!held.has(id)) return
    unwanted.add(id)
    deps.cancel(id)
  }

  const claim = async (): Promise<void> => {
    isAsked = false
    if (state !== 'working' || !clock.isCurrent() || !deps.hasRoom()) return
    const wanted = deps.room()
    if ([...wanted.values()].every((count) => count === 0)) return
    for (const each of await claims.claim(wanted)) {
      held.set(each.id, each)
      deps.take(each)
    }
  }

  const beat = async (): Promise<void> => {
    const askedAt = performance.now()
    const before = new Map(held)
    const { held: kept, pause } = await claims.beat(deps.lanes())
    clock.renewed(askedAt)
    const tokens = new Map(kept.map(({ id, token }) => [id, token]))
    for (const [id, { token }] of before) if (held.get(id)?.token === token && tokens.get(id) !== token) lose(id)
    // Claimed in an answer that never came, or lost by our own clock alone.
    const strange = kept.filter(({ id, token }) => before.get(id)?.token !== token)
    if (strange.length > 0) await requeueHeld(index, strange)
    for (const { id, cancelRequested } of kept) if (cancelRequested) markUnwanted(id)
    if (pause === 'requeue') deps.requeue()
    if (state === 'working') await requeueLapsed(index)
  }

  const feed = (): void => {
    if (isAsked || state !== 'working') return
    isAsked = true
    inTurn(claim).catch((error: unknown) => {
      isAsked = false
      logger.warn({ err: error }, 'nothing could be claimed; trying on')
    })
  }

  const beatOn = async (): Promise<void> => {
    let wait = times.beatMs
    try {
      await inTurn(beat)
    } catch (error) {
      logger.warn({ err: error }, 'leases could not be renewed; trying on')
      wait = Math.min(wait, AGAIN_MS)
    }
    if (state === 'closed') return
    feed()
    timer = setTimeout(() => void beatOn(), wait).unref()
  }

  return {
    start: () => {
      state = 'working'
      void beatOn()
    },
    isWorking: () => state === 'working',
    isCurrent: clock.isCurrent,
    claimOf: (id) => held.get(id),
    all: () => [...held.values()],
    feed,
    unwanted: markUnwanted,
    isUnwanted: (id) => unwanted.has(id),
    lose,
    ended: forget,
    forget,
    drain: () => {
      if (state !== 'closed') state = 'draining'
    },
    close: async () => {
      state = 'closed'
      clearTimeout(timer)
      clock.stop()
      await inTurn(claims.leave).catch(() => undefined)
    },
  }
}
