import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { type Job, type JobPage, jobPageSchema, jobSchema } from '../../shared/job.ts'
import { routes } from '../../shared/routes.ts'
import { createFeed } from './feed.ts'
import { fetchJson } from './fetch-json.ts'

const PAGE = 60

export const feed = createFeed()

/** A page of the list, with what was heard of its jobs since. */
export const fetchPage = async (cursor: string | null, signal?: AbortSignal): Promise<JobPage> => {
  const query = new URLSearchParams({ limit: String(PAGE), ...(cursor === null ? {} : { cursor }) })
  const asOf = feed.now()
  const page = await fetchJson<JobPage>(`${routes.jobs}?${query}`, jobPageSchema, signal)
  // An event may have overtaken this answer.
  return { ...page, jobs: page.jobs.map((job) => feed.latest(job, asOf)) }
}

/** Every job that the server knows, newest first. */
export const jobsOptions = infiniteQueryOptions({
  queryKey: ['jobs'],
  queryFn: ({ pageParam, signal }) => fetchPage(pageParam, signal),
  initialPageParam: null as string | null,
  getNextPageParam: (page: JobPage) => page.next_cursor,
  staleTime: Infinity,
  // It would compare by place: after one job more at the head, all would be other objects. putJob shares by id.
  structuralSharing: false,
  refetchInterval: (query) => (query.state.status === 'error' ? 2000 : false),
})

/** One job, which may be older than all that was loaded. */
export const jobOptions = (id: string) =>
  queryOptions({
    queryKey: ['job', id],
    queryFn: ({ signal }) => fetchJson<Job>(routes.job(id), jobSchema, signal),
    retry: false,
  })
