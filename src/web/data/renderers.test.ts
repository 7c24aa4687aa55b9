// @vitest-environment jsdom
import '../testing/fail-on-console-error.ts'
import { QueryObserver } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { hidePage } from '../testing/fake-source.ts'
import { fakeServer, json } from '../testing/fake-server.ts'
import { completedJob, failedJob, sampleDecart, sampleRenderers } from '../testing/samples.ts'
import { useConnection } from './connection.ts'
import { createJobStore } from './job-store.ts'
import { useNotices } from './notices.ts'
import { createQueryClient } from './query-client.ts'
import { followRenderers, renderersOptions } from './renderers.ts'

// How the renderers stand is looked at again whenever it may be otherwise.

const store = createJobStore()
let stop = () => {}
const log = { asked: 0 }

beforeEach(async () => {
  useConnection.setState({ state: 'open' })
  useNotices.setState({ notices: [] })
  log.asked = 0
  fakeServer({
    'GET /v1/renderers': () => {
      log.asked++
      return json(sampleRenderers(sampleDecart('ready')))
    },
  })
  const queryClient = createQueryClient()
  const unsubscribe = new QueryObserver(queryClient, renderersOptions).subscribe(() => {})
  const unfollow = followRenderers(queryClient, store)
  stop = () => {
    unsubscribe()
    unfollow()
    queryClient.clear()
  }
  await vi.waitFor(() => expect(queryClient.getQueryData(renderersOptions.queryKey)).toBeDefined())
})
afterEach(() => {
  stop()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})
const isAskedAgain = () => vi.waitFor(() => expect(log.asked).toBe(2))

it('when the page is seen again', async () => {
  hidePage(true)
  expect(log.asked).toBe(1)
  hidePage(false)
  await isAskedAgain()
})

it('after a take that failed elsewhere, and no other', async () => {
  store.publish(failedJob('a', 1))
  store.publish({ ...completedJob('b', 1), renderer: 'decart' })
  expect(log.asked).toBe(1)
  store.publish({ ...failedJob('c', 1), renderer: 'comfyui' })
  await isAskedAgain()
})

it('when the server has something else to say, and when it is back', async () => {
  useNotices.setState({ notices: [{ code: 'KEY_REFUSED', message: 'No.' }] })
  await isAskedAgain()
  useConnection.setState({ state: 'lost' })
  useConnection.setState({ state: 'open' })
  await vi.waitFor(() => expect(log.asked).toBe(3))
})
