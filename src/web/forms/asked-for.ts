import { MAX_EDIT_SECONDS } from '../../shared/media.ts'
import { RESOLUTIONS } from '../../shared/models/fields.ts'
import type { Model } from '../../shared/models/index.ts'
import type { Asked } from '../data/renderer-words.ts'
import { type Draft, isFile } from '../state/draft.ts'

/** What of the form decides the price: the resolution, and of an edit the length of its clip, in seconds. */
export const askedFor = (model: Pick<Model, 'task'>, draft: Draft): Asked => {
  const source = draft['data:video']
  const length = isFile(source) ? source.media.duration : null
  return {
    resolution: RESOLUTIONS.find((each) => each === draft['resolution']),
    seconds: model.task === 'video-edit' && length !== null ? Math.min(MAX_EDIT_SECONDS, length) : undefined,
  }
}
