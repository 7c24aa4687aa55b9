// @vitest-environment jsdom
import '../testing/fail-on-console-error.ts'
import { QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, configure, renderHook, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { fakeServer, json } from '../testing/fake-server.ts'
import { type Submission, mintKey, useSubmissions } from './submissions.ts'
import { useConnection } from './connection.ts'
import { useGenerate } from './generate.ts'
import { createQueryClient } from './query-client.ts'
import { useResend } from './resend.ts'

const newAsk = (prompt: string): Submission => ({
  key: mintKey(),
  modelId: 'lucy-pro-t2v',
  inputs: { prompt },
  renderer: 'local',
  engine: null,
  batch: null,
  startedAt: 0,
  controller: new AbortController(),
})

// A slow machine is no failure.
configure({ asyncUtilTimeout: 20_000 })

beforeEach(() => {
  useSubmissions.setState(useSubmissions.getInitialState(), true)
  useConnection.setState(useConnection.getInitialState(), true)
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const setUp = () => {
  const queryClient = createQueryClient()
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
  )
  const refused: string[] = []
  const { result } = renderHook(
    () => {
      useResend((error) => refused.push(error.message))
      return useGenerate(() => undefined)
    },
    { wrapper },
  )
  return { refused, ask: (ask: Submission) => act(() => result.current(ask)) }
}

const openConnection = () => act(() => useConnection.setState({ state: 'open' }))
const phases = () => useSubmissions.getState().open.map(({ phase }) => phase.name)

it('what was asked for while the server was away is sent once it is back, in order and under the same keys', async () => {
  fakeServer({})
  const { ask } = setUp()
  const [first, second] = [newAsk('A lake'), newAsk('A barn')]
  ask(first)
  ask(second)
  await waitFor(() => expect(phases()).toEqual(['lost', 'lost']))
  expect(useSubmissions.getState().open[0]?.phase).toMatchObject({ message: expect.stringContaining('sent by itself') })
  const log = fakeServer({
    'POST /v1/jobs/lucy-pro-t2v': () => json({ job_id: `job_${mintKey()}`, status: 'pending' }),
  })
  openConnection()
  await waitFor(() => expect(phases()).toEqual(['watching', 'watching']))
  expect(log.map(({ headers }) => headers.get('idempotency-key'))).toEqual([first.key, second.key])
  // An opening later finds nothing left to send.
  openConnection()
  expect(log).toHaveLength(2)
})

it('a server that goes away again leaves it waiting for the next opening', async () => {
  const log = fakeServer({})
  const { ask } = setUp()
  ask(newAsk('A lake'))
  await waitFor(() => expect(phases()).toEqual(['lost']))
  openConnection()
  await waitFor(() => expect(log).toHaveLength(2))
  await waitFor(() => expect(phases()).toEqual(['lost']))
  fakeServer({ 'POST /v1/jobs/lucy-pro-t2v': () => json({ job_id: `job_${mintKey()}`, status: 'pending' }) })
  openConnection()
  await waitFor(() => expect(phases()).toEqual(['watching']))
})

it('what a server refused that was just stopping is sent once it is back', async () => {
  fakeServer({
    'POST /v1/jobs/lucy-pro-t2v': () => json({ detail: 'This server is stopping.', code: 'UNAVAILABLE' }, 503),
  })
  const { ask } = setUp()
  ask(newAsk('A lake'))
  await waitFor(() => expect(phases()).toEqual(['lost']))
  expect(useSubmissions.getState().open[0]?.phase).toMatchObject({ message: expect.stringContaining('sent by itself') })
  fakeServer({ 'POST /v1/jobs/lucy-pro-t2v': () => json({ job_id: `job_${mintKey()}`, status: 'pending' }) })
  openConnection()
  await waitFor(() => expect(phases()).toEqual(['watching']))
})

it('what the server answered with a failure is the person’s to ask for again', async () => {
  const log = fakeServer({ 'POST /v1/jobs/lucy-pro-t2v': () => json({ detail: 'The disk is full.' }, 507) })
  const { ask } = setUp()
  ask(newAsk('A lake'))
  await waitFor(() => expect(phases()).toEqual(['lost']))
  openConnection()
  await act(async () => undefined)
  expect([phases(), log.length]).toEqual([['lost'], 1])
})

it('what is refused once it arrives is said', async () => {
  fakeServer({})
  const { ask, refused } = setUp()
  ask(newAsk('A lake'))
  await waitFor(() => expect(phases()).toEqual(['lost']))
  fakeServer({
    'POST /v1/jobs/lucy-pro-t2v': () =>
      json({ detail: [{ loc: ['body', 'prompt'], msg: 'prompt is rude', type: 'value_error' }] }, 422),
  })
  openConnection()
  await waitFor(() => expect(refused).toHaveLength(1))
  expect(useSubmissions.getState().open).toEqual([])
})
