import type { Logger } from 'pino'
import { RushesError } from '../../shared/errors.ts'
import type { Job, RendererName } from '../../shared/job.ts'
import { createChanges, type JobChanges } from '../jobs/changes.ts'
import type { JobBus } from '../jobs/bus.ts'
import type { Runner } from '../jobs/runner.ts'
import { resumed } from '../jobs/resume.ts'
import { createDurations, type Durations } from '../jobs/time-left.ts'
import { createWait } from '../jobs/wait.ts'
import type { Notices } from '../notices.ts'
import type { BlobStore } from '../store/blobs/blob-store.ts'
import type { Index } from '../store/database/index-access.ts'
import { createJobStore, type JobStore } from '../store/job-store.ts'
import type { TakeStore } from '../store/take-store.ts'
import { createEnding, type Ending } from './ending.ts'
import { within } from './fence.ts'
import { createFollow, type Follow } from './follow.ts'
import { pauseQueue, resumeQueue } from './pause.ts'
import { move, putFirst } from './places.ts'
import { createQueueState, type QueueState } from './queue-state.ts'
import { watchUnserved } from './unserved.ts'

/** How long a cancel waits for who holds the job: a worker answers within three seconds. */
const CANCEL_MS = 3200
/** Jobs that are looked at to know how long such jobs take. */
const MAX_REMEMBERED = 50

export type TeamRunner = Runner & Pick<Follow, 'hear' | 'doubt'>

type TeamRunnerDeps = {
  index: Index
  jobs: JobStore
  takes: TakeStore
  blobs: Pick<BlobStore, 'facts' | 'has'>
  bus: JobBus
  notices: Pick<Notices, 'say' | 'clear'>
  renderers: readonly RendererName[]
  /** Gets a worker in this process ready, where there is one, and has it look for what it can take. */
  prepare: () => void
  proceed: () => void
  lookMs: number
  logger: Logger
  now: () => Date
}

/** What the acts on jobs share. */
type Shared = Pick<TeamRunnerDeps, 'index' | 'now'> & {
  find: Runner['find']
  wait: Runner['wait']
  follow: Follow
  ending: Ending
}

/** Ends a job, or asks who holds it to, and waits a moment for that. */
const cancelJob = async ({ find, wait, follow, ending }: Shared, id: string): Promise<Job | undefined> => {
  // It is listened for before anybody is asked.
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(), CANCEL_MS)
  const ended = wait(id, late.signal).catch(() => undefined)
  try {
    if ((await ending.cancel(id)) === 'asked') await ended
    await follow.refresh([id])
    return (await find(id))?.job
  } finally {
    clearTimeout(timer)
    late.abort()
  }
}

/** Lets a failed job whose order still stands wait again, before all others. */
const resumeJob = async ({ index, find, follow }: Shared, id: string): Promise<Job> => {
  await index.transact(async (db) => {
    const own = createJobStore(within(index, db))
    await db.selectFrom('jobs').select('seq').where('id', '=', id).forUpdate().execute()
    const { job, cloud } = resumed(id, await own.get(id))
    await own.update(job, { ...cloud, cancelling: false })
    // It only has to be fetched, and may not be there for long.
    await putFirst(index, db, id)
  })
  await follow.refresh([id])
  const found = await find(id)
  if (!found) throw new RushesError('NOT_FOUND', `There is no job ${id.slice(0, 60)}.`)
  return found.job
}

/** Changes of finished jobs, one after the other on all servers. */
const createTeamChanges = ({ index, jobs, takes, blobs, now }: TeamRunnerDeps, find: Runner['find']): JobChanges => {
  const changes = createChanges({
    find,
    takes,
    blobs,
    jobs,
    ended: () => Promise.resolve(),
    // The database tells of it.
    announce: () => undefined,
    now,
  })
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => index.exclusively('changes of jobs', work)
  return {
    inTurn,
    change: (id, edit) => inTurn(() => changes.change(id, edit)),
    changeAll: (asked, check) => inTurn(() => changes.changeAll(asked, check)),
  }
}

/** What a person does with all that waits. */
const createTeamQueue = ({ index, follow, ending, now }: Shared, state: QueueState): Runner['queue'] => ({
  view: state.view,
  pause: async (running) => {
    await pauseQueue(index, running)
    state.setPaused(true)
  },
  goOn: async () => {
    await resumeQueue(index)
    state.setPaused(false)
  },
  move: async (id, before) => follow.refresh(await move(index, id, before, now())),
  cancelWaiting: async (owner) => {
    const { ended, asked } = await ending.cancelWaiting(owner)
    await follow.refresh([...ended, ...asked])
    return ended.length + asked.length
  },
})

/** Takes note of how long jobs took that were made last. */
const remember = async (jobs: JobStore, durations: Durations): Promise<void> => {
  const { jobs: last } = await jobs.list({ status: 'completed' }, MAX_REMEMBERED, null)
  for (const job of last.toReversed()) durations.saw(job)
}

/**
 * What routes ask of jobs, over a database that several servers and workers share. Every answer comes from the database;
 * what is kept here is places and progress, as far as they were heard of.
 */
export const createTeamRunner = (deps: TeamRunnerDeps): TeamRunner => {
  const { index, jobs, bus, logger, now } = deps
  const durations = createDurations()
  const state = createQueueState({ renderers: deps.renderers, durations, now })
  const onUnserved = watchUnserved(deps.notices)
  const follow = createFollow({ index, jobs, state, bus, onUnserved, logger, lookMs: deps.lookMs })
  const find: Runner['find'] = async (id) => {
    const stored = await jobs.get(id)
    return stored && { job: state.current(stored.job), result: stored.result }
  }
  const wait = createWait(bus, find)
  const shared: Shared = { index, now, find, wait, follow, ending: createEnding({ index, now }) }

  return {
    enqueue: ({ job }) => follow.putIn(job),
    goOn: async (stored) => (await find(stored.job.job_id))?.job ?? stored.job,
    find,
    ownerOf: state.ownerOf,
    current: state.current,
    cancel: (id) => cancelJob(shared, id),
    resume: (id) => resumeJob(shared, id),
    changes: createTeamChanges(deps, find),
    wait,
    queue: createTeamQueue(shared, state),
    totals: state.totals,
    oldestWaiting: state.oldestWaiting,
    proceed: deps.proceed,
    prepare: deps.prepare,
    recover: async () => {
      await follow.start()
      await remember(jobs, durations).catch((error: unknown) =>
        logger.warn({ err: error }, 'how long jobs took cannot be read'),
      )
      return { unfinished: 0, unreadable: [] }
    },
    rewrite: () => Promise.resolve(),
    hear: follow.hear,
    doubt: follow.doubt,
    close: async () => {
      await follow.close()
    },
  }
}
