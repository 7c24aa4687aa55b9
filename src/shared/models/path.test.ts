import { describe, expect, it } from 'vitest'
import { pathOf } from './path.ts'
import type { TrajectoryPoint } from './trajectory.ts'

const COUNT = 125
const frames = Array.from({ length: COUNT }, (_, frame) => frame)

const start: TrajectoryPoint = { frame: 0, x: 0.1, y: 0.5 }
const corners: TrajectoryPoint[] = [
  start,
  { frame: 20, x: 0.3, y: 0.2 },
  { frame: 70, x: 0.9, y: 0.9 },
  { frame: 124, x: 0.2, y: 0.1 },
]

describe('a path', () => {
  it('is at each point at its frame', () => {
    const path = pathOf(corners, COUNT)
    for (const { frame, x, y } of corners) {
      expect(path(frame).x).toBeCloseTo(x, 9)
      expect(path(frame).y).toBeCloseTo(y, 9)
    }
  })

  it('is even and straight between two points that take the whole clip', () => {
    const path = pathOf([start, { frame: 124, x: 0.9, y: 0.1 }], COUNT)
    for (const frame of frames) {
      expect(path(frame).x).toBeCloseTo(0.1 + (0.8 * frame) / 124, 9)
      expect(path(frame).y).toBeCloseTo(0.5 - (0.4 * frame) / 124, 9)
    }
  })

  it('never leaves what lies between the points beside it', () => {
    const path = pathOf(corners, COUNT)
    for (const frame of frames) {
      const after = corners.findIndex((point) => point.frame >= frame)
      const [from = start, to = start] = [corners[Math.max(0, after - 1)], corners[after]]
      const { x, y } = path(frame)
      expect(x).toBeGreaterThanOrEqual(Math.min(from.x, to.x) - 1e-9)
      expect(x).toBeLessThanOrEqual(Math.max(from.x, to.x) + 1e-9)
      expect(y).toBeGreaterThanOrEqual(Math.min(from.y, to.y) - 1e-9)
      expect(y).toBeLessThanOrEqual(Math.max(from.y, to.y) + 1e-9)
    }
  })

  it('goes around joins without a jerk: its speed changes little from frame to frame', () => {
    const path = pathOf(corners, COUNT)
    const speeds = frames.slice(1).map((frame) => path(frame).x - path(frame - 1).x)
    const jerks = speeds.slice(1).map((speed, index) => Math.abs(speed - (speeds[index] ?? 0)))
    // Straight lines would turn by 0.025 of the width a frame at the second corner.
    expect(Math.max(...jerks)).toBeLessThan(0.004)
  })

  it('rests before its first frame and after its last one, and goes softly from rest to rest', () => {
    const path = pathOf(
      [
        { frame: 25, x: 0.2, y: 0.5 },
        { frame: 75, x: 0.8, y: 0.5 },
      ],
      COUNT,
    )
    for (const frame of [0, 10, 25]) expect(path(frame)).toEqual({ x: 0.2, y: 0.5 })
    for (const frame of [75, 100, 124]) expect(path(frame)).toEqual({ x: 0.8, y: 0.5 })
    const even = 0.6 / 50
    expect(path(26).x - path(25).x).toBeLessThan(0.5 * even)
    expect(path(75).x - path(74).x).toBeLessThan(0.5 * even)
    // Never further than a frame from where an even pace would be.
    for (const frame of frames.slice(25, 76))
      expect(Math.abs(path(frame).x - 0.2 - (frame - 25) * even)).toBeLessThan(even)
  })

  it('takes the last of several points at one frame', () => {
    const path = pathOf([start, { frame: 20, x: 0.2, y: 0 }, { frame: 20, x: 0.4, y: 1 }], COUNT)
    expect(path(20)).toEqual({ x: 0.4, y: 1 })
    expect(path(10).x).toBeLessThan(0.4)
  })

  it('takes a thousand points of a circle', () => {
    const circle = Array.from({ length: 1000 }, (_, index) => {
      const angle = (index / 999) * 2 * Math.PI
      return { frame: (index / 999) * 124, x: 0.5 + 0.3 * Math.cos(angle), y: 0.5 + 0.3 * Math.sin(angle) }
    })
    const path = pathOf(circle, COUNT)
    for (const frame of frames) {
      const { x, y } = path(frame)
      expect(Math.hypot(x - 0.5, y - 0.5)).toBeCloseTo(0.3, 4)
    }
  })
})
