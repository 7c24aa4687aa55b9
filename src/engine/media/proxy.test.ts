import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createProber, type Prober } from '../prober.ts'
import { inspectClip, makeClip } from '../testing/clips.ts'
import { readMark } from '../testing/mark.ts'
import type { ClipOptions } from '../testing/messages.ts'
import { openScratch } from '../testing/scratch.ts'
import { numbers } from '../testing/timelines.ts'

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

/** A clip's proxy, and the numbers that its first `frames` carry; timeline.test.ts tries their times. */
const proxyOf = async (name: string, options: ClipOptions, frames: number) => {
  const clip = await makeClip(scratch.at(name), options)
  const proxy = `${clip}.proxy`
  await prober.proxy(clip, proxy)
  const facts = await inspectClip(proxy, numbers(0, frames))
  const read = numbers(0, frames).map((index) =>
    readMark(facts.pixels[index] ?? new Uint8Array(), facts.width, facts.height),
  )
  return { ...facts, read }
}

it('is small, has a keyframe every twelve frames at least and no sound, whatever its clip has', async () => {
  const options = { seconds: 3, width: 1280, height: 720, keyframes: 250, audio: true }
  const proxy = await proxyOf('large.mp4', options, 75)
  expect([proxy.width, proxy.height, proxy.audio, proxy.color.space]).toEqual([640, 360, null, 1])
  expect(proxy.read).toEqual(numbers(0, 75))
  expect(proxy.keyframes).toEqual([0, 12, 24, 36, 48, 60, 72])
})

it('lies as its clip is coded, which a player turns', async () => {
  const { width, height, read } = await proxyOf('turned.mp4', { width: 960, height: 540, rotate: 90, seconds: 0.2 }, 5)
  expect([width, height]).toEqual([640, 360])
  expect(read).toEqual([0, 1, 2, 3, 4])
})

it('is no larger than a small clip', async () => {
  const options = { codec: 'vp9', container: 'webm', width: 160, height: 90, seconds: 0.4 } as const
  const { width, height } = await proxyOf('small.webm', options, 1)
  expect([width, height]).toEqual([160, 90])
})

it('is refused of what is damaged, and leaves nothing behind', async () => {
  const [path, output] = [scratch.at('damaged.mp4'), scratch.at('damaged.proxy')]
  await writeFile(path, 'no clip at all')
  await expect(prober.proxy(path, output)).rejects.toMatchObject({ code: 'UNSUPPORTED_MEDIA' })
  expect(existsSync(output)).toBe(false)
})
