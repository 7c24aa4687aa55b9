import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useSubmissions } from './submissions.ts'
import type { UnreadableJob } from '../../shared/job.ts'
import { idsOf, unreadableOf } from './job-pages.ts'
import { useJobs } from './job-store.ts'
import { jobsOptions } from './jobs.ts'
import { useQueue } from './queue.ts'
import { mergeTakes, type Take } from './take.ts'

export type Takes = {
  takes: readonly Take[]
  /** What the server has and cannot read. */
  unreadable: readonly UnreadableJob[]
  /** True until the first list has come. */
  loading: boolean
  /** Brings older takes, where there are more. */
  more: (() => void) | null
}

export const useTakes = (): Takes => {
  const { data, isPending, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(jobsOptions)
  const { open, cancels } = useSubmissions()
  const totals = useQueue((state) => state.totals)
  const jobs = useJobs(useMemo(() => idsOf(data), [data]))
  const takes = useMemo(() => mergeTakes(jobs, open, cancels, totals), [jobs, open, cancels, totals])
  const unreadable = useMemo(() => unreadableOf(data), [data])
  return {
    takes,
    unreadable,
    loading: isPending,
    more: hasNextPage && !isFetchingNextPage ? () => void fetchNextPage() : null,
  }
}

/** The take that is chosen, by its id or its job's, where it is among those that are loaded. */
export const chosenTake = (takes: readonly Take[], selected: string | null): Take | undefined =>
  takes.find(({ id, jobId }) => id === selected || jobId === selected)
