import { infiniteQueryOptions, keepPreviousData, type QueryClient, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { isFinished, type Job, type UnreadableJob } from '../../shared/job.ts'
import { useConnection } from './connection.ts'
import { idsOf, type JobIdPage, type JobPages, unreadableOf } from './job-pages.ts'
import { jobStore, useJobs } from './job-store.ts'
import { fetchJobs } from './jobs.ts'
import { putInLibrary, removeFromLibrary } from './library-pages.ts'
import { type LibraryQuery, searchParamsOf } from './library-query.ts'
import { useModels } from './models.ts'
import type { Models } from './models-of.ts'
import { listenRemoved } from './removals.ts'
import { type Take, takeOfJob } from './take.ts'

/** The first answer may be as old as the page: index.html asks for it while the code comes. */
let isFirst = true

const fetchPage = async (query: LibraryQuery, cursor: string | null, signal: AbortSignal): Promise<JobIdPage> => {
  const asOf = isFirst ? 0 : jobStore.now()
  isFirst = false
  const page = await fetchJobs(searchParamsOf(query, cursor), signal, asOf)
  if (cursor !== null) return page
  // What has ended since the server read its list is in none of its rows, and was told of before there were pages.
  const pages: JobPages = { pages: [page], pageParams: [null] }
  return jobStore.since(asOf).reduce((all, job) => putInLibrary(all, job, query, jobStore.get), pages).pages[0] ?? page
}

/** What was asked for, by the key of its query: events are put into all of them. */
const asked = new Map<string, LibraryQuery>()

/** The finished jobs that a query finds, newest first. */
export const libraryOptions = (query: LibraryQuery) => {
  const key = searchParamsOf(query).toString()
  asked.set(key, query)
  return infiniteQueryOptions({
    queryKey: ['library', key],
    queryFn: ({ pageParam, signal }) => fetchPage(query, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page: JobIdPage) => page.next_cursor,
    staleTime: Infinity,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.status === 'error' ? 2000 : false),
  })
}

const changeAll = (queryClient: QueryClient, change: (pages: JobPages, query: LibraryQuery) => JobPages) => {
  for (const [key, query] of asked) {
    const queryKey = ['library', key]
    if (queryClient.getQueryState(queryKey))
      queryClient.setQueryData<JobPages>(queryKey, (pages) => pages && change(pages, query))
    else asked.delete(key)
  }
}

/** Keeps all that was found true, by what is told of jobs; after a while without news it is looked for again. */
export const followLibrary = (queryClient: QueryClient): (() => void) => {
  const stops = [
    jobStore.listen((job) => changeAll(queryClient, (pages, query) => putInLibrary(pages, job, query, jobStore.get))),
    listenRemoved((jobIds) => changeAll(queryClient, (pages) => removeFromLibrary(pages, jobIds))),
    useConnection.subscribe(({ state }, before) => {
      if (state === 'open' && before.state === 'lost') void queryClient.invalidateQueries({ queryKey: ['library'] })
    }),
  ]
  return () => stops.forEach((stop) => stop())
}

const made = new WeakMap<Job, { take: Take; models: Models }>()

/** The same take for the same job, as long as the same models are known. */
const takeOf = (job: Job, models: Models): Take => {
  const before = made.get(job)
  if (before?.models === models) return before.take
  const take = takeOfJob(job)
  // What the server tells of its models says mostly nothing new of this one.
  const same = before && before.take.model === take.model ? before.take : take
  made.set(job, { take: same, models })
  return same
}

export type Library = {
  takes: readonly Take[]
  unreadable: readonly UnreadableJob[]
  /** All that were found, those that are not loaded among them; null where the server does not say. */
  total: number | null
  /** Whether there are more than that: they were counted no further. */
  exceedsTotal: boolean
  /** True until the first answer has come. */
  loading: boolean
  /** True while what is shown was found by the query before. */
  searching: boolean
  /** Why nothing could be found, as a sentence. */
  problem: string | null
  /** Brings older ones, where there are more. */
  more: (() => void) | null
}

/** The finished takes that a query finds. */
export const useLibrary = (query: LibraryQuery): Library => {
  const models = useModels()
  const { data, error, isPending, isPlaceholderData, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useInfiniteQuery(libraryOptions(query))
  const jobs = useJobs(useMemo(() => idsOf(data), [data]))
  const takes = useMemo(() => jobs.filter(isFinished).map((job) => takeOf(job, models)), [jobs, models])
  const unreadable = useMemo(() => unreadableOf(data), [data])
  return {
    takes,
    unreadable,
    total: data?.pages[0]?.total ?? null,
    exceedsTotal: data?.pages[0]?.total_exceeded ?? false,
    loading: isPending,
    searching: isPlaceholderData,
    problem: error && !data ? error.message : null,
    more: hasNextPage && !isFetchingNextPage ? () => void fetchNextPage() : null,
  }
}
