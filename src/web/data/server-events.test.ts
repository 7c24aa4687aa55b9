import { beforeEach, expect, it } from 'vitest'
import type { Job } from '../../shared/job.ts'
import { pendingJob, runningJob } from '../testing/samples.ts'
import { createJobStore } from './job-store.ts'
import { useNotices } from './notices.ts'
import { queuePositions, useQueue } from './queue.ts'
import { serverEvents } from './server-events.ts'

const heard: Job[] = []
const store = createJobStore()
store.listen((job) => heard.push(job))
const { names, hear } = serverEvents(store)

beforeEach(() => {
  heard.length = 0
  useNotices.setState(useNotices.getInitialState(), true)
  useQueue.setState(useQueue.getInitialState(), true)
})

it('hears jobs, the queue and notices, and nothing that is none', () => {
  const job = runningJob('a', 1, 0.5)
  hear('job', JSON.stringify(job))
  hear('queue', '{"local":{"waiting":3,"running":1}}')
  hear('notice', '{"notices":[{"code":"DISK_FULL","message":"The disk is full."}]}')
  for (const data of ['no json', '{"job_id":"a"}', '{"local":3}', '{"notices":"none"}'])
    for (const name of [...names.all, 'toString']) hear(name, data)
  expect(heard).toEqual([job])
  expect(useQueue.getState().totals).toEqual({
    local: { waiting: 3, running: 1, next: [], paused: false, seconds_left: null },
  })
  expect(useNotices.getState().notices).toEqual([{ code: 'DISK_FULL', message: 'The disk is full.' }])
})

it('keeps what stands until the next for tabs that come later', () => {
  expect(names.all).toEqual(expect.arrayContaining([...names.snapshots]))
})

const cloud = (job: Job): Job => ({ ...job, renderer: 'decart' })

it('counts the place in a queue from its end, each renderer by itself', () => {
  const jobs = [
    pendingJob('e', 5, 1),
    cloud(pendingJob('d', 4, 1)),
    pendingJob('c', 3, 1),
    runningJob('b', 2, 0.5),
    pendingJob('a', 1, 1),
  ]
  const queue = { local: { waiting: 40, next: [] }, decart: { waiting: 1, next: [] } }
  // The 37 before them are on pages that were not loaded.
  expect([...queuePositions(jobs, queue)]).toEqual([
    ['e', 40],
    ['d', 1],
    ['c', 39],
    ['a', 38],
  ])
})

it('knows nothing of a queue that was not told, and is never less than next', () => {
  expect(queuePositions([pendingJob('a', 1)], {}).size).toBe(0)
  const jobs = [pendingJob('b', 2), pendingJob('a', 1)]
  expect([...queuePositions(jobs, { local: { waiting: 1, next: [] } }).values()]).toEqual([1, 1])
})

it('has the places of a queue that somebody put in another order from the server', () => {
  const jobs = ['e', 'd', 'c', 'b', 'a'].map((id, index) => pendingJob(id, 5 - index))
  // The newest was moved to the head; two old ones are not loaded, and one of them is named.
  expect([...queuePositions(jobs, { local: { waiting: 7, next: ['e', 'old', 'a'] } })]).toEqual([
    ['e', 1],
    ['d', 7],
    ['c', 6],
    ['b', 5],
    ['a', 3],
  ])
})
