import type { JobInputs, RendererName } from '../../../shared/job.ts'
import { checkInputs } from '../../../shared/models/check.ts'
import { fieldsOf } from '../../../shared/models/describe.ts'
import type { Model } from '../../../shared/models/index.ts'
import { useGenerateBatch } from '../../data/generate-batch.ts'
import { type Candidate, candidatesFor, wantedFrom } from '../../data/renderer-choice.ts'
import { useKnownRenderers } from '../../data/renderers.ts'
import { inputsOf, setSlot, slotOf } from '../../state/draft.ts'
import { chosenOf, modelOf, useStudio } from '../../state/studio.ts'
import { filesHere, useMany } from './many.ts'

/** The inputs as the renderer that is wanted makes them. */
type InputsFor = (wanted: Candidate, model: Model, inputs: JobInputs) => JobInputs

/**
 * Asks for a take of each of the files that a field was given, as one batch; where it was given one, or the form is not
 * complete, `ask` does what it does.
 */
export const useAskMany = (
  ask: (renderer?: RendererName) => void,
  inputsFor: InputsFor,
): ((renderer?: RendererName) => void) => {
  const knownRenderers = useKnownRenderers()
  const generate = useGenerateBatch((error) => useStudio.getState().setProblems({ fields: {}, message: error.message }))
  return (once) => {
    const { many } = useMany.getState()
    const { modelId, draft, renderers, engines, setProblems, select, showTab } = useStudio.getState()
    const model = modelOf(modelId)
    if (!many || !fieldsOf(model).some((field) => slotOf(field) === many.slot)) return ask(once)
    const sending = many.files.filter(({ state }) => state === 'sending').length
    if (sending > 0) {
      const message = `${sending} of ${many.files.length} files are still being uploaded.`
      return setProblems({ fields: {}, message })
    }
    const files = filesHere(many.files)
    const candidates = candidatesFor(model, knownRenderers())
    const wanted = once === undefined ? wantedFrom(candidates, chosenOf(renderers[model.id], engines[model.id])) : null
    const renderer = once ?? wanted?.name
    const all = files.map((file) => inputsOf(model, setSlot(draft, many.slot, file)))
    // The form says what is wrong, where it is.
    if (files.length < 2 || renderer === undefined || !all.every((inputs) => checkInputs(model, inputs).ok))
      return ask(once)
    setProblems({ fields: {}, message: null })
    const parts = all.map((inputs, index) => ({
      inputs: wanted ? inputsFor(wanted, model, inputs) : inputs,
      label: files[index]?.filename ?? null,
    }))
    const keys = generate(parts, { modelId: model.id, renderer, engine: wanted?.engine ?? null })
    // Just these are still on their way.
    if (keys === null) return
    select(keys[0] ?? null)
    showTab('stage')
  }
}
