import type { QueryClient } from '@tanstack/react-query'
import type { JobInputs } from '../../shared/job.ts'
import type { FileResource } from '../../shared/media.ts'
import { fieldsOf, mediaFieldsOf } from '../../shared/models/describe.ts'
import type { Model } from '../../shared/models/index.ts'
import { fileOptions } from '../data/files.ts'
import { findModel } from '../data/models.ts'
import { draftFrom } from './draft.ts'
import { useStudio } from './studio.ts'
import { replaceForm } from './undo.ts'

/** What a take was made from. */
export type Settings = { modelId: string; inputs: JobInputs; seed: number | null }

/** The files that inputs name, as far as they are on the server, and the fields whose file is not. */
export const filesOf = async (
  model: Model,
  inputs: JobInputs,
  queryClient: QueryClient,
): Promise<{ files: Record<string, FileResource>; gone: string[] }> => {
  const files: Record<string, FileResource> = {}
  const gone: string[] = []
  for (const name of mediaFieldsOf(model).keys()) {
    const id = inputs[name]
    if (typeof id !== 'string') continue
    try {
      files[id] = await queryClient.fetchQuery(fileOptions(id))
    } catch {
      // Said at the field: the rest of the settings is still worth having.
      gone.push(name)
    }
  }
  return { files, gone }
}

/** The titles of what the model has no field for. */
export const unknownInputs = (model: Model, inputs: JobInputs): string[] => {
  const known = new Set(fieldsOf(model).map(({ name }) => name))
  return Object.keys(inputs).filter((name) => !known.has(name))
}

/** Fills the form with what a take was made from, the seed it really used included. `said` is the sentence for it. */
export const restoreSettings = async (
  { modelId, inputs, seed }: Settings,
  said: string,
  queryClient: QueryClient,
): Promise<void> => {
  const { fill, setProblems, showTab } = useStudio.getState()
  const model = findModel(modelId)
  if (!model) {
    setProblems({ fields: {}, message: `This studio does not know the model ${modelId}.` })
    showTab('make')
    return
  }
  const { files, gone } = await filesOf(model, inputs, queryClient)
  replaceForm(said, () => fill(model, draftFrom(model, inputs, seed, files)))
  showTab('make')
  if (gone.length > 0)
    setProblems({
      fields: Object.fromEntries(gone.map((name) => [name, 'is no longer on the server: add it again'])),
      message: null,
    })
}
