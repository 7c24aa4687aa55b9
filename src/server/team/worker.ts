import type { Logger } from 'pino'
import { type FinishedJob, isFinished, type Job, type RendererName } from '../../shared/job.ts'
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
import type { FileStore } from '../store/file-store.ts'
import { createJobStore } from '../store/job-store.ts'
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

export type WorkerDeps = Pick<WorkDeps, 'blobs' | 'folders' | 'untilWhole' | 'models'> & {
  /** A name that no other worker has, nor ever had. */
  name: string
  index: Index
  /** Makes the store of uploads on an index. */
  filesOf: (index: Index) => FileStore
  takes: TakeStore
  reserve: Reserve
  storage: { hasRoom: () => boolean; look: () => Promise<void> }
  renderers: readonly Renderer[]
  /** The renderers whose jobs it takes; null: all that are set up. */
  takesOf: ReadonlySet<RendererName> | null
  times: { leaseMs: number; beatMs: number }
  /** Told of every end of a job that is written here. */
  onEnded: (job: FinishedJob) => void
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

/** A job that so many workers had no room for ends: it may be larger than any of their disks. */
const MAX_ATTEMPTS = 3

/**
 * Makes jobs that it claims from the queue in the database. It is the embedded runner's own machinery, fed by claims: what
 * it holds is what is active, and whatever it writes of it is kept only while it is held.
 */
export const createWorker = (deps: WorkerDeps): Worker => {
  const { index, takes, logger, now } = deps
  // What a render writes and reads waits for a database that is away: that is no failure of the job.
  const patient: Index = { ...index, ...index.patient, look: index.patient.run }
  const jobs = createJobStore(patient)
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
    index: patient,
    jobs,
    takes,
    claimOf: (id) => holding.claimOf(id),
    isCurrent: () => holding.isCurrent(),
    onLost: (id) => holding.lose(id),
    onEnded: (job) => {
      holding.ended(job.job_id)
      deps.onEnded(job)
    },
  })
  const ends = createEnds({
    jobs: held,
    waiting: createWaitingStore(patient),
    takes,
    reserve: deps.reserve,
    logger,
    onWritten: ({ job }) => {
      if (active.get(job.job_id)?.job === job) active.delete(job.job_id)
    },
  })
  const durations = createDurations()
  // What has ended is told where it is written: a job that was lost meanwhile has not.
  const about = { active, recovering: new Set<Set<string>>(), ends, durations, announce, ended: ignore, logger, now }
  const finishing = createFinishing(about)
  /** When it may claim again, in milliseconds of `performance.now()`. */
  let restsUntil = -Infinity
  const hasRoom = (): boolean => deps.storage.hasRoom() && performance.now() >= restsUntil
  const work = createWork({
    ...deps,
    active,
    jobs: held,
    files: deps.filesOf(patient),
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
    handOn: async (id) => {
      const claim = holding.claimOf(id)
      // Whether an order that was just being sent has arrived nobody knows: that ends as it does anywhere.
      if (!claim || active.get(id)?.cloud?.state === 'sending') return false
      if (deps.storage.hasRoom() && claim.attempt >= MAX_ATTEMPTS) return false
      logger.warn({ job: id }, 'the disk has no room for a job: it goes back, for a worker that has')
      // Else it would be the first to take it again, for what the job had written is gone.
      restsUntil = performance.now() + deps.times.beatMs
      await handBack([claim, ...unbegun()])
      return true
    },
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
    // The disk became full while it was being claimed.
    if (!deps.storage.hasRoom()) await handBack(unbegun())
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
    hasRoom,
    room,
    // One whose disk is full takes nothing.
    lanes: () =>
      Object.fromEntries(
        deps.storage.hasRoom()
          ? [...room().keys()].map((name) => [name, lanes.all.get(name)?.renderer.concurrency ?? 1])
          : [],
      ),
    take: (claim) => track(take(claim)),
    cancel,
    lost: (id) => drop(id, new JobTaken(`${id} is made elsewhere`)),
    requeue: () => void requeueLocal(),
  })

  /** Gives jobs back, with what is known of their orders: whoever claims them next goes on. */
  const handBack = async (claims: readonly Claim[]): Promise<void> => {
    // Each is put before all others: the first of them last.
    const back = claims
      .toSorted((one, other) => other.rank - one.rank)
      .map((claim) => ({ ...claim, cloud: active.get(claim.id)?.cloud ?? null }))
    for (const { id } of back) {
      holding.forget(id)
      drop(id, BEGINS_ANEW)
    }
    // A lease passes by itself where the database does not hear of it.
    await requeueHeld(index, back).catch((error: unknown) =>
      logger.warn({ err: error }, 'jobs could not be given back'),
    )
  }

  const heldOf = (ids: readonly string[]): Claim[] => ids.flatMap((id) => holding.claimOf(id) ?? [])
  /** What is held and does not run. */
  const unbegun = (): Claim[] =>
    heldOf([...lanes.all.values()].flatMap(({ line }) => line.first(Infinity).map(({ id }) => id)))

  /** Gives back what this machine renders itself. */
  const requeueLocal = (): Promise<void> => {
    const local = [...lanes.all.values()].filter(({ renderer }) => !renderer.cancel)
    return handBack(
      local.flatMap(({ line, running }) => heldOf([...running.keys(), ...line.first(Infinity).map(({ id }) => id)])),
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
      await handBack(holding.all())
      await holding.close()
    },
  }
}
