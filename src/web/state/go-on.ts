import type { QueryClient } from '@tanstack/react-query'
import type { FileResource } from '../../shared/media.ts'
import { mediaFieldsOf } from '../../shared/models/describe.ts'
import type { MediaKind } from '../../shared/models/file-input.ts'
import type { Model } from '../../shared/models/index.ts'
import { fileOptions } from '../data/files.ts'
import { findModel, useModels } from '../data/models.ts'
import type { Take } from '../data/take.ts'
import { takeAsFile } from '../data/take-as-file.ts'
import { draftFrom, mainSlotFor } from './draft.ts'
import { useStudio } from './studio.ts'

const refuse = (message: string) => {
  const { setProblems, showTab } = useStudio.getState()
  setProblems({ fields: {}, message })
  showTab('make')
}

const GOES_ON_AS = { image: 'image-to-video', video: 'video-edit' } as const

/** The chosen model where it works on such media, else the first that does. */
const placeFor = (kind: MediaKind): { model: Model; slot: string } | undefined => {
  const { modelId, draft } = useStudio.getState()
  const others = useModels.getState().list.filter(({ task }) => task === GOES_ON_AS[kind])
  for (const model of [findModel(modelId), ...others]) {
    const slot = model && mainSlotFor(model, draft, kind)
    if (model && slot !== undefined) return { model, slot }
  }
  return undefined
}

/** Puts a take into the form as its input, changing to a model that takes one where needed. */
export const takeToInput = async ({ jobId, state }: Take): Promise<void> => {
  if (state.name !== 'done' || jobId === null) return
  const place = placeFor(state.output.duration === null ? 'image' : 'video')
  if (!place) return refuse('No model here takes this as its input.')
  try {
    const file = await takeAsFile(jobId)
    const { modelId, chooseModel, setValue, showTab } = useStudio.getState()
    if (place.model.id !== modelId) chooseModel(place.model.id)
    setValue(place.slot, file)
    showTab('make')
  } catch (error) {
    refuse(
      `${state.output.filename} could not become an input. ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}

/** The files that a take's inputs name, and the fields whose file is no longer there. */
const filesOf = async ({ model, inputs }: Take, queryClient: QueryClient) => {
  const files: Record<string, FileResource> = {}
  const gone: string[] = []
  for (const name of model ? mediaFieldsOf(model).keys() : []) {
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

/** Fills the form with what a take was made from, but for its seed: what is made next is a variation of it. */
export const vary = async (take: Take, queryClient: QueryClient): Promise<void> => {
  const { model } = take
  if (!model) return refuse(`This studio does not know the model ${take.modelId}.`)
  const { files, gone } = await filesOf(take, queryClient)
  const { seed: _, ...inputs } = take.inputs
  const { fill, setProblems } = useStudio.getState()
  fill(model, draftFrom(model, inputs, null, files))
  if (gone.length === 0) return
  const fields = Object.fromEntries(gone.map((name) => [name, 'is no longer on the server: add it again']))
  setProblems({ fields, message: null })
}
