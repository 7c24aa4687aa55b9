import { z } from 'zod'
import { type Model, type Task, TASKS } from '../../shared/models/index.ts'
import { findModel, useModels } from '../data/models.ts'
import { isReady } from '../data/renderer-choice.ts'
import { useStudio } from './studio.ts'
import { wantedNow } from './wanted.ts'

const NAME = 'rushes.last-models'

type LastModels = Partial<Record<Task, string>>
const lastModelsSchema = z.partialRecord(z.enum(TASKS), z.string())

const read = (): LastModels => {
  try {
    return lastModelsSchema.safeParse(JSON.parse(localStorage.getItem(NAME) ?? '{}')).data ?? {}
  } catch {
    return {}
  }
}

/** Keeps which model was chosen last for each task, from now on. Returns the undoing. */
export const followLastModels = (): (() => void) => {
  const note = (modelId: string) => {
    const model = findModel(modelId)
    if (!model) return
    try {
      localStorage.setItem(NAME, JSON.stringify({ ...read(), [model.task]: modelId }))
    } catch {
      // Storage is switched off or full: the first that runs is chosen.
    }
  }
  note(useStudio.getState().modelId)
  return useStudio.subscribe(({ modelId }, before) => modelId !== before.modelId && note(modelId))
}

const willRun = (model: Model): boolean => {
  const wanted = wantedNow(model)
  return wanted !== undefined && isReady(wanted)
}

/** The model for a task: the chosen one where it does it, else the one last used for it, else the first that will run. */
export const modelForTask = (task: Task): Model | undefined => {
  const chosen = findModel(useStudio.getState().modelId)
  if (chosen?.task === task) return chosen
  const models = useModels.getState().list.filter((model) => model.task === task)
  const last = read()[task]
  return models.find(({ id }) => id === last) ?? models.find(willRun) ?? models[0]
}
