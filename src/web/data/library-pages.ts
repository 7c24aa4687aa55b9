import type { Job } from '../../shared/job.ts'
import { type JobPages, putJob, withoutJobs } from './job-pages.ts'
import { fitsQuery, type LibraryQuery } from './library-query.ts'

const withTotal = (pages: JobPages, change: number): JobPages => {
  const [first, ...rest] = pages.pages
  if (first?.total === undefined || change === 0) return pages
  return { ...pages, pages: [{ ...first, total: Math.max(0, first.total + change) }, ...rest] }
}

const countOf = ({ pages }: JobPages): number => pages.reduce((sum, { ids }) => sum + ids.length, 0)

/** Takes jobs out of what was found, and off its total. */
export const removeFromLibrary = (pages: JobPages, jobIds: readonly string[]): JobPages => {
  const left = withoutJobs(pages, jobIds)
  return withTotal(left, countOf(left) - countOf(pages))
}

/** Puts a job as it now is into what was found by a query, at the place of its age, or takes it out of it. */
export const putInLibrary = (
  pages: JobPages,
  job: Job,
  query: LibraryQuery,
  get: (jobId: string) => Job | undefined,
): JobPages => {
  const known = pages.pages.some(({ ids }) => ids.includes(job.job_id))
  if (!fitsQuery(job, query, known)) return known ? removeFromLibrary(pages, [job.job_id]) : pages
  const put = putJob(pages, job, get) ?? pages
  return withTotal(put, countOf(put) - countOf(pages))
}
