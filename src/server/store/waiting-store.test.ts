import { afterEach, beforeEach, expect, it } from 'vitest'
import { failed, newJob } from '../jobs/transitions.ts'
import { onEachIndex } from '../testing/on-each-index.ts'
import type { Index } from './database/index-access.ts'
import { createJobStore, type JobStore } from './job-store.ts'
import { createWaitingStore, type WaitingStore } from './waiting-store.ts'

onEachIndex(({ open }) => {
  let index: Index
  let jobs: JobStore
  let waiting: WaitingStore
  beforeEach(async () => {
    index = await open()
    jobs = createJobStore(index)
    waiting = createWaitingStore(index)
  })
  afterEach(() => index.close())

  const add = async (prompt: string) => {
    const job = newJob({
      model: 'lucy-pro-t2i',
      requestedModel: 'lucy-pro-t2i',
      idempotencyKey: null,
      renderer: 'local',
      inputs: { prompt },
      estimate: { usd: 0.25, certain: false },
      now: new Date(),
    })
    await jobs.add(job)
    return job
  }
  const cancelledOf = (job: Awaited<ReturnType<typeof add>>) =>
    failed(job, { code: 'CANCELLED', message: 'Cancelled.', billed: 'no', resumable: false }, new Date())

  it('keeps the ranks of what waits to the last digit, and forgets those of what has ended', async () => {
    const [one, two, three] = [await add('one'), await add('two'), await add('three')]
    const rank = 1_793_448_000.4567
    await waiting.rank([
      { id: one.job_id, rank },
      { id: two.job_id, rank: -0.5 },
    ])
    expect(await waiting.ranks()).toEqual(
      new Map([
        [one.job_id, rank],
        [two.job_id, -0.5],
      ]),
    )
    await waiting.rank([{ id: one.job_id, rank: 7 }])
    await waiting.end([cancelledOf(two)])
    expect([...(await waiting.ranks())]).toEqual([[one.job_id, 7]])
    expect((await jobs.get(three.job_id))?.job.status).toBe('pending')
  })

  it('writes down that many ended which never began, what they cost included, and says where one is not there', async () => {
    const all = [await add('one'), await add('two'), await add('three')]
    expect((await jobs.paidSince('2020')).map(({ usd }) => usd)).toEqual([0.25, 0.25, 0.25])
    expect(await waiting.end(all.map(cancelledOf))).toBe(true)
    expect(await jobs.unfinished()).toEqual({ stored: [], unreadable: [] })
    expect([await jobs.count({ status: 'failed' }), await jobs.count({ status: 'pending' })]).toEqual([3, 0])
    expect(await jobs.paidSince('2020')).toEqual([])
    const [one] = all
    if (!one) throw new Error('none')
    expect(await waiting.end([cancelledOf(one), { ...cancelledOf(one), job_id: `job_${'0'.repeat(32)}` }])).toBe(false)
  })
})
