import { type InfiniteData, replaceEqualDeep } from '@tanstack/react-query'
import type { Job, JobPage, UnreadableJob } from '../../shared/job.ts'

export type JobPages = InfiniteData<JobPage>

/**
 * Puts a job into the list: in its place where it is known, else where its age puts it. One that is older than all that
 * was loaded is left to the pages that follow. What does not change stays the same object, so that nothing of it is
 * drawn again: all pages where the job is known as it is.
 */
export const putJob = (pages: JobPages | undefined, job: Job): JobPages | undefined => {
  if (!pages) return pages
  let placed = false
  let changed = false
  const replaced = pages.pages.map((page) => {
    const at = page.jobs.findIndex((known) => known.job_id === job.job_id)
    const known = page.jobs[at]
    if (!known) return page
    placed = true
    if (replaceEqualDeep(known, job) === known) return page
    changed = true
    return { ...page, jobs: page.jobs.with(at, job) }
  })
  if (placed) return changed ? { ...pages, pages: replaced } : pages
  const inserted = pages.pages.map((page) => {
    if (placed) return page
    const before = page.jobs.findIndex((known) => known.created_at <= job.created_at)
    if (before < 0 && page.next_cursor !== null) return page
    placed = true
    return { ...page, jobs: page.jobs.toSpliced(before < 0 ? page.jobs.length : before, 0, job) }
  })
  return { ...pages, pages: inserted }
}

/** The list without these jobs; the same object where it has none of them. */
export const withoutJobs = (pages: JobPages, jobIds: readonly string[]): JobPages => {
  const gone = new Set(jobIds)
  const without = (page: JobPage): JobPage =>
    page.jobs.some(({ job_id }) => gone.has(job_id))
      ? { ...page, jobs: page.jobs.filter(({ job_id }) => !gone.has(job_id)) }
      : page
  const left = pages.pages.map(without)
  return left.every((page, at) => page === pages.pages[at]) ? pages : { ...pages, pages: left }
}

export const jobsOf = (pages: JobPages | undefined): Job[] => {
  const seen = new Set<string>()
  // A page may begin with what the one before ended with, where jobs came in between two fetches.
  return (pages?.pages ?? []).flatMap((page) => page.jobs.filter(({ job_id }) => !seen.has(job_id) && seen.add(job_id)))
}

/** What could not be read, of all pages that were loaded. */
export const unreadableOf = (pages: JobPages | undefined): UnreadableJob[] =>
  (pages?.pages ?? []).flatMap((page) => page.unreadable)
