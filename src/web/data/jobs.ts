import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import { type Job, type JobPage, jobPageSchema, jobSchema } from '../../shared/job.ts'
import { routes } from '../../shared/routes.ts'
import { afterFirstLook } from './first-look.ts'
import { fetchJson } from './fetch-json.ts'
import type { JobIdPage } from './job-pages.ts'
import { jobStore } from './job-store.ts'

const PAGE = 60

type JobQuery = Readonly<Record<string, string>> | URLSearchParams

const fetchPage = (query: JobQuery, signal?: AbortSignal): Promise<JobPage> =>
  fetchJson<JobPage>(`${routes.jobs}?${new URLSearchParams(query)}`, jobPageSchema, signal)

/** Asks the server for jobs by a query of GET /v1/jobs, and puts them into the store. */
export const fetchJobs = async (
  query: JobQuery,
  signal?: AbortSignal,
  asOf: number = jobStore.now(),
): Promise<JobIdPage> => {
  const { jobs, ...page } = await fetchPage(query, signal)
  return { ...page, ids: jobStore.add(jobs, asOf) }
}

/** Publishes the newest jobs as the server has them, the oldest first, as if events had told of them. */
export const publishNewest = async (): Promise<void> => {
  const asOf = jobStore.now()
  const { jobs } = await fetchPage({ limit: String(PAGE) })
  for (const job of jobs.toReversed()) jobStore.publish(job, asOf)
}

/** The ids of every job that the server knows, newest first. */
export const jobsOptions = infiniteQueryOptions({
  queryKey: ['jobs'],
  queryFn: ({ pageParam: cursor, signal }) =>
    afterFirstLook(() => fetchJobs({ limit: String(PAGE), ...(cursor === null ? {} : { cursor }) }, signal)),
  initialPageParam: null as string | null,
  getNextPageParam: (page: JobIdPage) => page.next_cursor,
  staleTime: Infinity,
  refetchInterval: (query) => (query.state.status === 'error' ? 2000 : false),
})

/** One job, which may be older than all that was loaded: its id, once it is in the store. */
export const jobOptions = (id: string) =>
  queryOptions({
    queryKey: ['job', id],
    queryFn: async ({ signal }) => {
      const asOf = jobStore.now()
      const job = await fetchJson<Job>(routes.job(id), jobSchema, signal)
      jobStore.add([job], asOf)
      return job.job_id
    },
    retry: false,
  })

/** One job as the server has it, or as it has it since. Rejects with a DecartSDKError. */
export const fetchJob = async (queryClient: QueryClient, id: string, staleTime = 0): Promise<Job> => {
  const job = jobStore.get(await queryClient.fetchQuery({ ...jobOptions(id), staleTime }))
  // What was put into the store stays there.
  if (!job) throw new Error(`The job ${id} is not known`)
  return job
}
