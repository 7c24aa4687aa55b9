import { beforeEach, expect, it, vi } from 'vitest'
import { useStudio } from './studio.ts'
import { dismissUndo, redoForm, replaceForm, undoForm, useUndo } from './undo.ts'

const said = () => useUndo.getState().said
const form = () => {
  const { modelId, draft } = useStudio.getState()
  return { modelId, draft }
}

beforeEach(() => {
  useUndo.setState({ done: [], undone: [], said: null })
  useStudio.setState({ modelId: 'lucy-pro-t2v', draft: { prompt: 'a fox' } })
})

const toEdit = () => useStudio.setState({ modelId: 'lucy-clip', draft: { prompt: 'winter' } })

it('brings back the form that was replaced, and again what replaced it with what was typed since', () => {
  replaceForm('The settings of another take stand in the form.', toEdit)
  expect(said()).toBe('The settings of another take stand in the form.')
  useStudio.getState().setValue('prompt', 'winter, with snow')
  undoForm()
  expect(form()).toEqual({ modelId: 'lucy-pro-t2v', draft: { prompt: 'a fox' } })
  expect(said()).toBeNull()
  redoForm()
  expect(form()).toEqual({ modelId: 'lucy-clip', draft: { prompt: 'winter, with snow' } })
  undoForm()
  expect(form().draft).toEqual({ prompt: 'a fox' })
})

it('ends what the change began', () => {
  const stop = vi.fn()
  replaceForm('street.mp4 goes to Edit video.', () => undefined, stop)
  undoForm()
  expect(stop).toHaveBeenCalledOnce()
})

it('keeps no step of what changed nothing, and can be undone after its sentence was dismissed', () => {
  replaceForm('Nothing', () => undefined)
  undoForm()
  expect(said()).toBe('Nothing')
  replaceForm('Something', toEdit)
  dismissUndo()
  expect(said()).toBeNull()
  undoForm()
  expect(form().modelId).toBe('lucy-pro-t2v')
  undoForm()
  expect(form().modelId).toBe('lucy-pro-t2v')
})
