import type { RendererName } from '../../shared/job.ts'
import { checkInputs } from '../../shared/models/check.ts'
import { fieldsOf } from '../../shared/models/describe.ts'
import { keyFor } from '../data/asks.ts'
import { useGenerate } from '../data/generate.ts'
import { candidatesFor, wantedFrom } from '../data/renderer-choice.ts'
import { useKnownRenderers } from '../data/renderers.ts'
import { isOnItsWay, useUploads } from '../data/uploads.ts'
import { showRenderers } from '../state/dialogs.ts'
import { inputsOf, slotOf } from '../state/draft.ts'
import { chosenOf, modelOf, useStudio } from '../state/studio.ts'
import { inputsFor } from './made-choices.ts'
import { withoutName } from './problem-words.ts'

/** Puts the focus where the first complaint is, once the form shows it. */
const focusFirstProblem = () =>
  requestAnimationFrame(() => document.querySelector<HTMLElement>('form [aria-invalid="true"]')?.focus())

/**
 * Asks for a take of what stands in the form, after checking it with the model's own schema: of the renderer that is
 * wanted for the model, or of another for this once.
 */
export const useAsk = (): ((renderer?: RendererName) => void) => {
  const knownRenderers = useKnownRenderers()
  const generate = useGenerate((error, ask) => {
    const { modelId, setProblems, showTab } = useStudio.getState()
    const model = modelOf(modelId)
    const known = new Set(model.id === ask.modelId ? fieldsOf(model).map(({ name }) => name) : [])
    const fields = Object.fromEntries(
      Object.entries(error.fields ?? {})
        .filter(([name]) => known.has(name))
        .map(([name, text]) => [name, withoutName(name, text)]),
    )
    // What no field of the form is to blame for stands above the button.
    setProblems({ fields, message: Object.keys(fields).length > 0 ? null : error.message })
    showTab('make')
    focusFirstProblem()
  })
  return (once) => {
    const { modelId, draft, renderers, engines, setProblems, select, showTab } = useStudio.getState()
    const model = modelOf(modelId)
    const uploads = useUploads.getState().bySlot
    if (fieldsOf(model).some((field) => isOnItsWay(uploads[slotOf(field)]))) {
      setProblems({ fields: {}, message: 'A file is still being uploaded.' })
      return
    }
    const inputs = inputsOf(model, draft)
    const checked = checkInputs(model, inputs)
    if (!checked.ok) {
      setProblems({ fields: checked.fields, message: null })
      focusFirstProblem()
      return
    }
    const chosen = chosenOf(renderers[model.id], engines[model.id])
    const wanted = wantedFrom(candidatesFor(model, knownRenderers()), chosen)
    const renderer = once ?? wanted?.name
    if (renderer === undefined) {
      // The form says so already: this is where it can be mended.
      showRenderers()
      return
    }
    setProblems({ fields: {}, message: null })
    const asked =
      once === undefined && wanted
        ? { modelId: model.id, inputs: inputsFor(wanted, model, inputs), renderer, engine: wanted.engine, batch: null }
        : { modelId: model.id, inputs, renderer, engine: null, batch: null }
    const key = keyFor(asked)
    if (!generate({ ...asked, key, startedAt: Date.now(), controller: new AbortController() })) return
    select(key)
    showTab('stage')
  }
}
