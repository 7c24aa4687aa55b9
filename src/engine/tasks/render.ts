import type { Moved } from '../frames.ts'
import type { RenderedFacts, RenderOrder } from '../process/messages.ts'
import { BEGUN, type OnProgress } from './breathe.ts'

/** A result, and what a path was found to move in it. */
export type Made = RenderedFacts & { moved?: Moved | undefined }

/**
 * Makes one result: reads the order's sources and writes `order.output`. A child loads only what its task needs, and
 * tells before that it has begun.
 */
export const render = async (order: RenderOrder, onProgress: OnProgress): Promise<Made> => {
  onProgress(BEGUN)
  switch (order.task) {
    case 'video-edit':
      return (await import('./video-edit.ts')).renderVideoEdit(order, onProgress)
    case 'image-edit':
      return (await import('./image-edit.ts')).renderImageEdit(order, onProgress)
    case 'text-to-video':
    case 'text-to-image':
    case 'image-to-video':
    case 'transition':
      return (await import('./generate.ts')).renderGenerated(order.task, order, onProgress)
  }
}
