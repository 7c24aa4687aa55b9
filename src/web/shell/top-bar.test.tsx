// @vitest-environment jsdom
import '../testing/fail-on-console-error.ts'
import { QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, configure, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createJobStore } from '../data/job-store.ts'
import { useNotices } from '../data/notices.ts'
import { createQueryClient } from '../data/query-client.ts'
import { followRenderers } from '../data/renderers.ts'
import { useDialogs } from '../state/dialogs.ts'
import { fakeServer, json } from '../testing/fake-server.ts'
import { failedJob, sampleDecart, sampleRenderers } from '../testing/samples.ts'
import { TopBar } from './top-bar.tsx'

// A slow machine is no failure.
configure({ asyncUtilTimeout: 20_000 })

const bar = () => screen.findByRole('button', { name: 'Renderers: Decart' })
const refused = () => screen.findByRole('button', { name: 'Renderers: Decart: key refused' })

let stop = () => {}
let key: 'ready' | 'refused' = 'ready'
const store = createJobStore()
const setUp = (begins: typeof key) => {
  key = begins
  fakeServer({ 'GET /v1/renderers': () => json(sampleRenderers(sampleDecart(key))) })
  const queryClient = createQueryClient()
  stop = followRenderers(queryClient, store)
  render(
    <QueryClientProvider client={queryClient}>
      <TopBar />
    </QueryClientProvider>,
  )
}

beforeEach(() => useNotices.setState(useNotices.getInitialState(), true))
afterEach(() => {
  stop()
  cleanup()
  vi.unstubAllGlobals()
})

it('says a refused key from the first look on, and leads to where it is mended', async () => {
  setUp('refused')
  const button = await refused()
  act(() => button.click())
  expect(useDialogs.getState().open).toEqual({ name: 'renderers', about: 'decart' })
})

it('says it once an order was refused, or the server says so, and no longer when the key is taken', async () => {
  setUp('ready')
  await bar()
  key = 'refused'
  const error = {
    code: 'INVALID_API_KEY',
    message: 'Decart refuses the API key.',
    billed: 'no',
    resumable: false,
  } as const
  act(() => store.publish({ ...failedJob('a', 1, error), renderer: 'decart' }))
  await refused()
  key = 'ready'
  act(() => useNotices.setState({ notices: [] }))
  await bar()
  key = 'refused'
  act(() => useNotices.setState({ notices: [{ code: 'KEY_REFUSED', message: 'Decart refuses the API key.' }] }))
  await refused()
})
