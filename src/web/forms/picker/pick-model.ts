import { z } from 'zod'
import type { Model, Task } from '../../../shared/models/index.ts'
import { findModel, useModels } from '../../data/models.ts'
import { modelOf, useStudio } from '../../state/studio.ts'
import { stored } from '../../state/stored.ts'
import { replaceForm } from '../../state/undo.ts'
import { leftWords, moveTo } from './left-behind.ts'

/** Task → the model that was chosen for it last. */
const chosen = stored<Readonly<Record<string, string>>>('rushes.tasks', z.record(z.string(), z.string()), {})

/** Keeps the model as the one for its task. */
export const rememberModel = ({ id, task }: Pick<Model, 'id' | 'task'>): void => {
  const before = chosen.read()
  if (before[task] !== id) chosen.write({ ...before, [task]: id })
}

/** Changes to a model. What goes with it stays, and what does not is said and can be had back. */
export const pickModel = (id: string): void => {
  const { modelId, draft, chooseModel, setValue } = useStudio.getState()
  const to = findModel(id)
  if (!to || id === modelId) return
  const { carried, left } = moveTo(draft, modelOf(modelId), to)
  const change = () => {
    chooseModel(id)
    for (const [slot, file] of carried) setValue(slot, file)
  }
  if (left.length === 0) change()
  else replaceForm(leftWords(left), change)
}

/** Changes to a task, to the model that was chosen for it last. */
export const pickTask = (task: Task): void => {
  const models = useModels.getState().list.filter((model) => model.task === task)
  const model = models.find(({ id }) => id === chosen.read()[task]) ?? models[0]
  if (model && modelOf(useStudio.getState().modelId).task !== task) pickModel(model.id)
}
