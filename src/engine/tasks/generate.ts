import { fittedSize, generatedSize } from '../../shared/models/size.ts'
import type { FrameSource } from '../frames.ts'
import { openWriter } from '../media/clip-writer.ts'
import { readPicture, writePng } from '../media/pictures.ts'
import type { RenderedFacts, RenderOrder } from '../messages.ts'
import { breathe, type OnProgress } from './breathe.ts'
import { sourceOf } from './source-of.ts'

/** Length of every generated clip, by the Process API. */
const SECONDS = 5

export type GenerativeTask = 'text-to-video' | 'text-to-image' | 'image-to-video' | 'transition'

const open = async (task: GenerativeTask, order: RenderOrder): Promise<FrameSource> => {
  const { prompt, seed, fps, resolution } = order
  const shared = { prompt, seed, fps, seconds: SECONDS }
  switch (task) {
    case 'text-to-video': {
      const { drawScene } = await import('../scenes/scene.ts')
      return drawScene({ ...shared, ...generatedSize(resolution, order.orientation) })
    }
    case 'text-to-image': {
      const { drawScene } = await import('../scenes/scene.ts')
      return drawScene({ prompt, seed, fps: 1, seconds: 0, ...generatedSize(resolution, order.orientation) })
    }
    case 'image-to-video': {
      const { animateImage } = await import('../motion/animate.ts')
      const { path, media } = sourceOf(order, 'data')
      return animateImage({ ...shared, image: await readPicture(path, fittedSize(media, resolution)) })
    }
    case 'transition': {
      const from = sourceOf(order, 'start')
      const size = fittedSize(from.media, resolution)
      // Decoding does not need this thread: both pictures and the code come in at the same time.
      const [{ transitionBetween }, start, end] = await Promise.all([
        import('../transitions/transition.ts'),
        readPicture(from.path, size),
        readPicture(sourceOf(order, 'end').path, size),
      ])
      return transitionBetween({ ...shared, start, end })
    }
  }
}

const writeClip = async (source: FrameSource, order: RenderOrder, onProgress: OnProgress): Promise<RenderedFacts> => {
  const { width, height, fps, count } = source
  const rate = { num: Math.round(fps * 1000), den: 1000 }
  const writer = openWriter({ path: order.output, width, height, rate, comment: order.recipe })
  for (let index = 0; index < count; index++) {
    writer.writePixels(source.draw(index))
    onProgress((index + 1) / count)
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
  const source = await open(task, order)
  if (task !== 'text-to-image') return writeClip(source, order, onProgress)
  const { width, height } = source
  await writePng({ width, height, data: source.draw(0) }, order.output, order.recipe)
  onProgress(1)
  return { mime_type: 'image/png', width, height, duration: null, fps: null }
}
