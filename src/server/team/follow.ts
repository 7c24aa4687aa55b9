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
import { type ChangesLog, createChangesLog } from './changes-log.ts'
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
  /** Knows at once of a job that was put in here. It is read anew, too: others may have made it meanwhile. */
  putIn: (job: Job) => void
  close: () => Promise<void>
}

const ranksSchema = z.array(z.object({ id: z.string(), rank: z.number() }))
const workersSchema = z.array(z.object({ lanes: z.record(z.string(), z.number()) }))

type FollowDeps = {
  index: Index
  jobs: Pick<JobStore, 'unfinished'>
  state: QueueState
  bus: Pick<JobBus, 'tell'>
  /** Told at every look which renderers jobs wait for that no worker takes. */
  onUnserved: (renderers: readonly RendererName[]) => void
  logger: Pick<Logger, 'warn'>
  lookMs: number
}

/** The places of jobs in the queue, by id; null for those of all. */
const ranksOf = async (db: IndexQueries, ids: readonly string[] | null): Promise<Map<string, number>> => {
  const asked =
    ids === null ? sql`select id, rank from queue` : sql`select id, rank from queue where id = any(${ids}::text[])`
  const { rows } = await asked.execute(db)
  return new Map(ranksSchema.parse(rows).map(({ id, rank }) => [id, rank]))
}

/** Tells pages how many wait and run. What follows soon after is told with it: each page is told of each change. */
const createQueueTeller = ({ state, bus }: Pick<FollowDeps, 'state' | 'bus'>) => {
  let telling: NodeJS.Timeout | undefined
  return {
    tell: (): void => {
      telling ??= setTimeout(() => {
        telling = undefined
        bus.tell({ name: 'queue', totals: state.totals() })
      }, QUEUE_MS).unref()
    },
    stop: () => clearTimeout(telling),
  }
}

/** Reads jobs into what this process knows of the queue. */
const createJobReader = ({ index, jobs, state, bus }: FollowDeps, log: ChangesLog) => ({
  some: async (ids: readonly string[]): Promise<void> => {
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
  },
  all: async (): Promise<void> => {
    const [{ stored }, ranks] = await Promise.all([jobs.unfinished(), index.run((db) => ranksOf(db, null))])
    const there = new Set(stored.map(({ job }) => job.job_id))
    for (const id of state.ids()) if (!there.has(id)) state.remove(id)
    for (const { job } of stored) state.put(job, ranks.get(job.job_id) ?? Date.parse(job.created_at))
  },
})

/**
 * Collects which jobs have changed, and reads them: what changes while it reads is read together right after. One read at
 * a time, the whole queue's as well: of two at once the older would be the last to say how a job is.
 */
const createChangeReader = (
  reading: ReturnType<typeof createJobReader>,
  { onRead, logger }: { onRead: () => void; logger: FollowDeps['logger'] },
) => {
  const changed = new Set<string>()
  let isAllAsked = false
  let underway: Promise<void> | null = null
  const isAsked = (): boolean => isAllAsked || changed.size > 0

  const readChanged = async (): Promise<void> => {
    while (isAsked()) {
      const ids = [...changed]
      const isAll = isAllAsked || ids.length > MAX_CHANGES_READ_SINGLY
      changed.clear()
      isAllAsked = false
      try {
        if (isAll) await reading.all()
        else for (const batch of batches(ids, BATCH_JOBS)) await reading.some(batch)
      } catch (error) {
        for (const id of ids) changed.add(id)
        isAllAsked ||= isAll
        throw error
      }
      onRead()
    }
  }
  const read = (): Promise<void> => {
    underway ??= readChanged().then(
      () => {
        underway = null
        if (isAsked()) readSoon()
      },
      (error: unknown) => {
        underway = null
        throw error
      },
    )
    return underway
  }
  // What fails is read at the next look.
  const readSoon = (): void => void read().catch((error: unknown) => logger.warn({ err: error }, 'jobs cannot be read'))

  const add = (ids: Iterable<string>): void => {
    for (const id of ids) changed.add(id)
  }
  return {
    add,
    read,
    readSoon,
    /** Reads the whole queue. Resolves when it is read. */
    readAll: async (): Promise<void> => {
      isAllAsked = true
      do await read()
      while (isAllAsked)
    },
    /** Reads these anew. Resolves when they are read. */
    refresh: async (ids: readonly string[]): Promise<void> => {
      add(ids)
      do await read()
      while (ids.some((id) => changed.has(id)))
    },
    settled: async (): Promise<void> => underway?.catch(() => undefined),
  }
}

/** Looks which workers there are, and whether the queue is paused. */
const lookAround = async ({ index, state }: FollowDeps, tellQueue: () => void): Promise<void> => {
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

/** Follows what other processes tell. */
const hear = (
  { state, bus }: FollowDeps,
  parts: {
    log: ChangesLog
    changed: Pick<ReturnType<typeof createChangeReader>, 'add' | 'readSoon'>
    queueTeller: { tell: () => void }
    lookOn: () => void
  },
  message: Message,
): void => {
  if ('jobs' in message) {
    if (!parts.log.heard(message.xid)) return
    parts.changed.add(message.jobs)
    parts.changed.readSoon()
  } else if ('look' in message) parts.lookOn()
  else if ('progress' in message) {
    const job: Job | undefined = state.saw(message.progress)
    if (job) bus.tell({ name: 'job', job })
  } else if ('queue' in message) {
    state.setPaused(message.queue !== 'goes on')
    parts.queueTeller.tell()
  }
}

/** Keeps what this process knows of the queue up to date, and tells its pages of all that happens anywhere. */
export const createFollow = (deps: FollowDeps): Follow => {
  const { index, state, logger } = deps
  const log = createChangesLog(index)
  const inTurn = createTurn()
  const queueTeller = createQueueTeller(deps)
  const reading = createJobReader(deps, log)
  const changed = createChangeReader(reading, { onRead: queueTeller.tell, logger })
  let timer: NodeJS.Timeout | undefined
  let isClosed = false
  let looks = 0

  const look = async (): Promise<void> => {
    await requeueLapsed(index)
    changed.add(await log.look())
    await lookAround(deps, queueTeller.tell)
    await changed.read()
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

  return {
    start: async () => {
      await log.begin()
      await changed.readAll()
      await lookAround(deps, queueTeller.tell)
      timer = setTimeout(() => void lookOn(), deps.lookMs).unref()
    },
    hear: (message) => hear(deps, { log, changed, queueTeller, lookOn: () => void lookOn() }, message),
    doubt: () => {
      log.doubt()
      void lookOn()
    },
    refresh: changed.refresh,
    putIn: (job) => {
      state.put(job, Date.parse(job.created_at))
      changed.add([job.job_id])
      changed.readSoon()
    },
    close: async () => {
      isClosed = true
      clearTimeout(timer)
      queueTeller.stop()
      await changed.settled()
    },
  }
}
