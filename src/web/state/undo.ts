import { create } from 'zustand'
import { type Kept, useStudio } from './studio.ts'

type Form = Pick<Kept, 'modelId' | 'draft'>

/** One replacing of the form: how it stood before, and what else is to be done to take it back. */
type Step = { what: string; form: Form; onUndo: (() => void) | null }

type Undo = {
  /** What can be taken back, the newest last. */
  done: readonly Step[]
  /** What was taken back and can be done again, the newest last. */
  undone: readonly Step[]
  /** What was replaced last, as a sentence, until it is dismissed or taken back. */
  said: string | null
}

/** Steps that are kept: more than anybody takes back. */
const MAX_STEPS = 50

/** What replaced the form, to be said and to be taken back. */
export const useUndo = create<Undo>()(() => ({ done: [], undone: [], said: null }))

const { getState, setState } = useUndo

const form = (): Form => {
  const { modelId, draft } = useStudio.getState()
  return { modelId, draft }
}

const show = ({ modelId, draft }: Form) =>
  useStudio.setState({ modelId, draft, problems: { fields: {}, message: null } })

/**
 * Changes the form by something that replaces what a person put there, says so (`what` is the whole sentence), and lets
 * it be taken back. `onUndo` ends what the change began, as an upload. A change that changes nothing is said alone.
 */
export const replaceForm = (what: string, change: () => void, onUndo: (() => void) | null = null): void => {
  const before = form()
  change()
  const after = form()
  const isSame = before.modelId === after.modelId && before.draft === after.draft && onUndo === null
  setState(({ done, undone }) => ({
    said: what,
    done: isSame ? done : [...done, { what, form: before, onUndo }].slice(-MAX_STEPS),
    undone: isSame ? undone : [],
  }))
}

/** Brings back the form as it stood before it was replaced last; what was typed since comes again with `redoForm`. */
export const undoForm = (): void => {
  const step = getState().done.at(-1)
  if (!step) return
  const now = { what: step.what, form: form(), onUndo: null }
  step.onUndo?.()
  show(step.form)
  setState(({ done, undone }) => ({ done: done.slice(0, -1), undone: [...undone, now], said: null }))
}

/** Does again what was taken back last. */
export const redoForm = (): void => {
  const step = getState().undone.at(-1)
  if (!step) return
  const now = { what: step.what, form: form(), onUndo: null }
  show(step.form)
  setState(({ done, undone }) => ({ done: [...done, now], undone: undone.slice(0, -1), said: step.what }))
}

/** Takes the sentence away; the change can still be taken back by the keys. */
export const dismissUndo = (): void => setState({ said: null })
