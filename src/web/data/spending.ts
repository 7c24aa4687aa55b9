import { type QueryClient, queryOptions, useQuery } from '@tanstack/react-query'
import { type Spending, spendingSchema } from '../../shared/renderers.ts'
import { isFinished } from '../../shared/job.ts'
import { routes } from '../../shared/routes.ts'
import type { JobStore } from './job-store.ts'
import { afterFirstLook } from './first-look.ts'
import { fetchJson } from './fetch-json.ts'
import { jobStore } from './job-store.ts'

/** What went out today and this month, by the server's own days. */
export const spendingOptions = queryOptions({
  queryKey: ['spending'],
  queryFn: ({ signal }) => afterFirstLook(() => fetchJson<Spending>(routes.spending, spendingSchema, signal)),
  staleTime: 60_000,
  retry: false,
})

export const useSpending = (): Spending | undefined => useQuery(spendingOptions).data

/** Adds up again after every job that had to do with money. Returns the undoing. */
export const followSpending = (queryClient: QueryClient, from: JobStore = jobStore): (() => void) =>
  from.listen((job) => {
    if (isFinished(job) && (job.billed !== null || job.estimate !== null))
      void queryClient.invalidateQueries({ queryKey: spendingOptions.queryKey })
  })
