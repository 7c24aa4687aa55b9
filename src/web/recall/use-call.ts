import { useQueries } from '@tanstack/react-query'
import { filesOfTakes } from '../data/made-with.ts'
import { fileOptions } from '../data/files.ts'
import { candidatesFor, engineAgain, wantedFrom } from '../data/renderer-choice.ts'
import { useRenderers } from '../data/renderers.ts'
import type { Take } from '../data/take.ts'
import { inputsOf } from '../state/draft.ts'
import { chosenOf, useModel, useStudio } from '../state/studio.ts'
import { type Call, callFor } from './call.ts'

/** What uploads are called, by id; those that are not known yet, or no longer, are left out. */
export const useFileNames = (ids: readonly string[]): Readonly<Record<string, string>> =>
  useQueries({
    queries: ids.map((id) => fileOptions(id)),
    combine: (results) =>
      Object.fromEntries(results.flatMap(({ data }) => (data?.filename ? [[data.id, data.filename]] : []))),
  })

/** The request that made a take, with the seed it really used; or what the form would ask for now. */
export const useCall = (take: Take | null): Call => {
  const renderers = useRenderers()
  const model = useModel()
  const draft = useStudio((state) => state.draft)
  const renderer = useStudio((state) => state.renderers[state.modelId])
  const engine = useStudio((state) => state.engines[state.modelId])
  const inputs = take ? take.inputs : inputsOf(model, draft)
  const names = useFileNames(filesOfTakes([{ inputs }]))
  if (take) return callFor({ ...take, engine: engineAgain(take, renderers) }, names, location.origin)
  const wanted = wantedFrom(candidatesFor(model, renderers), chosenOf(renderer, engine))
  const asked = { modelId: model.id, model, inputs, seed: null }
  return callFor({ ...asked, renderer: wanted?.name ?? null, engine: wanted?.engine ?? null }, names, location.origin)
}
