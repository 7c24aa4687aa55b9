import { describe, expect, it } from 'vitest'
import { frameAt, stepTime, timecode, timeInFrame } from './timecode.ts'

const RATES = [20, 22, 23.976, 25, 29.97, 30, 32, 50, 59.94, 60]

describe('frames', () => {
  it.each(RATES)('finds the frame that begins at a time, at %d fps', (fps) => {
    for (let frame = 0; frame < 400; frame++) expect(frameAt(frame / fps, fps)).toBe(frame)
  })

  it.each(RATES)('seeks into the middle of a frame, at %d fps', (fps) => {
    for (let frame = 0; frame < 400; frame++) expect(frameAt(timeInFrame(frame, fps), fps)).toBe(frame)
  })

  it('steps one frame on and back, and stops at both ends', () => {
    const at = (frame: number) => timeInFrame(frame, 25)
    expect(stepTime(at(3), 1, 25, 5)).toBe(at(4))
    expect(stepTime(at(3), -1, 25, 5)).toBe(at(2))
    expect(stepTime(at(0), -1, 25, 5)).toBe(at(0))
    expect(stepTime(at(124), 1, 25, 5)).toBe(at(124))
    expect(stepTime(5, 1, 25, 5)).toBe(at(124))
  })
})

describe('timecode', () => {
  it.each([
    [0, 25, '00:00:00'],
    [2.52, 25, '00:02:13'],
    [0.999, 25, '00:00:24'],
    [1, 25, '00:01:00'],
    [61.5, 20, '01:01:10'],
    [5, 32, '00:05:00'],
    [29.97, 29.97, '00:29:29'],
  ])('%d s at %d fps is %s', (seconds, fps, text) => {
    expect(timecode(seconds, fps)).toBe(text)
  })

  it.each(RATES)('never shows a frame number that the rate does not have, at %d fps', (fps) => {
    for (let frame = 0; frame < 4000; frame++)
      expect(Number(timecode(frame / fps, fps).slice(-2))).toBeLessThan(Math.round(fps))
  })
})
