// @vitest-environment jsdom
import '../../testing/fail-on-console-error.ts'
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import type { Changes } from '../../../shared/library.ts'
import { jobStore } from '../../data/job-store.ts'
import { completedJob } from '../../testing/samples.ts'
import { BinOthers } from './bin-others.tsx'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }))

it('bins what was not chosen, says what stayed and why, and takes it out again', async () => {
  const asked: Changes[] = []
  const jobs = ['a', 'b'].map((id, at) => completedJob(id, at))
  jobStore.add(jobs, jobStore.now())
  vi.stubGlobal('fetch', async (_: string, { body }: { body: string }) => {
    const changes: Changes = JSON.parse(body)
    asked.push(changes)
    const deleted_at = changes.binned ? '2026-11-30T00:00:00.000Z' : null
    const problems = changes.binned ? [{ job_id: 'c', message: 'It is not finished.' }] : []
    return Response.json({ jobs: jobs.map((job) => ({ ...job, deleted_at })), problems })
  })
  render(<BinOthers jobIds={['a', 'b', 'c']} />)
  press('Bin the other 3')
  await screen.findByText('2 are in the bin. 1 stayed: It is not finished.')
  press('Undo')
  await screen.findByRole('button', { name: 'Bin the other 3' })
  expect(asked).toEqual([
    { job_ids: ['a', 'b', 'c'], binned: true },
    { job_ids: ['a', 'b'], binned: false },
  ])
})

it('says that nothing was binned where the server does not answer', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
  render(<BinOthers jobIds={['a']} />)
  press('Bin the other')
  expect((await screen.findByRole('alert')).textContent).toMatch(/^Nothing was binned\. No answer from the server/)
})
