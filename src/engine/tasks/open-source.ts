import { fittedSize, generatedSize } from '../../shared/models/size.ts'
import type { FrameSource } from '../frames.ts'
import type { RenderOrder } from '../messages.ts'
import type { GenerativeTask } from './drawer-messages.ts'
import { sourceOf } from './source-of.ts'

/** Length of every generated clip, by the Process API. */
const SECONDS = 5

/** Opens what draws an order's frames. It loads only what the task needs, and nothing of FFmpeg. */
export const openSource = async (task: GenerativeTask, order: RenderOrder): Promise<FrameSource> => {
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
      const [{ animateImage }, { readPicture }] = await Promise.all([
        import('../motion/animate.ts'),
        import('../media/pictures.ts'),
      ])
      const { path, media } = sourceOf(order, 'data')
      return animateImage({ ...shared, image: await readPicture(path, fittedSize(media, resolution)) })
    }
    case 'transition': {
      const from = sourceOf(order, 'start')
      const size = fittedSize(from.media, resolution)
      const { readPicture } = await import('../media/pictures.ts')
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

/** Loads the code of every task beforehand. */
export const prepareSources = async (): Promise<void> => {
  await import('../scenes/scene.ts')
  await import('../motion/animate.ts')
  await import('../transitions/transition.ts')
  await import('../media/pictures.ts')
  await import('./restyle.ts')
}
