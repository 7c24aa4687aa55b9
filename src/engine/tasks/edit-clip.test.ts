import { expect, it } from 'vitest'
import { PLAIN } from '../../shared/media.ts'
import { narrowed, widened } from '../kernels/planes-range.ts'
import type { RenderOrder } from '../process/messages.ts'
import { createStyle } from '../styles/create-style.ts'
import { drawStill, toClipPlanes } from '../testing/stills.ts'
import { startEditor } from './edit-clip.ts'

const size = { width: 96, height: 54 }
const orderOf = (order: Partial<RenderOrder>): RenderOrder => ({
  task: 'video-edit',
  fps: 25,
  prompt: 'an oil painting',
  seed: 3,
  sources: {},
  output: 'none.mp4',
  recipe: '{}',
  explain: false,
  ...order,
})
const still = () => narrowed(toClipPlanes(drawStill(size.width, size.height)))

it('styles in its thread as any other would, in order, and again what did not change', async () => {
  const order = orderOf({})
  const editor = startEditor({ order, ...size })
  editor.give({ video: still(), time: 0, index: 0 })
  editor.give({ video: undefined, time: 0.04, index: 1 })
  const style = createStyle({ ...order, ...size })
  for (const index of [0, 1]) {
    const alone = narrowed(style.apply(widened(size.width, size.height, still()), index * 0.04, index))
    expect(Buffer.compare(await editor.take(), alone), `frame ${index}`).toBe(0)
  }
})

it('tells why it cannot style', async () => {
  const media = { kind: 'image', mime_type: 'image/png', codec: 'png', fps: null, duration: null } as const
  const reference_image = { path: 'none.png', media: { ...media, width: 2, height: 2, has_audio: false, ...PLAIN } }
  const editor = startEditor({ order: orderOf({ sources: { reference_image } }), ...size })
  editor.give({ video: still(), time: 0, index: 0 })
  await expect(editor.take()).rejects.toThrow('This picture is damaged')
})
