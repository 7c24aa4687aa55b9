// @vitest-environment jsdom
import '../testing/fail-on-console-error.ts'
import { notifyManager, QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Job, UnreadableJob } from '../../shared/job.ts'
import { mintKey, openSubmission, updateSubmission, useSubmissions } from '../data/submissions.ts'
import { followJobs } from '../data/follow-jobs.ts'
import { jobStore } from '../data/job-store.ts'
import { followLibrary } from '../data/library.ts'
import { createQueryClient } from '../data/query-client.ts'
import { useQueue } from '../data/queue.ts'
import { publishRemoved } from '../data/removals.ts'
import { useStarProblems } from '../data/star-problems.ts'
import { useUploads } from '../data/uploads.ts'
import { useComparison } from '../state/comparison.ts'
import { keyOf } from '../state/marking.ts'
import { useSearch } from '../state/search.ts'
import { useStudio } from '../state/studio.ts'
import { type Asked, fakeServer, json } from '../testing/fake-server.ts'
import { stubSource } from '../testing/fake-source.ts'
import { meAs, ofHer, ofHim } from '../testing/people.ts'
import { completedJob, failedJob, pendingJob, runningJob, sampleFile } from '../testing/samples.ts'
import { stubLayout } from '../testing/stub-layout.ts'
import { dismissToast } from './acts/toast.ts'
import { clearSelection, useSelection } from './selection.ts'
import { TakeList } from './take-list.tsx'
import { takeLabel } from './take-words.ts'

// To count what is drawn.
vi.mock(import('./take-words.ts'), async (load) => {
  const words = await load()
  return { ...words, takeLabel: vi.fn(words.takeLabel) }
})

// A slow machine is no failure.
configure({ asyncUtilTimeout: 20_000 })

const still = sampleFile('image', 'still.png')
let stops: (() => void)[] = []

/** What GET /v1/jobs answers of these jobs, as far as the tests ask. */
const list =
  (jobs: readonly Job[], unreadable: UnreadableJob[] = []) =>
  ({ path }: Asked): Response => {
    const query = new URLSearchParams(path.split('?')[1])
    const found = jobs.filter(
      (job) =>
        (query.get('finished') === null || ['completed', 'failed'].includes(job.status)) &&
        (query.get('deleted') === 'true') === (job.deleted_at !== null) &&
        (query.get('starred') === null || job.starred) &&
        String(job.inputs['prompt']).includes(query.get('text') ?? ''),
    )
    return json({ jobs: found, unreadable, total: found.length, next_cursor: null })
  }

const show = (
  jobs: Job[],
  answers: Record<string, (asked: Asked) => Response> = {},
  unreadable: UnreadableJob[] = [],
) => {
  const log = fakeServer({
    'GET /v1/shelves': () => json({ shelves: [{ name: 'Lake spot', count: 2 }], binned: 0 }),
    'GET /v1/jobs?*': list(jobs, unreadable),
    ...answers,
  })
  const queryClient = createQueryClient()
  stops = [followJobs(queryClient), followLibrary(queryClient)]
  render(
    <QueryClientProvider client={queryClient}>
      <TakeList />
    </QueryClientProvider>,
  )
  return log
}
const see = (job: Job) => act(() => jobStore.publish(job))
const named = (job: Job, prompt: string): Job => ({ ...job, inputs: { ...job.inputs, prompt } })
const labels = () =>
  screen.queryAllByRole('gridcell').map((cell) => cell.querySelector('[data-take]')?.getAttribute('aria-label'))
const prompts = () => labels().map((label) => label?.split(',')[0])
const card = (prompt: string) => screen.findByRole('button', { name: new RegExp(`^${prompt}, Local draft`) })
const selected = () => [...useSelection.getState().ids]
const press = (key: string, more: object = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more })
const five = () =>
  ['Five', 'Four', 'Three', 'Two', 'One'].map((prompt, at) => named(completedJob(prompt, 9 - at), prompt))
const changed = (jobs: readonly Job[], ids: readonly string[], change: Partial<Job>) =>
  json({ jobs: jobs.filter(({ job_id }) => ids.includes(job_id)).map((job) => ({ ...job, ...change })), problems: [] })

beforeEach(() => {
  localStorage.clear()
  for (const store of [useComparison, useStudio, useSubmissions, useUploads, useQueue, useSearch, useStarProblems])
    (store as typeof useSearch).setState((store as typeof useSearch).getInitialState(), true)
  act(() => {
    clearSelection()
    dismissToast()
  })
  // What is told is drawn at once, so that it can be counted.
  notifyManager.setScheduler((notify) => notify())
  stubLayout()
  stubSource()
})
afterEach(() => {
  stops.forEach((stop) => stop())
  cleanup()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

describe('the column', () => {
  it('has finished takes as cards by day, and above them what runs and the first that wait', async () => {
    show([
      ...Array.from({ length: 7 }, (_, at) => named(pendingJob(`w${at}`, 20 - at, 7 - at), `Waiting ${7 - at}`)),
      named(runningJob('r', 9, 0.429), 'Runs'),
      named(completedJob('c', 3), 'Three'),
      named(failedJob('b', 2, { code: 'TIMEOUT', message: 'Late.', billed: 'maybe', resumable: false }), 'Two'),
      named(failedJob('a', 1, { code: 'CANCELLED', message: 'Cancelled.', billed: 'no', resumable: false }), 'One'),
    ])
    await card('Three')
    expect(labels()).toEqual([
      'Three, Local draft, 5.0 s, seed 7',
      'Two, Local draft, Failed, may have been billed, seed 7',
      'One, Local draft, Cancelled, seed 7',
    ])
    expect(screen.getByText('3 takes')).toBeTruthy()
    expect(screen.getByRole('heading', { level: 3 }).textContent).toMatch(/1 August/)
    const now = within(await screen.findByRole('region', { name: 'Now' }))
    expect(
      now.getAllByRole('listitem').map(({ textContent }) => /^(Runs|Waiting \d)/.exec(textContent ?? '')?.[0]),
    ).toEqual(['Runs', 'Waiting 1', 'Waiting 2', 'Waiting 3', 'Waiting 4'])
    expect(now.getByText('and 3 more waiting')).toBeTruthy()
    act(() =>
      useQueue.setState({
        totals: { local: { waiting: 149, running: 1, next: [], paused: false, seconds_left: null } },
      }),
    )
    expect(now.getByText('1 running, 149 waiting')).toBeTruthy()
    expect(now.getByRole('progressbar', { name: 'Runs, progress' }).getAttribute('aria-valuenow')).toBe('42')
  })

  it('draws one card when a take is added, or one changes, and none when nothing does', async () => {
    const jobs = five()
    show(jobs)
    fireEvent.click(await card('Three'))
    const drawnFor = (job: Job) => {
      vi.mocked(takeLabel).mockClear()
      see(job)
      return [...new Set(vi.mocked(takeLabel).mock.calls.map(([{ prompt }]) => prompt))]
    }
    expect(drawnFor(named(runningJob('new', 20, 0.5), 'New'))).toEqual([])
    expect(drawnFor(named(completedJob('new', 20), 'New'))).toEqual(['New'])
    expect(prompts()).toEqual(['New', 'Five', 'Four', 'Three', 'Two', 'One'])
    const [, four] = jobs
    expect(four && drawnFor({ ...four, starred: true })).toEqual(['Four'])
    expect(four && drawnFor(structuredClone({ ...four, starred: true }))).toEqual([])
  })

  it('has one tab stop, is walked by the arrow keys in two dimensions, and the stage follows', async () => {
    show(five())
    ;(await card('Five')).focus()
    expect(
      screen.getAllByRole('gridcell').flatMap((cell) => [...cell.querySelectorAll('[tabindex="0"]')]),
    ).toHaveLength(1)
    press('ArrowDown')
    expect(document.activeElement?.getAttribute('data-take')).toBe('Three')
    press('ArrowRight')
    press('End')
    expect([document.activeElement?.getAttribute('data-take'), useStudio.getState().selected]).toEqual(['One', 'One'])
    // What is on the stage already is played there.
    expect(document.activeElement?.hasAttribute('data-yields-space')).toBe(true)
    press('Home')
    expect(useStudio.getState().selected).toBe('Five')
  })

  it('has takes that were asked for together as one stack', async () => {
    const ofBatch = (id: string, batch_position: number): Job => ({
      ...named(completedJob(id, 10 - batch_position), 'A fox'),
      batch_id: 'b',
      batch_position,
      batch_size: 3,
    })
    show([ofBatch('x1', 1), ofBatch('x2', 2), ofBatch('x3', 3), named(completedJob('a', 1), 'One')])
    const stack = await screen.findByRole('button', { name: '3 takes, A fox' })
    expect(labels()).toHaveLength(2)
    fireEvent.click(stack, { ctrlKey: true })
    expect(selected()).toEqual(['x1', 'x2', 'x3'])
    fireEvent.click(stack)
    expect([useStudio.getState().selected, selected()]).toEqual(['x1', []])
    see({ ...ofBatch('x2', 2), deleted_at: '2026-08-02T00:00:00.000Z' })
    see({ ...ofBatch('x1', 1), deleted_at: '2026-08-02T00:00:00.000Z' })
    expect(labels()).toEqual(['3 of 3, seed 7, A fox, Local draft, 5.0 s', 'One, Local draft, 5.0 s, seed 7'])
  })

  it('says what cannot be read, and that it is kept', async () => {
    show([named(completedJob('a', 1), 'One')], {}, [{ job_id: 'job_b', created_at: '', reason: 'body: is no JSON' }])
    expect(await screen.findByText(/job_b is damaged: body: is no JSON\. It is kept/)).toBeTruthy()
  })

  it('lets go of what was removed elsewhere', async () => {
    show(five())
    await card('Five')
    act(() => publishRemoved(['Five', 'Two']))
    expect(prompts()).toEqual(['Four', 'Three', 'One'])
    expect(screen.getByText('3 takes')).toBeTruthy()
  })

  it('drags a take as its job and its address', async () => {
    show(five())
    const data = new Map<string, string>()
    const dataTransfer = { setData: (type: string, value: string) => data.set(type, value) }
    fireEvent.dragStart(await card('Two'), { dataTransfer })
    expect(data.get('application/x-rushes-take')).toBe('Two')
    expect(data.get('text/uri-list')).toBe('http://localhost:3000/v1/jobs/Two/content')
  })
})

describe('searching', () => {
  it('asks the server once typing rests, keeps what was found until then, and offers the way back', async () => {
    const log = show([named(completedJob('b', 2), 'A fox'), named(completedJob('a', 1), 'A lake')])
    await card('A fox')
    const field = screen.getByRole('searchbox', { name: 'Search takes' })
    for (const text of ['f', 'fo', 'fox']) fireEvent.change(field, { target: { value: text } })
    expect(prompts()).toEqual(['A fox', 'A lake'])
    await waitFor(() => expect(prompts()).toEqual(['A fox']))
    expect(log.filter(({ path }) => path.includes('text=')).map(({ path }) => /text=\w+/.exec(path)?.[0])).toEqual([
      'text=fox',
    ])
    expect(screen.getByText('1 take')).toBeTruthy()
    fireEvent.change(field, { target: { value: 'owl' } })
    await screen.findByText('No takes match.')
    fireEvent.click(screen.getByRole('button', { name: 'Show all takes' }))
    await waitFor(() => expect(prompts()).toEqual(['A fox', 'A lake']))
  })

  it('says that more was found than is counted', async () => {
    const found = named(completedJob('a', 1), 'A fox')
    const answer = { jobs: [found], unreadable: [], total: 10_000, total_exceeded: true, next_cursor: null }
    show([], { 'GET /v1/jobs?*': () => json(answer) })
    await card('A fox')
    expect(screen.getByText('Over 10,000 takes')).toBeTruthy()
  })

  it('narrows by a press what could be typed as well, and says what it cannot use', async () => {
    show([{ ...named(completedJob('b', 2), 'Good'), starred: true }, named(completedJob('a', 1), 'Plain')])
    await card('Plain')
    fireEvent.click(screen.getByRole('button', { name: 'Starred takes only' }))
    expect(useSearch.getState().query).toBe('is:starred')
    await waitFor(() => expect(prompts()).toEqual(['Good']))
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'before:soon' } })
    expect((await screen.findByRole('alert')).textContent).toBe('before:soon is no date. Write it as 2026-11-29.')
    fireEvent.change(await screen.findByRole('combobox', { name: 'Shelf' }), { target: { value: 'Lake spot' } })
    expect(useSearch.getState().query).toBe('before:soon shelf:"Lake spot"')
  })
})

it('has the take that ended while the first answer was on its way', async () => {
  const answer = list([named(completedJob('a', 1), 'First')])
  let answers = 0
  show([], {
    'GET /v1/jobs?*': (asked) => {
      const isLibrary = asked.path.includes('finished')
      if (isLibrary && answers++ === 0) jobStore.publish(named(completedJob('b', 2), 'Late'))
      return answer(asked)
    },
  })
  await card('Late')
  expect(prompts()).toEqual(['Late', 'First'])
})

describe('selecting', () => {
  it('by clicks and keys, for a comparison in that order; a plain click goes back to one take', async () => {
    show(five())
    fireEvent.click(await card('Four'), { ctrlKey: true })
    fireEvent.click(await card('One'), { metaKey: true })
    expect(screen.queryByRole('button', { name: 'Select Five' })).toBeNull()
    fireEvent.pointerEnter(await card('Five'))
    fireEvent.click(screen.getByRole('button', { name: 'Select Five' }))
    fireEvent.pointerLeave(await card('Five'))
    expect(selected()).toEqual(['Four', 'One', 'Five'])
    expect(screen.getByText('3 selected')).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Compare' }))
    expect(useComparison.getState().entries.map(keyOf)).toEqual(['take:Four', 'take:One', 'take:Five'])
    expect([useComparison.getState().isOpen, useStudio.getState().tab]).toEqual([true, 'stage'])
    fireEvent.click(await card('Two'))
    expect([useComparison.getState().isOpen, useStudio.getState().selected, selected()]).toEqual([false, 'Two', []])
    press('ArrowUp', { shiftKey: true })
    expect(selected()).toEqual(['Two', 'Three', 'Four'])
    press('c')
    expect(useComparison.getState().entries.map(keyOf)).toEqual(['take:Four', 'take:Three', 'take:Two'])
    press('Escape')
    expect(selected()).toEqual([])
    press('a', { ctrlKey: true })
    expect(selected()).toHaveLength(5)
  })

  it('downloads one as its file, and several as one archive', async () => {
    const log = show(five(), {
      'POST /v1/archives': () => json({ archive_id: 'arc', filename: 'rushes-2-takes.zip', count: 2 }),
    })
    const saved: string[] = []
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      saved.push(`${this.getAttribute('href')} ${this.download}`)
    })
    fireEvent.click(await card('Five'), { ctrlKey: true })
    fireEvent.click(screen.getByRole('button', { name: 'Download' }))
    fireEvent.click(await card('Two'), { ctrlKey: true })
    fireEvent.click(screen.getByRole('button', { name: 'Download' }))
    await waitFor(() =>
      expect(saved).toEqual(['/v1/jobs/Five/content A lake.mp4', '/v1/archives/arc rushes-2-takes.zip']),
    )
    expect(log.find(({ method }) => method === 'POST')?.body).toBe('{"job_ids":["Five","Two"]}')
  })
})

describe('the bin', () => {
  it('takes what is selected, goes on from the next, and gives it back', async () => {
    const jobs = five()
    const log = show(jobs, {
      'POST /v1/jobs/changes': ({ body }) => {
        const { job_ids, binned } = JSON.parse(String(body))
        return changed(jobs, job_ids, { deleted_at: binned ? '2026-08-02T00:00:00.000Z' : null })
      },
    })
    fireEvent.click(await card('Four'))
    ;(await card('Four')).focus()
    press('ArrowRight', { shiftKey: true })
    press('Delete')
    await waitFor(() => expect(prompts()).toEqual(['Five', 'Two', 'One']))
    expect([useStudio.getState().selected, document.activeElement?.getAttribute('data-take')]).toEqual(['Two', 'Two'])
    expect(await screen.findByText('2 takes went into the bin, for 30 days.')).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(prompts()).toEqual(['Five', 'Four', 'Three', 'Two', 'One']))
    expect(log.filter(({ path }) => path.endsWith('changes')).map(({ body }) => JSON.parse(String(body)))).toEqual([
      { job_ids: ['Four', 'Three'], binned: true },
      { job_ids: ['Four', 'Three'], binned: false },
    ])
  })

  it('is looked into, says how long, and is emptied after a question', async () => {
    const binned = { ...named(completedJob('b', 2), 'Binned'), deleted_at: '2026-08-02T00:00:00.000Z' }
    const log = show([binned, named(completedJob('a', 1), 'Kept')], { 'DELETE /v1/bin': () => json({ removed: 1 }) })
    await card('Kept')
    fireEvent.click(screen.getByRole('button', { name: 'Bin', pressed: false }))
    await waitFor(() => expect(prompts()).toEqual(['Binned']))
    expect(screen.getByText(/stay here for 30 days/)).toBeTruthy()
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'is:binned owl' } })
    await waitFor(() => expect(prompts()).toEqual([]))
    HTMLDialogElement.prototype.showModal = () => {}
    HTMLDialogElement.prototype.close = () => {}
    fireEvent.click(screen.getByRole('button', { name: 'Empty bin…' }))
    // What a search finds of it is not what goes.
    expect(screen.getByText(/^All takes in the bin and the files of them/)).toBeTruthy()
    fireEvent.click(screen.getByText('Remove for good'))
    expect(await screen.findByText('1 take removed for good.')).toBeTruthy()
    expect(log.some(({ method, path }) => method === 'DELETE' && path === '/v1/bin')).toBe(true)
  })
})

describe('a star', () => {
  it('is given by S, and what went wrong is said', async () => {
    const [job] = [named(completedJob('a', 1), 'One')]
    const answers = [json({ ...job, starred: true }), json({ detail: 'The disk is full.' }, 507)]
    show([job], {
      'PUT /v1/jobs/a/star': () => answers.shift() ?? json({}),
      'DELETE /v1/jobs/a/star': () => answers.shift() ?? json({}),
    })
    ;(await card('One')).focus()
    press('s')
    await waitFor(() => expect(labels()).toEqual(['One, Local draft, 5.0 s, starred, seed 7']))
    press('*', { shiftKey: true })
    expect((await screen.findByRole('alert')).textContent).toBe('The disk is full.')
  })
})

describe('a name', () => {
  it('is written at the card, by F2', async () => {
    const job = named(completedJob('a', 1), 'One')
    const log = show([job], { 'PATCH /v1/jobs/a': ({ body }) => json({ ...job, ...JSON.parse(String(body)) }) })
    ;(await card('One')).focus()
    press('F2')
    const field = screen.getByRole('textbox', { name: 'Name of the take' })
    fireEvent.change(field, { target: { value: ' Hero shot ' } })
    fireEvent.keyDown(field, { key: 'Enter' })
    await card('Hero shot')
    expect(log.find(({ method }) => method === 'PATCH')?.body).toBe('{"name":"Hero shot"}')
  })
})

describe('the take on the stage', () => {
  beforeEach(() => useStudio.getState().select('a'))

  it('that failed says what happened, what to do and whether it may have been billed', async () => {
    show([
      {
        ...failedJob('a', 1, { code: 'TIMEOUT', message: 'Decart took too long.', billed: 'maybe', resumable: false }),
        renderer: 'decart',
      },
    ])
    expect(
      await screen.findByText('Decart took too long. Try again in a while. Decart may have billed it.'),
    ).toBeTruthy()
  })

  it('that failed is retried with the same inputs, under a new key', async () => {
    const log = show([failedJob('a', 1)], {
      'POST /v1/jobs/lucy-pro-t2v': () => json({ job_id: 'new', status: 'pending' }),
    })
    fireEvent.click(await screen.findByRole('button', { name: 'Retry' }))
    await waitFor(() => expect(useSubmissions.getState().open[0]?.jobId).toBe('new'))
    const posted = log.find(({ method }) => method === 'POST')
    expect(posted?.body instanceof FormData && Object.fromEntries(posted.body)).toEqual({ prompt: 'A lake' })
    expect(useStudio.getState().selected).toBe(useSubmissions.getState().open[0]?.key)
  })

  it('whose order still stands fetches its result without a second order', async () => {
    const error = { code: 'TIMEOUT', message: 'Late.', billed: 'maybe', resumable: true } as const
    const log = show([failedJob('a', 1, error)], { 'POST /v1/jobs/a/resume': () => json({}) })
    fireEvent.click(await screen.findByRole('button', { name: 'Fetch the result' }))
    await waitFor(() => expect(log.map(({ path }) => path)).toContain('/v1/jobs/a/resume'))
  })

  const edit: Job = {
    ...completedJob('a', 1),
    model: 'lucy-pro-i2v',
    inputs: { prompt: 'Wind', data: still.id },
    seed: 99,
  }

  it('fills the form with model, media, prompt and the seed really used', async () => {
    show([edit], { [`GET /v1/files/${still.id}`]: () => json(still) })
    fireEvent.click(await screen.findByRole('button', { name: 'Same settings' }))
    await waitFor(() => expect(useStudio.getState().modelId).toBe('lucy-pro-i2v'))
    expect(useStudio.getState()).toMatchObject({
      draft: { prompt: 'Wind', seed: '99', 'data:image': still },
      tab: 'make',
    })
  })

  it('fills the rest and says so where the media is gone', async () => {
    show([edit], { [`GET /v1/files/${still.id}`]: () => json({ detail: 'No such file.' }, 404) })
    fireEvent.click(await screen.findByRole('button', { name: 'Same settings' }))
    await waitFor(() => expect(useStudio.getState().problems.fields['data']).toMatch(/no longer on the server/))
    expect(useStudio.getState().draft).toEqual({ prompt: 'Wind', seed: '99' })
  })

  it('becomes an input, changing to a model that takes it', async () => {
    const clip = sampleFile('video', 'A lake.mp4')
    show([completedJob('a', 1)], {
      'POST /v1/jobs/a/file': () => json(clip),
    })
    fireEvent.click(await screen.findByRole('button', { name: 'Use as input' }))
    await waitFor(() => expect(useStudio.getState().draft['data:video']).toEqual(clip))
    expect(useStudio.getState().modelId).toBe('lucy-2.5')
  })
})

describe('what runs', () => {
  it('is cancelled at once, with nothing left to hit by a second click', async () => {
    show([runningJob('a', 1, 0.2)], { 'DELETE /v1/jobs/a': () => new Response(null, { status: 204 }) })
    fireEvent.click(await screen.findByRole('button', { name: 'Cancel A lake' }))
    expect(screen.getByText('Local draft · Cancelling…')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Cancel A lake' })).toBeNull()
    see(failedJob('a', 1, { code: 'CANCELLED', message: 'Cancelled.', billed: 'no', resumable: false }))
    await waitFor(() => expect(labels()).toEqual(['A lake, Local draft, Cancelled, seed 7']))
  })

  it('and was never answered for is kept until it is dismissed', async () => {
    show([])
    await screen.findByText('What you generate is kept here.')
    const key = mintKey()
    act(() => {
      openSubmission({
        key,
        modelId: 'lucy-pro-t2v',
        inputs: { prompt: 'One' },
        renderer: 'local',
        engine: null,
        batch: null,
        startedAt: Date.now(),
        controller: new AbortController(),
      })
      updateSubmission(key, { phase: { name: 'lost', message: 'No answer from the server.' } })
    })
    expect(screen.getByText(/No answer from the server\. Retry is safe/)).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Dismiss One' }))
    expect(screen.queryByText(/Retry is safe/)).toBeNull()
  })

  it('is cancelled by who asked for it, and by admins', async () => {
    const hers = ofHer(named(runningJob('a', 1, 0.2), 'her lake'))
    const his = ofHim(named(pendingJob('b', 2), 'his pond'))
    show([his, hers], { 'GET /v1/me': () => json(meAs('member')) })
    expect(await screen.findByText('his pond')).toBeTruthy()
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Cancel his pond' })).toBeNull())
    expect(screen.getByRole('button', { name: 'Cancel her lake' })).toBeTruthy()
    const key = mintKey()
    act(() =>
      openSubmission({
        key,
        modelId: 'lucy-pro-t2v',
        inputs: { prompt: 'just asked' },
        renderer: 'local',
        engine: null,
        batch: null,
        startedAt: Date.now(),
        controller: new AbortController(),
      }),
    )
    expect(screen.getByRole('button', { name: 'Cancel just asked' })).toBeTruthy()
    cleanup()
    show([his], { 'GET /v1/me': () => json(meAs('admin')) })
    expect(await screen.findByRole('button', { name: 'Cancel his pond' })).toBeTruthy()
  })
})

it('offers a member to name and bin their own takes, and to star those of all', async () => {
  const [hers, his] = [ofHer(named(completedJob('a', 2), 'Hers')), ofHim(named(completedJob('b', 1), 'His'))]
  show([hers, his], { 'GET /v1/me': () => json(meAs('member')) })
  const itemsFor = async (prompt: string) => {
    fireEvent.contextMenu(await card(prompt))
    // jsdom knows no popover that is shown.
    const menu = await screen.findByRole('menu', { hidden: true })
    return () => [...menu.querySelectorAll('[role=menuitem]')].map((item) => item.textContent)
  }
  const ofHis = await itemsFor('His')
  await waitFor(() =>
    expect(ofHis()).toEqual(['Use as input', 'Same settings', 'Again', 'StarS', 'Shelf…', 'Download']),
  )
  press('Escape')
  const ofHers = await itemsFor('Hers')
  expect(ofHers()).toEqual(expect.arrayContaining(['Rename…F2', 'BinX']))
})

it('takes files of this machine into a comparison', async () => {
  show(five())
  await card('Five')
  const picked = [new File(['x'], 'a.mp4', { type: 'video/mp4' }), new File(['y'], 'b.png', { type: 'image/png' })]
  fireEvent.click(screen.getByRole('button', { name: 'Compare files…' }))
  const input = await waitFor(() => document.querySelector('input[type=file]') ?? Promise.reject(new Error('none')))
  fireEvent.change(input, { target: { files: picked } })
  expect(useComparison.getState()).toMatchObject({ isOpen: true, entries: [{ kind: 'local' }, { kind: 'local' }] })
})
