import type { Logger } from 'pino'
import type { Active, Lane } from '../jobs/active.ts'
import type { Lanes } from '../jobs/lanes.ts'
import type { Index } from '../store/database/index-access.ts'
import type { Claim } from './claims.ts'
import type { Holding } from './holding.ts'
import type { ProgressTeller } from './progress-teller.ts'
import { requeueHeld } from './requeue.ts'

/** The reason with which a render is ended that begins anew later. */
const BEGINS_ANEW = Symbol('begins anew')

export type HandBack = {
  /** Gives jobs back, with what is known of their orders: whoever claims them next goes on. */
  claims: (claims: readonly Claim[]) => Promise<void>
  /** Gives back what this machine renders itself. */
  local: () => Promise<void>
  /** What is held and does not run. */
  unbegun: () => Claim[]
  /** Forgets a job and ends its work; what was made of it is removed. */
  drop: (id: string, reason: unknown) => void
}

const waitingIn = ({ line }: Lane): string[] => line.first(Infinity).map(({ id }) => id)

/** How a worker lets go of jobs that it holds. */
export const createHandBack = (deps: {
  index: Index
  active: Map<string, Active>
  lanes: Pick<Lanes, 'all'>
  progress: Pick<ProgressTeller, 'forget'>
  /** Made after this. */
  holding: () => Pick<Holding, 'claimOf' | 'forget'>
  logger: Pick<Logger, 'warn'>
}): HandBack => {
  const { index, active, lanes, progress, holding, logger } = deps
  const heldOf = (ids: readonly string[]): Claim[] => ids.flatMap((id) => holding().claimOf(id) ?? [])

  const drop: HandBack['drop'] = (id, reason) => {
    for (const { line, running } of lanes.all.values()) {
      line.remove(id)
      running.get(id)?.controller.abort(reason)
    }
    active.delete(id)
    progress.forget(id)
  }

  const giveBack: HandBack['claims'] = async (claims) => {
    // Each is put before all others: the first of them last.
    const back = claims
      .toSorted((one, other) => other.rank - one.rank)
      .map((claim) => ({ ...claim, cloud: active.get(claim.id)?.cloud ?? null }))
    for (const { id } of back) {
      holding().forget(id)
      drop(id, BEGINS_ANEW)
    }
    // A lease passes by itself where the database does not hear of it.
    await requeueHeld(index, back).catch((error: unknown) =>
      logger.warn({ err: error }, 'jobs could not be given back'),
    )
  }

  return {
    drop,
    claims: giveBack,
    unbegun: () => heldOf([...lanes.all.values()].flatMap(waitingIn)),
    local: () => {
      const local = [...lanes.all.values()].filter(({ renderer }) => !renderer.cancel)
      return giveBack(local.flatMap((lane) => heldOf([...lane.running.keys(), ...waitingIn(lane)])))
    },
  }
}
