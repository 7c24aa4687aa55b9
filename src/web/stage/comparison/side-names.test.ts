import { describe, expect, it } from 'vitest'
import { takeOfJob } from '../../data/take.ts'
import { completedJob, sampleFile } from '../../testing/samples.ts'
import type { Subject } from './parameters.ts'
import { sideNames } from './side-names.ts'

const take = (change = {}): Subject => ({ kind: 'take', take: takeOfJob({ ...completedJob('a', 1), ...change }) })
const clip = sampleFile('video', 'street.mp4')
const local = (name: string): Subject => ({ kind: 'local', file: new File(['x'], name), facts: null })
const prompted = (...prompts: string[]) => prompts.map((prompt) => take({ inputs: { prompt } }))

describe('takes', () => {
  it('are called by what differs alone: the seed, the model, words of the prompt', () => {
    expect(sideNames([41, 97].map((seed) => take({ seed })))).toEqual(['seed 41', 'seed 97'])
    expect(sideNames([take({ model: 'lucy-2.5' }), take()])).toEqual(['Lucy 2.5', 'Lucy Pro: text to video'])
    expect(sideNames(prompted('A red barn in snow', 'A blue barn in snow', 'A green barn in snow'))).toEqual([
      'red',
      'blue',
      'green',
    ])
  })

  it('of whom all share everything are called by their numbers', () => {
    expect(sideNames(Array.from({ length: 8 }, () => take()))).toEqual(['1', '2', '3', '4', '5', '6', '7', '8'])
  })

  it('always say who made them where that differs', () => {
    const cloud = take({ model: 'lucy-2.5', renderer: 'decart' })
    expect(sideNames([cloud, take()])).toEqual(['Decart', 'Local draft'])
    expect(sideNames([cloud, take({ seed: 1 }), take({ seed: 2 })])).toEqual([
      'Decart',
      'Local draft · seed 1',
      'Local draft · seed 2',
    ])
  })

  it('are called by a name that a person gave, and by a number what is alike in all that differs', () => {
    expect(sideNames([take({ seed: 1, name: 'The wide one' }), take({ seed: 2 })])).toEqual(['The wide one', 'seed 2'])
    expect(sideNames([take({ seed: 1 }), take({ seed: 2 }), take({ seed: 2 }), take({ model: 'lucy-2.5' })])).toEqual([
      'seed 1',
      '2 · seed 2',
      '3 · seed 2',
      'Lucy 2.5',
    ])
  })

  it('of which one says what the other says and more are told apart, and long words are cut', () => {
    expect(sideNames(prompted('A barn', 'A barn at night'))).toEqual(['A barn', 'at night'])
    const long = 'A very long prompt about a street at night with lanterns'
    expect(sideNames(prompted('Snow', long))).toEqual(['Snow', 'A very long prompt about a stre…'])
  })
})

it('says what a source is, who made the one take beside it, and numbers files of one name', () => {
  const edit = take({ model: 'lucy-2.5', renderer: 'decart', inputs: { prompt: 'Snow', data: clip.id } })
  expect(sideNames([{ kind: 'file', file: clip }, edit])).toEqual(['Source · street.mp4', 'Decart · Lucy 2.5'])
  expect(sideNames([{ kind: 'file', file: clip }, take()])[0]).toBe('street.mp4')
  expect(sideNames([local('a.mp4'), local('a.mp4')])).toEqual(['1 · a.mp4', '2 · a.mp4'])
})
