import { type Model, type Task, TASKS } from '../../shared/models/index.ts'
import { type Candidate, isReady } from '../data/renderer-choice.ts'
import { rendererTitle } from '../data/renderer-titles.ts'
import { findModel } from '../data/models.ts'

export const TASK_TITLES: Record<Task, string> = {
  'text-to-video': 'Text to clip',
  'image-to-video': 'Picture to clip',
  'video-edit': 'Edit clip',
  transition: 'First to last',
  'text-to-image': 'Picture',
  'image-edit': 'Edit picture',
  custom: 'Other',
}

/** Models by task, in the order of the list; tasks without a model are left out. */
export const modelsByTask = (list: readonly Model[]): { task: Task; models: Model[] }[] =>
  TASKS.map((task) => ({ task, models: list.filter((model) => model.task === task) })).filter(
    ({ models }) => models.length > 0,
  )

/** The model that Decart runs where it is asked for a name that it replaced. */
const heirOf = ({ cloud, replacedBy }: Pick<Model, 'cloud' | 'replacedBy'>): string | undefined =>
  cloud && replacedBy ? (findModel(replacedBy)?.title ?? replacedBy) : undefined

/** Who else than the local engine would make it now: ` · Decart, ComfyUI`; empty where nobody would. */
export const modelNote = (candidates: readonly Candidate[]): string => {
  const others = candidates.filter((each) => each.name !== 'local' && each.engine === null && isReady(each))
  const names = others.map(({ name }) => rendererTitle(name))
  if (names.length > 0) return ` · ${names.join(', ')}`
  return candidates.some(({ name }) => name === 'local') ? '' : ' · not connected'
}

/** `October 2026` from `2026-10` or `2026-10-31`. */
const monthOf = (date: string): string =>
  new Date(date).toLocaleDateString('en', { month: 'long', year: 'numeric', timeZone: 'UTC' })

/**
 * What Decart makes of a name that is not, or no longer, a model of its own, as a sentence; empty where there is nothing
 * to say. `gone` is since when it does not serve it, where that is known.
 */
export const decartSentence = (model: Pick<Model, 'cloud' | 'replacedBy'>, gone: string | undefined): string => {
  const heir = heirOf(model)
  if (heir !== undefined) return `Decart answers to this name with ${heir}.`
  return gone === undefined ? '' : `Decart has not served it since ${monthOf(gone)}.`
}
