import type { Job } from '../../shared/job.ts'
import { type JobPages, putJob, withoutJobs } from './job-pages.ts'
import { fitsQuery, type LibraryQuery } from './library-query.ts'

const holds = (pages: JobPages, jobId: string): boolean =>
  pages.pages.some(({ jobs }) => jobs.some(({ job_id }) => job_id === jobId))

const withTotal = (pages: JobPages, change: number): JobPages => {
  const [first, ...rest] = pages.pages
  if (first?.total === undefined || change === 0) return pages
  return { ...pages, pages: [{ ...first, total: Math.max(0, first.total + change) }, ...rest] }
}

const countOf = ({ pages }: JobPages): number => pages.reduce((sum, { jobs }) => sum + jobs.length, 0)

/** Takes jobs out of what was found, and off its total. */
export const removeFromLibrary = (pages: JobPages, jobIds: readonly string[]): JobPages => {
  const left = withoutJobs(pages, jobIds)
  return withTotal(left, countOf(left) - countOf(pages))
}

/** Puts a job as it now is into what was found by a query: in its place, at the place of its age, or out of it. */
export const putInLibrary = (pages: JobPages, job: Job, query: LibraryQuery): JobPages => {
  const known = holds(pages, job.job_id)
  if (!fitsQuery(job, query, known)) return known ? removeFromLibrary(pages, [job.job_id]) : pages
  const put = putJob(pages, job) ?? pages
  return withTotal(put, countOf(put) - countOf(pages))
}
