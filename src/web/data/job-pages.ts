import type { InfiniteData } from '@tanstack/react-query'
import type { Job, JobPage, UnreadableJob } from '../../shared/job.ts'

/** A page of a list of jobs. The jobs themselves are in the store. */
export type JobIdPage = Omit<JobPage, 'jobs'> & { ids: readonly string[] }

export type JobPages = InfiniteData<JobIdPage>

/**
 * Puts a job into the list at the place of its age, where it is not in it yet. One that is older than all that was loaded
 * is left to the pages that follow. `get` finds the jobs of the list.
 */
export const putJob = (
  pages: JobPages | undefined,
  job: Job,
  get: (jobId: string) => Job | undefined,
): JobPages | undefined => {
  if (!pages || pages.pages.some(({ ids }) => ids.includes(job.job_id))) return pages
  const isOlder = (id: string) => (get(id)?.created_at ?? '') <= job.created_at
  let placed = false
  const inserted = pages.pages.map((page) => {
    if (placed) return page
    const before = page.ids.findIndex(isOlder)
    if (before < 0 && page.next_cursor !== null) return page
    placed = true
    return { ...page, ids: page.ids.toSpliced(before < 0 ? page.ids.length : before, 0, job.job_id) }
  })
  return placed ? { ...pages, pages: inserted } : pages
}

/** The list without these jobs; the same object where it has none of them. */
export const withoutJobs = (pages: JobPages, jobIds: readonly string[]): JobPages => {
  const gone = new Set(jobIds)
  const without = (page: JobIdPage): JobIdPage =>
    page.ids.some((id) => gone.has(id)) ? { ...page, ids: page.ids.filter((id) => !gone.has(id)) } : page
  const left = pages.pages.map(without)
  return left.every((page, at) => page === pages.pages[at]) ? pages : { ...pages, pages: left }
}

/** The ids of all pages, each once: a page may begin with what the one before ended with, where jobs came in between. */
export const idsOf = (pages: JobPages | undefined): string[] => [
  ...new Set((pages?.pages ?? []).flatMap(({ ids }) => ids)),
]

/** What could not be read, of all pages that were loaded. */
export const unreadableOf = (pages: JobPages | undefined): UnreadableJob[] =>
  (pages?.pages ?? []).flatMap((page) => page.unreadable)
