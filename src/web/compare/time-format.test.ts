import { describe, expect, it } from 'vitest'
import { type Frames, firstFrame, frameCount, frameUnder } from './frames.ts'
import { fakeClip, fakePicture } from './testing/fake-viewer.ts'
import { formatDuration, formatTime, parseTime, rateWords, type Scale, scaleOf, TIME_FORMATS } from './time-format.ts'

const RATES = [20, 22, 23.976, 24, 25, 29.97, 30, 32, 50, 59.94, 60]

const clip = (fps: number, seconds = 100): Scale => scaleOf(fakeClip({ fps, seconds }), 0)
const timeOf = (text: string, format: (typeof TIME_FORMATS)[number], scale: Scale): number => {
  const typed = parseTime(text, format, scale)
  return 'time' in typed ? typed.time : Number.NaN
}
const problemOf = (text: string, format: (typeof TIME_FORMATS)[number], scale: Scale): string => {
  const typed = parseTime(text, format, scale)
  return 'problem' in typed ? typed.problem : ''
}

/** Frames of 10, 30, 50 and 90 ms in turn; the usual one is of 40 ms. */
const variable: Frames = (() => {
  const starts: number[] = []
  let time = 0
  for (let frame = 0; frame < 200; frame++) {
    starts.push(time)
    time += [0.04, 0.01, 0.04, 0.09][frame % 4] ?? 0
  }
  return { kind: 'video', starts: Float64Array.from(starts), end: time }
})()

describe('timecode', () => {
  it.each([
    [0, 25, '00:00:00'],
    [2.52, 25, '00:02:13'],
    [0.999, 25, '00:00:24'],
    [1, 25, '00:01:00'],
    [61.5, 20, '01:01:10'],
    [5, 32, '00:05:00'],
    // Frame 898 at thirty to the second.
    [29.97, 29.97, '00:29:28'],
    [1.001, 23.976, '00:01:00'],
  ])('%d s at %d fps is %s', (seconds, fps, text) => {
    expect(formatTime(seconds, 'timecode', clip(fps))).toBe(text)
  })

  it.each(RATES)('gives every frame one of its own, with no number that the rate does not have, at %d fps', (fps) => {
    const scale = clip(fps)
    const seen = new Set<string>()
    for (let frame = 0; frame < 2000; frame++) {
      const text = formatTime(frame / fps, 'timecode', scale)
      seen.add(text)
      expect(Number(text.slice(-2))).toBeLessThan(Math.round(fps))
    }
    expect(seen.size).toBe(2000)
  })

  it('shows hours only when there are some', () => {
    const long = scaleOf(fakeClip({ fps: 1, seconds: 7200 }), 0)
    expect([3599, 3600, 7199].map((time) => formatTime(time, 'timecode', long))).toEqual([
      '59:59:00',
      '01:00:00:00',
      '01:59:59:00',
    ])
  })

  it('goes on after the end of the side that counts', () => {
    expect([1.96, 2, 3.48].map((time) => formatTime(time, 'timecode', clip(25, 2)))).toEqual([
      '00:01:24',
      '00:02:00',
      '00:03:12',
    ])
  })

  it('tells the playhead, also where the side that counts is offset', () => {
    for (const offset of [-0.4, 0.4]) {
      const scale = scaleOf(fakeClip(), offset)
      expect([0, 0.2, 2.52].map((time) => formatTime(time, 'timecode', scale))).toEqual([
        '00:00:00',
        '00:00:05',
        '00:02:13',
      ])
      expect(timeOf('00:02:13', 'timecode', scale)).toBeCloseTo(2.52, 6)
      expect(timeOf('00:00:05', 'timecode', scale)).toBeCloseTo(0.2, 6)
    }
  })

  it('is the real second, by the usual rate, where the rate varies', () => {
    const scale = scaleOf(variable, 0)
    expect([0, 0.5, 1, 2.52].map((time) => formatTime(time, 'timecode', scale))).toEqual([
      '00:00:00',
      '00:00:12',
      '00:01:00',
      '00:02:13',
    ])
  })
})

describe('frame numbers', () => {
  it('are those on screen, also where the rate varies', () => {
    const scale = scaleOf(variable, 0)
    for (let time = 0; time < 8; time += 0.037)
      expect(formatTime(time, 'frame', scale)).toBe(String(frameUnder(variable, time, 0)))
  })

  it('begin with the first frame that is seen', () => {
    const edited = fakeClip({ fps: 25, seconds: 1 })
    edited.starts.forEach((start, frame) => void (edited.starts[frame] = start - 0.2))
    const scale = scaleOf({ ...edited, end: 0.8 }, 0)
    expect(firstFrame(edited)).toBe(5)
    expect([0, 0.04, 0.76].map((time) => formatTime(time, 'frame', scale))).toEqual(['0', '1', '19'])
    expect(timeOf('1', 'frame', scale)).toBeCloseTo(0.04, 6)
    expect(formatTime(0.04, 'timecode', scale)).toBe('00:00:01')
  })

  it('are the side’s own where it is offset', () => {
    expect(formatTime(1, 'frame', scaleOf(fakeClip(), 0.2))).toBe('30')
    expect(timeOf('30', 'frame', scaleOf(fakeClip(), 0.2))).toBeCloseTo(1, 6)
  })
})

it('shows seconds to the thousandth, and never a moment that has not come', () => {
  expect([0, 2.52, 4.9998, 61.5].map((time) => formatTime(time, 'seconds', clip(25)))).toEqual([
    '0.000',
    '2.520',
    '4.999',
    '61.500',
  ])
})

it('shows how long all is', () => {
  expect(TIME_FORMATS.map((format) => formatDuration(5, format, clip(25, 5)))).toEqual(['00:05:00', '125', '5.000'])
})

it('says what it counts by', () => {
  // Frames of 16 and 17 ms, as WebM writes 60 a second.
  const rounded = fakeClip({ fps: 60 })
  const milliseconds = { ...rounded, starts: rounded.starts.map((start) => Math.round(start * 1000) / 1000) }
  expect([clip(25), clip(29.97), clip(23.976), scaleOf(variable, 0), scaleOf(milliseconds, 0)].map(rateWords)).toEqual([
    '25 fps',
    '29.97 fps, non-drop',
    '23.976 fps, non-drop',
    'about 25 fps, variable',
    '60 fps',
  ])
  expect(rateWords(scaleOf(fakePicture(), 0))).toBe('no frames')
})

describe('what is typed', () => {
  it.each(RATES)('leads back to the same frame in every format, at %d fps', (fps) => {
    const side = fakeClip({ fps, seconds: 70 })
    const scale = scaleOf(side, 0)
    for (let frame = 0; frame < frameCount(side); frame += 7)
      for (const format of TIME_FORMATS) {
        const back = timeOf(formatTime(frame / fps, format, scale), format, scale)
        // Three decimals may cut off more than a media time's rounding.
        expect(frameUnder(side, back + (format === 'seconds' ? 0.001 : 0), 0)).toBe(frame)
      }
  })

  it('may be a true frame number where the rate varies', () => {
    const scale = scaleOf(variable, 0)
    for (let frame = 0; frame < 200; frame++)
      expect(frameUnder(variable, timeOf(String(frame), 'frame', scale), 0)).toBe(frame)
  })

  it.each([
    ['213', 2.52],
    ['5', 0.2],
    ['02:13', 2.52],
    [' 00:02:13 ', 2.52],
    ['0:2;13', 2.52],
    ['2.13', 2.52],
    ['1:00:00', 60],
    ['75:00:00', 4500],
    ['01:00:00:00', 3600],
  ])('timecode %s is %d s', (text, time) => {
    expect(timeOf(text, 'timecode', clip(25, 5))).toBeCloseTo(time, 6)
  })

  it.each([
    ['2.52', 2.52],
    ['2,52 s', 2.52],
    ['.5', 0.5],
    ['7', 7],
  ])('%s are %d seconds', (text, time) => {
    expect(timeOf(text, 'seconds', clip(25))).toBeCloseTo(time, 9)
  })

  it.each([
    ['timecode', '', /minutes, seconds and frames/],
    ['timecode', 'soon', /minutes, seconds and frames/],
    ['timecode', '-1:00', /minutes, seconds and frames/],
    ['timecode', '00:02:25', /00 to 24/],
    ['timecode', '00:60:00', /Seconds go/],
    ['timecode', '1:60:00:00', /Minutes go/],
    ['frame', '2.5', /number of a frame/],
    ['frame', '-3', /number of a frame/],
    ['frame', '125', /last frame is 124/],
    ['seconds', '1:05', /seconds, as/],
    ['seconds', '1e3', /seconds, as/],
    ['seconds', '', /seconds, as/],
  ] as const)('as %s is refused with a reason: "%s"', (format, text, reason) => {
    expect(problemOf(text, format, clip(25, 5))).toMatch(reason)
  })

  it('has no frames where there are only pictures', () => {
    const scale = scaleOf(fakePicture(), 0)
    expect(problemOf('3', 'frame', scale)).toMatch(/only pictures/)
    expect(formatTime(2.52, 'timecode', scale)).toBe('00:02:13')
  })
})
