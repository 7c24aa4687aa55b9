import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import { type Job, type JobPage, jobPageSchema, jobSchema } from '../../shared/job.ts'
import { routes } from '../../shared/routes.ts'
import { closeLost } from './asks.ts'
import { watchConnection } from './connection.ts'
import { createFeed, type Feed } from './feed.ts'
import { fetchJson } from './fetch-json.ts'
import { type JobPages, putJob, withoutJobs } from './job-pages.ts'
import { listenRemoved } from './removals.ts'
import { serverEvents } from './server-events.ts'
import { shareStream } from './shared-stream.ts'

const PAGE = 60

export const feed = createFeed()

const fetchPage = async (cursor: string | null, signal?: AbortSignal): Promise<JobPage> => {
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

/**
 * Keeps the list of jobs true: by the server's events, and by looking at its first page where their stream is broken.
 * What else the server tells is kept as well.
 */
export const followJobs = (queryClient: QueryClient, from: Feed = feed): (() => void) => {
  const stopListening = from.listen((job) => {
    closeLost(job.idempotency_key)
    queryClient.setQueryData<JobPages>(jobsOptions.queryKey, (pages) =>
      // What lies in the bin is seen in the bin alone.
      job.deleted_at === null ? putJob(pages, job) : pages && withoutJobs(pages, [job.job_id]),
    )
    queryClient.setQueryData(jobOptions(job.job_id).queryKey, (known) => known && job)
  })
  const stopRemoving = listenRemoved((jobIds) =>
    queryClient.setQueryData<JobPages>(jobsOptions.queryKey, (pages) => pages && withoutJobs(pages, jobIds)),
  )
  const connection = watchConnection(() => {
    const asOf = from.now()
    fetchPage(null).then(
      ({ jobs }) => jobs.toReversed().forEach((job) => from.saw(job, asOf)),
      // Said by the connection's state; the next look comes by itself.
      () => undefined,
    )
  })
  const { names, hear } = serverEvents(from)
  const stopStream = shareStream(names, { event: hear, state: connection.state })
  return () => {
    stopListening()
    stopRemoving()
    stopStream()
    connection.stop()
  }
}
