// @vitest-environment jsdom
import '../testing/fail-on-console-error.ts'
import { QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, configure, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Job } from '../../shared/job.ts'
import { jobStore } from '../data/job-store.ts'
import { createQueryClient } from '../data/query-client.ts'
import { takeOfJob } from '../data/take.ts'
import { useStudio } from '../state/studio.ts'
import { fakeServer, json } from '../testing/fake-server.ts'
import { completedJob } from '../testing/samples.ts'
import { ancestorsOf, DEEPEST } from './lineage-data.ts'
import { Lineage } from './lineage.tsx'

// A slow machine is no failure.
configure({ asyncUtilTimeout: 20_000 })

const job = (id: string, sources: Record<string, string> = {}, prompt = `prompt ${id}`): Job => ({
  ...completedJob(id, 1),
  inputs: { prompt },
  sources,
})

describe('ancestors', () => {
  const among =
    (...jobs: Job[]) =>
    async (id: string) =>
      jobs.find(({ job_id }) => job_id === id) ?? null
  const idsOf = async (take: Job, ...jobs: Job[]) =>
    (await ancestorsOf(takeOfJob(take), among(...jobs))).map((step) => step.map(({ jobId }) => jobId))

  it('are told step by step, the oldest first', async () => {
    expect(await idsOf(job('c', { data: 'b' }), job('b', { data: 'a' }), job('a'))).toEqual([['a'], ['b']])
    expect(await idsOf(job('a'))).toEqual([])
  })

  it('of a transition are both its ends, each once, where they are nearest', async () => {
    expect(await idsOf(job('c', { end: 'b', start: 'a' }), job('b', { data: 'a' }), job('a'))).toEqual([['a', 'b']])
  })

  it('end where they would go in a circle, where one is gone, and after six', async () => {
    expect(await idsOf(job('b', { data: 'a' }), job('a', { data: 'b' }))).toEqual([['a']])
    expect(await ancestorsOf(takeOfJob(job('b', { data: 'a' })), among())).toEqual([[{ jobId: 'a', isThere: false }]])
    const long = Array.from({ length: 9 }, (_, index) => job(`j${index}`, { data: `j${index + 1}` }))
    expect(await idsOf(job('z', { data: 'j0' }), ...long)).toHaveLength(DEEPEST)
  })
})

describe('the line', () => {
  beforeEach(() => useStudio.setState(useStudio.getInitialState(), true))
  afterEach(() => {
    cleanup()
    vi.unstubAllGlobals()
  })

  const show = (shown: Job, came: () => Job[], ...others: Job[]) => {
    const page = (jobs: Job[]) => json({ jobs, next_cursor: null, total: jobs.length })
    fakeServer({
      ...Object.fromEntries(others.map((each) => [`GET /v1/jobs/${each.job_id}`, () => json(each)])),
      [`GET /v1/jobs?source=${shown.job_id}*`]: () => page(came()),
    })
    render(
      <QueryClientProvider client={createQueryClient()}>
        <Lineage take={takeOfJob(shown)} />
      </QueryClientProvider>,
    )
  }

  it('leads to what it was made from, and says what was set otherwise', async () => {
    show(job('b', { data: 'a' }, 'A lake in ink'), () => [], job('a', {}, 'A lake in snow'))
    const step = await screen.findByRole('button', { name: 'Made from: A lake in snow' })
    fireEvent.focus(step)
    expect(screen.getByRole('tooltip').textContent).toMatch(/Prompt.*snow.*ink/)
    expect(screen.getByRole('tooltip').textContent).not.toContain('Seed')
    fireEvent.keyDown(step, { key: 'Escape' })
    expect(screen.queryByRole('tooltip')).toBeNull()
    fireEvent.click(step)
    expect(useStudio.getState().selected).toBe('a')
  })

  it('counts what came of it, also what is made meanwhile', async () => {
    let came = [job('c')]
    show(job('b'), () => came)
    await screen.findByRole('button', { name: '1 came of this' })
    came = [job('d', { data: 'b' }), job('c')]
    act(() => jobStore.publish(job('d', { data: 'b' })))
    fireEvent.click(await screen.findByRole('button', { name: '2 came of this' }))
    fireEvent.click(screen.getByRole('button', { name: 'prompt d' }))
    expect(useStudio.getState().selected).toBe('d')
    expect(screen.queryByRole('list')).toBeNull()
  })

  it('tells of one that is gone', async () => {
    show(job('b', { data: 'a' }), () => [])
    await screen.findByText('a take that is gone')
  })
})
