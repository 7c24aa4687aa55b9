// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest'
import { closeComparison, type Entry, followLink, useComparison } from './comparison.ts'
import {
  addEntries,
  between,
  compareFiles,
  forgetTakes,
  keyOf,
  localEntry,
  openComparison,
  removeEntry,
  replaceEntry,
  toggleEntry,
} from './marking.ts'
import { useStudio } from './studio.ts'

const take = (id: string): Entry => ({ kind: 'take', id })
const file = (name: string, type = 'video/mp4', content = 'x') => new File([content], name, { type, lastModified: 1 })
const keys = () => useComparison.getState().entries.map(keyOf)
const state = () => useComparison.getState()

beforeEach(() => {
  useComparison.setState(useComparison.getInitialState(), true)
  useStudio.setState(useStudio.getInitialState(), true)
  history.replaceState(null, '', '/')
})

describe('what is marked', () => {
  it('is kept in its order, each once, and goes again by the same toggle', () => {
    addEntries([take('a'), take('b'), take('a')])
    toggleEntry({ kind: 'file', id: 'a' })
    expect(keys()).toEqual(['take:a', 'take:b', 'file:a'])
    toggleEntry(take('a'))
    expect(keys()).toEqual(['take:b', 'file:a'])
  })

  it('is 64 at most, and says how many were left out', () => {
    addEntries(Array.from({ length: 63 }, (_, index) => take(String(index))))
    expect(state().notice).toBeNull()
    addEntries([take('x'), take('y')])
    expect([keys().length, keys().at(-1)]).toEqual([64, 'take:x'])
    expect(state().notice).toBe('64 are the most that can be compared. One more was left out: remove one first.')
    addEntries([take('x')])
    expect(state().notice).toBeNull()
    addEntries([take('y'), take('z')])
    expect(state().notice).toMatch(/2 more were left out/)
    removeEntry('take:x')
    expect([keys().length, state().notice]).toEqual([63, null])
    forgetTakes(['0', '1', 'gone'])
    expect(keys()[0]).toBe('take:2')
  })

  it('stays when the comparison is closed, which goes by itself with its last entry', () => {
    openComparison()
    expect(state().isOpen).toBe(false)
    addEntries([take('a'), take('b')])
    openComparison()
    expect([state().isOpen, useStudio.getState().tab]).toEqual([true, 'stage'])
    closeComparison()
    expect([state().isOpen, keys().length]).toEqual([false, 2])
    openComparison()
    removeEntry('take:a')
    expect(state().isOpen).toBe(true)
    removeEntry('take:b')
    expect(state().isOpen).toBe(false)
  })

  it('can be changed for its copy on the server', () => {
    const local = localEntry(file('a.mov'))
    addEntries([local, take('b')])
    replaceEntry(keyOf(local), { kind: 'file', id: 'file_1' })
    expect(keys()).toEqual(['file:file_1', 'take:b'])
  })
})

it('a range goes from what was marked last to what is clicked, in either direction', () => {
  const ids = ['a', 'b', 'c', 'd']
  expect(between(ids, 'b', 'd')).toEqual(['b', 'c', 'd'])
  expect(between(ids, 'd', 'b')).toEqual(['b', 'c', 'd'])
  expect(between(ids, null, 'c')).toEqual(['c'])
  expect(between(ids, 'gone', 'c')).toEqual(['c'])
  expect(between(ids, 'a', 'gone')).toEqual([])
})

describe('files of this machine', () => {
  it('open a comparison of their own, and join one that is open', () => {
    addEntries([take('old')])
    compareFiles([file('a.mp4'), file('b.png', 'image/png')])
    expect(state().isOpen).toBe(true)
    expect(state().entries.map((entry) => entry.kind === 'local' && entry.file.name)).toEqual(['a.mp4', 'b.png'])
    compareFiles([file('c.mov', ''), file('a.mp4')])
    expect(keys()).toHaveLength(3)
  })

  it('join what is marked when one is chosen for it', () => {
    addEntries([take('old')])
    compareFiles([file('a.mp4')])
    expect([keys()[0], keys().length, state().isOpen]).toEqual(['take:old', 2, true])
  })

  it('that are no media are said to be none, open nothing and leave what is marked', () => {
    addEntries([take('old')])
    compareFiles([file('notes.txt', 'text/plain'), file('logo.svg', 'image/svg+xml'), file('cut.mp4', 'video/mp4', '')])
    expect(state()).toMatchObject({
      isOpen: false,
      entries: [take('old')],
      notice: 'notes.txt is neither a picture nor a clip. logo.svg is neither a picture nor a clip. cut.mp4 is empty.',
    })
  })

  it('beyond what can be compared are counted together with what is no media', () => {
    const many = Array.from({ length: 65 }, (_, index) => file(`${index}.mp4`))
    compareFiles([...many, file('notes.txt', 'text/plain')])
    expect(keys()).toHaveLength(64)
    expect(state().notice).toMatch(/^64 are the most that .*One more .* notes\.txt is neither/)
  })
})

it('an address that asks for a comparison opens it', () => {
  followLink('#compare=abc')
  expect(state()).toMatchObject({ isOpen: true, link: '#compare=abc' })
  closeComparison()
  expect(state()).toMatchObject({ isOpen: false, link: null })
})
