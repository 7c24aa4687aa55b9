import type { Job, RendererName } from '../../shared/job.ts'

export type Place = {
  job: Job
  /** The job before it at the same renderer, and the first there; null where it is the first itself. */
  before: string | null
  first: string | null
}

/** Jobs in the order in which they begin, each with what it can be moved before: every renderer has a queue of its own. */
export const asPlaces = (waiting: readonly Job[]): Place[] => {
  const ends = new Map<RendererName, { first: string; last: string }>()
  return waiting.map((job) => {
    const known = ends.get(job.renderer)
    ends.set(job.renderer, { first: known?.first ?? job.job_id, last: job.job_id })
    return { job, before: known?.last ?? null, first: known?.first ?? null }
  })
}
