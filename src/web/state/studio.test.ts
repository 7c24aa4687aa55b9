// @vitest-environment jsdom
import '../testing/fail-on-console-error.ts'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { sampleFile } from '../testing/samples.ts'
import { lookAt, readKept, useStudio } from './studio.ts'
import { readTheme } from './theme.ts'

const still = sampleFile('image', 'still.png')

/** The page is loaded again: what was in memory is gone. */
const reload = async () => {
  const stored = [localStorage, sessionStorage].map((storage) => ({ storage, text: storage.getItem('rushes.studio') }))
  useStudio.setState(useStudio.getInitialState(), true)
  for (const { storage, text } of stored)
    if (text === null) storage.removeItem('rushes.studio')
    else storage.setItem('rushes.studio', text)
  await useStudio.persist.rehydrate()
}

beforeEach(async () => {
  localStorage.clear()
  sessionStorage.clear()
  useStudio.setState(useStudio.getInitialState(), true)
  await useStudio.persist.rehydrate()
})
afterEach(() => vi.unstubAllGlobals())

describe('readKept', () => {
  it.each([null, undefined, 'text', 7, [], { modelId: 3 }])('falls back to the defaults for %j', (stored) => {
    expect(readKept(stored)).toMatchObject({ modelId: 'lucy-pro-t2v', draft: {}, renderers: {}, compare: {}, takes: 1 })
  })

  it('keeps the parts that are sound and drops only those that are not', () => {
    const stored = { modelId: 'a-model-that-was-removed', draft: { prompt: 'A' }, renderers: 'mars', takes: 8 }
    expect(readKept(stored)).toMatchObject({
      modelId: 'lucy-pro-t2v',
      draft: { prompt: 'A' },
      renderers: {},
      takes: 8,
    })
    // As it was kept before it was kept for each task, and a number that nobody can choose.
    expect(readKept({ compare: 'wipe', takes: 3 })).toMatchObject({ compare: {}, takes: 1 })
  })

  it('brings a visit back as it was left', async () => {
    const { chooseModel, setValue, setCompare } = useStudio.getState()
    chooseModel('lucy-pro-i2v')
    setValue('prompt', 'Wind')
    setValue('data:image', still)
    setCompare('image-edit', 'grid')
    await reload()
    expect(useStudio.getState()).toMatchObject({
      modelId: 'lucy-pro-i2v',
      draft: { prompt: 'Wind', 'data:image': still },
      compare: { 'image-edit': 'grid' },
    })
    const { compare } = useStudio.getState()
    expect([lookAt(compare, 'image-edit'), lookAt(compare, 'video-edit'), lookAt(compare, 'image-to-video')]).toEqual([
      'grid',
      'wipe',
      'single',
    ])
  })

  it.each(['{"state":{"draft":{"prompt":7}},"version":1}', '{"state":7}', 'no JSON'])('survives %s', async (stored) => {
    localStorage.setItem('rushes.studio', stored)
    sessionStorage.clear()
    await reload()
    expect(useStudio.getState().draft).toEqual({})
  })
})

describe('two tabs', () => {
  /** Another tab of the same browser, as far as storage goes: what it wrote is there for all, its own part is not. */
  const elsewhere = (change: object) => {
    const { state, version } = JSON.parse(localStorage.getItem('rushes.studio') ?? '{"state":{},"version":1}')
    localStorage.setItem('rushes.studio', JSON.stringify({ state: { ...state, ...change }, version }))
  }

  it('keep a draft each, and a new one begins with the last', async () => {
    useStudio.getState().setValue('prompt', 'Mine')
    elsewhere({ draft: { prompt: 'Theirs' }, modelId: 'lucy-pro-i2v' })
    await reload()
    expect(useStudio.getState()).toMatchObject({ draft: { prompt: 'Mine' }, modelId: 'lucy-pro-t2v' })
    sessionStorage.clear()
    await reload()
    expect(useStudio.getState()).toMatchObject({ draft: { prompt: 'Theirs' }, modelId: 'lucy-pro-i2v' })
    // Nothing was changed here since.
    elsewhere({ draft: { prompt: 'Theirs goes on' } })
    await reload()
    expect(useStudio.getState().draft).toEqual({ prompt: 'Theirs' })
  })

  it('share what is no draft: each writes what it changed, and nothing over what another did', async () => {
    useStudio.getState().setLoop(false)
    elsewhere({ compare: { transition: 'wipe' }, renderers: { a: 'local' }, draft: { prompt: 'Theirs' } })
    useStudio.getState().setTimeFormat('frame')
    useStudio.getState().select('a take')
    sessionStorage.clear()
    await reload()
    expect(useStudio.getState()).toMatchObject({
      loop: false,
      compare: { transition: 'wipe' },
      renderers: { a: 'local' },
      timeFormat: 'frame',
      draft: { prompt: 'Theirs' },
    })
  })

  it('go on where nothing can be kept', () => {
    vi.stubGlobal('localStorage', undefined)
    vi.stubGlobal('sessionStorage', undefined)
    useStudio.getState().setValue('prompt', 'Typed')
    expect(useStudio.getState().draft).toEqual({ prompt: 'Typed' })
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
    setProblems({
      fields: { seed: 'must be a whole number, in digits 0 to 9', prompt: 'must not name anybody' },
      message: null,
    })
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
