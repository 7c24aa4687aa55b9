import { describe, expect, it } from 'vitest'
import { fakeClip, fakePicture } from '../testing/fake-viewer.ts'
import { measuringOrder, pairFrames } from './pairs.ts'

const together = { lead: 0, follower: 0 }

describe('pairs of frames', () => {
  it('are made by time: at 25 and 20 frames a second every fifth frame is held', () => {
    const pairs = pairFrames(fakeClip({ fps: 25, seconds: 1 }), fakeClip({ fps: 20, seconds: 1 }), together)
    expect(Array.from(pairs).slice(0, 11)).toEqual([0, 0, 1, 2, 3, 4, 4, 5, 6, 7, 8])
  })

  it('hold with rates whose times have no end: frame n of 22 stands beside frame n of 22', () => {
    const pairs = pairFrames(fakeClip({ fps: 22, seconds: 3 }), fakeClip({ fps: 22, seconds: 3 }), together)
    expect(Array.from(pairs)).toEqual(Array.from({ length: 66 }, (_, frame) => frame))
  })

  it('hold the last frame of the shorter one', () => {
    const pairs = pairFrames(fakeClip({ fps: 25, seconds: 2 }), fakeClip({ fps: 25, seconds: 1 }), together)
    expect(Array.from(pairs).slice(22, 28)).toEqual([22, 23, 24, 24, 24, 24])
  })

  it('follow the offsets of both sides', () => {
    const [lead, follower] = [fakeClip({ fps: 25, seconds: 1 }), fakeClip({ fps: 25, seconds: 1 })]
    expect(Array.from(pairFrames(lead, follower, { lead: 0, follower: 0.08 })).slice(0, 4)).toEqual([2, 3, 4, 5])
    // The first two frames of the lead are over before the playhead begins.
    expect(Array.from(pairFrames(lead, follower, { lead: 0.08, follower: 0 })).slice(0, 5)).toEqual([-1, -1, 0, 1, 2])
  })

  it('leave out the lead-in of an edit list, on either side', () => {
    const starts = Float64Array.of(-0.08, -0.04, 0, 0.04)
    const cut = fakeClip({ starts, end: 0.08 })
    const whole = fakeClip({ fps: 25, seconds: 0.16 })
    expect(Array.from(pairFrames(cut, whole, together))).toEqual([-1, -1, 0, 1])
    expect(Array.from(pairFrames(whole, cut, together))).toEqual([2, 3, 3, 3])
  })

  it('put a picture beside every frame', () => {
    expect(new Set(pairFrames(fakeClip(), fakePicture(), together))).toEqual(new Set([0]))
    expect(Array.from(pairFrames(fakePicture(), fakePicture(), together))).toEqual([0])
  })
})

describe('the order of measuring', () => {
  const orderOf = (seconds: number) => {
    const clip = fakeClip({ fps: 25, seconds })
    return measuringOrder(pairFrames(clip, clip, together), clip.keyframes)
  }

  it('is that of the clip', () => {
    expect(Array.from(orderOf(5))).toEqual(Array.from({ length: 125 }, (_, frame) => frame))
  })

  it('begins all over a long clip, and comes to every frame once', () => {
    const order = orderOf(600)
    const first = order.slice(0, 50)
    expect(first.at(-1)).toBeGreaterThan(12_000)
    expect(first.every((frame) => frame % 25 === 0)).toBe(true)
    expect(order.toSorted()).toEqual(Uint32Array.from({ length: 15_000 }, (_, frame) => frame))
  })

  it('leaves out what is never seen', () => {
    expect(Array.from(measuringOrder(Int32Array.of(-1, -1, 0, 1), Uint32Array.of(0)))).toEqual([2, 3])
  })
})
