import { describe, expect, it } from 'vitest'
import type { Job } from '../../shared/job.ts'
import { completedJob, pendingJob, runningJob } from '../testing/samples.ts'
import { createFeed } from './feed.ts'

const feedAt = () => {
  const clock = { time: 0 }
  const feed = createFeed(() => clock.time)
  const heard: Job[] = []
  feed.listen((job) => heard.push(job))
  return { clock, feed, heard }
}

describe('an answer that an event has overtaken', () => {
  it('does not bring back the queue, and is corrected where it is a whole page', () => {
    const { clock, feed, heard } = feedAt()
    const asked = feed.now()
    clock.time = 5
    feed.saw(runningJob('a', 1, 0.5))
    clock.time = 9
    feed.saw(pendingJob('a', 1), asked)
    expect(heard.map(({ status }) => status)).toEqual(['processing'])
    expect(feed.latest(pendingJob('a', 1), asked).status).toBe('processing')
  })

  it('is believed where nothing came in between: a restarted server may queue a running job again', () => {
    const { clock, feed, heard } = feedAt()
    feed.saw(runningJob('a', 1, 0.5))
    clock.time = 5
    const asked = feed.now()
    clock.time = 9
    feed.saw(pendingJob('a', 1), asked)
    expect(heard.map(({ status }) => status)).toEqual(['processing', 'pending'])
  })
})

describe('finished', () => {
  it('waits for the job itself to finish, whatever else does', async () => {
    const { feed } = feedAt()
    const waiting = feed.finished('a', new AbortController().signal)
    feed.saw(completedJob('b', 1))
    feed.saw(runningJob('a', 2, 0.9))
    const done = completedJob('a', 2)
    feed.saw(done)
    expect(await waiting).toBe(done)
  })

  it('does not miss a job that finished before anybody asked', async () => {
    const { feed } = feedAt()
    feed.saw(completedJob('a', 1))
    expect((await feed.finished('a', new AbortController().signal)).status).toBe('completed')
  })

  it('rejects with the reason of an abort, at once', async () => {
    const { feed } = feedAt()
    const controller = new AbortController()
    const waiting = feed.finished('a', controller.signal)
    const reason = new Error('enough')
    controller.abort(reason)
    await expect(waiting).rejects.toBe(reason)
  })
})
