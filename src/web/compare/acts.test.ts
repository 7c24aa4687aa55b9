import { describe, expect, it } from 'vitest'
import {
  changeSpeed,
  goToEnd,
  goToStart,
  playAt,
  setIn,
  setOut,
  shuttle,
  stepBy,
  tidyRange,
  togglePlay,
  toggleSound,
} from './acts.ts'
import { timingSide } from './bench-state.ts'
import { createFakeBench, fakeClip, fakePicture } from './testing/fake-bench.ts'
import { initialView } from './view.ts'

describe('playing', () => {
  it('starts again from the other end where nothing more is to be played', () => {
    const bench = createFakeBench()
    bench.seek(4.9999)
    playAt(bench, 1)
    expect(bench.state()).toMatchObject({ target: 0, playing: true, rate: 1 })
    bench.seek(0)
    playAt(bench, -2)
    expect(bench.state().target).toBeCloseTo(5, 3)
    expect(bench.state().rate).toBe(-2)
  })

  it('begins with the range from outside of it, and where it stands inside', () => {
    const bench = createFakeBench([fakeClip()], { range: { from: 1, to: 2 } })
    for (const [from, to] of [
      [0.5, 1],
      [3, 1],
      [1.4, 1.4],
    ] as const) {
      bench.seek(from)
      playAt(bench, 1)
      expect(bench.state().target).toBe(to)
    }
  })

  it('goes forward again after it was played backward', () => {
    const bench = createFakeBench([fakeClip()], { rate: -0.5, target: 2 })
    togglePlay(bench)
    expect(bench.state()).toMatchObject({ playing: true, rate: 0.5 })
    togglePlay(bench)
    expect(bench.state().playing).toBe(false)
  })

  it('goes faster at a second press of the same key, and turns round at the other', () => {
    const bench = createFakeBench([fakeClip()], { target: 2 })
    const rates = ([1, 1, 1, -1, -1, 1] as const).map((way) => {
      shuttle(bench, way)
      return bench.state().rate
    })
    expect(rates).toEqual([1, 2, 2, -1, -2, 1])
  })

  it('keeps a slow speed that was chosen', () => {
    const bench = createFakeBench([fakeClip()], { target: 2, rate: 0.25 })
    shuttle(bench, 1)
    expect(bench.state().rate).toBe(0.25)
    shuttle(bench, 1)
    expect(bench.state().rate).toBe(0.5)
  })

  it('changes speed from one to the next, as far as there are some, and keeps the direction', () => {
    const bench = createFakeBench([fakeClip()], { rate: -1.25 })
    changeSpeed(bench, 1)
    changeSpeed(bench, 1)
    changeSpeed(bench, 1)
    expect(bench.state().rate).toBe(-2)
    bench.setRate(0.3)
    changeSpeed(bench, -1)
    expect(bench.state().rate).toBe(0.25)
    changeSpeed(bench, -1)
    changeSpeed(bench, -1)
    expect(bench.state().rate).toBe(0.1)
  })
})

describe('steps', () => {
  it('go by frames of the reference, and pause', () => {
    const bench = createFakeBench([fakeClip({ fps: 20 }), fakeClip({ fps: 25 })], { playing: true, target: 2 })
    stepBy(bench, 1)
    expect(bench.state()).toMatchObject({ playing: false, target: 2.05 })
    stepBy(bench, -10)
    expect(bench.state().target).toBeCloseTo(1.55, 9)
  })

  it('stop at both ends', () => {
    const bench = createFakeBench([fakeClip()])
    stepBy(bench, -10)
    expect(bench.state().target).toBe(0)
    bench.seek(4.96)
    stepBy(bench, 1)
    expect(bench.state().shown.frames).toEqual([124])
  })

  it('go on after the end of a short reference, and back into it', () => {
    const bench = createFakeBench([fakeClip({ fps: 25, seconds: 2 }), fakeClip({ fps: 25, seconds: 5 })])
    bench.seek(1.96)
    const frames = [1, 1, -1, -1, -1].map((by) => {
      stepBy(bench, by)
      return bench.state().shown.frames
    })
    expect(frames).toEqual([
      [49, 50],
      [49, 51],
      [49, 50],
      [49, 49],
      [48, 48],
    ])
  })

  it('are the clip’s where the reference is a picture', () => {
    const bench = createFakeBench([fakePicture(), fakeClip({ fps: 20 })])
    expect(timingSide(bench.state())).toBe(1)
    stepBy(bench, 3)
    expect(bench.state().target).toBeCloseTo(0.15, 9)
  })

  it('do nothing among pictures', () => {
    const bench = createFakeBench([fakePicture(), fakePicture()])
    stepBy(bench, 1)
    expect(bench.asked).toEqual([])
  })
})

describe('the range', () => {
  it('holds the frames at which it was begun and ended, both whole', () => {
    const bench = createFakeBench()
    bench.seek(1.01)
    setIn(bench)
    bench.seek(2.03)
    setOut(bench)
    expect(bench.state().range?.from).toBeCloseTo(1, 9)
    expect(bench.state().range?.to).toBeCloseTo(2.04, 9)
    goToStart(bench)
    expect(bench.state().shown.frames[0]).toBe(25)
    goToEnd(bench)
    expect(bench.state().shown.frames[0]).toBe(50)
  })

  it('gives way where its ends would cross', () => {
    const bench = createFakeBench([fakeClip()], { range: { from: 1, to: 2 } })
    bench.seek(3)
    setIn(bench)
    expect(bench.state().range).toEqual({ from: 3, to: 5 })
    bench.seek(1)
    setOut(bench)
    expect(bench.state().range).toEqual({ from: 0, to: 1.04 })
  })

  it('is none where it is all, or nothing', () => {
    expect([tidyRange({ from: 0, to: 5 }, 5), tidyRange({ from: 2, to: 2 }, 5)]).toEqual([null, null])
    expect(tidyRange({ from: -1, to: 3 }, 5)).toEqual({ from: 0, to: 3 })
  })

  it('may be one frame long', () => {
    const bench = createFakeBench()
    bench.seek(2)
    setIn(bench)
    setOut(bench)
    expect(bench.state().range?.from).toBe(2)
    expect(bench.state().range?.to).toBeCloseTo(2.04, 9)
  })
})

describe('sound', () => {
  const heard = { hasAudio: true }

  it('comes from the reference if it has some, else from the first that has', () => {
    const bench = createFakeBench([fakeClip(), fakeClip(heard), fakeClip(heard)])
    toggleSound(bench)
    expect(bench.state().sound).toBe(1)
    toggleSound(bench)
    expect(bench.state().sound).toBe(null)
    bench.setView({ ...initialView(3), reference: 2 })
    toggleSound(bench)
    expect(bench.state().sound).toBe(2)
  })

  it('stays off where there is none', () => {
    const bench = createFakeBench()
    toggleSound(bench)
    expect(bench.state().sound).toBe(null)
  })
})
