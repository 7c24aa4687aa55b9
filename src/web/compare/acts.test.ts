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
import { timingSide } from './viewer-state.ts'
import { createFakeViewer, fakeClip, fakePicture } from './testing/fake-viewer.ts'
import { initialView } from './view.ts'

describe('playing', () => {
  it('starts again from the other end where nothing more is to be played', () => {
    const viewer = createFakeViewer()
    viewer.seek(4.9999)
    playAt(viewer, 1)
    expect(viewer.state()).toMatchObject({ target: 0, playing: true, rate: 1 })
    viewer.seek(0)
    playAt(viewer, -2)
    expect(viewer.state().target).toBeCloseTo(5, 3)
    expect(viewer.state().rate).toBe(-2)
  })

  it('begins with the range from outside of it, and where it stands inside', () => {
    const viewer = createFakeViewer([fakeClip()], { range: { from: 1, to: 2 } })
    for (const [from, to] of [
      [0.5, 1],
      [3, 1],
      [1.4, 1.4],
    ] as const) {
      viewer.seek(from)
      playAt(viewer, 1)
      expect(viewer.state().target).toBe(to)
    }
  })

  it('goes forward again after it was played backward', () => {
    const viewer = createFakeViewer([fakeClip()], { rate: -0.5, target: 2 })
    togglePlay(viewer)
    expect(viewer.state()).toMatchObject({ playing: true, rate: 0.5 })
    togglePlay(viewer)
    expect(viewer.state().playing).toBe(false)
  })

  it('goes faster at a second press of the same key, and turns round at the other', () => {
    const viewer = createFakeViewer([fakeClip()], { target: 2 })
    const rates = ([1, 1, 1, -1, -1, 1] as const).map((way) => {
      shuttle(viewer, way)
      return viewer.state().rate
    })
    expect(rates).toEqual([1, 2, 2, -1, -2, 1])
  })

  it('keeps a slow speed that was chosen', () => {
    const viewer = createFakeViewer([fakeClip()], { target: 2, rate: 0.25 })
    shuttle(viewer, 1)
    expect(viewer.state().rate).toBe(0.25)
    shuttle(viewer, 1)
    expect(viewer.state().rate).toBe(0.5)
  })

  it('changes speed from one to the next, as far as there are some, and keeps the direction', () => {
    const viewer = createFakeViewer([fakeClip()], { rate: -1.25 })
    changeSpeed(viewer, 1)
    changeSpeed(viewer, 1)
    changeSpeed(viewer, 1)
    expect(viewer.state().rate).toBe(-2)
    viewer.setRate(0.3)
    changeSpeed(viewer, -1)
    expect(viewer.state().rate).toBe(0.25)
    changeSpeed(viewer, -1)
    changeSpeed(viewer, -1)
    expect(viewer.state().rate).toBe(0.1)
  })
})

describe('steps', () => {
  it('go by frames of the reference, and pause', () => {
    const viewer = createFakeViewer([fakeClip({ fps: 20 }), fakeClip({ fps: 25 })], { playing: true, target: 2 })
    stepBy(viewer, 1)
    expect(viewer.state()).toMatchObject({ playing: false, target: 2.05 })
    stepBy(viewer, -10)
    expect(viewer.state().target).toBeCloseTo(1.55, 9)
  })

  it('stop at both ends', () => {
    const viewer = createFakeViewer([fakeClip()])
    stepBy(viewer, -10)
    expect(viewer.state().target).toBe(0)
    viewer.seek(4.96)
    stepBy(viewer, 1)
    expect(viewer.state().shown.frames).toEqual([124])
  })

  it('go on after the end of a short reference, and back into it', () => {
    const viewer = createFakeViewer([fakeClip({ fps: 25, seconds: 2 }), fakeClip({ fps: 25, seconds: 5 })])
    viewer.seek(1.96)
    const frames = [1, 1, -1, -1, -1].map((by) => {
      stepBy(viewer, by)
      return viewer.state().shown.frames
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
    const viewer = createFakeViewer([fakePicture(), fakeClip({ fps: 20 })])
    expect(timingSide(viewer.state())).toBe(1)
    stepBy(viewer, 3)
    expect(viewer.state().target).toBeCloseTo(0.15, 9)
  })

  it('do nothing among pictures', () => {
    const viewer = createFakeViewer([fakePicture(), fakePicture()])
    stepBy(viewer, 1)
    expect(viewer.asked).toEqual([])
  })
})

describe('the range', () => {
  it('holds the frames at which it was begun and ended, both whole', () => {
    const viewer = createFakeViewer()
    viewer.seek(1.01)
    setIn(viewer)
    viewer.seek(2.03)
    setOut(viewer)
    expect(viewer.state().range?.from).toBeCloseTo(1, 9)
    expect(viewer.state().range?.to).toBeCloseTo(2.04, 9)
    goToStart(viewer)
    expect(viewer.state().shown.frames[0]).toBe(25)
    goToEnd(viewer)
    expect(viewer.state().shown.frames[0]).toBe(50)
  })

  it('gives way where its ends would cross', () => {
    const viewer = createFakeViewer([fakeClip()], { range: { from: 1, to: 2 } })
    viewer.seek(3)
    setIn(viewer)
    expect(viewer.state().range).toEqual({ from: 3, to: 5 })
    viewer.seek(1)
    setOut(viewer)
    expect(viewer.state().range).toEqual({ from: 0, to: 1.04 })
  })

  it('is none where it is all, or nothing', () => {
    expect([tidyRange({ from: 0, to: 5 }, 5), tidyRange({ from: 2, to: 2 }, 5)]).toEqual([null, null])
    expect(tidyRange({ from: -1, to: 3 }, 5)).toEqual({ from: 0, to: 3 })
  })

  it('may be one frame long', () => {
    const viewer = createFakeViewer()
    viewer.seek(2)
    setIn(viewer)
    setOut(viewer)
    expect(viewer.state().range?.from).toBe(2)
    expect(viewer.state().range?.to).toBeCloseTo(2.04, 9)
  })
})

describe('sound', () => {
  const heard = { hasAudio: true }

  it('comes from the reference if it has some, else from the first that has', () => {
    const viewer = createFakeViewer([fakeClip(), fakeClip(heard), fakeClip(heard)])
    toggleSound(viewer)
    expect(viewer.state().sound).toBe(1)
    toggleSound(viewer)
    expect(viewer.state().sound).toBe(null)
    viewer.setView({ ...initialView(3), reference: 2 })
    toggleSound(viewer)
    expect(viewer.state().sound).toBe(2)
  })

  it('stays off where there is none', () => {
    const viewer = createFakeViewer()
    toggleSound(viewer)
    expect(viewer.state().sound).toBe(null)
  })
})
