import { expect, it } from 'vitest'
import { takeOfJob } from '../../data/take.ts'
import { completedJob, sampleFile } from '../../testing/samples.ts'
import type { Subject } from './parameters.ts'
import { sideNames } from './side-names.ts'

const take = (change = {}): Subject => ({ kind: 'take', take: takeOfJob({ ...completedJob('a', 1), ...change }) })
const clip = sampleFile('video', 'street.mp4')
const local = (name: string): Subject => ({ kind: 'local', file: new File(['x'], name), facts: null })

it('says who made a take and with which model, and what its source is', () => {
  const edit = take({ model: 'lucy-2.5', renderer: 'decart', inputs: { prompt: 'Snow', data: clip.id } })
  expect(sideNames([{ kind: 'file', file: clip }, edit, take()])).toEqual([
    'Source · street.mp4',
    'Decart · Lucy 2.5',
    'Local draft · Lucy Pro: text to video',
  ])
  expect(sideNames([{ kind: 'file', file: clip }, take()])[0]).toBe('street.mp4')
})

it('tells takes of one model apart by their prompts', () => {
  const long = 'A very long prompt about a street at night with lanterns'
  expect(sideNames([take({ inputs: { prompt: 'Snow' } }), take({ inputs: { prompt: long } })])).toEqual([
    'Local draft · Snow',
    'Local draft · A very long prompt about a stre…',
  ])
})

it('tells takes of one model and prompt apart by their seed, and what is alike in that too by a number', () => {
  expect(sideNames([take({ seed: 1 }), take({ seed: 2 }), take({ seed: 2 }), take({ model: 'lucy-2.5' })])).toEqual([
    'Local draft · seed 1',
    '1 · Local draft · seed 2',
    '2 · Local draft · seed 2',
    'Local draft · Lucy 2.5',
  ])
  expect(sideNames([local('a.mp4'), local('a.mp4')])).toEqual(['1 · a.mp4', '2 · a.mp4'])
})
