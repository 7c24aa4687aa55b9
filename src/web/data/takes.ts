import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useAsks } from './asks.ts'
import { jobsOf } from './job-pages.ts'
import { jobsOptions } from './jobs.ts'
import { mergeTakes, type Take } from './take.ts'

export type Takes = {
  takes: readonly Take[]
  /** True until the first list has come. */
  loading: boolean
  /** Brings older takes, where there are more. */
  more: (() => void) | null
}

export const useTakes = (): Takes => {
  const { data, isPending, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(jobsOptions)
  const { open, cancels } = useAsks()
  const takes = useMemo(() => mergeTakes(jobsOf(data), open, cancels), [data, open, cancels])
  return {
    takes,
    loading: isPending,
    more: hasNextPage && !isFetchingNextPage ? () => void fetchNextPage() : null,
  }
}

/** The take on the stage: the chosen one, or else the newest. */
export const chosenTake = (takes: readonly Take[], selected: string | null): Take | undefined =>
  takes.find(({ id, jobId }) => id === selected || jobId === selected) ?? takes[0]
