import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createTransport } from './transport.ts'

/** As much of a video as the transport uses. Seeks end, and time runs, when the test says so. */
class FakeVideo extends EventTarget {
  readyState = 4
  duration = 5
  paused = true
  ended = false
  muted = false
  playbackRate = 1
  seeking = false
  #time = 0
  get currentTime() {
    return this.#time
  }
  set currentTime(seconds: number) {
    this.#time = seconds
    this.seeking = true
    this.ended = false
  }
  /** A seek ends. */
  arrives() {
    this.seeking = false
    this.dispatchEvent(new Event('seeked'))
  }
  /** Time passes, or does not, whatever others do. */
  runsTo(seconds: number) {
    this.#time = seconds
  }
  finishes() {
    this.#time = this.duration
    this.ended = true
    this.paused = true
    this.dispatchEvent(new Event('ended'))
  }
  async play() {
    this.paused = false
  }
  pause() {
    this.paused = true
  }
}

const asVideo = (video: FakeVideo) => video as unknown as HTMLVideoElement
const frames = (count = 1) => vi.advanceTimersByTime(count * 16)

const pair = () => {
  const transport = createTransport(false)
  const leader = new FakeVideo()
  const follower = new FakeVideo()
  transport.attach('leader', asVideo(leader))
  transport.attach('follower', asVideo(follower))
  return { transport, leader, follower }
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('requestAnimationFrame', (callback: () => void) => setTimeout(callback, 16))
  vi.stubGlobal('cancelAnimationFrame', (id: number) => clearTimeout(id))
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('two clips', () => {
  it('start together, once both hold their frame', () => {
    const { transport, leader, follower } = pair()
    follower.readyState = 1
    transport.play()
    frames(5)
    expect([leader.paused, follower.paused, transport.state().playing]).toEqual([true, true, true])
    follower.readyState = 4
    frames(2)
    expect([leader.paused, follower.paused]).toEqual([false, false])
  })

  it('do not wait for ever for one that does not come', () => {
    const { transport, leader, follower } = pair()
    follower.readyState = 0
    transport.play()
    vi.advanceTimersByTime(2100)
    expect(leader.paused).toBe(false)
  })

  it('stop when one falls far behind, and go on together when it has caught up', () => {
    const { transport, leader, follower } = pair()
    transport.play()
    frames(2)
    leader.runsTo(2)
    follower.runsTo(1.5)
    frames()
    expect([leader.paused, follower.paused, follower.currentTime]).toEqual([true, true, 2])
    frames(3)
    expect(leader.paused).toBe(true)
    follower.arrives()
    frames()
    expect([leader.paused, follower.paused]).toEqual([false, false])
  })

  it('make up for a small drift by their speed, without a seek', () => {
    const { transport, leader, follower } = pair()
    transport.play()
    frames(2)
    leader.runsTo(2)
    follower.runsTo(2.1)
    frames()
    expect(follower.playbackRate).toBeCloseTo(0.9)
    expect([follower.seeking, leader.paused]).toEqual([false, false])
  })

  it('stand on the same time when they are paused, and seek together', () => {
    const { transport, leader, follower } = pair()
    transport.play()
    frames(2)
    leader.runsTo(2)
    follower.runsTo(2.1)
    transport.pause()
    expect([follower.currentTime, transport.state().playing]).toEqual([2, false])
    transport.seek(3.02)
    expect([leader.currentTime, follower.currentTime]).toEqual([3.02, 3.02])
  })

  it('begin again together where they loop, and stop at the end where they do not', () => {
    const { transport, leader, follower } = pair()
    transport.play()
    frames(2)
    leader.finishes()
    expect([leader.currentTime, follower.currentTime, leader.paused]).toEqual([0, 0, true])
    leader.arrives()
    follower.arrives()
    frames(2)
    expect([leader.paused, follower.paused]).toEqual([false, false])
    transport.setLoop(false)
    leader.finishes()
    expect([transport.state().playing, follower.paused]).toEqual([false, true])
  })

  it('leave a shorter one on its last frame', () => {
    const { transport, leader, follower } = pair()
    follower.duration = 2
    transport.play()
    frames(2)
    leader.runsTo(4)
    follower.finishes()
    frames(4)
    expect([leader.paused, follower.paused, follower.currentTime]).toEqual([false, true, 2])
  })
})

describe('seeking', () => {
  it('while a seek is under way goes on to the last place asked for, and only there', () => {
    const { transport, leader } = pair()
    transport.seek(1)
    transport.seek(2)
    transport.seek(3)
    expect([leader.currentTime, transport.state().time]).toEqual([1, 3])
    leader.arrives()
    expect(leader.currentTime).toBe(3)
  })
})

describe('a change of the way of comparing', () => {
  it('goes on where the one before was, playing or not', () => {
    const transport = createTransport(true)
    const leader = new FakeVideo()
    const letGo = transport.attach('leader', asVideo(leader))
    frames(2)
    expect(leader.paused).toBe(false)
    leader.runsTo(2.5)
    letGo()
    const next = new FakeVideo()
    transport.attach('leader', asVideo(next))
    expect(next.currentTime).toBe(2.5)
    next.arrives()
    frames(2)
    expect(next.paused).toBe(false)
  })

  it('does not forget to start by itself when the first element is replaced at once', () => {
    const transport = createTransport(true)
    const early = new FakeVideo()
    early.readyState = 0
    transport.attach('leader', asVideo(early))()
    const video = new FakeVideo()
    transport.attach('leader', asVideo(video))
    frames(2)
    expect(video.paused).toBe(false)
  })
})

it('is paused by the keyboard of the machine as by its own', () => {
  const { transport, leader, follower } = pair()
  transport.play()
  frames(2)
  leader.paused = true
  leader.dispatchEvent(new Event('pause'))
  expect([transport.state().playing, follower.paused]).toEqual([false, true])
})
