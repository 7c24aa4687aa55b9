// @vitest-environment jsdom
import './testing/fail-on-console-error.ts'
import { cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Job } from '../shared/job.ts'
import { App } from './app.tsx'
import { useSubmissions } from './data/submissions.ts'
import { useStudio } from './state/studio.ts'
import { fakeServer, json } from './testing/fake-server.ts'
import { failedJob } from './testing/samples.ts'
import { stubLayout } from './testing/stub-layout.ts'

// A slow machine is no failure.
configure({ asyncUtilTimeout: 20_000 })

const show = (jobs: Job[]) => {
  const log = fakeServer({
    'GET /v1/jobs?*': () => json({ jobs, next_cursor: null }),
    'POST /v1/jobs/lucy-pro-t2v': () => json({ job_id: 'new', status: 'pending' }),
  })
  render(<App />)
  return log
}

beforeEach(() => {
  localStorage.clear()
  stubLayout()
  useStudio.setState(useStudio.getInitialState(), true)
  useSubmissions.setState(useSubmissions.getInitialState(), true)
  vi.stubGlobal(
    'EventSource',
    class extends EventTarget {
      close() {}
    },
  )
  // A phone.
  vi.stubGlobal('matchMedia', (query: string) => ({
    matches: query === '(max-width: 899px)',
    addEventListener: () => {},
    removeEventListener: () => {},
  }))
})
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

it('teaches under the form too, for phones, until there is a take', async () => {
  const log = show([])
  const examples = within(await screen.findByRole('region', { name: 'Examples' }))
  fireEvent.click(await examples.findByRole('button', { name: /A serene lake/ }))
  await waitFor(() => expect(log.some(({ path }) => path === '/v1/jobs/lucy-pro-t2v')).toBe(true))
  expect(useStudio.getState()).toMatchObject({ modelId: 'lucy-pro-t2v', tab: 'stage' })
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Examples' })).toBeNull())
})

it('does not teach whoever has takes', async () => {
  show([failedJob('a', 1)])
  await screen.findAllByRole('button', { name: /Retry/, hidden: true })
  expect(screen.queryByRole('region', { name: 'Examples' })).toBeNull()
})
