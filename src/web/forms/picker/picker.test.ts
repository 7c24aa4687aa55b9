// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest'
import { findModel, type Model, registry } from '../../../shared/models/index.ts'
import { useStudio } from '../../state/studio.ts'
import { undoForm, useUndo } from '../../state/undo.ts'
import { sampleDecart, sampleFile, sampleLocal } from '../../testing/samples.ts'
import { pickModel, pickTask, rememberModel } from './pick-model.ts'
import { needsWords, taskModels } from './rows.ts'

const studio = useStudio.getState
const still = sampleFile('image', 'still.png')

beforeEach(() => {
  localStorage.clear()
  useStudio.setState(useStudio.getInitialState(), true)
  useUndo.setState({ done: [], undone: [], said: null })
})

describe('another task', () => {
  it('keeps what fits and says what was left behind, which can be had back', () => {
    useStudio.setState({ draft: { prompt: 'A lake', orientation: 'portrait', resolution: '480p' } })
    pickTask('video-edit')
    expect(studio()).toMatchObject({ modelId: 'lucy-2.5', draft: { prompt: 'A lake' } })
    expect(useUndo.getState().said).toBe('Resolution and Orientation do not apply here.')
    undoForm()
    expect(studio().modelId).toBe('lucy-pro-t2v')
  })

  it('says nothing where nothing was said that does not apply', () => {
    useStudio.setState({ draft: { prompt: 'A lake', orientation: 'landscape' } })
    pickTask('video-edit')
    expect(useUndo.getState().said).toBeNull()
  })

  it('takes a picture along to where one is needed', () => {
    studio().chooseModel('lucy-pro-i2v')
    studio().setValue('data:image', still)
    pickTask('transition')
    const { draft } = studio()
    expect(Object.entries(draft).filter(([slot]) => slot !== 'data:image')).toEqual([[expect.any(String), still]])
    expect(useUndo.getState().said).toBeNull()
  })

  it('comes back to the model that was chosen for it', () => {
    pickModel('lucy-restyle-2')
    const model = findModel('lucy-restyle-2')
    if (model) rememberModel(model)
    pickTask('text-to-video')
    pickTask('video-edit')
    expect(studio().modelId).toBe('lucy-restyle-2')
    // A name that is no more is passed over.
    localStorage.setItem('rushes.tasks', '{"text-to-image":"gone"}')
    pickTask('text-to-image')
    expect(studio().modelId).toBe('lucy-pro-t2i')
  })
})

describe('a seed', () => {
  it('goes with the model that it was fixed for, which is said, and may be kept', () => {
    studio().setValue('seed', '956')
    pickModel('lucy-pro-i2v')
    expect(studio()).toMatchObject({ draft: {}, releasedSeed: { seed: '956', from: 'lucy-pro-t2v' } })
    studio().setValue('seed', '956')
    expect(studio()).toMatchObject({ draft: { seed: '956' }, releasedSeed: null })
    studio().chooseModel('lucy-pro-i2v')
    expect(studio().draft).toEqual({ seed: '956' })
  })
})

describe('the list', () => {
  const edits: Model[] = registry.filter(({ task }) => task === 'video-edit')
  const ids = (entries: readonly { model: Model }[]) => entries.map(({ model }) => model.id)

  it('has no cloud names in the way without a key, and folds retired ones', () => {
    const without = taskModels(edits, [sampleLocal(), sampleDecart('none')], new Map())
    expect(without.connected).toEqual([])
    expect(ids(without.local)).toContain('lucy-2.5')
    expect(ids(without.older)).toContain('lucy-pro-v2v')
    const withKey = taskModels(edits, [sampleLocal(), sampleDecart('ready')], new Map([['lucy-2.1', '2026-10']]))
    expect(ids(withKey.connected)).toContain('lucy-2.5')
    expect(ids(withKey.older)).toContain('lucy-2.1')
  })

  it('calls none older where all of a task are', () => {
    const moving = registry.filter(({ task }) => task === 'image-to-video')
    expect(taskModels(moving, undefined, new Map()).older).toEqual([])
  })

  it.each([
    ['lucy-pro-t2v', 'prompt'],
    ['lucy-2.5', 'prompt, reference, or both'],
    ['lucy-restyle-2', 'prompt or reference'],
  ])('says that %s takes %s', (id, words) => {
    const model = findModel(id)
    expect(model && needsWords(model)).toBe(words)
  })
})
