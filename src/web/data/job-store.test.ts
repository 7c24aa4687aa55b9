// @vitest-environment jsdom
import { cleanup, renderHook, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import type { Job } from '../../shared/job.ts'
import { completedJob, pendingJob, runningJob } from '../testing/samples.ts'
import { createJobStore, jobStore, useJobs } from './job-store.ts'

const storeAt = () => {
  const clock = { time: 0 }
  const store = createJobStore(() => clock.time)
  const heard: Job[] = []
  store.listen((job) => heard.push(job))
  return { clock, store, heard }
}

describe('an answer that an event has overtaken', () => {
  it('does not bring back the queue, and is corrected where it is a whole page', () => {
    const { clock, store, heard } = storeAt()
    const asked = store.now()
    clock.time = 5
    store.publish(runningJob('a', 1, 0.5))
    clock.time = 9
    store.publish(pendingJob('a', 1), asked)
    expect(heard.map(({ status }) => status)).toEqual(['processing'])
    expect(store.add([pendingJob('a', 1)], asked)).toEqual(['a'])
    expect(store.get('a')?.status).toBe('processing')
  })

  it('is believed where nothing came in between: a restarted server may queue a running job again', () => {
    const { clock, store, heard } = storeAt()
    store.publish(runningJob('a', 1, 0.5))
    clock.time = 5
    const asked = store.now()
    clock.time = 9
    store.publish(pendingJob('a', 1), asked)
    expect(heard.map(({ status }) => status)).toEqual(['processing', 'pending'])
  })
})

describe('a job that is told again', () => {
  it('stays the same object while nothing of it is another', () => {
    const { store } = storeAt()
    store.add([completedJob('a', 1)], 0)
    const [before, version] = [store.get('a'), store.version()]
    store.publish(completedJob('a', 1))
    expect([store.get('a') === before, store.version()]).toEqual([true, version])
    store.publish({ ...completedJob('a', 1), starred: true })
    expect(store.get('a')?.starred).toBe(true)
  })

  it('is told to listeners with what it was before', () => {
    const { store } = storeAt()
    const told: (string | undefined)[][] = []
    store.listen((job, before) => told.push([before?.status, job.status]))
    store.publish(pendingJob('a', 1))
    store.publish(completedJob('a', 1))
    expect(told).toEqual([
      [undefined, 'pending'],
      ['pending', 'completed'],
    ])
  })
})

describe('useJobs', () => {
  afterEach(cleanup)

  it('shows a job in every list as it is now, and draws no list of others', async () => {
    jobStore.add([pendingJob('a', 1), completedJob('b', 2)], jobStore.now())
    const [both, other] = [['a', 'b', 'unknown'], ['b']]
    const lists = renderHook(() => useJobs(both))
    let draws = 0
    const others = renderHook(() => {
      draws++
      return useJobs(other)
    })
    const before = others.result.current
    jobStore.publish(runningJob('a', 1, 0.5))
    await waitFor(() => expect(lists.result.current.map(({ status }) => status)).toEqual(['processing', 'completed']))
    expect([others.result.current === before, draws]).toEqual([true, 1])
  })
})

describe('finished', () => {
  it('waits for the job itself to finish, whatever else does', async () => {
    const { store } = storeAt()
    const waiting = store.finished('a', new AbortController().signal)
    store.publish(completedJob('b', 1))
    store.publish(runningJob('a', 2, 0.9))
    const done = completedJob('a', 2)
    store.publish(done)
    expect(await waiting).toBe(done)
  })

  it('does not miss a job that finished before anybody asked', async () => {
    const { store } = storeAt()
    store.publish(completedJob('a', 1))
    expect((await store.finished('a', new AbortController().signal)).status).toBe('completed')
  })

  it('rejects with the reason of an abort, at once', async () => {
    const { store } = storeAt()
    const controller = new AbortController()
    const waiting = store.finished('a', controller.signal)
    const reason = new Error('enough')
    controller.abort(reason)
    await expect(waiting).rejects.toBe(reason)
  })
})
