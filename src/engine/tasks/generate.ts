import type { RenderedFacts, RenderOrder } from '../messages.ts'
import { breathe, type OnProgress } from './breathe.ts'
import type { GenerativeTask } from './open-source.ts'

/** What loading the code and painting what stands still is of the whole, until the first frame is told. */
const BEGUN = 0.01

const writeClip = async (
  task: Exclude<GenerativeTask, 'text-to-image'>,
  order: RenderOrder,
  onProgress: OnProgress,
): Promise<RenderedFacts> => {
  onProgress(BEGUN)
  const { drawClip } = await import('./draw-clip.ts')
  // The thread loads and paints while the encoder's library loads here.
  const [clip, { openWriter }] = await Promise.all([drawClip({ task, order }), import('../media/clip-writer.ts')])
  const { width, height, fps, count } = clip
  const rate = { num: Math.round(fps * 1000), den: 1000 }
  const writer = openWriter({ path: order.output, width, height, rate, comment: order.recipe })
  for await (const bytes of clip.frames) {
    writer.writeVideo(bytes)
    onProgress(BEGUN + (writer.frames() / count) * (1 - BEGUN))
    await breathe()
  }
  writer.finish()
  return { mime_type: 'video/mp4', width, height, duration: count / fps, fps }
}

/** Renders what words or pictures are turned into: a clip of five seconds, or one picture. */
export const renderGenerated = async (
  task: GenerativeTask,
  order: RenderOrder,
  onProgress: OnProgress,
): Promise<RenderedFacts> => {
  if (task !== 'text-to-image') return writeClip(task, order, onProgress)
  const [{ openSource }, { writePng }] = await Promise.all([import('./open-source.ts'), import('../media/pictures.ts')])
  const source = await openSource(task, order)
  const { width, height } = source
  await writePng({ width, height, data: source.draw(0) }, order.output, order.recipe)
  onProgress(1)
  return { mime_type: 'image/png', width, height, duration: null, fps: null }
}
