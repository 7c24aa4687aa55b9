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

type HoldingDeps = {
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
}

type State = 'starting' | 'working' | 'draining' | 'closed'

/** The jobs that are held, until they are lost by the database's word or by this process's own clock. */
const createHeldClaims = ({
  times,
  logger,
  cancel,
  lost,
}: Pick<HoldingDeps, 'times' | 'logger' | 'cancel' | 'lost'>) => {
  const held = new Map<string, Claim>()
  const unwanted = new Set<string>()
  const forget = (id: string): void => {
    held.delete(id)
    unwanted.delete(id)
  }
  const lose = (id: string): void => {
    if (!held.has(id)) return
    forget(id)
    logger.warn({ job: id }, 'a job is not held here any more')
    lost(id)
  }
  const clock = createLeaseClock(times.leaseMs, () => {
    if (held.size > 0) logger.warn({ jobs: held.size }, 'leases have passed without having been renewed')
    for (const id of held.keys()) lose(id)
  })
  return {
    held,
    forget,
    lose,
    clock,
    isUnwanted: (id: string): boolean => unwanted.has(id),
    markUnwanted: (id: string): void => {
      if (!held.has(id)) return
      unwanted.add(id)
      cancel(id)
    },
  }
}

type HeldClaims = ReturnType<typeof createHeldClaims>

/** Claims what there is room for. */
const claimMore = async ({ claims, hasRoom, room, take }: HoldingDeps, { held, clock }: HeldClaims): Promise<void> => {
  if (!clock.isCurrent() || !hasRoom()) return
  const wanted = room()
  if ([...wanted.values()].every((count) => count === 0)) return
  for (const each of await claims.claim(wanted)) {
    held.set(each.id, each)
    take(each)
  }
}

/** Renews the leases of what is held, and learns what is not any more. */
const renew = async (deps: HoldingDeps, { held, clock, lose, markUnwanted }: HeldClaims): Promise<void> => {
  const askedAt = performance.now()
  const before = new Map(held)
  const { held: kept, pause } = await deps.claims.beat(deps.lanes())
  clock.renewed(askedAt)
  const tokens = new Map(kept.map(({ id, token }) => [id, token]))
  for (const [id, { token }] of before) if (held.get(id)?.token === token && tokens.get(id) !== token) lose(id)
  // Claimed in an answer that never came, or lost by our own clock alone.
  const strange = kept.filter(({ id, token }) => before.get(id)?.token !== token)
  if (strange.length > 0) await requeueHeld(deps.index, strange)
  for (const { id, cancelRequested } of kept) if (cancelRequested) markUnwanted(id)
  if (pause === 'requeue') deps.requeue()
}

/** Claims when it is asked to; what is asked while it waits for its turn is the same. */
const createFeed = (
  isWorking: () => boolean,
  claim: () => Promise<void>,
  { inTurn, logger }: { inTurn: ReturnType<typeof createTurn>; logger: HoldingDeps['logger'] },
): (() => void) => {
  let isAsked = false
  return () => {
    if (isAsked || !isWorking()) return
    isAsked = true
    inTurn(async () => {
      isAsked = false
      if (isWorking()) await claim()
    }).catch((error: unknown) => {
      isAsked = false
      logger.warn({ err: error }, 'nothing could be claimed; trying on')
    })
  }
}

/**
 * What a worker holds: claims it, keeps it by beats, and learns what it has lost. Questions to the database go one after
 * the other, so that what a beat says fits what was claimed.
 */
export const createHolding = (deps: HoldingDeps): Holding => {
  const { claims, index, times, logger } = deps
  const about = createHeldClaims(deps)
  const { held, clock, forget } = about
  const inTurn = createTurn()
  let state: State = 'starting'
  let timer: NodeJS.Timeout | undefined

  const feed = createFeed(
    () => state === 'working',
    () => claimMore(deps, about),
    { inTurn, logger },
  )

  const beat = async (): Promise<void> => {
    await renew(deps, about)
    if (state === 'working') await requeueLapsed(index)
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
    unwanted: about.markUnwanted,
    isUnwanted: about.isUnwanted,
    lose: about.lose,
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
