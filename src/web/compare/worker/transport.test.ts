import { describe, expect, it } from 'vitest'
import { fakeClip } from '../testing/fake-viewer.ts'
import { driftOf, leftOutBetween, type Sides } from './sides.ts'
import {
  isStill,
  newTransport,
  pausePlaying,
  playOn,
  rangeWithin,
  seekBetween,
  seekTo,
  settle,
  startOf,
  startPlaying,
  type TransportOutput,
} from './transport.ts'

const seen = [{ index: 0, frames: fakeClip({ fps: 25, seconds: 4 }), offset: 0 }]

/** A clip of 25 frames a second whose frames are there up to `until`, and what is shown of it. */
const rig = (until = Infinity) => {
  const shown: (number | string)[] = []
  let frames = [-1]
  const framesAt = (time: number) => [Math.floor(time * 25 + 1e-6)]
  const sides: Pick<Sides, 'seen' | 'duration' | 'framesAt' | 'ready'> = {
    seen: () => seen,
    duration: () => 4,
    framesAt,
    ready: (time) => time <= until,
  }
  const transport = newTransport()
  const output: TransportOutput = {
    frames: () => frames,
    isSmall: () => false,
    show: (time) => {
      frames = framesAt(time)
      shown.push(frames[0] ?? -1)
      transport.playhead = { ...transport.playhead, time }
    },
    showSmall: (time) => shown.push(`copy of ${framesAt(time)[0]}`),
    setWaiting: (waiting) => {
      transport.waiting = waiting
    },
  }
  const other = { standIns: () => [], pin: () => {}, fillers: () => [], pauseFilling: () => {} }
  return { transport, sides: { ...sides, ...other }, output, shown }
}

describe('playing', () => {
  it('goes on by the time that went by, and says what was left out', () => {
    const { transport, sides, output, shown } = rig()
    startPlaying(transport, 1, 4, 0)
    playOn(transport, sides, output, 40)
    playOn(transport, sides, output, 80)
    expect(shown).toEqual([1, 2])
    expect([transport.skipped, isStill(transport)]).toEqual([0, false])
  })

  it('waits with the playhead where it is for a frame that is not there, and shows a copy of where it begins', () => {
    const { transport, sides, output, shown } = rig(0)
    startPlaying(transport, 1, 4, 0)
    playOn(transport, sides, output, 40)
    expect(shown).toEqual(['copy of 0'])
    expect(transport).toMatchObject({ waiting: true, playhead: { time: 0 } })
    expect(transport.playhead.late).toBeCloseTo(0.04)
  })

  it('stops at an end that is not looped, and seeks it', () => {
    const { transport, sides, output } = rig()
    transport.loop = false
    seekTo(transport, 3.98)
    startPlaying(transport, 1, 4, 0)
    playOn(transport, sides, output, 40)
    expect(transport.playing).toBeNull()
    expect(transport.goal).toBe(transport.playhead.time)
    expect(transport.playhead.time).toBeGreaterThan(3.98)
  })

  it('goes on from where it is sent meanwhile; paused, what is on screen is sought anew', () => {
    const { transport } = rig()
    startPlaying(transport, 1, 4, 0)
    seekTo(transport, 2)
    expect(transport).toMatchObject({ playhead: { time: 2 }, goal: null, playing: { fresh: true } })
    pausePlaying(transport)
    expect(transport).toMatchObject({ playing: null, goal: 2 })
  })

  it('begins where one is, but anew from an end and from outside of the range', () => {
    const range = { from: 1, to: 3 }
    expect([startOf(2, 1, range), startOf(3, 1, range), startOf(0, 1, range)]).toEqual([2, 1, 1])
    expect(startOf(2, -1, range)).toBe(2)
    expect([startOf(1, -1, range), startOf(5, -1, range)]).toEqual([3 - 2e-4, 3 - 2e-4])
  })
})

describe('seeking', () => {
  it('shows what it finds before it begins another, and is still then', () => {
    const { transport, sides, output, shown } = rig()
    seekTo(transport, 2)
    expect(settle(transport, sides, output)).toBe(false)
    expect(shown).toEqual([50])
    expect(isStill(transport)).toBe(true)
  })

  it('shows a copy while it waits', () => {
    const { transport, sides, output, shown } = rig(1)
    seekTo(transport, 2)
    settle(transport, sides, output)
    expect(shown).toEqual(['copy of 50'])
    expect(transport).toMatchObject({ waiting: true, underWay: { time: 2 } })
  })

  it('wants what is around a step, and nothing besides of a leap', () => {
    expect(seekBetween(1, 0.96)).toEqual({ time: 0.96, way: -1, reach: 'onward' })
    expect(seekBetween(1, 1.04)).toEqual({ time: 1.04, way: 1, reach: 'onward' })
    expect(seekBetween(3, 1)).toEqual({ time: 1, way: 1, reach: 'alone' })
  })
})

it('plays a range as far as there is something of it', () => {
  expect(rangeWithin(null, 4)).toEqual({ from: 0, to: 4 })
  expect(rangeWithin({ from: -1, to: 9 }, 4)).toEqual({ from: 0, to: 4 })
})

it('tells how far a frame is away from its time, and how many were left out', () => {
  expect(driftOf(seen, [25], 1.02)).toBe(0)
  expect(driftOf(seen, [25], 1.14)).toBeCloseTo(0.1)
  expect(driftOf(seen, [-1], 1)).toBe(0)
  expect(leftOutBetween(seen, [3], [4])).toBe(0)
  expect(leftOutBetween(seen, [3], [6])).toBe(2)
  expect(leftOutBetween(seen, [-1], [6])).toBe(0)
})
