import { stat } from 'node:fs/promises'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { SPRITE_FRAMES } from '../../shared/library.ts'
import { createProber, type Prober } from '../prober.ts'
import { momentSize, momentsOf } from './filmstrip.ts'
import { makeClip } from '../testing/clips.ts'
import { readMark } from '../testing/mark.ts'
import type { ClipOptions } from '../testing/messages.ts'
import { openScratch } from '../testing/scratch.ts'

let scratch: Awaited<ReturnType<typeof openScratch>>
let prober: Prober
beforeAll(async () => {
  scratch = await openScratch()
  prober = createProber({ reads: [scratch.folder] })
})
afterAll(async () => {
  await prober.close()
  await scratch.remove()
})

/** The numbers that the moments of a filmstrip carry, and the size of each. */
const readFilmstrip = async (path: string) => {
  const { data, info } = await sharp(path).raw().ensureAlpha().toBuffer({ resolveWithObject: true })
  const width = info.width / SPRITE_FRAMES
  const numbers: number[] = []
  for (let column = 0; column < SPRITE_FRAMES; column++) {
    const moment = new Uint8Array(width * info.height * 4)
    for (let row = 0; row < info.height; row++) {
      const from = (row * info.width + column * width) * 4
      moment.set(data.subarray(from, from + width * 4), row * width * 4)
    }
    numbers.push(readMark(moment, width, info.height))
  }
  return { numbers, width, height: info.height }
}

const filmstripOf = async (name: string, options: ClipOptions) => {
  const clip = await makeClip(scratch.at(name), options)
  await prober.sprite(clip, `${clip}.sprite.webp`)
  return readFilmstrip(`${clip}.sprite.webp`)
}

/** The frame that stands in the middle of each part, of so many that begin at equal times. */
const middles = (frames: number): number[] =>
  Array.from({ length: SPRITE_FRAMES }, (_, part) => Math.floor(((part + 0.5) / SPRITE_FRAMES) * frames + 1e-6))

it.each([
  ['landscape.mp4', { seconds: 4, width: 640, height: 360 }, [320, 180], 100],
  ['portrait.mp4', { seconds: 4, width: 360, height: 640, audio: true }, [102, 180], 100],
  ['late.mp4', { seconds: 2, late: 10 }, [320, 180], 50],
  ['web.webm', { seconds: 3, codec: 'vp9', container: 'webm' }, [320, 180], 75],
  ['short.mp4', { seconds: 0.2 }, [320, 180], 5],
  ['one.mp4', { seconds: 0.04 }, [320, 180], 1],
] as const)('shows the frame that stands in the middle of each part: %s', async (name, options, size, frames) => {
  const { numbers, width, height } = await filmstripOf(name, options)
  expect([width, height]).toEqual(size)
  expect(numbers).toEqual(middles(frames))
})

it('leaves out what an edit list hides, and stands upright', async () => {
  const hidden = await filmstripOf('hidden.mp4', { seconds: 2, hidden: 5 })
  expect(hidden.numbers).toEqual(middles(50).map((frame) => frame + 5))
  const turned = await filmstripOf('turned.mov', { width: 640, height: 360, rotate: 90, container: 'mov' })
  expect([turned.width, turned.height]).toEqual([102, 180])
})

it('goes by time where the rate varies', async () => {
  // Ten frames in the first half of the clip, one that stands through the second.
  const { numbers } = await filmstripOf('varies.mp4', { fps: 20, ticks: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 19] })
  const times = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 19].map((tick) => tick / 20)
  const moments = momentsOf(times)
  expect(numbers).toEqual(moments.map((moment) => times.findIndex((time) => Math.abs(time - moment) < 1e-6)))
  expect(numbers.filter((number) => number === 9).length).toBeGreaterThanOrEqual(8)
})

it('is small where a clip is small, and never wider than WebP allows', () => {
  expect(momentSize({ width: 64, height: 36 })).toEqual({ width: 64, height: 36 })
  expect(momentSize({ width: 1280, height: 720 })).toEqual({ width: 320, height: 180 })
  const wide = momentSize({ width: 4000, height: 400 })
  expect(wide.width * SPRITE_FRAMES).toBeLessThanOrEqual(16_383)
  expect(wide.width / wide.height).toBeCloseTo(10, 0)
})

it('weighs less than 150 kB for five seconds of moving detail at 720p', async () => {
  const clip = await makeClip(scratch.at('film.mp4'), {
    seconds: 5,
    width: 1280,
    height: 720,
    mark: 'tiles',
    texture: true,
  })
  await prober.sprite(clip, scratch.at('film.webp'))
  expect((await stat(scratch.at('film.webp'))).size).toBeLessThan(150_000)
})

it('refuses a picture in words', async () => {
  await sharp({ create: { width: 8, height: 8, channels: 3, background: '#246' } })
    .png()
    .toFile(scratch.at('still.png'))
  await expect(prober.sprite(scratch.at('still.png'), scratch.at('no.webp'))).rejects.toMatchObject({
    code: 'UNSUPPORTED_MEDIA',
    message: expect.stringContaining('picture'),
  })
})
