import type { Logger } from 'pino'
import { RushesError } from '../../shared/errors.ts'
import { isFinished, type Job } from '../../shared/job.ts'
import type { Queue } from '../../shared/queue.ts'
import { explainDiskError } from '../disk-errors.ts'
import type { JobStore } from '../store/job-store.ts'
import type { WaitingStore } from '../store/waiting-store.ts'
import { type Active, isOrdered, type Lane } from './active.ts'
import type { Cancelling } from './cancelling.ts'
import type { Ends } from './ends.ts'
import type { Lanes } from './lanes.ts'
import type { Line, Waiting } from './line.ts'
import type { PauseNote } from './pause-note.ts'
import { firstOf, moveBefore, rankAtHead } from './ranks.ts'
import { requeued } from './transitions.ts'

/** The reason with which a render is ended that begins anew later. */
const BEGINS_ANEW = Symbol('begins anew')

/** Jobs that the queue shows at most of those that wait. */
const MAX_SHOWN = 50

export type JobQueue = {
  isPaused: () => boolean
  /** What runs and the first that wait, of all renderers. With `owner`, those of others are counted and not named. */
  view: (owner?: string) => Queue
  /**
   * Lets nothing begin any more. What runs goes to its end; with `requeue` the renders of this machine go back to the
   * head of the queue instead. Rejects where that cannot be written down: it is paused all the same.
   */
  pause: (running: 'finish' | 'requeue') => Promise<void>
  goOn: () => Promise<void>
  /** Puts a job that waits before another that does, or last. */
  move: (id: string, before: string | null) => Promise<void>
  /** Cancels all that wait, or only those of that person, and answers how many. */
  cancelWaiting: (owner?: string) => Promise<number>
  /** Writes the places of moved jobs into an index that has taken another's place. */
  rewrite: () => Promise<void>
}

/** Why a job cannot be moved: it is not there, or does not wait. `what` begins the sentence. */
export const notWaiting = (id: string, isThere: boolean, what: string): RushesError =>
  isThere
    ? new RushesError('NOT_READY', `${what} does not wait any more: it runs, or has finished.`)
    : new RushesError('NOT_FOUND', `There is no job ${id.slice(0, 60)}.`)

type QueueDeps = {
  lanes: () => Lanes
  active: ReadonlyMap<string, Active>
  waiting: WaitingStore
  note: PauseNote
  jobs: Pick<JobStore, 'update'>
  cancelling: Pick<Cancelling, 'cancel'>
  /** Ends jobs that wait and of which nothing was ordered, all at once. */
  finishAll: (entries: readonly Active[], reason: RushesError) => ReturnType<Ends['write']>
  find: (id: string) => Promise<Job | undefined>
  current: (job: Job) => Job
  announce: (job: Job) => void
  announceQueue: () => void
  logger: Pick<Logger, 'warn'>
  now: () => Date
}

/** What runs and the first that wait, as whoever asks may see them. */
const viewOf = ({ lanes, active, current }: QueueDeps, paused: boolean, owner: string | undefined): Queue => {
  const { all } = lanes()
  const jobOf = (id: string): Job[] => {
    const entry = active.get(id)
    return entry ? [current(entry.job)] : []
  }
  const running = [...all.values()].flatMap((lane) => [...lane.running.keys()].flatMap(jobOf))
  return {
    running: running.filter((job) => job.status === 'processing' && (owner === undefined || job.owner === owner)),
    waiting:
      owner === undefined
        ? firstOf(all, MAX_SHOWN).flatMap(({ id }) => jobOf(id))
        : firstOf(all, Infinity)
            .flatMap(({ id }) => jobOf(id))
            .filter((job) => job.owner === owner)
            .slice(0, MAX_SHOWN),
    waiting_total: [...all.values()].reduce((sum, { line }) => sum + line.length(), 0),
    paused,
  }
}

/** Ends the renders of this machine; they wait again, before all others and in the order in which they began. */
const takeBack = async ({ lanes, active, waiting, jobs, announce, logger }: QueueDeps): Promise<void> => {
  const { all } = lanes()
  const back = [...all.values()]
    .filter(({ renderer }) => !renderer.cancel)
    .flatMap((lane) => [...lane.running.values()].map((each) => ({ lane, ...each })))
    .toSorted((one, other) => other.waited.rank - one.waited.rank)
  const moved: Waiting[] = []
  const written = back.flatMap(({ lane, controller, waited }) => {
    const entry = active.get(waited.id)
    if (!entry || isFinished(entry.job) || controller.signal.aborted) return []
    controller.abort(BEGINS_ANEW)
    entry.job = requeued(entry.job)
    const head = rankAtHead(all)
    const place = waited.rank < head ? waited : { ...waited, rank: head, moved: true }
    lane.line.put(place)
    if (place.moved) moved.push(place)
    announce(entry.job)
    return [jobs.update(entry.job, entry.cloud)]
  })
  // Where it cannot be written down, the next start takes them up as interrupted.
  for (const outcome of await Promise.allSettled([...written, waiting.rank(moved)]))
    if (outcome.status === 'rejected') logger.warn({ err: outcome.reason }, 'what waits again could not be noted')
}

type Place = { lane: Lane; job: Waiting }

const placeOf = ({ lanes, active }: QueueDeps, id: string): Place | undefined => {
  const lane = lanes().all.get(active.get(id)?.job.renderer ?? '')
  const job = lane?.line.get(id)
  return lane && job && { lane, job }
}

const requirePlace = async (deps: QueueDeps, id: string, what: string): Promise<Place> => {
  const place = placeOf(deps, id)
  if (place) return place
  throw notWaiting(id, (await deps.find(id)) !== undefined, what)
}

const moveJob = async (deps: QueueDeps, id: string, before: string | null): Promise<void> => {
  const own = await requirePlace(deps, id, 'This job')
  const other =
    before === null || before === id ? null : await requirePlace(deps, before, 'The job that it was to stand before')
  // Nothing may have happened while one was looked for.
  const { lane, job } = placeOf(deps, id) ?? own
  if (before === id || !lane.line.get(id)) return
  const changed = moveBefore(deps.lanes().all, lane, job, other?.job ?? null, deps.now().getTime())
  const entry = deps.active.get(id)
  if (entry) deps.announce(deps.current(entry.job))
  deps.announceQueue()
  await deps.waiting.rank(changed).catch((error: unknown) => {
    throw explainDiskError(error)
  })
}

const takeOut = (active: QueueDeps['active'], line: Line, owner: string): Active[] =>
  [...line.first(Infinity)].flatMap(({ id }) => {
    const entry = active.get(id)
    if (entry?.job.owner !== owner) return []
    line.remove(id)
    return [entry]
  })

/** Cancels all that wait, or only those of that person, and answers how many. */
const cancelAllWaiting = async (deps: QueueDeps, owner: string | undefined): Promise<number> => {
  const { active, cancelling } = deps
  const entries = [...deps.lanes().all.values()].flatMap(({ line }) =>
    owner === undefined ? line.clear().flatMap(({ id }) => active.get(id) ?? []) : takeOut(active, line, owner),
  )
  const ordered = entries.filter(isOrdered)
  const others = entries.filter((entry) => !isOrdered(entry))
  const told = ordered.map((entry) => (entry.cancelling ??= cancelling.cancel(entry)))
  const outcome = others.length > 0 ? await deps.finishAll(others, new RushesError('CANCELLED', 'Cancelled.')) : null
  deps.announceQueue()
  await Promise.all(told)
  if (outcome?.written === false)
    throw new RushesError(
      'DISK_FULL',
      'All that waited is cancelled. That could not be written down; it is tried again by itself. Free some space before you restart Rushes, or it may begin again.',
      { cause: outcome.error },
    )
  return entries.length
}

/** What a person does with the queue as a whole. */
export const createJobQueue = (deps: QueueDeps): JobQueue => {
  const { note, waiting, announceQueue } = deps
  let paused = note.isThere()

  return {
    isPaused: () => paused,
    view: (owner) => viewOf(deps, paused, owner),
    pause: async (running) => {
      paused = true
      if (running === 'requeue') await takeBack(deps)
      announceQueue()
      await note.put().catch((cause: unknown) => {
        const text =
          'Paused. That could not be written down, so that the next start of Rushes goes on. Free some space.'
        throw new RushesError('DISK_FULL', text, { cause })
      })
    },
    goOn: async () => {
      await note.remove()
      paused = false
      deps.lanes().pump()
      announceQueue()
    },
    move: (id, before) => moveJob(deps, id, before),
    cancelWaiting: (owner) => cancelAllWaiting(deps, owner),
    rewrite: async () => {
      const moved = [...deps.lanes().all.values()].flatMap(({ line }) =>
        line.first(Infinity).filter((job) => job.moved),
      )
      if (moved.length > 0) await waiting.rank(moved)
    },
  }
}
