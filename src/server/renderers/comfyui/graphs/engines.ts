import type { Model } from '../../../../shared/models/index.ts'
import { berniniEdit } from './bernini.ts'
import type { Engine } from './engine.ts'
import { kleinImageEdit, kleinTextToImage } from './flux-klein.ts'
import { lucyEdit } from './lucy-edit.ts'
import { wan14bImageToVideo, wan14bTextToVideo, wan14bTransition } from './wan-14b.ts'
import { wanPathToVideo } from './wan-ati.ts'
import { wan5bImageToVideo, wan5bTextToVideo } from './wan-5b.ts'

/**
 * What can make a model, the best first; nothing where no graph can. A model that is the quick sibling of another begins
 * with the small engine; a path over a picture is followed by one alone.
 */
export const enginesOf = ({ id, task }: Pick<Model, 'id' | 'task'>): readonly Engine[] => {
  switch (task) {
    case 'text-to-video':
      return [...wan14bTextToVideo, wan5bTextToVideo]
    case 'image-to-video':
      if (id === 'lucy-motion') return [wanPathToVideo]
      if (id === 'lucy-dev-i2v') return [wan5bImageToVideo, ...wan14bImageToVideo]
      return [...wan14bImageToVideo, wan5bImageToVideo]
    case 'transition':
      return wan14bTransition
    case 'video-edit':
      return [...berniniEdit, lucyEdit]
    case 'text-to-image':
      return [kleinTextToImage]
    case 'image-edit':
      return [kleinImageEdit]
    case 'custom':
      return []
  }
}
