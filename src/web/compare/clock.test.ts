import { describe, expect, it } from 'vitest'
import { advance, type Playhead, type Playing } from './clock.ts'
import { type Frames, frameUnder } from './frames.ts'

const clip = (fps: number, seconds: number): Frames => ({
  kind: 'video',
  starts: Float64Array.from({ length: Math.round(fps * seconds) }, (_, index) => index / fps),
  end: seconds,
})

const playing = (rate: number, ...clips: Frames[]): Playing => ({
  rate,
  range: { from: 0, to: Math.max(...clips.map(({ end }) => end)) },
  loop: false,
  sides: clips.map((frames) => ({ frames, offset: 0 })),
})

/** Ticks of these lengths over and over, in seconds, until it ends. */
const run = (how: Playing, ticks: readonly number[], from = 0) => {
  let head: Playhead = { time: from, late: 0 }
  let [real, count] = [0, 0]
  const seen = how.sides.map(({ frames, offset }) => [frameUnder(frames, from, offset)])
  for (; count < 100_000; count++) {
    const elapsed = ticks[count % ticks.length] ?? 0
    real += elapsed
    const { next, ended } = advance(head, elapsed, how)
    head = next
    for (const [index, { frames, offset }] of how.sides.entries()) {
      const frame = frameUnder(frames, head.time, offset)
      if (seen[index]?.at(-1) !== frame) seen[index]?.push(frame)
    }
    if (ended) break
  }
  return { head, real, seen }
}

const all = (count: number) => Array.from({ length: count }, (_, index) => index)

describe('playing', () => {
  it('shows every frame of every side once, in real time', () => {
    const { real, seen } = run(playing(1, clip(25, 4), clip(32, 4), clip(20, 4)), [1 / 60])
    expect(seen).toEqual([all(100), all(128), all(80)])
    expect(real).toBeCloseTo(4, 1)
  })

  it('makes up for late ticks without leaving a frame out', () => {
    const { real, seen } = run(playing(1, clip(25, 4), clip(32, 4)), [0.016, 0.016, 0.09, 0.016, 0.016, 0.016, 0.016])
    expect(seen).toEqual([all(100), all(128)])
    expect(real).toBeCloseTo(4, 0)
  })

  it('goes slower rather than leap where ticks are far too late', () => {
    const { real, seen } = run(playing(1, clip(25, 2)), [0.3])
    expect(seen).toEqual([all(50)])
    expect(real).toBeGreaterThan(10)
  })

  it.each([0.1, 0.25, 0.5, 1.5, 2])('keeps the rate of %d', (rate) => {
    const { real, seen } = run(playing(rate, clip(25, 2), clip(32, 2)), [1 / 60])
    expect(real).toBeCloseTo(2 / rate, 1)
    expect(seen[0]).toEqual(all(50))
  })

  it('leaves frames out only where more are due than screens show', () => {
    const { real, seen } = run(playing(2, clip(60, 2)), [1 / 60])
    expect(real).toBeCloseTo(1, 1)
    expect(seen[0]?.length).toBeGreaterThanOrEqual(60)
  })

  it('goes backwards through every frame', () => {
    const { real, seen } = run(playing(-1, clip(25, 2), clip(32, 2)), [1 / 60], 1.999)
    expect(seen).toEqual([all(50).reverse(), all(64).reverse()])
    expect(real).toBeCloseTo(2, 1)
  })

  it('runs at the pace of time over images and behind the end of a shorter clip', () => {
    const still: Frames = { kind: 'image', starts: Float64Array.of(0), end: Infinity }
    const { real } = run({ ...playing(1, clip(25, 1)), range: { from: 0, to: 3 } }, [1 / 60])
    expect(real).toBeCloseTo(3, 1)
    const { seen } = run({ ...playing(1, clip(25, 1), still), range: { from: 0, to: 1 } }, [1 / 60])
    expect(seen).toEqual([all(25), [0]])
  })
})

describe('a range', () => {
  const looped: Playing = { ...playing(1, clip(25, 4)), range: { from: 1, to: 2 }, loop: true }

  it('is played over and over, and never left', () => {
    let head: Playhead = { time: 1, late: 0 }
    let wraps = 0
    for (let tick = 0; tick < 600; tick++) {
      const { next, wrapped } = advance(head, 1 / 60, looped)
      head = next
      if (wrapped) wraps++
      const frame = frameUnder(clip(25, 4), head.time, 0)
      expect(frame).toBeGreaterThanOrEqual(25)
      expect(frame).toBeLessThan(50)
    }
    expect(wraps).toBeGreaterThanOrEqual(9)
  })

  it('never shows the frame that begins where it ends', () => {
    const { next, wrapped } = advance({ time: 1.99, late: 0 }, 0.00995, looped)
    expect([wrapped, frameUnder(clip(25, 4), next.time, 0)]).toEqual([true, 25])
  })

  it('wraps to its end when played backwards', () => {
    const { next, wrapped } = advance({ time: 1.001, late: 0 }, 1 / 60, { ...looped, rate: -1 })
    expect([wrapped, frameUnder(clip(25, 4), next.time, 0)]).toEqual([true, 49])
  })

  it('ends on its last frame where it is not looped', () => {
    const { next, ended } = advance({ time: 1.99, late: 0 }, 1 / 60, { ...looped, loop: false })
    expect([ended, frameUnder(clip(25, 4), next.time, 0)]).toEqual([true, 49])
  })
})
