import { queryOptions, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { MAX_BATCH } from '../../shared/alternatives.ts'
import { useJobs } from './job-store.ts'
import { fetchJobs } from './jobs.ts'
import { type Take, takeOfJob } from './take.ts'

/** The ids of the jobs of one batch, which may be older than all that was loaded. */
const batchOptions = (id: string) =>
  queryOptions({
    queryKey: ['batch', id],
    queryFn: ({ signal }) => fetchJobs({ batch: id, limit: String(MAX_BATCH) }, signal),
    staleTime: 60_000,
  })

const NONE: readonly string[] = []

const placeOf = ({ batch }: Take): number => batch?.position ?? 0

/** The takes of a batch among those that are known, in their order, without what lies in the bin. */
export const siblingsIn = (takes: readonly Take[], batchId: string): Take[] =>
  takes
    .filter(({ batch, binned }) => batch?.id === batchId && !binned)
    .toSorted((a, b) => placeOf(a) - placeOf(b) || a.createdAt - b.createdAt)

/** The jobs of those of these takes whose results are there. */
export const finishedJobs = (takes: readonly Take[]): string[] =>
  takes.flatMap(({ jobId, state }) => (state.name === 'done' && jobId !== null ? [jobId] : []))

/** All takes of the batch that a take belongs to, itself included; none where it was asked for alone. */
export const useSiblings = (takes: readonly Take[], take: Take): readonly Take[] => {
  const { batch } = take
  const id = batch?.id ?? ''
  const loaded = useMemo(() => siblingsIn(takes, id), [takes, id])
  const missing = batch !== null && loaded.length < batch.size
  const { data } = useQuery({ ...batchOptions(id), enabled: missing })
  const jobs = useJobs(data?.ids ?? NONE)
  return useMemo(() => {
    if (batch === null) return []
    const known = new Set(loaded.map(({ jobId }) => jobId))
    const older = jobs.filter(({ job_id }) => !known.has(job_id)).map((job) => takeOfJob(job))
    return siblingsIn([...loaded, ...older], batch.id)
  }, [batch, loaded, jobs])
}
