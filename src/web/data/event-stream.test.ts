// @vitest-environment jsdom
import '../testing/fail-on-console-error.ts'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FakeSource, hidePage, newestSource, stubSource } from '../testing/fake-source.ts'
import { useConnection, watchConnection } from './connection.ts'
import { openStreamWhileSeen } from './event-stream.ts'

const stateNow = () => useConnection.getState().state

let stop = () => {}
let looks = 0
const heard: string[] = []

beforeEach(() => {
  vi.useFakeTimers()
  stubSource()
  looks = 0
  heard.length = 0
  useConnection.setState({ state: 'connecting' })
  const connection = watchConnection(() => looks++)
  const event = (name: string, data: string) => heard.push(`${name} ${data}`)
  const stopStream = openStreamWhileSeen(['job', 'queue'], { event, state: connection.state })
  stop = () => {
    stopStream()
    connection.stop()
  }
})
afterEach(() => {
  stop()
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

describe('a stream of one’s own', () => {
  it('hands on every event that it was opened for, by name', () => {
    newestSource().opens()
    newestSource().sends('1', 'job')
    newestSource().sends('2', 'queue')
    newestSource().sends('3', 'weather')
    expect(heard).toEqual(['job 1', 'queue 2'])
  })

  it('is caught up with on opening, and not polled beside', () => {
    newestSource().opens()
    vi.advanceTimersByTime(20_000)
    expect([stateNow(), looks]).toEqual(['open', 1])
  })

  it('is stood in for by looking every two seconds while it is broken', () => {
    newestSource().opens()
    newestSource().breaks(FakeSource.CONNECTING)
    vi.advanceTimersByTime(8000)
    expect(looks).toBe(5)
    expect(FakeSource.all).toHaveLength(1)
  })

  it('is opened again where the browser gave up, and the page says lost only after a while', () => {
    newestSource().opens()
    newestSource().breaks(FakeSource.CLOSED)
    vi.advanceTimersByTime(2000)
    expect(stateNow()).toBe('open')
    expect(FakeSource.all).toHaveLength(2)
    vi.advanceTimersByTime(1000)
    expect(stateNow()).toBe('lost')
    newestSource().opens()
    expect(stateNow()).toBe('open')
  })

  it('is given back by a page that is hidden, which still looks, and taken up when it is seen again', () => {
    newestSource().opens()
    hidePage(true)
    vi.advanceTimersByTime(10_000)
    expect(newestSource().readyState).toBe(FakeSource.CLOSED)
    expect(FakeSource.all).toHaveLength(1)
    expect(looks).toBeGreaterThan(3)
    expect(stateNow()).toBe('open')
    hidePage(false)
    expect(FakeSource.all).toHaveLength(2)
  })

  it('is closed when the studio goes', () => {
    newestSource().opens()
    stop()
    expect(newestSource().readyState).toBe(FakeSource.CLOSED)
  })
})
