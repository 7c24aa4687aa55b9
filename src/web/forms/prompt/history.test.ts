// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { further, nearer, readPrompts, rememberPrompt, textAt, type Walk } from './history.ts'
import { deletePreset, savePreset, usePresets, withPreset } from './presets.ts'

beforeEach(() => localStorage.clear())
afterEach(() => vi.restoreAllMocks())

it('keeps each prompt once, the last first, and a hundred of them', () => {
  for (let at = 0; at < 120; at++) rememberPrompt(`prompt ${at}`)
  rememberPrompt(' prompt 50 ')
  rememberPrompt('   ')
  expect(readPrompts()).toHaveLength(100)
  expect(readPrompts().slice(0, 2)).toEqual(['prompt 50', 'prompt 119'])
  expect(readPrompts().filter((each) => each === 'prompt 50')).toHaveLength(1)
})

it('goes on in a full storage, and trusts nothing that lies there', () => {
  localStorage.setItem('rushes.prompts', '{"no":"list"}')
  expect(readPrompts()).toEqual([])
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  rememberPrompt('a fox')
  rememberPrompt('a lake')
  expect(readPrompts()).toEqual(['a lake', 'a fox'])
  vi.restoreAllMocks()
  rememberPrompt('a wolf')
  expect(readPrompts()).toEqual(['a wolf', 'a lake', 'a fox'])
})

it('walks back and forward again to what was written', () => {
  for (const prompt of ['one', 'two', 'three']) rememberPrompt(prompt)
  const steps: string[] = []
  const to = (walk: Walk | null) => {
    if (walk) steps.push(textAt(walk))
    return walk ?? { prompts: [], at: -1, written: '' }
  }
  // What stands there already would be no step.
  const first = to(further(null, 'three'))
  const second = to(further(first, textAt(first)))
  expect(further(second, textAt(second))).toBeNull()
  const back = to(nearer(second))
  to(nearer(back))
  expect(steps).toEqual(['two', 'one', 'two', 'three'])
})

it('keeps presets by their names, and puts them after what was written', () => {
  savePreset('Film', '35 mm, grain')
  savePreset(' Film ', '16 mm')
  savePreset('Night', 'at night')
  savePreset('', 'nothing')
  const { presets } = usePresets.getState()
  expect(presets).toEqual([
    { name: 'Film', text: '16 mm' },
    { name: 'Night', text: 'at night' },
  ])
  const [film = { name: '', text: '' }] = presets
  expect([withPreset('', film), withPreset('A fox ', film), withPreset('A fox.', film)]).toEqual([
    '16 mm',
    'A fox, 16 mm',
    'A fox. 16 mm',
  ])
  expect(withPreset('A fox, 16 mm', film)).toBe('A fox, 16 mm')
  deletePreset('Film')
  expect(usePresets.getState().presets.map(({ name }) => name)).toEqual(['Night'])
})
