import { RushesError } from '../../shared/errors.ts'
import { isFinished, type Job } from '../../shared/job.ts'
import type { Changes } from '../../shared/library.ts'

/** A change of a finished job that leaves what was made as it is. Throws a RushesError where the job does not allow it. */
export type Edit = (job: Job) => Job

const requireCompleted = (job: Job, what: string): void => {
  if (job.status !== 'completed')
    throw new RushesError('NOT_READY', `Only a completed job can ${what}: this one has no result.`)
}

export const starred =
  (value: boolean): Edit =>
  (job) => {
    requireCompleted(job, 'be starred')
    return job.starred === value ? job : { ...job, starred: value }
  }

export const named =
  (name: string | null): Edit =>
  (job) => {
    requireCompleted(job, 'have a name')
    return job.name === name ? job : { ...job, name }
  }

/** Puts into the bin at that time, or takes out of it. */
export const binned =
  (value: boolean, now: Date): Edit =>
  (job) => {
    if (!isFinished(job))
      throw new RushesError('NOT_READY', 'This job is not finished yet. Cancel it, then put it into the bin.')
    if ((job.deleted_at !== null) === value) return job
    return { ...job, deleted_at: value ? now.toISOString() : null }
  }

export const onShelf =
  (shelf: string): Edit =>
  (job) => {
    requireCompleted(job, 'stand on a shelf')
    return job.shelves.includes(shelf) ? job : { ...job, shelves: [...job.shelves, shelf] }
  }

export const offShelf =
  (shelf: string): Edit =>
  (job) =>
    job.shelves.includes(shelf) ? { ...job, shelves: job.shelves.filter((each) => each !== shelf) } : job

/** All that a request asks for, as one. */
export const editOf = (changes: Omit<Changes, 'job_ids'>, now: Date): Edit => {
  const edits = [
    ...(changes.starred === undefined ? [] : [starred(changes.starred)]),
    ...(changes.binned === undefined ? [] : [binned(changes.binned, now)]),
    ...(changes.remove_shelf === undefined ? [] : [offShelf(changes.remove_shelf)]),
    ...(changes.add_shelf === undefined ? [] : [onShelf(changes.add_shelf)]),
  ]
  return (job) => edits.reduce((changed, edit) => edit(changed), job)
}
