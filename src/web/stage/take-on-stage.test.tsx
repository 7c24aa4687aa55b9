// @vitest-environment jsdom
import '../testing/fail-on-console-error.ts'
import { QueryClientProvider } from '@tanstack/react-query'
import { cleanup, configure, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Job } from '../../shared/job.ts'
import type { Me } from '../../shared/people.ts'
import { createQueryClient } from '../data/query-client.ts'
import { takeOfJob } from '../data/take.ts'
import { useStudio } from '../state/studio.ts'
import { fakeServer, json } from '../testing/fake-server.ts'
import { meAs, NOBODY, ofHer, ofHim } from '../testing/people.ts'
import { completedJob, failedJob, runningJob, sampleFile } from '../testing/samples.ts'
import { TakeOnStage } from './take-on-stage.tsx'

// A slow machine is no failure.
configure({ asyncUtilTimeout: 20_000 })

const clip = sampleFile('video', 'clip.mp4')

const show = (job: Job, me: Me = NOBODY) => {
  fakeServer({ [`GET /v1/files/${clip.id}`]: () => json(clip), 'GET /v1/me': () => json(me) })
  const client = createQueryClient()
  render(
    <QueryClientProvider client={client}>
      <TakeOnStage take={takeOfJob(job)} takes={[takeOfJob(job)]} />
    </QueryClientProvider>,
  )
  return client
}

beforeEach(() => {
  localStorage.clear()
  useStudio.setState(useStudio.getInitialState(), true)
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => {}, removeEventListener: () => {} }))
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      disconnect() {}
    },
  )
  vi.stubGlobal('ResizeObserverEntry', class {})
  vi.stubGlobal('VideoDecoder', class {})
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

// Nothing is decoded or drawn here: that is for the browser tests.
it('shows a finished take with its facts and its download', async () => {
  show(completedJob('a', 1))
  expect(await screen.findByRole('application', { name: 'Local draft · Lucy Pro: text to video' })).toBeTruthy()
  for (const fact of ['1280 × 720', '25 fps', '5.0 s', '1.0 MB', 'made in 1:00', 'A lake'])
    expect(screen.getByText(fact)).toBeTruthy()
})

it('plays by the browser’s own player, and says why, where the page may not decode', () => {
  vi.stubGlobal('VideoDecoder', undefined)
  show(completedJob('a', 1))
  const player = screen.getByLabelText('Local draft · Lucy Pro: text to video')
  expect([player.tagName, player.getAttribute('src')]).toEqual(['VIDEO', '/v1/jobs/a/content'])
  expect(screen.getByText(/needs WebCodecs/)).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Download' }).getAttribute('download')).toBe('A lake.mp4')
})

it('waits honestly, with a way out', () => {
  show(runningJob('a', 1, 0.31))
  expect(screen.getByRole('heading', { name: 'Rendering, 31 %' })).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Cancel' })).toBeTruthy()
})

it('says what went wrong, what to do and what it may have cost', () => {
  const error = { code: 'TIMEOUT', message: 'Decart took too long.', billed: 'maybe', resumable: true } as const
  show({ ...failedJob('a', 1, error), renderer: 'decart' })
  expect(screen.getByRole('alert').textContent).toMatch(
    /took too long\. Decart still has the order.*may have billed it/,
  )
  expect(screen.getByRole('button', { name: 'Fetch the result' })).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Retry' })).toBeTruthy()
})

it('leaves it to who asked for a take, and to admins, to cancel it or to fetch its result', async () => {
  const [running, error] = [
    runningJob('a', 1, 0.31),
    { code: 'TIMEOUT', message: 'Decart took too long.', billed: 'maybe', resumable: true } as const,
  ]
  const offered = async (job: Job, me: Me, name: string): Promise<boolean> => {
    const client = show(job, me)
    await waitFor(() => expect(client.getQueryData(['me'])).toEqual(me))
    const found = screen.queryByRole('button', { name }) !== null
    cleanup()
    return found
  }
  expect(await offered(ofHim(running), meAs('member'), 'Cancel')).toBe(false)
  expect(await offered(ofHer(running), meAs('member'), 'Cancel')).toBe(true)
  expect(await offered(ofHim(running), meAs('admin'), 'Cancel')).toBe(true)
  expect(await offered(ofHim(failedJob('a', 1, error)), meAs('member'), 'Fetch the result')).toBe(false)
  expect(await offered(ofHim(failedJob('a', 1, error)), meAs('member'), 'Retry')).toBe(true)
})
