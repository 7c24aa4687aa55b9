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

/** The model that Decart runs where it is asked for a name that it replaced. */
const heirOf = ({ cloud, replacedBy }: Pick<Model, 'cloud' | 'replacedBy'>): string | undefined =>
  cloud && replacedBy ? (findModel(replacedBy)?.title ?? replacedBy) : undefined

/** Who runs a model, in a few words. */
export const modelNote = (model: Pick<Model, 'cloud' | 'replacedBy'>): string => {
  const heir = heirOf(model)
  if (heir !== undefined) return `cloud as ${heir}, local`
  return model.cloud ? 'cloud, local' : 'local'
}

/** The same as a sentence, where there is room for one. */
export const modelSentence = (model: Pick<Model, 'cloud' | 'replacedBy'>): string => {
  const heir = heirOf(model)
  if (heir !== undefined) return `Decart answers to this name with ${heir}; the local engine drafts it.`
  return model.cloud ? 'Decart serves it; the local engine drafts it.' : 'Runs on the local engine.'
}

/** Who will run it: who is wanted, except that the cloud cannot run what it does not serve. */
export const rendererFor = (model: Pick<Model, 'cloud'>, wanted: RendererName): RendererName =>
  wanted === 'decart' && model.cloud ? 'decart' : 'local'
