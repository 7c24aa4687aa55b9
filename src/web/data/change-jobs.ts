import type { Job } from '../../shared/job.ts'
import { type Changed, changedSchema, type Changes, MAX_CHANGED } from '../../shared/library.ts'
import { routes } from '../../shared/routes.ts'
import type { JobStore } from './job-store.ts'
import { jobStore as studioStore } from './job-store.ts'
import { sendJson } from './send-json.ts'

/** What came of a change. `undo` gives back what it took and takes away what it gave, and nothing else. */
export type ChangedJobs = Changed & { undo: () => Promise<Changed> }

/** A job as it will be once the change has been made. */
export const changedJob = (job: Job, changes: Changes): Job => {
  const { starred = job.starred, binned, add_shelf: added, remove_shelf: removed } = changes
  const kept = job.shelves.filter((shelf) => shelf !== removed)
  const shelves = added === undefined || kept.includes(added) ? kept : [...kept, added]
  const binnedAt = job.deleted_at ?? new Date().toISOString()
  return { ...job, starred, shelves, deleted_at: binned === undefined ? job.deleted_at : binned ? binnedAt : null }
}

/** The changes that bring back what `changes` did to these jobs, as they were before. */
export const inverseOf = (before: readonly Job[], changes: Changes): Changes[] => {
  const { starred, binned, add_shelf: added, remove_shelf: removed } = changes
  const of = (touched: (job: Job) => boolean, back: Omit<Changes, 'job_ids'>): Changes[] => {
    const ids = before.filter(touched).map(({ job_id }) => job_id)
    return ids.length > 0 ? [{ job_ids: ids, ...back }] : []
  }
  return [
    ...(starred === undefined ? [] : of((job) => job.starred !== starred, { starred: !starred })),
    ...(binned === undefined ? [] : of((job) => (job.deleted_at !== null) !== binned, { binned: !binned })),
    ...(added === undefined ? [] : of(({ shelves }) => !shelves.includes(added), { remove_shelf: added })),
    ...(removed === undefined ? [] : of(({ shelves }) => shelves.includes(removed), { add_shelf: removed })),
  ]
}

const inRequests = (changes: Changes): Changes[] =>
  Array.from({ length: Math.ceil(changes.job_ids.length / MAX_CHANGED) }, (_, at) => ({
    ...changes,
    job_ids: changes.job_ids.slice(at * MAX_CHANGED, (at + 1) * MAX_CHANGED),
  }))

const together = (all: readonly Changed[]): Changed => ({
  jobs: all.flatMap(({ jobs }) => jobs),
  problems: all.flatMap(({ problems }) => problems),
})

const change = async (changes: Changes, store: JobStore): Promise<Changed> => {
  const asOf = store.now()
  const before = changes.job_ids.flatMap((id) => store.get(id) ?? [])
  for (const job of before) store.publish(changedJob(job, changes), asOf)
  try {
    const changed = changedSchema.parse(await sendJson('POST', routes.jobChanges, changes))
    const refused = new Set(changed.problems.map(({ job_id }) => job_id))
    for (const job of before) if (refused.has(job.job_id)) store.publish(job, asOf)
    for (const job of changed.jobs) store.publish(job, asOf)
    return changed
  } catch (error) {
    for (const job of before) store.publish(job, asOf)
    throw error
  }
}

const changeAll = async (all: readonly Changes[], store: JobStore): Promise<Changed> => {
  const changed: Changed[] = []
  for (const each of all.flatMap(inRequests)) changed.push(await change(each, store))
  return together(changed)
}

/**
 * Stars, bins and shelves takes. Shown at once, and as the server has it once it answers; what it refused is in
 * `problems`. Rejects with a DecartSDKError where it does not answer, and then shows again what was.
 */
export const changeJobs = async (changes: Changes, store: JobStore = studioStore): Promise<ChangedJobs> => {
  const before = new Map(changes.job_ids.flatMap((id) => store.get(id) ?? []).map((job) => [job.job_id, job]))
  const changed = await changeAll([changes], store)
  const were = changed.jobs.flatMap((job) => before.get(job.job_id) ?? [])
  return { ...changed, undo: () => changeAll(inverseOf(were, changes), store) }
}
