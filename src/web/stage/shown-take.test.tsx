// @vitest-environment jsdom
import '../testing/fail-on-console-error.ts'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, renderHook } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Job } from '../../shared/job.ts'
import { jobStore } from '../data/job-store.ts'
import { jobsOptions } from '../data/jobs.ts'
import { type Take, takeOfJob } from '../data/take.ts'
import { useStudio } from '../state/studio.ts'
import { completedJob, failedJob, pendingJob, runningJob } from '../testing/samples.ts'
import { firstToShow, useNews, useShownTake } from './shown-take.ts'

const takesOf = (...jobs: Job[]): Take[] => jobs.map((job) => takeOfJob(job))
const { getState } = useStudio

/** The stage as time goes on: it shows what is selected, or a comparison. */
const stage = () => {
  const hook = renderHook(
    ({ takes, comparing }: { takes: Take[]; comparing: boolean }) =>
      useNews(takes, comparing ? undefined : takes.find(({ id }) => id === getState().selected)),
    { initialProps: { takes: takesOf(), comparing: false } },
  )
  return (takes: Take[], comparing = false) => {
    hook.rerender({ takes, comparing })
    return hook.result.current?.id
  }
}

beforeEach(() => useStudio.setState(useStudio.getInitialState(), true))
afterEach(cleanup)

it('shows the newest that is finished at first, or else the newest', () => {
  expect(firstToShow(takesOf(runningJob('c', 3, 0), completedJob('b', 2), completedJob('a', 1)))?.id).toBe('b')
  expect(firstToShow(takesOf(pendingJob('c', 3), failedJob('b', 2)))?.id).toBe('c')
})

it('plays the first of a batch that is finished, whichever it is, and then stays', () => {
  const see = stage()
  getState().await(['a', 'b', 'c'], true)
  see(takesOf(pendingJob('c', 3), runningJob('b', 2, 0.5), runningJob('a', 1, 0.5)))
  expect(getState().selected).toBe('a')
  see(takesOf(pendingJob('c', 3), completedJob('b', 2), runningJob('a', 1, 0.9)))
  expect(getState()).toMatchObject({ selected: 'b', selectedBy: 'replace', awaited: null })
  see(takesOf(completedJob('c', 3), completedJob('b', 2), completedJob('a', 1)))
  expect(getState().selected).toBe('b')
})

it('never leaves what a person has chosen, within the batch or beside it: it tells', () => {
  const see = stage()
  getState().await(['a', 'b'], true)
  getState().select('b')
  see(takesOf(runningJob('b', 2, 0.5), completedJob('a', 1)))
  expect(getState().selected).toBe('b')

  getState().await(['c'], true)
  getState().select('a')
  expect(see(takesOf(runningJob('c', 3, 0.5), completedJob('a', 1)))).toBe('c')
  expect(see(takesOf(completedJob('c', 3), completedJob('a', 1)))).toBe('c')
  expect(getState().selected).toBe('a')
  getState().select('c')
  expect(see(takesOf(completedJob('c', 3), completedJob('a', 1)))).toBeUndefined()
  expect(getState().awaited).toBeNull()
})

it('tells of a take while something is compared', () => {
  const see = stage()
  getState().await(['c'], false)
  expect(see(takesOf(completedJob('c', 3)), true)).toBe('c')
  expect(getState().selected).toBeNull()
})

it('shows the first of what is asked for while there is nothing yet, and no other of it', () => {
  const queryClient = new QueryClient()
  const list = (...jobs: Job[]) =>
    queryClient.setQueryData(jobsOptions.queryKey, {
      pages: [{ ids: jobStore.add(jobs, jobStore.now()), unreadable: [], next_cursor: null }],
      pageParams: [null],
    })
  list()
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
  )
  const { result } = renderHook(useShownTake, { wrapper })
  expect(result.current.shown.name).toBe('nothing')
  act(() => {
    list(pendingJob('b', 2), pendingJob('a', 1))
    getState().await(['a', 'b'], true)
  })
  expect(getState().selected).toBe('a')
  expect(result.current.shown).toMatchObject({ name: 'take', take: { id: 'a' } })
})
