import type { RendererName } from '../../shared/job.ts'
import { type AnyModel, findModel, type Model, registry, type Task, TASKS } from '../../shared/models/index.ts'

export const TASK_TITLES: Record<Task, string> = {
  'text-to-video': 'Text to video',
  'image-to-video': 'Image to video',
  'video-edit': 'Edit video',
  transition: 'Transition',
  'text-to-image': 'Text to image',
  'image-edit': 'Edit image',
}

/** Models by task, in the order of the registry. */
export const modelsByTask = (): { task: Task; models: AnyModel[] }[] =>
  TASKS.map((task) => ({ task, models: registry.filter((model) => model.task === task) }))

/** Who runs a model, in two words. `replacedBy` is the model that Decart answers with in its place. */
export const modelNote = (model: Pick<Model, 'cloud' | 'replacedBy'>): string =>
  model.replacedBy ? 'retired' : model.cloud ? 'cloud, local' : 'local'

/** The same as a sentence, where there is room for one. */
export const modelSentence = (model: Pick<Model, 'cloud' | 'replacedBy'>): string => {
  if (model.replacedBy) {
    const heir = findModel(model.replacedBy)?.title ?? model.replacedBy
    return `Retired: Decart answers with ${heir} in its place.`
  }
  return model.cloud
    ? 'Decart serves it; the local engine drafts it.'
    : 'Decart serves it no more; the local engine runs it.'
}

/** Who will run it: who is wanted, except that the cloud cannot run what it does not serve. */
export const rendererFor = (model: Pick<Model, 'cloud'>, wanted: RendererName): RendererName =>
  wanted === 'decart' && model.cloud ? 'decart' : 'local'
