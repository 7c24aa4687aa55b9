// @vitest-environment jsdom
import '../testing/fail-on-console-error.ts'
import { QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, configure, renderHook, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { DecartSDKError } from '../../client/index.ts'
import { fakeServer, json } from '../testing/fake-server.ts'
import { completedJob, failedJob, runningJob } from '../testing/samples.ts'
import { type Submission, keyFor, mintKey, useSubmissions } from './submissions.ts'
import { cancelTake, useFetched, useGenerate } from './generate.ts'
import { followJobs } from './follow-jobs.ts'
import { jobStore } from './job-store.ts'
import { createQueryClient } from './query-client.ts'

const newAsk = (): Submission => ({
  key: mintKey(),
  modelId: 'lucy-pro-t2v',
  inputs: { prompt: 'A lake' },
  renderer: 'local',
  engine: null,
  batch: null,
  startedAt: 0,
  controller: new AbortController(),
})

const setUp = () => {
  const refused: DecartSDKError[] = []
  const queryClient = createQueryClient()
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
  )
  const hook = renderHook(
    ({ jobId }: { jobId: string }) => ({
      generate: useGenerate((error) => refused.push(error)),
      fetched: useFetched(jobId),
    }),
    { wrapper, initialProps: { jobId: '' } },
  )
  return { hook, refused, ask: (ask: Submission) => act(() => hook.result.current.generate(ask)) }
}

// A slow machine is no failure.
configure({ asyncUtilTimeout: 20_000 })

let jobId = ''
beforeEach(() => {
  vi.stubGlobal(
    'EventSource',
    class extends EventTarget {
      close() {}
    },
  )
  jobId = `job_${mintKey()}`
  useSubmissions.setState(useSubmissions.getInitialState(), true)
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const taken = () => json({ job_id: jobId, status: 'pending' })
const media = () => new Response('pixels', { headers: { 'content-type': 'video/mp4' } })

describe('a take', () => {
  it('is submitted under its key, watched, and its media brought in', async () => {
    const log = fakeServer({ 'POST /v1/jobs/lucy-pro-t2v': taken, [`GET /v1/jobs/${jobId}/content`]: media })
    const { hook, ask } = setUp()
    const asked = newAsk()
    ask(asked)
    await waitFor(() => expect(useSubmissions.getState().open[0]?.key).toBe(asked.key))
    await waitFor(() => expect(useSubmissions.getState().open[0]).toMatchObject({ jobId, phase: { name: 'watching' } }))
    act(() => jobStore.publish(completedJob(jobId, 1)))
    hook.rerender({ jobId })
    await waitFor(() => expect(hook.result.current.fetched).toBeDefined())
    expect(await hook.result.current.fetched?.text()).toBe('pixels')
    expect(useSubmissions.getState().open).toEqual([])
    expect(log[0]?.headers.get('idempotency-key')).toBe(asked.key)
    expect(log[0]?.headers.get('x-renderer')).toBe('local')
    expect(log.map(({ method }) => method)).toEqual(['POST', 'GET'])
  })

  it('that fails leaves no ask behind: the job says why', async () => {
    fakeServer({ 'POST /v1/jobs/lucy-pro-t2v': taken })
    const { ask, refused } = setUp()
    ask(newAsk())
    await waitFor(() => expect(useSubmissions.getState().open[0]?.jobId).toBe(jobId))
    act(() => jobStore.publish(failedJob(jobId, 1)))
    await waitFor(() => expect(useSubmissions.getState().open).toEqual([]))
    expect(refused).toEqual([])
  })
})

describe('cancel', () => {
  it('ends a running take at once and tells the server', async () => {
    const log = fakeServer({
      'POST /v1/jobs/lucy-pro-t2v': taken,
      [`DELETE /v1/jobs/${jobId}`]: () => new Response(null, { status: 204 }),
    })
    const { ask } = setUp()
    const asked = newAsk()
    ask(asked)
    await waitFor(() => expect(useSubmissions.getState().open[0]?.jobId).toBe(jobId))
    act(() => jobStore.publish(runningJob(jobId, 1, 0.3)))
    act(() => cancelTake({ key: asked.key, jobId }))
    await waitFor(() => expect(log.at(-1)).toMatchObject({ method: 'DELETE', path: `/v1/jobs/${jobId}` }))
    expect(useSubmissions.getState()).toMatchObject({ open: [], cancels: { [jobId]: { name: 'asked' } } })
  })

  it('before the answer has come cancels by the key', async () => {
    const log = fakeServer({
      'POST /v1/jobs/lucy-pro-t2v': () => new Promise<Response>(() => undefined),
      'DELETE /v1/jobs?idempotency_key=*': () => new Response(null, { status: 204 }),
    })
    const { ask } = setUp()
    const asked = newAsk()
    ask(asked)
    await waitFor(() => expect(log).toHaveLength(1))
    act(() => cancelTake({ key: asked.key, jobId: null }))
    await waitFor(() => expect(log.at(-1)?.path).toBe(`/v1/jobs?idempotency_key=${asked.key}`))
    expect(useSubmissions.getState().open).toEqual([])
  })

  it('of a take from before a reload asks the server alone, and says when that did not work', async () => {
    fakeServer({ [`DELETE /v1/jobs/${jobId}`]: () => json({ detail: 'The disk is on fire.' }, 500) })
    cancelTake({ key: null, jobId })
    await waitFor(() =>
      expect(useSubmissions.getState().cancels[jobId]).toEqual({ name: 'failed', message: 'The disk is on fire.' }),
    )
  })

  it('of a take that finished meanwhile is no trouble', async () => {
    const log = fakeServer({ [`DELETE /v1/jobs/${jobId}`]: () => json({ detail: 'It has finished.' }, 409) })
    cancelTake({ key: null, jobId })
    await waitFor(() => expect(log).toHaveLength(1))
    expect(useSubmissions.getState().cancels[jobId]).toEqual({ name: 'asked' })
  })
})

describe('a refusal', () => {
  it('field by field goes to the form and leaves no take', async () => {
    fakeServer({
      'POST /v1/jobs/lucy-pro-t2v': () =>
        json({ detail: [{ loc: ['body', 'prompt'], msg: 'prompt is rude', type: 'value_error' }] }, 422),
    })
    const { ask, refused } = setUp()
    ask(newAsk())
    await waitFor(() => expect(refused[0]?.fields).toEqual({ prompt: 'prompt is rude' }))
    expect(useSubmissions.getState().open).toEqual([])
  })

  it('that no field is to blame for stays as a take that can be asked for again', async () => {
    fakeServer({ 'POST /v1/jobs/lucy-pro-t2v': () => json({ detail: 'The disk is full.' }, 507) })
    const { ask, refused } = setUp()
    const asked = newAsk()
    ask(asked)
    await waitFor(() =>
      expect(useSubmissions.getState().open[0]).toMatchObject({
        key: asked.key,
        phase: { name: 'lost', message: 'The disk is full.' },
      }),
    )
    expect(refused).toEqual([])
  })

  it('that turns out to be a job after all is done with, so that the same can be asked for once more', async () => {
    fakeServer({})
    const stop = followJobs(createQueryClient())
    const { ask } = setUp()
    const asked = newAsk()
    ask(asked)
    await waitFor(() => expect(keyFor(asked)).toBe(asked.key))
    act(() => jobStore.publish({ ...runningJob(jobId, 1, 0), idempotency_key: asked.key }))
    expect([useSubmissions.getState().open, keyFor(asked) === asked.key]).toEqual([[], false])
    stop()
  })

  it('by a server that does not answer is no lost work: asking again keeps the key and its place', async () => {
    const log = fakeServer({})
    const { ask } = setUp()
    const asked = newAsk()
    ask(asked)
    await waitFor(() => expect(useSubmissions.getState().open[0]?.phase.name).toBe('lost'))
    fakeServer({ 'POST /v1/jobs/lucy-pro-t2v': taken })
    ask({ ...asked, controller: new AbortController() })
    await waitFor(() => expect(useSubmissions.getState().open).toMatchObject([{ key: asked.key, jobId }]))
    expect(log[0]?.headers.get('idempotency-key')).toBe(asked.key)
  })
})
