// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest'
import { foldOf, useLayout } from './layout.ts'

const initial = useLayout.getInitialState()
const { getState } = useLayout
const folds = () => [foldOf(getState(), 'left'), foldOf(getState(), 'right')]

beforeEach(() => {
  localStorage.clear()
  useLayout.setState(initial, true)
})

describe('useLayout', () => {
  it('folds the columns one by one and both at once, and opens both where none stands', () => {
    expect(folds()).toEqual(['open', 'open'])
    getState().toggle('left')
    expect(folds()).toEqual(['folded', 'open'])
    getState().toggleBoth()
    expect(folds()).toEqual(['folded', 'folded'])
    getState().toggleBoth()
    expect(folds()).toEqual(['open', 'open'])
  })

  it('folds the form in a narrow window, unless a person wants it there', () => {
    getState().setNarrow(true)
    expect(folds()).toEqual(['folded', 'open'])
    getState().toggle('left')
    expect(folds()).toEqual(['open', 'open'])
  })

  it('gives the form back after a comparison, as it was', () => {
    getState().setComparing(true)
    expect(folds()).toEqual(['folded', 'open'])
    getState().toggle('left')
    expect(folds()).toEqual(['open', 'open'])
    getState().setComparing(true)
    expect(folds()).toEqual(['open', 'open'])
    getState().toggle('left')
    getState().setComparing(false)
    expect(folds()).toEqual(['open', 'open'])
  })

  it('remembers what a person chose, and nothing that does not parse', async () => {
    getState().toggle('right')
    getState().setLibraryWidth(4000)
    useLayout.setState(initial, true)
    localStorage.setItem(
      'rushes.layout',
      JSON.stringify({ state: { left: 'sideways', right: 'folded', libraryWidth: 9000 }, version: 0 }),
    )
    await useLayout.persist.rehydrate()
    expect(getState()).toMatchObject({ left: null, right: 'folded', libraryWidth: 560, wall: false })
  })
})
