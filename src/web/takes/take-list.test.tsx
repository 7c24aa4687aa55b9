// @vitest-environment jsdom
import '../testing/fail-on-console-error.ts'
import { QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Job, UnreadableJob } from '../../shared/job.ts'
import { mintKey, openAsk, updateAsk, useAsks } from '../data/asks.ts'
import { jobsOptions } from '../data/jobs.ts'
import { putJob } from '../data/job-pages.ts'
import { createQueryClient } from '../data/query-client.ts'
import { useStarProblems } from '../data/star-problems.ts'
import { useUploads } from '../data/uploads.ts'
import { useComparison } from '../state/comparison.ts'
import { keyOf, openComparison } from '../state/marking.ts'
import { useStudio } from '../state/studio.ts'
import { type Asked, fakeServer, json } from '../testing/fake-server.ts'
import { completedJob, failedJob, pendingJob, runningJob, sampleFile } from '../testing/samples.ts'
import { TakeList } from './take-list.tsx'
import { takeTitle } from './take-words.ts'

// To count what is drawn.
vi.mock(import('./take-words.ts'), async (load) => {
  const words = await load()
  return { ...words, takeTitle: vi.fn(words.takeTitle) }
})

// A slow machine is no failure.
configure({ asyncUtilTimeout: 20_000 })

const still = sampleFile('image', 'still.png')

const row = (title: string) => screen.getByRole('button', { name: new RegExp(`^${title}, Local draft`) })
const marked = () => useComparison.getState().entries.map(keyOf)

const show = async (
  jobs: Job[],
  answers: Record<string, (asked: Asked) => Response> = {},
  unreadable: UnreadableJob[] = [],
) => {
  const log = fakeServer({ ...answers, 'GET /v1/jobs?*': () => json({ jobs, unreadable, next_cursor: null }) })
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
  useComparison.setState(useComparison.getInitialState(), true)
  useStarProblems.setState({}, true)
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
  it('has what cannot be read in its place, and says that it is kept', async () => {
    const { created_at } = completedJob('x', 2)
    await show([named(completedJob('c', 3), 'Three'), named(completedJob('a', 1), 'One')], {}, [
      { job_id: 'job_b', created_at, reason: 'body: is no JSON' },
    ])
    expect(rows().map((item) => /Three|One|cannot be read/.exec(item.textContent ?? '')?.[0])).toEqual([
      'Three',
      'cannot be read',
      'One',
    ])
    expect(screen.getByText(/job_b is damaged: body: is no JSON\. It is kept/)).toBeTruthy()
  })

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

  it('draws one row when a take is added, or one changes, and none when nothing does', async () => {
    const jobs = ['d', 'c', 'b', 'a'].map((id, index) => named(completedJob(id, 9 - index), id))
    const { see } = await show(jobs)
    fireEvent.click(row('c'))
    const drawnUntil = async (holds: () => void) => {
      await waitFor(holds)
      const drawn = vi.mocked(takeTitle).mock.calls.map(([{ prompt }]) => prompt)
      vi.mocked(takeTitle).mockClear()
      // A row takes its title more than once while it is drawn.
      return [...new Set(drawn)]
    }
    const says = (words: string) => () => expect(names()[0]).toBe(`e, Local draft, ${words}`)
    vi.mocked(takeTitle).mockClear()
    see(named(runningJob('e', 20, 0.1), 'e'))
    expect(await drawnUntil(says('Rendering, 10 %'))).toEqual(['e'])
    see(named(runningJob('e', 20, 0.2), 'e'))
    expect(await drawnUntil(says('Rendering, 20 %'))).toEqual(['e'])
    for (const job of jobs) see(structuredClone(job))
    see(named(runningJob('e', 20, 0.3), 'e'))
    expect(await drawnUntil(says('Rendering, 30 %'))).toEqual(['e'])
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
      {
        ...failedJob('a', 1, { code: 'TIMEOUT', message: 'Decart took too long.', billed: 'maybe', resumable: false }),
        renderer: 'decart',
      },
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
    'POST /v1/jobs/a/file': () => json(clip),
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
    'POST /v1/jobs/a/file': () => json(still),
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
      engine: null,
      batch: null,
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

describe('marking takes to compare', () => {
  const several = () =>
    show([
      named(completedJob('e', 5), 'Five'),
      named(completedJob('d', 4), 'Four'),
      named(runningJob('c', 3, 0.5), 'Three'),
      named(completedJob('b', 2), 'Two'),
      named(completedJob('a', 1), 'One'),
    ])
  const areMarked = (...ids: string[]) => waitFor(() => expect(marked()).toEqual(ids.map((id) => `take:${id}`)))

  it('by Ctrl-click, by C on the focused row and by the row’s own button, each with its number', async () => {
    await several()
    fireEvent.click(row('Four'), { ctrlKey: true })
    row('One').focus()
    fireEvent.keyDown(row('One'), { key: 'c' })
    fireEvent.click(screen.getByRole('button', { name: 'Compare Five' }))
    await areMarked('d', 'a', 'e')
    const number = (title: string) =>
      screen.getByRole('button', { name: `Compare ${title}`, pressed: true }).textContent
    expect([number('Four'), number('One'), number('Five')]).toEqual(['1', '2', '3'])
    fireEvent.click(row('Four'), { metaKey: true })
    await areMarked('a', 'e')
    expect(number('One')).toBe('1')
    // None of it chose another take.
    expect(useStudio.getState().selected).toBeNull()
  })

  it('by C as it is on the keyboard, in whatever script and case', async () => {
    await several()
    const press = (title: string, key: string, code: string) => fireEvent.keyDown(row(title), { key, code })
    press('Five', 'с', 'KeyC')
    press('Four', 'C', 'KeyC')
    press('Two', 'c', 'KeyI')
    press('One', 'j', 'KeyC')
    await areMarked('e', 'd', 'b')
  })

  it('by Shift-click from the one marked last, or from the one on the stage, passing over what is not finished', async () => {
    await several()
    fireEvent.click(row('Two'), { shiftKey: true })
    await areMarked('e', 'd', 'b')
    fireEvent.click(await screen.findByRole('button', { name: 'Clear' }))
    fireEvent.click(row('One'), { ctrlKey: true })
    await areMarked('a')
    fireEvent.click(row('Four'), { shiftKey: true })
    await areMarked('a', 'b', 'd')
    expect(screen.queryByRole('button', { name: 'Compare Three' })).toBeNull()
    fireEvent.click(row('Three'), { ctrlKey: true })
    fireEvent.click(row('Five'), { ctrlKey: true })
    await areMarked('a', 'b', 'd', 'e')
  })

  it('is counted under the list, from where the comparison opens; a plain click goes back to one take', async () => {
    await several()
    fireEvent.click(row('Five'), { ctrlKey: true })
    await screen.findByText('1 marked: one more to compare')
    expect(screen.queryByRole('button', { name: 'Compare' })).toBeNull()
    fireEvent.click(row('One'), { ctrlKey: true })
    await screen.findByText('2 to compare')
    fireEvent.click(screen.getByRole('button', { name: 'Compare' }))
    expect([useComparison.getState().isOpen, useStudio.getState().tab]).toEqual([true, 'stage'])
    fireEvent.click(row('Two'))
    expect([useComparison.getState().isOpen, useStudio.getState().selected, marked().length]).toEqual([false, 'b', 2])
    fireEvent.click(screen.getByRole('button', { name: 'Clear' }))
    expect([marked(), screen.queryByRole('button', { name: 'Clear' })]).toEqual([[], null])
  })

  it('says why the ninth is not taken', async () => {
    await show(Array.from({ length: 9 }, (_, index) => named(completedJob(`j${index}`, 20 - index), `Take ${index}`)))
    fireEvent.click(row('Take 8'), { shiftKey: true })
    expect((await screen.findByRole('alert')).textContent).toMatch(/Eight at once is the most/)
    expect([marked().length, marked()[0]]).toEqual([8, 'take:j0'])
    act(() => openComparison())
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('takes files of this machine as well', async () => {
    await several()
    const picked = [new File(['x'], 'a.mp4', { type: 'video/mp4' }), new File(['y'], 'b.png', { type: 'image/png' })]
    fireEvent.click(screen.getByRole('button', { name: 'Compare files…' }))
    const input = await waitFor(() => document.querySelector('input[type=file]') ?? Promise.reject(new Error('none')))
    fireEvent.change(input, { target: { files: picked } })
    expect(useComparison.getState()).toMatchObject({ isOpen: true, entries: [{ kind: 'local' }, { kind: 'local' }] })
  })
})

describe('a star', () => {
  it('is asked of the server, and shown when that has it', async () => {
    const job = named(completedJob('a', 1), 'One')
    const { log, see } = await show([job], { 'PUT /v1/jobs/a/star': () => json({ ...job, starred: true }) })
    fireEvent.click(screen.getByRole('button', { name: 'Star One', pressed: false }))
    await waitFor(() => expect(log.map(({ method, path }) => `${method} ${path}`)).toContain('PUT /v1/jobs/a/star'))
    see({ ...job, starred: true })
    await waitFor(() => expect(names()).toEqual(['One, Local draft, 5.0 s, starred']))
    expect(screen.getByRole('button', { name: 'Star One', pressed: true })).toBeTruthy()
  })

  it('that could not be given is said at the take', async () => {
    await show([named(completedJob('b', 2), 'Two'), named(completedJob('a', 1), 'One')], {
      'PUT /v1/jobs/a/star': () => json({ detail: 'The disk is full.' }, 507),
    })
    fireEvent.click(screen.getByRole('button', { name: 'Star One' }))
    expect((await screen.findByRole('alert')).closest('li')?.textContent).toMatch(/One.*The disk is full\./)
    expect(screen.queryByRole('button', { name: 'Star One', pressed: true })).toBeNull()
  })

  it('is what the list can be filtered by, with those that no loaded page has', async () => {
    const starred = (id: string, minute: number, prompt: string) => ({
      ...named(completedJob(id, minute), prompt),
      starred: true,
    })
    await show([named(completedJob('c', 3), 'Plain'), starred('b', 2, 'Good')], {
      'GET /v1/jobs?starred=true*': () =>
        json({ jobs: [starred('b', 2, 'Good'), starred('a', 1, 'Old')], next_cursor: null }),
    })
    fireEvent.click(screen.getByRole('button', { name: 'Starred takes only' }))
    await waitFor(() =>
      expect(names()).toEqual(['Good, Local draft, 5.0 s, starred', 'Old, Local draft, 5.0 s, starred']),
    )
    fireEvent.click(screen.getByRole('button', { name: 'Starred takes only' }))
    expect(names()).toHaveLength(2)
    expect(screen.getByText('Plain')).toBeTruthy()
  })
})
