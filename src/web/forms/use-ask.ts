import { checkInputs } from '../../shared/models/check.ts'
import { fieldsOf } from '../../shared/models/describe.ts'
import { findModel } from '../../shared/models/index.ts'
import { mintKey } from '../data/asks.ts'
import { useGenerate } from '../data/generate.ts'
import { useHealth, wantedRenderer } from '../data/health.ts'
import { useUploads } from '../data/uploads.ts'
import { inputsOf, slotOf } from '../state/draft.ts'
import { useStudio } from '../state/studio.ts'
import { rendererFor } from './model-words.ts'
import { withoutName } from './problem-words.ts'

/** Puts the focus where the first complaint is, once the form shows it. */
const focusFirstProblem = () =>
  requestAnimationFrame(() => document.querySelector<HTMLElement>('form [aria-invalid="true"]')?.focus())

/** Asks for a take of what stands in the form, after checking it with the model's own schema. */
export const useAsk = (): (() => void) => {
  const health = useHealth()
  const generate = useGenerate((error, ask) => {
    const { modelId, setProblems, showTab } = useStudio.getState()
    const model = findModel(modelId)
    const known = new Set(model && model.id === ask.modelId ? fieldsOf(model).map(({ name }) => name) : [])
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
  return () => {
    const { modelId, draft, renderer, setProblems, select, showTab } = useStudio.getState()
    const model = findModel(modelId)
    if (!model) return
    const uploads = useUploads.getState().bySlot
    if (fieldsOf(model).some((field) => uploads[slotOf(field)]?.state === 'uploading')) {
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
    setProblems({ fields: {}, message: null })
    const key = mintKey()
    select(key)
    showTab('stage')
    generate.mutate({
      key,
      modelId: model.id,
      inputs,
      renderer: rendererFor(model, wantedRenderer(health, renderer)),
      startedAt: Date.now(),
      controller: new AbortController(),
    })
  }
}
