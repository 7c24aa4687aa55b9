import type { Job, RendererName } from '../../shared/job.ts'
import type { Renderer } from '../../shared/renderer.ts'
import type { QueueTotals } from '../../shared/routes.ts'
import { type Active, isOrdered, type Lane } from './active.ts'
import { createLine, type Waiting } from './line.ts'
import { rankAtEnd, rankAtHead } from './ranks.ts'
import { oldestOf, totalOf } from './standing.ts'
import type { Durations } from './time-left.ts'

/** The reason with which a shutdown ends renders. Their jobs stay as they are on disk and go on at the next start. */
export const SHUTDOWN = Symbol('shutdown')

export type Lanes = {
  all: ReadonlyMap<RendererName, Lane>
  /** Lets a job wait: behind all others, before them, or where its rank stands. */
  put: (lane: Lane, job: Job, where: 'end' | 'head' | { rank: number; moved: boolean }) => void
  /** Where a pending job stands in the queue of its renderer: 1 is next. */
  position: (job: Job) => number | undefined
  /** Begins what may begin. */
  pump: () => void
  pumpOne: (lane: Lane) => void
  totals: () => QueueTotals
  /** When the job that has waited longest was asked for, by renderer, in milliseconds since 1970; null where none waits. */
  oldestWaiting: () => Readonly<Record<RendererName, number | null>>
  /** Gets a renderer ready for a job, unless it has any. */
  prepare: (name: RendererName) => void
  /** Lets nothing begin any more and ends what runs. Resolves when it has ended. */
  close: () => Promise<void>
}

type LanesDeps = {
  renderers: readonly Renderer[]
  active: ReadonlyMap<string, Active>
  durations: Durations
  /** Whether anything may begin. */
  isOpen: () => boolean
  /** While it is paused, only what was ordered already goes on. */
  isPaused: () => boolean
  now: () => Date
  /** Does a job's work, to whatever end. Never rejects. */
  work: (lane: Lane, id: string, signal: AbortSignal) => Promise<void>
  announce: () => void
}

/** Who is next. A job that goes on waits until its ended run has ended: the two would share a folder. */
const nextOf = ({ active, isPaused }: LanesDeps, { line, running }: Lane): Waiting | undefined => {
  let place = 0
  for (let job = line.at(place); job; job = line.at(++place))
    if (!running.has(job.id)) {
      const entry = active.get(job.id)
      return isPaused() && !(entry && isOrdered(entry)) ? undefined : job
    }
  return undefined
}

/** Where jobs run, getting ready for another would slow them. */
const prepareLane = (lane: Lane): void => {
  if (lane.running.size === 0 && lane.line.length() === 0) void lane.renderer.prepare?.()
}

/** Begins what may begin, and knows what runs. */
const createPump = (deps: LanesDeps) => {
  const { isOpen, work, announce } = deps
  const works = new Set<Promise<void>>()

  const run = async (lane: Lane, waited: Waiting): Promise<void> => {
    const controller = new AbortController()
    lane.running.set(waited.id, { controller, waited })
    await work(lane, waited.id, controller.signal)
    lane.running.delete(waited.id)
    pumpOne(lane)
    announce()
    if (isOpen()) prepareLane(lane)
  }

  const pumpOne = (lane: Lane): void => {
    while (isOpen() && lane.running.size < lane.renderer.concurrency) {
      const next = nextOf(deps, lane)
      if (!next) return
      lane.line.remove(next.id)
      const running = run(lane, next)
      works.add(running)
      void running.finally(() => works.delete(running))
    }
  }

  return { pumpOne, settled: () => Promise.allSettled(works) }
}

/** Where jobs wait and run, a lane for each renderer: who begins when, and how many at a time. */
export const createLanes = (deps: LanesDeps): Lanes => {
  const { active, durations, isPaused, now } = deps
  const lanes = new Map<RendererName, Lane>()
  for (const renderer of deps.renderers) lanes.set(renderer.name, { renderer, line: createLine(), running: new Map() })
  const { pumpOne, settled } = createPump(deps)

  const jobOf = (id: string): Job | undefined => active.get(id)?.job
  const totals = (): QueueTotals => {
    const at = { jobOf, paused: isPaused(), now: now() }
    return Object.fromEntries(
      [...lanes].map(([name, { renderer, line, running }]) => [
        name,
        totalOf(name, { line, running: [...running.keys()] }, { ...at, concurrency: renderer.concurrency }, durations),
      ]),
    )
  }

  return {
    all: lanes,
    put: ({ line }, { job_id: id, model, created_at }, where) => {
      const own = { id, model, moved: false }
      if (where === 'end') line.put({ ...own, rank: rankAtEnd(lanes, Date.parse(created_at)) })
      else if (where === 'head') line.put({ ...own, rank: rankAtHead(lanes) })
      else line.put({ ...own, ...where })
    },
    position: ({ job_id, renderer }) => {
      const place = lanes.get(renderer)?.line.place(job_id) ?? -1
      return place < 0 ? undefined : place + 1
    },
    pump: () => lanes.forEach(pumpOne),
    pumpOne,
    totals,
    oldestWaiting: () => Object.fromEntries([...lanes].map(([name, { line }]) => [name, oldestOf(line, jobOf)])),
    prepare: (name) => {
      const lane = lanes.get(name)
      if (lane) prepareLane(lane)
    },
    close: async () => {
      for (const { line, running } of lanes.values()) {
        line.clear()
        for (const { controller } of running.values()) controller.abort(SHUTDOWN)
      }
      await settled()
    },
  }
}
