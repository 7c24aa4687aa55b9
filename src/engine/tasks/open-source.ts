import { MAX_PIXELS, type MediaInfo } from '../../shared/media.ts'
import { fittedSize, generatedSize } from '../../shared/models/size.ts'
import type { FrameSource } from '../frames.ts'
import type { RenderOrder } from '../process/messages.ts'
import type { GenerativeTask } from './drawer-messages.ts'
import { sourceOf } from './source-of.ts'

const areaOf = ({ width, height }: MediaInfo): number => width * height

/** Length of every generated clip, by the Process API. */
export const CLIP_SECONDS = 5

/** Opens what draws an order's frames. It loads only what the task needs, and nothing of FFmpeg. */
export const openSource = async (task: GenerativeTask, order: RenderOrder): Promise<FrameSource> => {
  const { prompt, seed, fps, resolution } = order
  const shared = { prompt, seed, fps, seconds: CLIP_SECONDS }
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
      const { trajectory } = order
      if (trajectory) {
        const [{ moveAlong }, { readPicture }] = await Promise.all([
          import('../motion/along.ts'),
          import('../media/pictures.ts'),
        ])
        const { path, media } = sourceOf(order, 'data')
        const image = await readPicture(path, fittedSize(media, resolution))
        return moveAlong({ image, trajectory, seed, fps, seconds: CLIP_SECONDS })
      }
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
      const to = sourceOf(order, 'end')
      const { readPicture } = await import('../media/pictures.ts')
      const first = readPicture(from.path, size)
      // Some of the largest are decoded whole, and two of these would be more than a child may take.
      if (areaOf(from.media) + areaOf(to.media) > MAX_PIXELS) await first
      // Decoding does not need this thread: both pictures and the code come in at the same time.
      const [{ transitionBetween }, start, end] = await Promise.all([
        import('../transitions/transition.ts'),
        first,
        readPicture(to.path, size),
      ])
      return transitionBetween({ ...shared, start, end })
    }
  }
}

/** Loads the code of every task beforehand. */
export const prepareSources = async (): Promise<void> => {
  await import('../scenes/scene.ts')
  await import('../motion/animate.ts')
  await import('../motion/along.ts')
  await import('../transitions/transition.ts')
  await import('../media/pictures.ts')
  await import('./restyle.ts')
}
