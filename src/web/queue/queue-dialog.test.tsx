// @vitest-environment jsdom
import '../testing/fail-on-console-error.ts'
import { QueryClientProvider } from '@tanstack/react-query'
import { cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Job } from '../../shared/job.ts'
import type { Me } from '../../shared/people.ts'
import { createQueryClient } from '../data/query-client.ts'
import { fakeServer, json } from '../testing/fake-server.ts'
import { meAs, NOBODY, ofHer, ofHim } from '../testing/people.ts'
import { pendingJob, runningJob } from '../testing/samples.ts'
import { QueueDialog } from './queue-dialog.tsx'

// A slow machine is no failure.
configure({ asyncUtilTimeout: 20_000 })

const named = (job: Job, prompt: string): Job => ({ ...job, inputs: { ...job.inputs, prompt } })
const running = ofHim(named(runningJob('a', 1, 0.5), 'his lake'))
const waiting = [ofHim(named(pendingJob('b', 2), 'his pond')), ofHer(named(pendingJob('c', 3, 2), 'her pond'))]

const show = async (me: Me, shown = waiting) => {
  const queue = { running: [running], waiting: shown, waiting_total: shown.length, paused: false }
  const log = fakeServer({
    'GET /v1/me': () => json(me),
    'GET /v1/queue': () => json(queue),
    'DELETE /v1/queue': () => json({ cancelled: 1 }),
    'PUT /v1/queue/pause': () => json({ ...queue, paused: true }),
  })
  const client = createQueryClient()
  render(
    <QueryClientProvider client={client}>
      <QueueDialog onClose={() => undefined} />
    </QueryClientProvider>,
  )
  await waitFor(() => expect(client.getQueryData(['me'])).toEqual(me))
  await screen.findByRole('list', { name: 'Waiting' })
  return log
}
const dialog = () => screen.getByRole('dialog', { name: 'Queue' })
const buttons = () =>
  within(dialog())
    .getAllByRole('button')
    .map((button) => button.getAttribute('aria-label') ?? button.textContent)
    .filter((name) => name !== 'Close')

beforeEach(() => {
  // jsdom has dialogs, and no way to show them.
  HTMLDialogElement.prototype.showModal = function showModal() {
    this.open = true
  }
  HTMLDialogElement.prototype.close = function close() {
    this.open = false
  }
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

it('offers a member what they may do, and says why no more', async () => {
  const log = await show(meAs('member'))
  expect(buttons()).toEqual(['Cancel her pond', 'Cancel mine that wait'])
  expect(dialog().textContent).toContain('Only admins pause the queue and change its order')
  for (const row of within(dialog()).getAllByRole('listitem')) expect(row.getAttribute('draggable')).toBeNull()
  fireEvent.click(screen.getByRole('button', { name: 'Cancel mine that wait' }))
  await waitFor(() => expect(log.map(({ method, path }) => `${method} ${path}`)).toContain('DELETE /v1/queue'))
})

it('has nothing to cancel for a member of whose nothing waits', async () => {
  await show(meAs('member'), waiting.slice(0, 1))
  expect(buttons()).toEqual(['Cancel mine that wait'])
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Cancel mine that wait' }).disabled).toBe(true)
})

it.each([
  ['an admin', meAs('admin')],
  ['whoever there is where there are no accounts', NOBODY],
])('offers everything to %s', async (_, me) => {
  const log = await show(me)
  expect(buttons()).toEqual([
    'Cancel his lake',
    ...['his pond', 'her pond'].flatMap((title) => [`Make ${title} next`, `Move ${title} up`, `Cancel ${title}`]),
    'Pause',
    'Finish this and stop',
    'Cancel the rest',
  ])
  expect(dialog().textContent).not.toContain('Only admins')
  fireEvent.click(screen.getByRole('button', { name: 'Pause' }))
  await waitFor(() => expect(log.map(({ method, path }) => `${method} ${path}`)).toContain('PUT /v1/queue/pause'))
})
