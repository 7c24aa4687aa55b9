import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { type JobPage, jobPageSchema } from '../../shared/job.ts'
import { routes } from '../../shared/routes.ts'
import { fetchJson } from './fetch-json.ts'
import { feed } from './jobs.ts'
import { type Take, takeOfJob } from './take.ts'

const LIMIT = 200

const starredOptions = queryOptions({
  queryKey: ['starred'],
  queryFn: ({ signal }) => fetchJson<JobPage>(`${routes.jobs}?starred=true&limit=${LIMIT}`, jobPageSchema, signal),
})

/** The starred among the takes, and those that no loaded page holds; `all` is false where there are still more. */
export const useStarred = (takes: readonly Take[]): { starred: readonly Take[]; all: boolean } => {
  const queryClient = useQueryClient()
  const { data } = useQuery(starredOptions)
  useEffect(
    () =>
      feed.listen((job) =>
        queryClient.setQueryData(
          starredOptions.queryKey,
          (page) => page && { ...page, jobs: page.jobs.map((each) => (each.job_id === job.job_id ? job : each)) },
        ),
      ),
    [queryClient],
  )
  return useMemo(() => {
    const known = new Set(takes.map(({ jobId }) => jobId))
    const older = (data?.jobs ?? []).filter(({ job_id }) => !known.has(job_id)).map((job) => takeOfJob(job))
    const starred = [...takes, ...older].filter((take) => take.starred)
    return { starred: starred.toSorted((a, b) => b.createdAt - a.createdAt), all: (data?.next_cursor ?? null) === null }
  }, [takes, data])
}
