import { describe, expect, it } from 'vitest'
import { SEED_MAX } from '../../shared/models/fields.ts'
import { modelOf } from '../state/studio.ts'
import { amountOf, planBatch, planFiles } from './plan-batch.ts'

const model = modelOf('lucy-pro-t2v')
const plan = (inputs: Parameters<typeof planBatch>[1], takes: number) => {
  const planned = planBatch(model, inputs, takes)
  return planned.ok ? planned.parts.map(({ inputs: { prompt, seed }, label }) => [prompt, seed, label]) : planned
}

describe('planBatch', () => {
  it('asks for the same several times, and leaves the seed to the server', () => {
    expect(plan({ prompt: 'A fox' }, 2)).toEqual([
      ['A fox', undefined, null],
      ['A fox', undefined, null],
    ])
  })

  it('goes on from a fixed seed, with the same seeds for every alternative', () => {
    expect(plan({ prompt: 'A {red|blue} fox', seed: 41 }, 2)).toEqual([
      ['A red fox', 41, 'red'],
      ['A red fox', 42, 'red'],
      ['A blue fox', 41, 'blue'],
      ['A blue fox', 42, 'blue'],
    ])
    expect(plan({ prompt: 'A fox', seed: SEED_MAX }, 2)).toMatchObject([{ 1: SEED_MAX }, { 1: 0 }])
  })

  it('refuses more than fit, and alternatives that cannot be read, at their field', () => {
    expect(plan({ prompt: '{a|b|c|d|e}' }, 16)).toMatchObject({ ok: false, message: /80 takes: 64/, fields: {} })
    expect(plan({ prompt: '{a|{b|c}}' }, 1)).toMatchObject({
      ok: false,
      fields: { prompt: /inside of/ },
      message: null,
    })
  })

  it('works for a model whose prompt is left empty', () => {
    expect(planBatch(modelOf('lucy-restyle-2'), { data: 'file_1', seed: 3 }, 2)).toMatchObject({
      ok: true,
      parts: [{ inputs: { data: 'file_1', seed: 3 } }, { inputs: { data: 'file_1', seed: 4 } }],
    })
  })
})

describe('planFiles', () => {
  const edit = modelOf('lucy-pro-v2v')
  const files = (...names: string[]) =>
    names.map((name) => ({ inputs: { prompt: '{Ink|Chalk}', data: `file_${name}`, seed: 7 }, name }))

  it('asks for every alternative of every file so many times, and says which is which', () => {
    const planned = planFiles(edit, files('a', 'b'), 1)
    expect(planned.ok && planned.parts.map(({ inputs: { data, prompt }, label }) => [data, prompt, label])).toEqual([
      ['file_a', 'Ink', 'a · Ink'],
      ['file_a', 'Chalk', 'a · Chalk'],
      ['file_b', 'Ink', 'b · Ink'],
      ['file_b', 'Chalk', 'b · Chalk'],
    ])
  })

  it('refuses more than fit', () =>
    expect(planFiles(edit, files('a', 'b', 'c'), 16)).toMatchObject({ ok: false, message: /96 takes: 64/ }))
})

it('says how many takes there will be, and how that comes about', () => {
  expect(amountOf(model, { prompt: 'A fox' }, 4)).toMatchObject({ all: 4, words: null, problem: null })
  expect(amountOf(model, { prompt: '{red|blue} fox' }, 4)).toMatchObject({ all: 8, words: '2 × 4 = 8 takes' })
  expect(amountOf(model, { prompt: '{red|blue} fox' }, 1)).toMatchObject({ all: 2, words: '2 alternatives' })
  expect(amountOf(model, { prompt: 'A fox' }, 1, 10)).toMatchObject({ all: 10, words: '10 files' })
  expect(amountOf(model, { prompt: 'A fox' }, 2, 10)).toMatchObject({ all: 20, words: '10 files × 2 = 20 takes' })
  expect(amountOf(model, { prompt: '{red|blue} fox' }, 2, 10)).toMatchObject({
    all: 40,
    words: '10 files × 2 alternatives × 2 = 40 takes',
  })
  expect(amountOf(model, { prompt: 'A fox' }, 8, 10)).toMatchObject({ all: 80, problem: /80 takes: 64/ })
  expect(amountOf(model, { prompt: '{a|b}'.repeat(3) }, 16).problem).toMatch(/128 takes: 64/)
  expect(amountOf(model, { prompt: '{a|b' }, 1).problem).toMatch(/not closed/)
})
