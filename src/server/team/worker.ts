import { isFinished, type RendererName } from '../../shared/job.ts'
import { JobTaken } from '../../shared/renderer.ts'
import type { Active } from '../jobs/active.ts'
import type { Lanes } from '../jobs/lanes.ts'
import { closeWork } from '../jobs/scheduling.ts'
import { createTasks } from '../jobs/tasks.ts'
import { requeued } from '../jobs/transitions.ts'
import type { Index } from '../store/database/index-access.ts'
import { createJobStore, type JobStore } from '../store/job-store.ts'
import { type Claim, createClaims } from './claims.ts'
import { createHandBack, type HandBack } from './hand-back.ts'
import { createHolding, type Holding } from './holding.ts'
import { createWorkerScheduling, type RenderingDeps, type WorkerScheduling } from './worker-scheduling.ts'
import { type Message, tellAll } from './messages.ts'
import { createProgressTeller } from './progress-teller.ts'

export type WorkerDeps = RenderingDeps & {
  /** A name that no other worker has, nor ever had. */
  name: string
  index: Index
  /** The renderers whose jobs it takes; null: all that are set up. */
  takesOf: ReadonlySet<RendererName> | null
  times: { leaseMs: number; beatMs: number }
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

/** A job that so many workers had no room for ends: it may be larger than any of their disks. */
const MAX_ATTEMPTS = 3

/** When a machine whose disk was full a moment ago may claim again. */
const createCooldown = ({ storage, times }: Pick<WorkerDeps, 'storage' | 'times'>) => {
  /** In milliseconds of `performance.now()`. */
  let until = -Infinity
  return {
    hasRoom: (): boolean => storage.hasRoom() && performance.now() >= until,
    begin: (): void => void (until = performance.now() + times.beatMs),
  }
}

/** How many more jobs there is room for, of each renderer that is set up and whose jobs are taken. */
const roomIn = (lanes: Lanes['all'], takesOf: WorkerDeps['takesOf']): Map<RendererName, number> => {
  const wanted = [...lanes.values()].filter(
    ({ renderer }) => (takesOf?.has(renderer.name) ?? true) && renderer.status().state !== 'off',
  )
  return new Map(
    wanted.map(({ renderer, line, running }) => [
      renderer.name,
      Math.max(0, renderer.concurrency - running.size - line.length()),
    ]),
  )
}

/** What the parts of a worker know of each other. */
type Parts = {
  jobs: Pick<JobStore, 'get'>
  active: ReadonlyMap<string, Active>
  scheduling: WorkerScheduling
  holding: () => Holding
  handBack: HandBack
}

/** Gives a job back that the disk has no room for, where another worker may have it. */
const createHandOn =
  ({ storage, logger }: WorkerDeps, parts: () => Parts, cooldown: { begin: () => void }) =>
  async (id: string): Promise<boolean> => {
    const { active, holding, handBack } = parts()
    const claim = holding().claimOf(id)
    // Whether an order that was just being sent has arrived nobody knows: that ends as it does anywhere.
    if (!claim || active.get(id)?.cloud?.state === 'sending') return false
    if (storage.hasRoom() && claim.attempt >= MAX_ATTEMPTS) return false
    logger.warn({ job: id }, 'the disk has no room for a job: it goes back, for a worker that has')
    // Else it would be the first to take it again, for what the job had written is gone.
    cooldown.begin()
    await handBack.claims([claim, ...handBack.unbegun()])
    return true
  }

/** Takes a job that was just claimed into its lane. An earlier run of it here has to have ended. */
const createTake =
  ({ storage, logger }: WorkerDeps, { jobs, scheduling, holding, handBack }: Parts) =>
  async (claim: Claim): Promise<void> => {
    await scheduling.untilRunEnded(claim.id)
    const stored = await jobs.get(claim.id).catch((error: unknown) => {
      // It stays held, so that nobody tries it over and over.
      logger.error({ err: error, job: claim.id }, 'a job that was claimed cannot be read')
      return undefined
    })
    if (!stored || isFinished(stored.job) || holding().claimOf(claim.id) !== claim) return
    const lane = scheduling.admission.admit({ ...stored, job: requeued(stored.job) })
    if (!lane) return
    const { cloud } = stored
    const isCancelling = cloud && cloud.state !== 'held' && cloud.cancelling
    if (claim.cancelRequested || holding().isUnwanted(claim.id) || isCancelling) return scheduling.cancel(claim.id)
    scheduling.lanes.put(lane, stored.job, { rank: claim.rank, moved: false })
    scheduling.lanes.pumpOne(lane)
    // The disk became full while it was being claimed.
    if (!storage.hasRoom()) await handBack.claims(handBack.unbegun())
  }

/** What other processes tell, as what is to be done. */
const createMessageHandler =
  (holding: Pick<Holding, 'feed' | 'unwanted'>, handBack: Pick<HandBack, 'local'>): Worker['hear'] =>
  (message) => {
    if ('jobs' in message && message.waiting) holding.feed()
    if ('look' in message) holding.feed()
    if ('cancel' in message) for (const id of message.cancel) holding.unwanted(id)
    if ('queue' in message) {
      if (message.queue === 'requeue') void handBack.local()
      else if (message.queue === 'goes on') holding.feed()
    }
  }

/**
 * Makes jobs that it claims from the queue in the database. It is the embedded runner's own machinery, fed by claims: what
 * it holds is what is active, and whatever it writes of it is kept only while it is held.
 */
export const createWorker = (deps: WorkerDeps): Worker => {
  const { index, logger, storage, takesOf, times } = deps
  const patient: Index = { ...index, ...index.patient, look: index.patient.run }
  const jobs = createJobStore(patient)
  const active = new Map<string, Active>()
  const tasks = createTasks()
  const progress = createProgressTeller((told) => {
    // What is lost of it is told with the next.
    index.run((db) => tellAll(db, { progress: told })).catch(() => undefined)
  })
  const cooldown = createCooldown(deps)
  const handOn = createHandOn(deps, () => parts, cooldown)
  const scheduling = createWorkerScheduling({
    ...deps,
    patient,
    jobs,
    active,
    tasks,
    progress,
    holding: () => holding,
    handOn,
  })
  const { lanes } = scheduling
  const handBack = createHandBack({ index, active, lanes, progress, holding: () => holding, logger })
  const parts: Parts = { jobs, active, scheduling, holding: () => holding, handBack }
  const take = createTake(deps, parts)
  const concurrencies = (): Record<string, number> =>
    Object.fromEntries(
      [...roomIn(lanes.all, takesOf).keys()].map((name) => [name, lanes.all.get(name)?.renderer.concurrency ?? 1]),
    )
  const holding = createHolding({
    claims: createClaims(index, { worker: deps.name, leaseMs: times.leaseMs }),
    index,
    times,
    logger,
    hasRoom: cooldown.hasRoom,
    room: () => roomIn(lanes.all, takesOf),
    // One whose disk is full takes nothing.
    lanes: () => (storage.hasRoom() ? concurrencies() : {}),
    take: (claim) => tasks.track(take(claim)),
    cancel: scheduling.cancel,
    lost: (id) => handBack.drop(id, new JobTaken(`${id} is made elsewhere`)),
    requeue: () => void handBack.local(),
  })

  return {
    start: () => holding.start(),
    wake: () => holding.feed(),
    hear: createMessageHandler(holding, handBack),
    prepare: lanes.prepare,
    close: async () => {
      holding.drain()
      await closeWork({ ...scheduling, tasks })
      await handBack.claims(holding.all())
      await holding.close()
    },
  }
}
