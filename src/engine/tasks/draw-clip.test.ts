import { afterAll, beforeAll, expect, it } from 'vitest'
import type { RenderOrder } from '../process/messages.ts'
import { openScratch } from '../testing/scratch.ts'
import { drawClip } from './draw-clip.ts'
import { openSource } from './open-source.ts'

let scratch: Awaited<ReturnType<typeof openScratch>>
beforeAll(async () => {
  scratch = await openScratch()
})
afterAll(() => scratch.remove())

const orderOf = (order: Partial<RenderOrder>): RenderOrder => ({
  task: 'text-to-video',
  fps: 2,
  prompt: 'a lake at dawn',
  seed: 3,
  resolution: '480p',
  sources: {},
  output: scratch.at('none.mp4'),
  recipe: '{}',
  explain: false,
  ...order,
})

it('draws in its thread what is drawn in any other, in order', async () => {
  const order = orderOf({})
  const clip = await drawClip({ task: 'text-to-video', order })
  const source = await openSource('text-to-video', order)
  const { width, height } = source
  expect({ ...clip, frames: null }).toEqual({ kind: 'opened', width, height, fps: 2, count: 10, frames: null })
  let index = 0
  for await (const bytes of clip.frames) {
    const alone = source.video?.(index)
    expect(Buffer.compare(bytes, alone ?? new Uint8Array()), `frame ${index}`).toBe(0)
    index++
  }
  expect(index).toBe(10)
})

it('tells why there is nothing to draw', async () => {
  const drawn = drawClip({ task: 'image-to-video', order: orderOf({ task: 'image-to-video' }) })
  await expect(drawn).rejects.toMatchObject({ code: 'INVALID_INPUT', message: 'data is required' })
})
