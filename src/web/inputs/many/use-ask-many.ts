import type { JobInputs, RendererName } from '../../../shared/job.ts'
import { checkInputs } from '../../../shared/models/check.ts'
import { fieldsOf } from '../../../shared/models/describe.ts'
import type { Model } from '../../../shared/models/index.ts'
import { mintKey } from '../../data/asks.ts'
import { useGenerate } from '../../data/generate.ts'
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
  const generate = useGenerate((error) => useStudio.getState().setProblems({ fields: {}, message: error.message }))
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
    const batch = mintKey()
    const keys = all.map((inputs, index) => {
      const key = mintKey()
      generate({
        key,
        modelId: model.id,
        inputs: wanted ? inputsFor(wanted, model, inputs) : inputs,
        renderer,
        engine: wanted?.engine ?? null,
        batch: { id: batch, position: index + 1, size: all.length, label: files[index]?.filename ?? null },
        startedAt: Date.now(),
        controller: new AbortController(),
      })
      return key
    })
    select(keys[0] ?? null)
    showTab('stage')
  }
}
