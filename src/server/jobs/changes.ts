import { RushesError } from '../../shared/errors.ts'
import type { Job } from '../../shared/job.ts'
import type { Changed, Changes } from '../../shared/library.ts'
import { batches } from '../store/batches.ts'
import type { BlobStore } from '../store/blobs/blob-store.ts'
import { explainDiskError } from '../disk-errors.ts'
import type { JobStore } from '../store/job-store.ts'
import type { TakeStore } from '../store/take-store.ts'
import { createTurn } from '../store/turn.ts'
import { type Edit, editOf } from './edits.ts'

/** Jobs that are written at once; between them others have their turn. */
const BATCH_JOBS = 50

export type JobChanges = {
  /** Changes one job. Rejects with a RushesError where there is none, or where it does not allow it. */
  change: (id: string, edit: Edit) => Promise<Job>
  /** Changes many, each on its own. `check` throws for one that whoever asks may not change so. */
  changeAll: (changes: Changes, check?: (job: Job) => void) => Promise<Changed>
  /** Runs what must not meet a change half-way. */
  inTurn: <T>(work: () => Promise<T>) => Promise<T>
}

/** An edit that is made where `check` does not throw. */
export const allowed =
  (edit: Edit, check: ((job: Job) => void) | undefined): Edit =>
  (job) => {
    check?.(job)
    return edit(job)
  }

type Found = { job: Job; result: string | null }

/** Leaves its file to be, so that a take whose file is gone can be put away too. */
const isBinning = (before: Job, after: Job): boolean => before.deleted_at === null && after.deleted_at !== null

type ChangesDeps = {
  find: (id: string) => Promise<Found | undefined>
  jobs: Pick<JobStore, 'change'>
  takes: Pick<TakeStore, 'describe'>
  blobs: Pick<BlobStore, 'facts' | 'has'>
  /** Waits for the end of a job that is just being written. Rejects where the disk does not take it. */
  ended: (id: string) => Promise<void>
  announce: (job: Job) => void
  now: () => Date
}

/** A job as it is described now, and whether that is new. */
type Described = Found & { isNew: boolean }

/** Writes a change beside the take. Answers the job as it was where there is nothing to change. */
const describe = async ({ find, takes, blobs, ended }: ChangesDeps, id: string, edit: Edit): Promise<Described> => {
  const found = await find(id)
  if (!found) throw new RushesError('NOT_FOUND', `There is no job ${id.slice(0, 60)}.`)
  const { job, result } = found
  const changed = edit(job)
  if (changed === job) return { job, result, isNew: false }
  if (result !== null && !isBinning(job, changed)) await blobs.facts(result)
  await ended(id)
  // A description alone, without its media, is a take to nobody.
  if (result !== null && (await blobs.has(result))) await takes.describe(changed, result)
  return { job: changed, result, isNew: true }
}

/** Writes what is new into the index, and tells of it. */
const write = async ({ jobs, announce }: ChangesDeps, described: readonly Described[]): Promise<void> => {
  const changed = described.filter(({ isNew }) => isNew)
  if (changed.length === 0) return
  await jobs.change(changed)
  for (const { job } of changed) announce(job)
}

/** Changes some jobs, each on its own, and writes them at once. */
const changeSome = async (deps: ChangesDeps, ids: readonly string[], edit: Edit): Promise<Changed> => {
  const settled = await Promise.allSettled(ids.map((id) => describe(deps, id, edit)))
  const described = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
  await write(deps, described)
  const problems = settled.flatMap((each, at) => {
    if (each.status === 'fulfilled') return []
    const reason = explainDiskError(each.reason)
    // What is no word of ours is for the log.
    if (!(reason instanceof RushesError)) throw reason
    return [{ job_id: ids[at] ?? '', message: reason.message }]
  })
  return { jobs: described.map(({ job }) => job), problems }
}

/**
 * Changes finished jobs, in a way that leaves what was made as it is: in the file beside the take, from which a lost
 * index is rebuilt, then in the index. One after the other, so that the two always end up saying the same.
 */
export const createChanges = (deps: ChangesDeps): JobChanges => {
  const inTurn = createTurn()
  return {
    inTurn,
    change: (id, edit) =>
      inTurn(async () => {
        const described = await describe(deps, id, edit)
        await write(deps, [described])
        return described.job
      }),
    changeAll: async ({ job_ids: ids, ...changes }, check) => {
      const edit = allowed(editOf(changes, deps.now()), check)
      const all: Changed = { jobs: [], problems: [] }
      for (const batch of batches([...new Set(ids)], BATCH_JOBS)) {
        const changed = await inTurn(() => changeSome(deps, batch, edit))
        all.jobs.push(...changed.jobs)
        all.problems.push(...changed.problems)
      }
      return all
    },
  }
}
