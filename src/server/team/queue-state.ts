import { isFinished, type Job, type RendererName } from '../../shared/job.ts'
import type { Queue } from '../../shared/queue.ts'
import type { QueueTotals } from '../../shared/routes.ts'
import { createLine, type Line } from '../jobs/line.ts'
import { oldestOf, totalOf } from '../jobs/standing.ts'
import type { Durations } from '../jobs/time-left.ts'
import type { Progress } from './messages.ts'

/** Jobs that the queue shows at most of those that wait; as an embedded queue does. */
const MAX_SHOWN = 50

type Lane = { line: Line; running: Set<string> }

/** The queue of all servers and workers as this process knows it. Nothing here waits, and nothing here is the truth. */
export type QueueState = {
  /** Takes note of a job as it is written, and of its place while it waits. A finished one leaves the queue. */
  put: (job: Job, rank: number) => void
  remove: (id: string) => void
  /** Takes note of how far a render is. Answers its job, where that is known to run. */
  saw: (progress: Progress) => Job | undefined
  /** A job with its place and its progress. */
  current: (job: Job) => Job
  ids: () => string[]
  /** Whose an unfinished job is; null for nobody's, and for one that is not known. */
  ownerOf: (id: string) => string | null
  /** How many jobs workers take at a time, by renderer. */
  setWorkers: (lanes: ReadonlyMap<RendererName, number>) => void
  /** The renderers that jobs wait for and no worker takes; none while the queue is paused, for then all wait. */
  unserved: () => RendererName[]
  setPaused: (paused: boolean) => void
  isPaused: () => boolean
  totals: () => QueueTotals
  /** When the oldest job that waits for each renderer was made, in milliseconds since 1970. */
  oldestWaiting: () => Readonly<Record<RendererName, number | null>>
  view: (owner?: string) => Queue
}

/** Unfinished jobs in the lanes of their renderers, each with how far it is. */
const createKnownJobs = (renderers: readonly RendererName[]) => {
  const jobs = new Map<string, Job>()
  const progress = new Map<string, Progress>()
  const lanes = new Map<RendererName, Lane>()
  const laneOf = (name: RendererName): Lane => {
    const known = lanes.get(name)
    if (known) return known
    const lane = { line: createLine(), running: new Set<string>() }
    lanes.set(name, lane)
    return lane
  }
  renderers.forEach(laneOf)
  const current = (job: Job): Job => {
    if (job.status === 'pending') {
      const place = lanes.get(job.renderer)?.line.place(job.job_id) ?? -1
      return place < 0 ? job : { ...job, queue_position: place + 1 }
    }
    const told = progress.get(job.job_id)
    if (job.status !== 'processing' || told?.started_at !== job.started_at) return job
    return { ...job, phase: told.phase, progress: told.progress }
  }
  return {
    jobs,
    progress,
    lanes,
    laneOf,
    current,
    takeOut: (id: string): void => {
      for (const { line, running } of lanes.values()) {
        line.remove(id)
        running.delete(id)
      }
      jobs.delete(id)
    },
    /** Those of these ids that are known, as they are now. */
    find: (ids: Iterable<string>): Job[] => [...ids].flatMap((id) => jobs.get(id) ?? []).map(current),
  }
}

type KnownJobs = ReturnType<typeof createKnownJobs>

const viewOf = ({ jobs, lanes, find }: KnownJobs, paused: boolean, owner: string | undefined): Queue => {
  const isSeen = (id: string): boolean => owner === undefined || jobs.get(id)?.owner === owner
  const waiting = [...lanes.values()]
    .flatMap(({ line }) => (owner === undefined ? line.first(MAX_SHOWN) : line.first(Infinity)))
    .filter(({ id }) => isSeen(id))
    .toSorted((one, other) => one.rank - other.rank)
    .slice(0, MAX_SHOWN)
  return {
    running: [...lanes.values()].flatMap(({ running }) => find([...running].filter(isSeen))),
    waiting: find(waiting.map(({ id }) => id)),
    waiting_total: [...lanes.values()].reduce((sum, { line }) => sum + line.length(), 0),
    paused,
  }
}

/** The queue as it is heard of. */
export const createQueueState = (deps: {
  /** Renderers that are listed, whether anything waits for them or not. */
  renderers: readonly RendererName[]
  durations: Durations
  now: () => Date
}): QueueState => {
  const { durations, now } = deps
  const known = createKnownJobs(deps.renderers)
  const { jobs, progress, lanes, takeOut, current } = known
  let workers: ReadonlyMap<RendererName, number> = new Map()
  let paused = false

  const totals = (): QueueTotals => {
    const at = { jobOf: (id: string) => known.find([id])[0], paused, now: now() }
    return Object.fromEntries(
      [...lanes].map(([name, { line, running }]) => [
        name,
        totalOf(name, { line, running: [...running] }, { ...at, concurrency: workers.get(name) ?? 1 }, durations),
      ]),
    )
  }

  return {
    oldestWaiting: () =>
      Object.fromEntries([...lanes].map(([name, { line }]) => [name, oldestOf(line, (id) => jobs.get(id))])),
    put: (job, rank) => {
      const { job_id: id, model } = job
      takeOut(id)
      if (isFinished(job)) {
        progress.delete(id)
        return durations.saw(job)
      }
      jobs.set(id, job)
      const { line, running } = known.laneOf(job.renderer)
      if (job.status === 'processing') running.add(id)
      else line.put({ id, model, rank, moved: false })
    },
    remove: (id) => {
      takeOut(id)
      progress.delete(id)
    },
    saw: (told) => {
      progress.set(told.id, told)
      const job = jobs.get(told.id)
      return job?.status === 'processing' ? current(job) : undefined
    },
    current,
    ids: () => [...jobs.keys()],
    ownerOf: (id) => jobs.get(id)?.owner ?? null,
    setWorkers: (given) => void (workers = given),
    unserved: () =>
      [...lanes].flatMap(([name, { line }]) =>
        !paused && line.length() > 0 && (workers.get(name) ?? 0) === 0 ? [name] : [],
      ),
    setPaused: (given) => void (paused = given),
    isPaused: () => paused,
    totals,
    view: (owner) => viewOf(known, paused, owner),
  }
}
