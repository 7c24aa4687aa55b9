import { type QueryClient, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { type Job, type JobPage, jobPageSchema } from '../../shared/job.ts'
import { routes } from '../../shared/routes.ts'
import { fetchJson } from '../data/fetch-json.ts'
import { feed, jobOptions } from '../data/jobs.ts'
import { type Take, takeOfJob } from '../data/take.ts'

/** How far back it is looked, and how many takes are shown of what came of one. */
export const DEEPEST = 6
const SHOWN = 24

/** A take that another was made from; without a `take` where it is on the server no more. */
export type Ancestor = { jobId: string; take: Take | null }

/** The sources of a job, each once, the main one first. */
const sourcesOf = ({ sources }: Pick<Job, 'sources'>): string[] => {
  const first = ['data', 'start'].flatMap((field) => sources[field] ?? [])
  return [...new Set([...first, ...Object.values(sources)])]
}

/**
 * What a take was made from, and that in turn, the oldest first: each step is all that the next was made from. A take
 * that came in by two ways stands where it is nearest.
 */
export const ancestorsOf = async (
  take: Pick<Take, 'jobId' | 'sources'>,
  find: (jobId: string) => Promise<Job | null>,
): Promise<Ancestor[][]> => {
  const steps: Ancestor[][] = []
  const seen = new Set(take.jobId === null ? [] : [take.jobId])
  let next = sourcesOf(take)
  while (steps.length < DEEPEST) {
    const ids = next.filter((id) => !seen.has(id))
    if (ids.length === 0) break
    for (const id of ids) seen.add(id)
    const jobs = await Promise.all(ids.map(find))
    steps.unshift(jobs.map((job, index) => ({ jobId: ids[index] ?? '', take: job && takeOfJob(job) })))
    next = jobs.flatMap((job) => (job ? sourcesOf(job) : []))
  }
  return steps
}

const finder = (queryClient: QueryClient) => (jobId: string) =>
  queryClient.fetchQuery({ ...jobOptions(jobId), staleTime: Infinity }).catch(() => null)

/** See {@link ancestorsOf}. Empty until it is known. */
export const useAncestors = (take: Take): readonly (readonly Ancestor[])[] => {
  const queryClient = useQueryClient()
  const { data } = useQuery({
    queryKey: ['ancestors', take.jobId, take.sources],
    queryFn: () => ancestorsOf(take, finder(queryClient)),
    enabled: Object.keys(take.sources).length > 0,
    staleTime: Infinity,
  })
  return data ?? []
}

const cameOfOptions = (jobId: string) =>
  queryOptions({
    queryKey: ['came-of', jobId],
    queryFn: ({ signal }) =>
      fetchJson<JobPage>(
        `${routes.jobs}?${new URLSearchParams({ source: jobId, limit: String(SHOWN) })}`,
        jobPageSchema,
        signal,
      ),
    staleTime: 60_000,
    retry: false,
  })

/** What was made from a take, the newest first, and how much there is of it in all. */
export const useCameOf = (jobId: string | null): { total: number; takes: readonly Take[] } => {
  const queryClient = useQueryClient()
  const { data } = useQuery({ ...cameOfOptions(jobId ?? ''), enabled: jobId !== null })
  useEffect(
    () =>
      feed.listen(({ job_id, status, sources }) => {
        if (jobId === null || !Object.values(sources).includes(jobId)) return
        const { queryKey } = cameOfOptions(jobId)
        const known = queryClient.getQueryData(queryKey)?.jobs.find((job) => job.job_id === job_id)
        // How far it is, is not shown here.
        if (known?.status !== status) void queryClient.invalidateQueries({ queryKey })
      }),
    [jobId, queryClient],
  )
  const takes = (data?.jobs ?? []).map((job) => takeOfJob(job))
  return { total: Math.max(data?.total ?? 0, takes.length), takes }
}
