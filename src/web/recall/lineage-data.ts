import { type QueryClient, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import type { Job } from '../../shared/job.ts'
import { jobStore, useJobs } from '../data/job-store.ts'
import { fetchJob, fetchJobs } from '../data/jobs.ts'
import { type Take, takeOfJob } from '../data/take.ts'

const NONE: readonly AncestorJob[][] = []
const NONE_FOUND: readonly string[] = []

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

/** A job that another was made from, by its id, and whether the server still has it. */
export type AncestorJob = { jobId: string; isThere: boolean }

/**
 * What a take was made from, and that in turn, the oldest first: each step is all that the next was made from. A job
 * that came in by two ways stands where it is nearest. `find` gives null for one that is gone.
 */
export const ancestorsOf = async (
  take: Pick<Take, 'jobId' | 'sources'>,
  find: (jobId: string) => Promise<Job | null>,
): Promise<AncestorJob[][]> => {
  const steps: AncestorJob[][] = []
  const seen = new Set(take.jobId === null ? [] : [take.jobId])
  let next = sourcesOf(take)
  while (steps.length < DEEPEST) {
    const ids = next.filter((id) => !seen.has(id))
    if (ids.length === 0) break
    for (const id of ids) seen.add(id)
    const jobs = await Promise.all(ids.map(find))
    steps.unshift(jobs.map((job, index) => ({ jobId: ids[index] ?? '', isThere: job !== null })))
    next = jobs.flatMap((job) => (job ? sourcesOf(job) : []))
  }
  return steps
}

const finder = (queryClient: QueryClient) => (jobId: string) => fetchJob(queryClient, jobId, Infinity).catch(() => null)

/** See {@link ancestorsOf}. Empty until it is known. */
export const useAncestors = (take: Take): readonly (readonly Ancestor[])[] => {
  const queryClient = useQueryClient()
  const { data } = useQuery({
    queryKey: ['ancestors', take.jobId, take.sources],
    queryFn: () => ancestorsOf(take, finder(queryClient)),
    enabled: Object.keys(take.sources).length > 0,
    staleTime: Infinity,
  })
  const steps = data ?? NONE
  const jobs = useJobs(useMemo(() => steps.flat().map(({ jobId }) => jobId), [steps]))
  return useMemo(() => {
    const takes = new Map(jobs.map((job) => [job.job_id, takeOfJob(job)]))
    return steps.map((step) =>
      step.map(({ jobId, isThere }) => ({ jobId, take: isThere ? (takes.get(jobId) ?? null) : null })),
    )
  }, [steps, jobs])
}

const cameOfOptions = (jobId: string) =>
  queryOptions({
    queryKey: ['came-of', jobId],
    queryFn: ({ signal }) => fetchJobs({ source: jobId, limit: String(SHOWN) }, signal),
    staleTime: 60_000,
    retry: false,
  })

/** What was made from a take, the newest first, and how much there is of it in all. */
export const useCameOf = (jobId: string | null): { total: number; takes: readonly Take[] } => {
  const queryClient = useQueryClient()
  const { data } = useQuery({ ...cameOfOptions(jobId ?? ''), enabled: jobId !== null })
  useEffect(
    () =>
      jobStore.listen(({ job_id, status, sources }, before) => {
        if (jobId === null || !Object.values(sources).includes(jobId)) return
        const { queryKey } = cameOfOptions(jobId)
        // How far it is changes nothing in the list.
        const isListed = queryClient.getQueryData(queryKey)?.ids.includes(job_id) === true
        if (!isListed || before?.status !== status) void queryClient.invalidateQueries({ queryKey })
      }),
    [jobId, queryClient],
  )
  const takes = useJobs(data?.ids ?? NONE_FOUND).map((job) => takeOfJob(job))
  return { total: Math.max(data?.total ?? 0, takes.length), takes }
}
