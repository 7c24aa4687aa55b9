// @vitest-environment jsdom
import '../testing/fail-on-console-error.ts'
import { QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Job } from '../../shared/job.ts'
import { mintKey, openAsk, updateAsk, useAsks } from '../data/asks.ts'
import { jobsOptions } from '../data/jobs.ts'
import { putJob } from '../data/job-pages.ts'
import { createQueryClient } from '../data/query-client.ts'
import { useUploads } from '../data/uploads.ts'
import { useStudio } from '../state/studio.ts'
import { type Asked, fakeServer, json } from '../testing/fake-server.ts'
import { completedJob, failedJob, pendingJob, runningJob, sampleFile } from '../testing/samples.ts'
import { TakeList } from './take-list.tsx'

// A slow machine is no failure.
configure({ asyncUtilTimeout: 20_000 })

const still = sampleFile('image', 'still.png')

const show = async (jobs: Job[], answers: Record<string, (asked: Asked) => Response> = {}) => {
  const log = fakeServer({ 'GET /v1/jobs?*': () => json({ jobs, next_cursor: null }), ...answers })
  const queryClient = createQueryClient()
  render(
    <QueryClientProvider client={queryClient}>
      <TakeList />
    </QueryClientProvider>,
  )
  if (jobs.length > 0) await screen.findAllByRole('listitem')
  else await screen.findByText('What you generate is kept here.')
  const see = (job: Job) =>
    act(() => void queryClient.setQueryData(jobsOptions.queryKey, (pages) => putJob(pages, job)))
  return { log, see }
}
const rows = () => screen.getAllByRole('listitem')
const names = () => rows().map((row) => within(row).getAllByRole('button')[0]?.getAttribute('aria-label'))
const named = (job: Job, prompt: string): Job => ({ ...job, inputs: { ...job.inputs, prompt } })

beforeEach(() => {
  localStorage.clear()
  useStudio.setState(useStudio.getInitialState(), true)
  useAsks.setState(useAsks.getInitialState(), true)
  useUploads.setState(useUploads.getInitialState(), true)
  Element.prototype.scrollIntoView = () => {}
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

describe('the list', () => {
  it('says where every take stands', async () => {
    await show([
      named(pendingJob('e', 5, 2), 'Five'),
      named(runningJob('d', 4, 0.429), 'Four'),
      named(completedJob('c', 3), 'Three'),
      named(failedJob('b', 2, { code: 'TIMEOUT', message: 'Late.', billed: 'maybe', resumable: false }), 'Two'),
      named(failedJob('a', 1, { code: 'CANCELLED', message: 'Cancelled.', billed: 'no', resumable: false }), 'One'),
    ])
    expect(names()).toEqual([
      'Five, Local draft, Queued, number 2',
      'Four, Local draft, Rendering, 42 %',
      'Three, Local draft, 5.0 s',
      'Two, Local draft, Failed, may have been billed',
      'One, Local draft, Cancelled',
    ])
    expect(screen.getByText('1 running, 1 queued')).toBeTruthy()
    expect(screen.getByRole('progressbar', { name: 'Four, progress' }).getAttribute('aria-valuenow')).toBe('42')
  })

  it('follows a take as it goes on', async () => {
    const { see } = await show([named(pendingJob('a', 1), 'One')])
    see(named(runningJob('a', 1, 0.5), 'One'))
    await waitFor(() => expect(names()).toEqual(['One, Local draft, Rendering, 50 %']))
    see(named(completedJob('a', 1), 'One'))
    await waitFor(() => expect(names()).toEqual(['One, Local draft, 5.0 s']))
    expect(screen.queryByRole('progressbar')).toBeNull()
  })

  it('is walked by the arrow keys, and Delete does nothing', async () => {
    await show(['c', 'b', 'a'].map((id, index) => named(completedJob(id, 3 - index), id)))
    const chosen = () => rows().findIndex((row) => within(row).queryByRole('button', { pressed: true }))
    expect(chosen()).toBe(0)
    // Space is left to the stage there.
    expect(rows().map((row) => row.querySelector('[data-yields-space]') !== null)).toEqual([true, false, false])
    within(rows()[0] as HTMLElement)
      .getAllByRole('button')[0]
      ?.focus()
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown'])
      fireEvent.keyDown(document.activeElement as Element, { key })
    expect(chosen()).toBe(2)
    expect(document.activeElement?.getAttribute('aria-label')).toBe('a, Local draft, 5.0 s')
    fireEvent.keyDown(document.activeElement as Element, { key: 'Delete' })
    expect(names()).toHaveLength(3)
    fireEvent.keyDown(document.activeElement as Element, { key: 'Home' })
    expect(chosen()).toBe(0)
  })

  it('offers the download under its readable name', async () => {
    await show([named(completedJob('a', 1), 'One')])
    const link = screen.getByRole('link', { name: 'Download One' })
    expect([link.getAttribute('href'), link.getAttribute('download')]).toEqual(['/v1/jobs/a/content', 'A lake.mp4'])
  })
})

describe('a failed take', () => {
  it('says what happened, what to do and whether it may have been billed', async () => {
    await show([
      failedJob('a', 1, { code: 'TIMEOUT', message: 'Decart took too long.', billed: 'maybe', resumable: false }),
    ])
    expect(screen.getByText('Decart took too long. Try again in a while. Decart may have billed it.')).toBeTruthy()
  })

  it('is retried with the same inputs, under a new key', async () => {
    const { log } = await show([failedJob('a', 1)], {
      'POST /v1/jobs/lucy-pro-t2v': () => json({ job_id: 'new', status: 'pending' }),
    })
    fireEvent.click(screen.getByRole('button', { name: 'Retry A lake' }))
    await waitFor(() => expect(useAsks.getState().open[0]?.jobId).toBe('new'))
    const posted = log.find(({ method }) => method === 'POST')
    expect(posted?.body instanceof FormData && Object.fromEntries(posted.body)).toEqual({ prompt: 'A lake' })
    expect(useStudio.getState().selected).toBe(useAsks.getState().open[0]?.key)
  })

  it('whose order still stands fetches its result without a second order', async () => {
    const error = { code: 'TIMEOUT', message: 'Late.', billed: 'maybe', resumable: true } as const
    const { log } = await show([failedJob('a', 1, error)], { 'POST /v1/jobs/a/resume': () => json({}) })
    fireEvent.click(screen.getByRole('button', { name: 'Fetch the result' }))
    await waitFor(() => expect(log.map(({ path }) => path)).toContain('/v1/jobs/a/resume'))
  })
})

describe('cancelling', () => {
  it('is said at once, and leaves nothing to hit by a second click', async () => {
    const { see } = await show([runningJob('a', 1, 0.2)], {
      'DELETE /v1/jobs/a': () => new Response(null, { status: 204 }),
    })
    fireEvent.click(screen.getByRole('button', { name: 'Cancel A lake' }))
    expect(names()).toEqual(['A lake, Local draft, Cancelling…'])
    see(failedJob('a', 1, { code: 'CANCELLED', message: 'Cancelled.', billed: 'no', resumable: false }))
    await waitFor(() => expect(names()).toEqual(['A lake, Local draft, Cancelled']))
    expect(screen.queryByRole('button', { name: 'Retry A lake' })).toBeNull()
    expect(screen.getByRole('button', { name: 'Retry' })).toBeTruthy()
  })
})

describe('the same settings', () => {
  const edit: Job = {
    ...completedJob('a', 1),
    model: 'lucy-pro-i2v',
    inputs: { prompt: 'Wind', data: still.id },
    seed: 99,
  }

  it('fill the form with model, media, prompt and the seed really used', async () => {
    await show([edit], { [`GET /v1/files/${still.id}`]: () => json(still) })
    fireEvent.click(screen.getByRole('button', { name: 'Same settings' }))
    await waitFor(() => expect(useStudio.getState().modelId).toBe('lucy-pro-i2v'))
    expect(useStudio.getState()).toMatchObject({
      draft: { prompt: 'Wind', seed: '99', 'data:image': still },
      tab: 'make',
    })
  })

  it('fill the rest and say so where the media is gone', async () => {
    await show([edit], { [`GET /v1/files/${still.id}`]: () => json({ detail: 'No such file.' }, 404) })
    fireEvent.click(screen.getByRole('button', { name: 'Same settings' }))
    await waitFor(() => expect(useStudio.getState().problems.fields['data']).toMatch(/no longer on the server/))
    expect(useStudio.getState().draft).toEqual({ prompt: 'Wind', seed: '99' })
  })
})

it('uses a result as input, changing to a model that takes it', async () => {
  const clip = sampleFile('video', 'A lake.mp4')
  await show([completedJob('a', 1)], {
    'GET /v1/jobs/a/content': () => new Response('pixels', { headers: { 'content-type': 'video/mp4' } }),
    'POST /v1/files': () => json(clip),
  })
  fireEvent.click(screen.getByRole('button', { name: 'Use as input' }))
  await waitFor(() => expect(useStudio.getState().draft['data:video']).toEqual(clip))
  expect(useStudio.getState().modelId).toBe('lucy-2.5')
})

it('uses a picture as what a clip begins on, not as the reference image of the chosen model', async () => {
  const job = completedJob('a', 1)
  if (job.status !== 'completed') throw new Error(job.status)
  useStudio.getState().chooseModel('lucy-2.5')
  await show([{ ...job, output: { ...job.output, mime_type: 'image/png', duration: null, fps: null } }], {
    'GET /v1/jobs/a/content': () => new Response('pixels', { headers: { 'content-type': 'image/png' } }),
    'POST /v1/files': () => json(still),
  })
  fireEvent.click(screen.getByRole('button', { name: 'Use as input' }))
  await waitFor(() => expect(useStudio.getState().draft).toEqual({ 'data:image': still }))
  expect(useStudio.getState().modelId).toBe('lucy-pro-i2v')
})

it('keeps a take that was never answered for, until it is dismissed', async () => {
  await show([])
  const key = mintKey()
  act(() => {
    openAsk({
      key,
      modelId: 'lucy-pro-t2v',
      inputs: { prompt: 'One' },
      renderer: 'local',
      startedAt: Date.now(),
      controller: new AbortController(),
    })
    updateAsk(key, { phase: { name: 'lost', message: 'No answer from the server.' } })
  })
  expect(names()).toEqual(['One, Local draft, Not sent'])
  expect(screen.getByText(/No answer from the server\. Retry is safe/)).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Dismiss' }))
  expect(screen.getByText('What you generate is kept here.')).toBeTruthy()
})
