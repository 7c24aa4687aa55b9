// @vitest-environment jsdom
import '../testing/fail-on-console-error.ts'
import { beforeEach, describe, expect, it } from 'vitest'
import { sampleFile } from '../testing/samples.ts'
import { readKept, useStudio } from './studio.ts'
import { readTheme } from './theme.ts'

const still = sampleFile('image', 'still.png')

beforeEach(() => {
  localStorage.clear()
  useStudio.setState(useStudio.getInitialState(), true)
})

describe('readKept', () => {
  it.each([null, undefined, 'text', 7, [], { modelId: 3 }])('falls back to the defaults for %j', (stored) => {
    expect(readKept(stored)).toMatchObject({ modelId: 'lucy-pro-t2v', draft: {}, renderer: null, compare: 'single' })
  })

  it('keeps the parts that are sound and drops only those that are not', () => {
    const stored = { modelId: 'a-model-that-was-removed', draft: { prompt: 'A' }, renderer: 'mars', compare: 'wipe' }
    expect(readKept(stored)).toMatchObject({
      modelId: 'lucy-pro-t2v',
      draft: { prompt: 'A' },
      renderer: null,
      compare: 'wipe',
    })
  })

  it('brings a visit back as it was left', async () => {
    const { chooseModel, setValue, setCompare } = useStudio.getState()
    chooseModel('lucy-pro-i2v')
    setValue('prompt', 'Wind')
    setValue('data:image', still)
    setCompare('grid')
    const stored: unknown = JSON.parse(localStorage.getItem('rushes.studio') ?? 'null')
    useStudio.setState(useStudio.getInitialState(), true)
    localStorage.setItem('rushes.studio', JSON.stringify(stored))
    await useStudio.persist.rehydrate()
    expect(useStudio.getState()).toMatchObject({
      modelId: 'lucy-pro-i2v',
      draft: { prompt: 'Wind', 'data:image': still },
      compare: 'grid',
    })
  })

  it('survives storage that holds no JSON at all', async () => {
    localStorage.setItem('rushes.studio', '{"state":{"draft":{"prompt":7}},"version":1}')
    await useStudio.persist.rehydrate()
    expect(useStudio.getState().draft).toEqual({})
  })
})

describe('problems', () => {
  it('goes from a field once the field is changed, and leaves those of other fields', () => {
    const { setProblems, setValue } = useStudio.getState()
    setProblems({ fields: { data: 'is required', prompt: 'is required' }, message: 'No.' })
    setValue('data:image', still)
    expect(useStudio.getState().problems).toEqual({ fields: { prompt: 'is required' }, message: null })
  })

  const together = 'cannot be used together with prompt: give one of the two'
  const restyle = () => {
    const { chooseModel, setValue } = useStudio.getState()
    chooseModel('lucy-restyle-2')
    setValue('prompt', 'Snow')
    setValue('reference_image:image', still)
  }

  it('goes from a field when what it did not go together with is taken away', () => {
    restyle()
    const { setProblems, setValue } = useStudio.getState()
    setProblems({ fields: { reference_image: together, data: 'is required' }, message: null })
    // The refinement is only reached once the rest is sound.
    setValue('data:video', sampleFile('video', 'clip.mp4'))
    expect(useStudio.getState().problems.fields).toEqual({ reference_image: together })
    setValue('prompt', 'Snow and ice')
    expect(useStudio.getState().problems.fields).toEqual({ reference_image: together })
    setValue('prompt', '')
    expect(useStudio.getState().problems.fields).toEqual({})
  })

  it('stays at a field that was changed and is as wrong as before, and at one that only the server can judge', () => {
    const { setProblems, setValue } = useStudio.getState()
    setValue('seed', '1.5')
    setProblems({ fields: { seed: 'must be a whole number', prompt: 'must not name anybody' }, message: null })
    setValue('seed', '1.55')
    expect(Object.keys(useStudio.getState().problems.fields)).toEqual(['seed', 'prompt'])
    setValue('seed', '1')
    expect(Object.keys(useStudio.getState().problems.fields)).toEqual(['prompt'])
    setValue('prompt', 'Somebody else')
    expect(useStudio.getState().problems.fields).toEqual({})
  })

  it('never comes before the next ask', () => {
    const { setValue } = useStudio.getState()
    setValue('seed', '1.5')
    expect(useStudio.getState().problems.fields).toEqual({})
  })
})

it('reads a stored theme and is dark for anything else', () => {
  expect([readTheme('light'), readTheme('system'), readTheme('pink'), readTheme(null)]).toEqual([
    'light',
    'system',
    'dark',
    'dark',
  ])
})
