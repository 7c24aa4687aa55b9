import type { Logger } from 'pino'
import { isFinished, type Job, type RendererName } from '../../shared/job.ts'
import { JobTaken, type Renderer } from '../../shared/renderer.ts'
import type { Active } from '../jobs/active.ts'
import { createAdmission } from '../jobs/admission.ts'
import { createCancelling } from '../jobs/cancelling.ts'
import { createEnds } from '../jobs/ends.ts'
import { createFinishing } from '../jobs/finishing.ts'
import { createLanes } from '../jobs/lanes.ts'
import { createDurations } from '../jobs/time-left.ts'
import { requeued } from '../jobs/transitions.ts'
import { createWork, type WorkDeps } from '../jobs/work.ts'
import type { Index } from '../store/database/index-access.ts'
import type { JobStore } from '../store/job-store.ts'
import type { Reserve } from '../store/reserve.ts'
import type { TakeStore } from '../store/take-store.ts'
import { createWaitingStore } from '../store/waiting-store.ts'
import { type Claim, createClaims } from './claims.ts'
import { createHeldJobs } from './held-jobs.ts'
import { createHolding } from './holding.ts'
import { tellAll } from './messages.ts'
import type { Message } from './messages.ts'
import { createProgressTeller } from './progress-teller.ts'
import { requeueHeld } from './requeue.ts'

export type WorkerDeps = Pick<WorkDeps, 'files' | 'folders' | 'untilWhole' | 'models'> & {
  /** A name that no other worker has, nor ever had. */
  name: string
  index: Index
  jobs: JobStore
  takes: TakeStore
  reserve: Reserve
  storage: { hasRoom: () => boolean; look: () => Promise<void> }
  renderers: readonly Renderer[]
  /** The renderers whose jobs it takes; null: all that are set up. */
  takesOf: ReadonlySet<RendererName> | null
  times: { leaseMs: number; beatMs: number }
  logger: Logger
  now: () => Date
}

export type Worker = {
  /** Begins to take jobs. */
  start: () => void
  /** What other processes tell. */
  hear: (message: Message) => void
  /** Looks whether there is something to take. */
  wake: () => void
  /** Gets ready for a job of that renderer. */
  prepare: (name: RendererName) => void
  /** Takes nothing more, hands back what it holds, and ends. */
  close: () => Promise<void>
}

/** The reason with which a render is ended that begins anew later. */
const BEGINS_ANEW = Symbol('begins anew')

/**
 * Makes jobs that it claims from the queue in the database. It is the embedded runner's own machinery, fed by claims: what
 * it holds is what is active, and whatever it writes of it is kept only while it is held.
 */
export const createWorker = (deps: WorkerDeps): Worker => {
  const { index, jobs, takes, logger, now } = deps
  const active = new Map<string, Active>()
  const tasks = new Set<Promise<void>>()
  const runs = new Map<string, Promise<void>>()
  const track = (running: Promise<void>): void => {
    tasks.add(running)
    void running.finally(() => tasks.delete(running))
  }
  const ignore = (): void => undefined

  const progress = createProgressTeller((told) => {
    // What is lost of it is told with the next.
    index.run((db) => tellAll(db, { progress: told })).catch(ignore)
  })
  /** Jobs that are written are told by the database itself. */
  const announce = (job: Job): void => {
    if (job.status === 'processing' && holding.claimOf(job.job_id)) progress.saw(job)
    else progress.forget(job.job_id)
  }

  const held = createHeldJobs({
    index,
    jobs,
    takes,
    claimOf: (id) => holding.claimOf(id),
    isCurrent: () => holding.isCurrent(),
    onLost: (id) => holding.lose(id),
    onEnded: (id) => holding.ended(id),
  })
  const ends = createEnds({
    jobs: held,
    waiting: createWaitingStore(index),
    takes,
    reserve: deps.reserve,
    logger,
    onWritten: ({ job }) => {
      if (active.get(job.job_id)?.job === job) active.delete(job.job_id)
    },
  })
  const durations = createDurations()
  const about = { active, recovering: new Set<Set<string>>(), ends, durations, announce, logger, now }
  const finishing = createFinishing(about)
  const work = createWork({
    ...deps,
    active,
    jobs: held,
    // Each attempt's result has a name of its own: what a worker that is too late puts away covers nobody's.
    takes: {
      discard: takes.discard,
      adopt: async (job, rendered) => {
        const claim = holding.claimOf(job.job_id)
        if (!claim) throw new JobTaken(`${job.job_id} is made elsewhere`)
        return takes.adopt(job, rendered, claim.attempt)
      },
    },
    ends,
    finishing,
    announce,
  })
  const lanes = createLanes({
    renderers: deps.renderers,
    active,
    durations,
    isOpen: () => holding.isWorking() && deps.storage.hasRoom(),
    // What is held by pausing is not claimed.
    isPaused: () => false,
    now,
    work: (lane, id, signal) => {
      const running = work(lane, id, signal)
      runs.set(id, running)
      return running.finally(() => runs.delete(id))
    },
    announce: () => holding.feed(),
  })
  const cancelling = createCancelling({
    jobs: held,
    lanes: lanes.all,
    logger,
    finishFailed: finishing.finishFailed,
    announceQueue: ignore,
  })
  const { finishFailed } = finishing
  const admission = createAdmission({ active, lanes, finishFailed, track, announce, announceQueue: ignore })

  const cancel = (id: string): void => {
    const entry = active.get(id)
    if (!entry || isFinished(entry.job)) return
    entry.cancelling ??= cancelling.cancel(entry)
    track(entry.cancelling.then(ignore, ignore))
  }

  /** Takes a job that was just claimed into its lane. An earlier run of it here has to have ended. */
  const take = async (claim: Claim): Promise<void> => {
    await runs.get(claim.id)
    const stored = await jobs.get(claim.id).catch((error: unknown) => {
      // It stays held, so that nobody tries it over and over.
      logger.error({ err: error, job: claim.id }, 'a job that was claimed cannot be read')
      return undefined
    })
    if (!stored || isFinished(stored.job) || holding.claimOf(claim.id) !== claim) return
    const lane = admission.admit({ ...stored, job: requeued(stored.job) })
    if (!lane) return
    const { cloud } = stored
    if (claim.cancelRequested || holding.isUnwanted(claim.id) || (cloud && cloud.state !== 'held' && cloud.cancelling))
      return cancel(claim.id)
    lanes.put(lane, stored.job, { rank: claim.rank, moved: false })
    lanes.pumpOne(lane)
  }

  /** Forgets a job and ends its work; what was made of it is removed. */
  const drop = (id: string, reason: unknown): void => {
    for (const { line, running } of lanes.all.values()) {
      line.remove(id)
      running.get(id)?.controller.abort(reason)
    }
    active.delete(id)
    progress.forget(id)
  }

  const room = (): Map<RendererName, number> => {
    const taken = deps.takesOf
    const wanted = [...lanes.all.values()].filter(
      ({ renderer }) => (taken?.has(renderer.name) ?? true) && renderer.status().state !== 'off',
    )
    return new Map(
      wanted.map(({ renderer, line, running }) => {
        return [renderer.name, Math.max(0, renderer.concurrency - running.size - line.length())]
      }),
    )
  }

  const holding = createHolding({
    claims: createClaims(index, { worker: deps.name, leaseMs: deps.times.leaseMs }),
    index,
    times: deps.times,
    logger,
    hasRoom: deps.storage.hasRoom,
    room,
    lanes: () =>
      Object.fromEntries([...room().keys()].map((name) => [name, lanes.all.get(name)?.renderer.concurrency ?? 1])),
    take: (claim) => track(take(claim)),
    cancel,
    lost: (id) => drop(id, new JobTaken(`${id} is made elsewhere`)),
    requeue: () => void requeueLocal(),
  })

  /** Gives back what this machine renders itself. */
  const requeueLocal = async (): Promise<void> => {
    const local = [...lanes.all.values()].filter(({ renderer }) => !renderer.cancel)
    const back = local
      .flatMap(({ line, running }) => [...running.keys(), ...line.first(Infinity).map(({ id }) => id)])
      .flatMap((id) => holding.claimOf(id) ?? [])
      .toSorted((one, other) => other.rank - one.rank)
    for (const { id } of back) {
      holding.forget(id)
      drop(id, BEGINS_ANEW)
    }
    // A lease passes by itself where the database does not hear of it.
    await requeueHeld(index, back).catch((error: unknown) =>
      logger.warn({ err: error }, 'jobs could not be given back'),
    )
  }

  const giveBack = async (): Promise<void> => {
    const all = holding.all().toSorted((one, other) => other.rank - one.rank)
    await requeueHeld(
      index,
      all.map((claim) => ({ ...claim, cloud: active.get(claim.id)?.cloud ?? null })),
    )
  }

  return {
    start: () => holding.start(),
    wake: () => holding.feed(),
    hear: (message) => {
      if ('jobs' in message && message.waiting) holding.feed()
      if ('look' in message) holding.feed()
      if ('cancel' in message) for (const id of message.cancel) holding.unwanted(id)
      if ('queue' in message) {
        if (message.queue === 'requeue') void requeueLocal()
        else if (message.queue === 'goes on') holding.feed()
      }
    },
    prepare: lanes.prepare,
    close: async () => {
      holding.drain()
      await lanes.close()
      await Promise.allSettled(tasks)
      await ends.close()
      for (const { renderer } of lanes.all.values()) await renderer.close()
      await cancelling.settled()
      await giveBack().catch((error: unknown) => logger.warn({ err: error }, 'jobs could not be handed back'))
      await holding.close()
    },
  }
}
