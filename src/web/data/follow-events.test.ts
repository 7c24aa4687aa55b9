// @vitest-environment jsdom
import '../testing/fail-on-console-error.ts'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Job } from '../../shared/job.ts'
import { runningJob } from '../testing/samples.ts'
import { createFeed, followEvents, useConnection } from './feed.ts'

/** The part of EventSource that the feed uses, driven by the test. */
class FakeSource extends EventTarget {
  static readonly CONNECTING = 0
  static readonly OPEN = 1
  static readonly CLOSED = 2
  static all: FakeSource[] = []
  readyState = FakeSource.CONNECTING
  constructor() {
    super()
    FakeSource.all.push(this)
  }
  close() {
    this.readyState = FakeSource.CLOSED
  }
  opens() {
    this.readyState = FakeSource.OPEN
    this.dispatchEvent(new Event('open'))
  }
  breaks(readyState: number) {
    this.readyState = readyState
    this.dispatchEvent(new Event('error'))
  }
  sends(data: string) {
    this.dispatchEvent(new MessageEvent('job', { data }))
  }
}

const newest = () => {
  const source = FakeSource.all.at(-1)
  if (!source) throw new Error('no stream was opened')
  return source
}
const hide = (hidden: boolean) => {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(hidden)
  document.dispatchEvent(new Event('visibilitychange'))
}
const stateNow = () => useConnection.getState().state

let stop = () => {}
let looks = 0
const heard: Job[] = []

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('EventSource', FakeSource)
  FakeSource.all = []
  looks = 0
  heard.length = 0
  useConnection.setState({ state: 'connecting' })
  const feed = createFeed()
  feed.listen((job) => heard.push(job))
  stop = followEvents(feed, async () => void looks++)
})
afterEach(() => {
  stop()
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

describe('the event stream', () => {
  it('hands on jobs, and leaves out what is none', () => {
    newest().opens()
    newest().sends('no json')
    newest().sends('{"job_id":"a"}')
    newest().sends(JSON.stringify(runningJob('a', 1, 0.5)))
    expect(heard.map(({ job_id }) => job_id)).toEqual(['a'])
  })

  it('is caught up with on opening, and not polled beside', () => {
    newest().opens()
    vi.advanceTimersByTime(20_000)
    expect([stateNow(), looks]).toEqual(['open', 1])
  })

  it('is stood in for by looking every two seconds while it is broken', () => {
    newest().opens()
    newest().breaks(FakeSource.CONNECTING)
    vi.advanceTimersByTime(8000)
    expect(looks).toBe(5)
    expect(FakeSource.all).toHaveLength(1)
  })

  it('is opened again where the browser gave up, and the page says lost only after a while', () => {
    newest().opens()
    newest().breaks(FakeSource.CLOSED)
    vi.advanceTimersByTime(2000)
    expect(stateNow()).toBe('open')
    expect(FakeSource.all).toHaveLength(2)
    vi.advanceTimersByTime(1000)
    expect(stateNow()).toBe('lost')
    newest().opens()
    expect(stateNow()).toBe('open')
  })

  it('is given back by a page that stays hidden, which still looks, and taken up when it is seen again', () => {
    newest().opens()
    hide(true)
    vi.advanceTimersByTime(29_000)
    expect(newest().readyState).toBe(FakeSource.OPEN)
    vi.advanceTimersByTime(10_000)
    expect(newest().readyState).toBe(FakeSource.CLOSED)
    expect(FakeSource.all).toHaveLength(1)
    expect(looks).toBeGreaterThan(3)
    expect(stateNow()).toBe('open')
    hide(false)
    expect(FakeSource.all).toHaveLength(2)
  })

  it('is closed when the studio goes', () => {
    newest().opens()
    stop()
    expect(newest().readyState).toBe(FakeSource.CLOSED)
  })
})
