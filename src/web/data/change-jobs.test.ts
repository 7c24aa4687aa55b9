import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Job } from '../../shared/job.ts'
import type { Changes } from '../../shared/library.ts'
import { completedJob } from '../testing/samples.ts'
import { changeJobs, inverseOf } from './change-jobs.ts'
import { createJobStore } from './job-store.ts'

afterEach(() => vi.unstubAllGlobals())

/** A server that holds these jobs, and refuses to change those that are named. */
const serve = (jobs: readonly Job[], refuse: readonly string[] = []) => {
  const asked: Changes[] = []
  const held = new Map(jobs.map((job) => [job.job_id, job]))
  vi.stubGlobal('fetch', async (_: string, { body }: { body: string }) => {
    const changes: Changes = JSON.parse(body)
    asked.push(changes)
    const changed = changes.job_ids
      .filter((id) => !refuse.includes(id))
      .flatMap((id) => held.get(id) ?? [])
      .map((job): Job => {
        const { binned = job.deleted_at !== null } = changes
        return { ...job, deleted_at: binned ? '2026-11-30T00:00:00.000Z' : null }
      })
    for (const job of changed) held.set(job.job_id, job)
    const problems = refuse.map((job_id) => ({ job_id, message: 'It is not finished.' }))
    return Response.json({ jobs: changed, problems })
  })
  return asked
}

const binned = (job: Job | undefined): boolean => job?.deleted_at !== null

describe('binning several takes', () => {
  const [a, b] = [completedJob('a', 1), completedJob('b', 2)]

  const storeOf = (...jobs: Job[]) => {
    const store = createJobStore()
    store.add(jobs, store.now())
    return store
  }

  it('is seen at once, and undone by one call', async () => {
    const store = storeOf(a, b)
    const asked = serve([a, b])
    const changing = changeJobs({ job_ids: ['a', 'b'], binned: true }, store)
    expect([binned(store.get('a')), binned(store.get('b'))]).toEqual([true, true])
    const { undo } = await changing
    await undo()
    expect([binned(store.get('a')), binned(store.get('b'))]).toEqual([false, false])
    expect(asked.at(-1)).toEqual({ job_ids: ['a', 'b'], binned: false })
  })

  it('shows again what the server refused, and does not undo it', async () => {
    const store = storeOf(a, b)
    const asked = serve([a, b], ['b'])
    const { problems, undo } = await changeJobs({ job_ids: ['a', 'b'], binned: true }, store)
    expect(problems).toEqual([{ job_id: 'b', message: 'It is not finished.' }])
    expect([binned(store.get('a')), binned(store.get('b'))]).toEqual([true, false])
    await undo()
    expect(asked.at(-1)).toEqual({ job_ids: ['a'], binned: false })
  })

  it('shows again what was where no answer comes', async () => {
    const store = storeOf(a)
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
    await expect(changeJobs({ job_ids: ['a'], binned: true }, store)).rejects.toThrow('No answer from the server')
    expect(binned(store.get('a'))).toBe(false)
  })

  it('leaves alone what was as it is asked for before, and keeps to a thousand in one request', async () => {
    const already: Job = { ...completedJob('c', 3), deleted_at: '2026-11-29T00:00:00.000Z', shelves: ['lake'] }
    expect(
      inverseOf([a, already], { job_ids: ['a', 'c'], binned: true, add_shelf: 'lake', remove_shelf: 'old' }),
    ).toEqual([
      { job_ids: ['a'], binned: false },
      { job_ids: ['a'], remove_shelf: 'lake' },
    ])
    const asked = serve([])
    await changeJobs({ job_ids: Array.from({ length: 1001 }, (_, at) => String(at)), starred: true }, createJobStore())
    expect(asked.map(({ job_ids }) => job_ids.length)).toEqual([1000, 1])
  })
})
