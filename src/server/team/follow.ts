import { sql } from 'kysely'
import type { Logger } from 'pino'
import { z } from 'zod'
import { isFinished, type Job, type RendererName } from '../../shared/job.ts'
import type { JobBus } from '../jobs/bus.ts'
import { batches } from '../store/batches.ts'
import type { Index } from '../store/database/index-access.ts'
import type { IndexQueries } from '../store/database/tables.ts'
import type { JobStore } from '../store/job-store.ts'
import { createTurn } from '../store/turn.ts'
import { createChangesLog } from './changes-log.ts'
import { readPause } from './claims.ts'
import type { Message } from './messages.ts'
import type { QueueState } from './queue-state.ts'
import { readJobs } from './read-jobs.ts'
import { requeueLapsed } from './requeue.ts'

/** Jobs that are read at once. */
const BATCH_JOBS = 500
/** More changes than this come from a migration, not from work: the queue is read anew, and pages are told of that alone. */
const MAX_CHANGES_READ_SINGLY = 2000
/** So many looks lie between two clearings of what is too old. */
const PRUNE_EVERY = 60
/** Until pages are told how many wait and run, after a change of it. */
const QUEUE_MS = 100
/** A worker that was not heard of for so many milliseconds is none. */
const WORKER_GONE_MS = 30_000

export type Follow = {
  /** Reads the whole queue. What is told from then on is followed. */
  start: () => Promise<void>
  hear: (message: Message) => void
  /** The connection that listens was made again. */
  doubt: () => void
  /** Reads jobs anew, for who has just changed them. Resolves when this process knows. */
  refresh: (ids: readonly string[]) => Promise<void>
  close: () => Promise<void>
}

const ranksSchema = z.array(z.object({ id: z.string(), rank: z.number() }))
const workersSchema = z.array(z.object({ lanes: z.record(z.string(), z.number()) }))

/** Keeps what this process knows of the queue up to date, and tells its pages of all that happens anywhere. */
export const createFollow = (deps: {
  index: Index
  jobs: Pick<JobStore, 'unfinished'>
  state: QueueState
  bus: Pick<JobBus, 'tell'>
  /** Told at every look which renderers jobs wait for that no worker takes. */
  onUnserved: (renderers: readonly RendererName[]) => void
  logger: Pick<Logger, 'warn'>
  lookMs: number
}): Follow => {
  const { index, jobs, state, bus, logger } = deps
  const log = createChangesLog(index)
  const inTurn = createTurn()
  const changed = new Set<string>()
  let reading: Promise<void> | null = null
  let timer: NodeJS.Timeout | undefined
  let telling: NodeJS.Timeout | undefined
  let isClosed = false
  let looks = 0

  /** What follows soon after is told with it: each page is told of each change. */
  const tellQueue = (): void => {
    telling ??= setTimeout(() => {
      telling = undefined
      bus.tell({ name: 'queue', totals: state.totals() })
    }, QUEUE_MS).unref()
  }
  const ranksOf = (db: IndexQueries, ids: readonly string[] | null) =>
    (ids === null ? sql`select id, rank from queue` : sql`select id, rank from queue where id = any(${ids}::text[])`)
      .execute(db)
      .then(({ rows }) => new Map(ranksSchema.parse(rows).map(({ id, rank }) => [id, rank])))

  const readSome = async (ids: readonly string[]): Promise<void> => {
    const found = new Map((await readJobs(index, ids)).map(({ job }) => [job.job_id, job]))
    const waiting = [...found.values()].filter((job) => !isFinished(job)).map(({ job_id: id }) => id)
    const ranks = waiting.length === 0 ? new Map<string, number>() : await index.run((db) => ranksOf(db, waiting))
    for (const job of found.values()) state.put(job, ranks.get(job.job_id) ?? Date.parse(job.created_at))
    for (const job of found.values()) bus.tell({ name: 'job', job: state.current(job) })
    const removed = ids.filter((id) => !found.has(id))
    for (const id of removed) state.remove(id)
    if (removed.length === 0) return
    const owners = await log.ownersOf(removed)
    bus.tell({ name: 'removed', jobs: removed.map((id) => ({ id, owner: owners.get(id) ?? null })) })
  }

  const readAll = async (): Promise<void> => {
    const [{ stored }, ranks] = await Promise.all([jobs.unfinished(), index.run((db) => ranksOf(db, null))])
    const there = new Set(stored.map(({ job }) => job.job_id))
    for (const id of state.ids()) if (!there.has(id)) state.remove(id)
    for (const { job } of stored) state.put(job, ranks.get(job.job_id) ?? Date.parse(job.created_at))
  }

  const readChanged = async (): Promise<void> => {
    while (changed.size > 0) {
      const ids = [...changed]
      changed.clear()
      try {
        if (ids.length > MAX_CHANGES_READ_SINGLY) await readAll()
        else for (const batch of batches(ids, BATCH_JOBS)) await readSome(batch)
      } catch (error) {
        for (const id of ids) changed.add(id)
        throw error
      }
      tellQueue()
    }
  }
  /** Reads what has changed; what changes meanwhile is read together right after. */
  const read = (): Promise<void> => {
    reading ??= readChanged().then(
      () => {
        reading = null
        if (changed.size > 0) readSoon()
      },
      (error: unknown) => {
        reading = null
        throw error
      },
    )
    return reading
  }
  // What fails is read at the next look.
  const readSoon = (): void => void read().catch((error: unknown) => logger.warn({ err: error }, 'jobs cannot be read'))

  const lookAround = async (): Promise<void> => {
    const { rows } = await index.run((db) =>
      sql`select lanes from workers where seen > now() - ${WORKER_GONE_MS} * interval '1 millisecond'`.execute(db),
    )
    const lanes = new Map<RendererName, number>()
    for (const worker of workersSchema.parse(rows))
      for (const [name, count] of Object.entries(worker.lanes)) lanes.set(name, (lanes.get(name) ?? 0) + count)
    state.setWorkers(lanes)
    const paused = (await index.run(readPause)) !== null
    const isNews = paused !== state.isPaused()
    state.setPaused(paused)
    if (isNews) tellQueue()
  }

  const look = async (): Promise<void> => {
    await requeueLapsed(index)
    for (const id of await log.look()) changed.add(id)
    await lookAround()
    await read()
    deps.onUnserved(state.unserved())
    if (++looks % PRUNE_EVERY === 0) await log.prune()
  }
  const lookOn = async (): Promise<void> => {
    clearTimeout(timer)
    try {
      await inTurn(look)
    } catch (error) {
      logger.warn({ err: error }, 'the queue could not be looked at; trying on')
    }
    clearTimeout(timer)
    if (!isClosed) timer = setTimeout(() => void lookOn(), deps.lookMs).unref()
  }

  const heardOfJobs = (ids: readonly string[]): void => {
    for (const id of ids) changed.add(id)
    readSoon()
  }

  return {
    start: async () => {
      await log.begin()
      await readAll()
      await lookAround()
      timer = setTimeout(() => void lookOn(), deps.lookMs).unref()
    },
    hear: (message) => {
      if ('jobs' in message) {
        if (log.heard(message.xid)) heardOfJobs(message.jobs)
      } else if ('look' in message) void lookOn()
      else if ('progress' in message) {
        const job: Job | undefined = state.saw(message.progress)
        if (job) bus.tell({ name: 'job', job })
      } else if ('queue' in message) {
        state.setPaused(message.queue !== 'goes on')
        tellQueue()
      }
    },
    doubt: () => {
      log.doubt()
      void lookOn()
    },
    refresh: async (ids) => {
      for (const id of ids) changed.add(id)
      do await read()
      while (ids.some((id) => changed.has(id)))
    },
    close: async () => {
      isClosed = true
      clearTimeout(timer)
      clearTimeout(telling)
      await reading?.catch(() => undefined)
    },
  }
}
