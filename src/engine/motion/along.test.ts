import { describe, expect, it } from 'vitest'
import { pathOf } from '../../shared/models/path.ts'
import type { TrajectoryPoint } from '../../shared/models/trajectory.ts'
import type { Pixels } from '../frames.ts'
import { difference } from '../testing/difference.ts'
import { drawDisc, findDisc } from '../testing/disc.ts'
import { drawStill } from '../testing/stills.ts'
import { moveAlong } from './along.ts'

const [WIDTH, HEIGHT] = [640, 360]
const DISC = { x: 160, y: 200, radius: 30 }

const clipOf = (image: Pixels, trajectory: readonly TrajectoryPoint[]) =>
  moveAlong({ image, trajectory, seed: 3, fps: 25, seconds: 5 })
const frameOf = (clip: ReturnType<typeof clipOf>, index: number) => ({
  width: clip.width,
  height: clip.height,
  data: Uint8Array.from(clip.draw(index)),
})

/** The start of a path on the disc, in shares. */
const start = { frame: 0, x: DISC.x / WIDTH, y: DISC.y / HEIGHT }

describe('a thing on a path', () => {
  const picture = drawDisc(WIDTH, HEIGHT, DISC)
  const way = [start, { frame: 60, x: 0.55, y: 0.25 }, { frame: 124, x: 0.8, y: 0.7 }]
  const clip = clipOf(picture, way)
  const path = pathOf(way, 125)

  it('is told from a place where nothing stands out', () => {
    expect(clip.moved).toBe('subject')
    const ground = [
      { frame: 0, x: 0.8, y: 0.3 },
      { frame: 124, x: 0.6, y: 0.5 },
    ]
    expect(clipOf(picture, ground).moved).toBe('place')
  })

  it('begins with the picture itself', () => {
    expect(Buffer.compare(frameOf(clip, 0).data, picture.data)).toBe(0)
  })

  it('is where the path is, whole, at every frame', () => {
    const before = findDisc(picture)
    for (const frame of [1, 7, 20, 60, 93, 124]) {
      const found = findDisc(frameOf(clip, frame))
      const { x, y } = path(frame)
      expect(Math.hypot(found.x - x * WIDTH, found.y - y * HEIGHT), `frame ${frame}`).toBeLessThan(1.5)
      expect(found.area / before.area, `frame ${frame}`).toBeCloseTo(1, 1)
    }
  })

  it('leaves ground behind: nothing of its colour, and as rough as what lies around', () => {
    const { data } = frameOf(clip, 124)
    const patch = (cx: number, cy: number, of: ArrayLike<number>) => {
      let [sum, squares, red, count] = [0, 0, -255, 0]
      for (let y = cy - 36; y < cy + 36; y++)
        for (let x = cx - 36; x < cx + 36; x++) {
          const at = (y * WIDTH + x) * 4
          sum += of[at + 1]!
          squares += of[at + 1]! ** 2
          red = Math.max(red, of[at]! - of[at + 1]!)
          count++
        }
      const mean = sum / count
      return { mean, rough: Math.sqrt(squares / count - mean * mean), red }
    }
    const [hole, ground] = [patch(DISC.x, DISC.y, data), patch(320, 60, picture.data)]
    expect(hole.red).toBeLessThan(ground.red + 12)
    expect(Math.abs(hole.mean - ground.mean)).toBeLessThan(10)
    expect(hole.rough / ground.rough).toBeGreaterThan(0.7)
    expect(hole.rough / ground.rough).toBeLessThan(1.3)
  })

  it('has no rim of the old ground, and touches nothing else', () => {
    const { data } = frameOf(clip, 124)
    const { x, y } = path(124)
    const [cx, cy] = [x * WIDTH, y * HEIGHT]
    let [changed, dark] = [0, 0]
    for (let row = 0; row < HEIGHT; row++)
      for (let column = 0; column < WIDTH; column++) {
        const at = (row * WIDTH + column) * 4
        const off = Math.hypot(column - cx, row - cy)
        const isNear = off < DISC.radius + 3 || Math.hypot(column - DISC.x, row - DISC.y) < DISC.radius + 12
        if (!isNear && data[at] !== picture.data[at]) changed++
        // Just inside its edge all is its own: green ground between would have more green than red.
        if (off < DISC.radius - 2 && data[at]! - data[at + 1]! < 60) dark++
      }
    expect(changed).toBe(0)
    expect(dark).toBe(0)
  })

  it('rests as the picture itself until its first frame', () => {
    const late = clipOf(picture, [
      { ...start, frame: 50 },
      { frame: 100, x: 0.7, y: 0.5 },
    ])
    expect(Buffer.compare(frameOf(late, 50).data, picture.data)).toBe(0)
    expect(Buffer.compare(frameOf(late, 51).data, picture.data)).not.toBe(0)
    expect(Buffer.compare(frameOf(late, 100).data, frameOf(late, 124).data)).toBe(0)
  })

  it('makes the same bytes again, also when frames are asked for anew', () => {
    const again = frameOf(clipOf(picture, way), 93)
    expect(Buffer.compare(again.data, frameOf(clip, 93).data)).toBe(0)
  })

  it('may leave the frame', () => {
    const out = clipOf(picture, [start, { frame: 124, x: 1, y: 1 }])
    expect(findDisc(frameOf(out, 124)).area).toBeLessThan(findDisc(picture).area * 0.4)
  })

  it('is held by the edge that cuts it off, and shows no cut', () => {
    const low = { x: 320, y: 345, radius: 40 }
    const cut = drawDisc(WIDTH, HEIGHT, low)
    const up = clipOf(cut, [
      { frame: 0, x: low.x / WIDTH, y: 0.92 },
      { frame: 124, x: low.x / WIDTH, y: 0.72 },
    ])
    expect(up.moved).toBe('subject')
    const { data } = frameOf(up, 124)
    const isRed = (x: number, y: number): boolean => data[(y * WIDTH + x) * 4]! - data[(y * WIDTH + x) * 4 + 1]! > 60
    // Red from its top down to the picture's edge.
    for (let y = 345 - 40 - 72 + 6; y < HEIGHT; y++) expect(isRed(low.x, y), `row ${y}`).toBe(true)
  })
})

describe('a place on a path', () => {
  // A mark that is no thing of its own: a slow wave of light over the whole picture, brightest at one place.
  const wave = (cx: number, cy: number) => {
    const data = new Uint8Array(WIDTH * HEIGHT * 4)
    for (let y = 0, at = 0; y < HEIGHT; y++)
      for (let x = 0; x < WIDTH; x++, at += 4) {
        const light = 90 + 110 * Math.exp(-((x - cx) ** 2 + (y - cy) ** 2) / (2 * 70 ** 2))
        data.set([light, light * 0.95, light * 0.9, 255], at)
      }
    return { width: WIDTH, height: HEIGHT, data }
  }
  const brightest = ({ data }: Pixels) => {
    let best = 0
    for (let at = 0; at < data.length; at += 4) if (data[at]! > data[best]!) best = at
    return { x: (best / 4) % WIDTH, y: Math.floor(best / 4 / WIDTH) }
  }

  it('goes along it like a rubber sheet, without tears, the edges behind it in their places', () => {
    const picture = wave(200, 180)
    const clip = clipOf(picture, [
      { frame: 0, x: 200 / WIDTH, y: 0.5 },
      { frame: 124, x: 0.65, y: 0.35 },
    ])
    expect(clip.moved).toBe('place')
    expect(Buffer.compare(frameOf(clip, 0).data, picture.data)).toBe(0)
    const frame = frameOf(clip, 124)
    const found = brightest(frame)
    expect(Math.hypot(found.x - 0.65 * WIDTH, found.y - 0.35 * HEIGHT)).toBeLessThan(5)
    for (let at = 4; at < frame.data.length; at += 4) {
      if ((at / 4) % WIDTH === 0) continue
      if (Math.abs(frame.data[at]! - frame.data[at - 4]!) > 12) throw new Error(`a tear at ${(at / 4) % WIDTH}`)
    }
    // It goes to the right and up: what lies behind it stays at the edge.
    const edges = (data: ArrayLike<number>): number[] => [
      ...Array.from({ length: WIDTH }, (_, x) => data[((HEIGHT - 1) * WIDTH + x) * 4]!),
      ...Array.from({ length: HEIGHT }, (_, y) => data[y * WIDTH * 4]!),
    ]
    expect(difference(edges(frame.data), edges(picture.data))).toBeLessThan(1)
  })

  it('may begin in a corner', () => {
    const clip = clipOf(wave(200, 180), [
      { frame: 0, x: 0, y: 0 },
      { frame: 1, x: 0.1, y: 0.2 },
      { frame: 2, x: 1, y: 1 },
    ])
    for (const frame of [1, 2, 124])
      for (const value of clip.draw(frame)) if (!(value >= 0)) throw new Error('no colour')
  })
})

describe('pictures of any size', () => {
  it.each([
    [16, 16],
    [204, 4096],
    [4096, 16],
    [90, 160],
  ])('%i x %i', (width, height) => {
    const picture = drawStill(width, height)
    for (const [x, y] of [
      [0.5, 0.5],
      [0.19, 0.2],
      [1, 1],
    ] as const) {
      const clip = clipOf({ ...picture, data: Uint8Array.from(picture.data) }, [
        { frame: 0, x, y },
        { frame: 124, x: 1 - x, y: 0.4 },
      ])
      for (const frame of [0, 1, 62, 124]) {
        const data = clip.draw(frame)
        expect(data.length).toBe(width * height * 4)
        for (let at = 3; at < data.length; at += 4)
          if (data[at] !== 255) throw new Error(`clear at ${at}, frame ${frame}`)
      }
    }
  })
})
