import { useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import type { DecartSDKError } from '../../client/index.ts'
import type { JobInputs, RendererName } from '../../shared/job.ts'
import type { FileResource } from '../../shared/media.ts'
import { checkInputs } from '../../shared/models/check.ts'
import { fieldsOf } from '../../shared/models/describe.ts'
import type { Model } from '../../shared/models/index.ts'
import { useGenerateBatch } from '../data/generate-batch.ts'
import { idsOf } from '../data/job-pages.ts'
import { jobsById } from '../data/job-store.ts'
import { jobsOptions } from '../data/jobs.ts'
import { loadParts } from '../data/load-parts.ts'
import { candidatesFor, wantedFrom } from '../data/renderer-choice.ts'
import { useKnownRenderers } from '../data/renderers.ts'
import { isOnItsWay, useUploads } from '../data/uploads.ts'
import { closeComparison, showNotLoaded, useComparison } from '../state/comparison.ts'
import { showRenderers } from '../state/dialogs.ts'
import { type Draft, inputsOf, setSlot, slotOf } from '../state/draft.ts'
import { filesHere, type Many, manyFor, useMany } from '../state/many.ts'
import { dismissUndo } from '../state/undo.ts'
import { chosenOf, modelOf, type Problems, useStudio } from '../state/studio.ts'
import { inputsFor } from './made-choices.ts'
import { type Plan, planBatch, planFiles } from './plan-batch.ts'
import { withoutName } from './problem-words.ts'
import { rememberPrompt } from './prompt/history.ts'
import { repeatsOf, useRepeat } from './repeat.ts'

/** Puts the focus where the first complaint is, once the form shows it. */
const focusFirstProblem = () =>
  requestAnimationFrame(() => document.querySelector<HTMLElement>('form [aria-invalid="true"]')?.focus())

/** Why what was planned cannot be asked for; null where it can. */
const problemsOf = (model: Model, inputs: JobInputs, plan: Plan): Problems | null => {
  if (!plan.ok) {
    const rest = checkInputs(model, inputs)
    return { fields: { ...(rest.ok ? {} : rest.fields), ...plan.fields }, message: plan.message }
  }
  for (const each of plan.parts) {
    const checked = checkInputs(model, each.inputs)
    if (!checked.ok) return { fields: checked.fields, message: null }
  }
  return null
}

/** What is still on its way, as a sentence; null where all is here. */
const sendingWords = (model: Model, many: Many | null): string | null => {
  const uploads = useUploads.getState().bySlot
  if (fieldsOf(model).some((field) => isOnItsWay(uploads[slotOf(field)]))) return 'A file is still being uploaded.'
  const sending = many?.files.filter(({ state }) => state === 'sending').length ?? 0
  return sending > 0 ? `${sending} of ${many?.files.length} files are still being uploaded.` : null
}

/** The fields whose file waits for being wanted before it is sent. */
const heldSlots = (model: Model): string[] => {
  const uploads = useUploads.getState().bySlot
  return fieldsOf(model)
    .map(slotOf)
    .filter((slot) => uploads[slot]?.state === 'held')
}

/** What the form asks for: of each of several files, or of its one. */
const planOf = (model: Model, draft: Draft, takes: number, many: Many | null): Plan => {
  const files = filesHere(many?.files ?? [])
  if (!many || files.length < 2) return planBatch(model, inputsOf(model, draft), takes)
  const each = (file: FileResource) => ({
    inputs: inputsOf(model, setSlot(draft, many.slot, file)),
    name: file.filename,
  })
  return planFiles(model, files.map(each), takes)
}

/** Shows why a submission was refused: at its fields, or above the button. */
const showRefusal = (error: DecartSDKError, askedOf: string): void => {
  const { modelId, setProblems, showTab } = useStudio.getState()
  const model = modelOf(modelId)
  const known = new Set(model.id === askedOf ? fieldsOf(model).map(({ name }) => name) : [])
  const fields = Object.fromEntries(
    Object.entries(error.fields ?? {})
      .filter(([name]) => known.has(name))
      .map(([name, text]) => [name, withoutName(name, text)]),
  )
  setProblems({ fields, message: Object.keys(fields).length > 0 ? null : error.message })
  showTab('make')
  focusFirstProblem()
}

/** Shows what was asked for, or that it is on its way where the stage has something else. */
const lookAtAsked = (keys: readonly string[]): void => {
  dismissUndo()
  // Where the best was chosen the comparison is over; another one stays, and the stage tells of the new takes.
  if (useComparison.getState().decided) closeComparison()
  useStudio.getState().await(keys, !useComparison.getState().isOpen)
  useStudio.getState().showTab('stage')
}

/**
 * Submits what stands in the form, after checking it with the model's own schema: to the renderer that is
 * wanted for the model, or of another for this once. Takes that are there already are made once more only where that
 * is what is asked for (`again`).
 */
export const useSubmit = (): ((renderer?: RendererName, again?: boolean) => void) => {
  const queryClient = useQueryClient()
  const knownRenderers = useKnownRenderers()
  const before = useRef<{ keys: readonly string[]; selected: string | null }>(null)
  const generate = useGenerateBatch((error, submit) => {
    const { selected, select } = useStudio.getState()
    // What was looked at before it was refused is looked at again.
    if (before.current?.keys.includes(selected ?? '')) select(before.current.selected, 'replace')
    showRefusal(error, submit.modelId)
  })
  const submit = (once?: RendererName, again = false): void => {
    const { modelId, draft, takes, renderers, engines, selected, setProblems } = useStudio.getState()
    const model = modelOf(modelId)
    const many = manyFor(useMany.getState().many, model)
    const sending = sendingWords(model, many)
    if (sending !== null) return setProblems({ fields: {}, message: sending })
    const held = heldSlots(model)
    if (held.length > 0) {
      const send = async () => (await loadParts(() => import('./send-held.ts'))).sendHeld(held)
      return void send().then((isAsItWas) => isAsItWas && submit(once, again), showNotLoaded)
    }
    const plan = planOf(model, draft, takes, many)
    const refused = problemsOf(model, inputsOf(model, draft), plan)
    if (!plan.ok || refused) {
      setProblems(refused ?? { fields: {}, message: null })
      focusFirstProblem()
      return
    }
    const wanted = wantedFrom(candidatesFor(model, knownRenderers()), chosenOf(renderers[model.id], engines[model.id]))
    const renderer = once ?? wanted?.name
    // The form says so already: this is where it can be mended.
    if (renderer === undefined) return showRenderers()
    setProblems({ fields: {}, message: null })
    const made = once === undefined ? wanted : undefined
    const parts = plan.parts.map((each) => ({
      ...each,
      inputs: made ? inputsFor(made, model, each.inputs) : each.inputs,
    }))
    const engine = made?.engine ?? null
    const jobs = jobsById(idsOf(queryClient.getQueryData(jobsOptions.queryKey)))
    const there = again ? null : repeatsOf(jobs, model, renderer, engine, parts)
    useRepeat.setState({ found: there && { jobs: there, draft, modelId, takes, once } })
    if (there) return
    const keys = generate(parts, { modelId: model.id, renderer, engine })
    if (keys === null) return
    if (typeof draft['prompt'] === 'string') rememberPrompt(draft['prompt'])
    before.current = { keys, selected }
    lookAtAsked(keys)
  }
  return submit
}
