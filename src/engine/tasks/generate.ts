import type { RenderOrder } from '../process/messages.ts'
import { BEGUN, breathe, type OnProgress } from './breathe.ts'
import { drawClip } from './draw-clip.ts'
import type { GenerativeTask } from './drawer-messages.ts'
import type { Made } from './render.ts'

const writeClip = async (
  drawn: ReturnType<typeof drawClip>,
  order: RenderOrder,
  onProgress: OnProgress,
): Promise<Made> => {
  // The thread loads and paints while the encoder's library loads here.
  const [clip, { openWriter }] = await Promise.all([drawn, import('../media/clip-writer.ts')])
  const { width, height, fps, count, moved } = clip
  const rate = { num: Math.round(fps * 1000), den: 1000 }
  const writer = openWriter({ path: order.output, width, height, rate, comment: order.recipe })
  for await (const bytes of clip.frames) {
    writer.writeVideo(bytes)
    onProgress(BEGUN + (writer.frames() / count) * (1 - BEGUN))
    await breathe()
  }
  writer.finish()
  return { mime_type: 'video/mp4', width, height, duration: count / fps, fps, moved }
}

const writePicture = async (drawn: ReturnType<typeof drawClip>, order: RenderOrder): Promise<Made> => {
  const [{ width, height, frames }, { writePng }] = await Promise.all([drawn, import('../media/pictures.ts')])
  for await (const data of frames) await writePng({ width, height, data }, order.output, order.recipe)
  return { mime_type: 'image/png', width, height, duration: null, fps: null }
}

/** Renders what words or pictures are turned into: a clip of five seconds, or one picture. */
export const renderGenerated = async (
  task: GenerativeTask,
  order: RenderOrder,
  onProgress: OnProgress,
): Promise<Made> => {
  const drawn = drawClip({ task, order })
  const facts = await (task === 'text-to-image' ? writePicture(drawn, order) : writeClip(drawn, order, onProgress))
  onProgress(1)
  return facts
}
