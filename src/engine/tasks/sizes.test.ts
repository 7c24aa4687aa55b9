import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MediaInfo, PLAIN } from '../../shared/media.ts'
import { fittedSize } from '../../shared/models/size.ts'
import { createPlanes } from '../kernels/planes.ts'
import type { RenderOrder } from '../process/messages.ts'
import { createStyle } from '../styles/create-style.ts'
import { looks } from '../styles/looks.ts'
import { openScratch } from '../testing/scratch.ts'
import { drawStill, toClipPlanes } from '../testing/stills.ts'
import { openSource } from './open-source.ts'

const RESOLUTIONS = ['480p', '720p', '1080p'] as const
/** What 480p, 720p and 1080p are, and a square of as many pixels. */
const WIDE = { '480p': [832, 480], '720p': [1280, 720], '1080p': [1920, 1080] } as const
const SQUARE = { '480p': 632, '720p': 960, '1080p': 1440 } as const
const SHAPES = { landscape: [320, 180], portrait: [180, 320], square: [240, 240] } as const

let scratch: Awaited<ReturnType<typeof openScratch>>
const pictures: Record<string, { path: string; media: MediaInfo }> = {}
beforeAll(async () => {
  scratch = await openScratch()
  for (const [shape, [width, height]] of Object.entries(SHAPES)) {
    const path = scratch.at(`${shape}.png`)
    await sharp(drawStill(width, height).data, { raw: { width, height, channels: 4 } })
      .png()
      .toFile(path)
    const facts = { kind: 'image', mime_type: 'image/png', width, height, codec: 'png' } as const
    pictures[shape] = { path, media: { ...facts, duration: null, fps: null, has_audio: false, ...PLAIN } }
  }
})
afterAll(() => scratch.remove())

/** Nothing is left bare: no row or column at the rim is one flat colour, or another picture than its neighbours. */
const expectFull = (data: Uint8Array | Uint8ClampedArray, width: number, height: number): void => {
  const luma = (x: number, y: number) => {
    const at = (y * width + x) * 4
    return 0.2 * (data[at] ?? 0) + 0.7 * (data[at + 1] ?? 0) + 0.1 * (data[at + 2] ?? 0)
  }
  const gap = (points: number, one: (index: number) => number, other: (index: number) => number) =>
    Array.from({ length: points }, (_, index) => Math.abs(one(index) - other(index))).reduce((a, b) => a + b) / points
  const [right, bottom] = [width - 1, height - 1]
  const rims = {
    top: gap(
      width,
      (x) => luma(x, 0),
      (x) => luma(x, 3),
    ),
    bottom: gap(
      width,
      (x) => luma(x, bottom),
      (x) => luma(x, bottom - 3),
    ),
    left: gap(
      height,
      (y) => luma(0, y),
      (y) => luma(3, y),
    ),
    right: gap(
      height,
      (y) => luma(right, y),
      (y) => luma(right - 3, y),
    ),
  }
  for (const [rim, difference] of Object.entries(rims)) expect(difference, rim).toBeLessThan(30)
  for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) throw new Error(`clear at ${at}`)
}

type Resolution = (typeof RESOLUTIONS)[number]

/**
 * The frames that are looked at: all that is asked for at 480p, and of larger clips, whose frames take up to five times
 * as long, the one that is furthest from what was given.
 */
const looked = (resolution: Resolution, all: readonly number[], furthest: number): readonly number[] =>
  resolution === '480p' ? all : [furthest]

const sizeOf = (shape: keyof typeof SHAPES, resolution: Resolution) => {
  const [long, short] = WIDE[resolution]
  if (shape === 'square') return { width: SQUARE[resolution], height: SQUARE[resolution] }
  return shape === 'portrait' ? { width: short, height: long } : { width: long, height: short }
}

const orderOf = (part: Partial<RenderOrder> & Pick<RenderOrder, 'task' | 'prompt'>): RenderOrder => {
  const rest = { fps: 25, seed: 3, sources: {}, output: scratch.at('none'), recipe: '{}', explain: false }
  return { ...rest, ...part }
}

describe.each(RESOLUTIONS)('at %s', (resolution) => {
  it.each(['landscape', 'portrait'] as const)('draws a scene in %s', async (orientation) => {
    const order = orderOf({ task: 'text-to-video', prompt: 'a lake at dawn, pan left', resolution, orientation })
    const { width, height, draw, count } = await openSource('text-to-video', order)
    expect({ width, height }).toEqual(sizeOf(orientation, resolution))
    for (const index of looked(resolution, [0, count - 1], count - 1)) expectFull(draw(index), width, height)
  })

  it.each(['landscape', 'portrait', 'square'] as const)('animates a picture in %s', async (shape) => {
    const data = pictures[shape]
    if (!data) throw new Error(shape)
    const order = orderOf({ task: 'image-to-video', prompt: 'orbit, rain', resolution, sources: { data } })
    const { width, height, draw, count } = await openSource('image-to-video', order)
    // 832 x 480 is not quite 16 to 9.
    expect(Math.abs(width - sizeOf(shape, resolution).width)).toBeLessThanOrEqual(12)
    expect({ width, height }).toEqual(fittedSize(data.media, resolution))
    for (const index of looked(resolution, [0, count - 1], count - 1)) expectFull(draw(index), width, height)
  })

  it.each(['landscape', 'portrait', 'square'] as const)(
    'moves a thing of a picture along a path in %s',
    async (shape) => {
      const data = pictures[shape]
      if (!data) throw new Error(shape)
      // The sun, and a place in the grass. At larger sizes the one that also fills what it leaves behind.
      const sun = [0.19, 0.19] as const
      const grass = [0.4, 0.8] as const
      for (const [x, y] of resolution === '480p' ? [sun, grass] : [sun]) {
        const trajectory = [
          { frame: 0, x, y },
          { frame: 100, x: 0.6, y: 0.4 },
        ]
        const order = orderOf({ task: 'image-to-video', prompt: '', resolution, sources: { data }, trajectory })
        const { width, height, draw, count, moved } = await openSource('image-to-video', order)
        expect(moved).toBe(y < 0.5 ? 'subject' : 'place')
        expect({ width, height, count }).toEqual({ ...fittedSize(data.media, resolution), count: 125 })
        for (const index of looked(resolution, [0, count - 1], count - 1)) expectFull(draw(index), width, height)
      }
    },
  )

  it.each(['landscape', 'portrait', 'square'] as const)('turns one picture into another in %s', async (shape) => {
    const [start, end] = [pictures[shape], pictures['landscape']]
    if (!start || !end) throw new Error(shape)
    const order = orderOf({ task: 'transition', prompt: 'morph', resolution, sources: { start, end } })
    const { width, height, draw, count } = await openSource('transition', order)
    expect({ width, height }).toEqual(fittedSize(start.media, resolution))
    const middle = Math.floor(count / 2)
    for (const index of looked(resolution, [0, middle, count - 1], middle)) expectFull(draw(index), width, height)
  })
})

describe.each(Object.keys(looks).filter((look) => look !== 'plain'))('%s', (look) => {
  it.each(['landscape', 'portrait', 'square'] as const)('fills a frame in %s', (shape) => {
    const { width, height } = sizeOf(shape, '480p')
    const source = toClipPlanes(drawStill(width, height))
    const restyled = createStyle({ prompt: look === 'grade' ? '' : look, seed: 3, width, height }).apply(source, 0, 0)
    expect([restyled.width, restyled.height]).toEqual([width, height])
    // Every quarter is changed, and none is bare.
    const half = { width: width / 2, height: height / 2 }
    for (const [left, top] of [
      [0, 0],
      [half.width, 0],
      [0, half.height],
      [half.width, half.height],
    ] as const) {
      const quarter = createPlanes(half.width, half.height, 1)
      let changed = 0
      for (let y = 0; y < half.height; y++) {
        const from = (top + y) * width + left
        quarter.y.set(restyled.y.subarray(from, from + half.width), y * half.width)
        for (let x = 0; x < half.width; x++) changed += restyled.y[from + x] === source.y[from + x] ? 0 : 1
      }
      expect(changed / quarter.y.length, `${left},${top}`).toBeGreaterThan(0.3)
      expect(new Set(quarter.y).size, `${left},${top}`).toBeGreaterThan(6)
    }
  })
})
