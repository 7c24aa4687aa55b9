import { expect, it } from 'vitest'
import { parseSearch } from './parse-search.ts'
import { hasTerm, withoutTerm, withTerm } from './terms.ts'

const MODELS = [
  { id: 'lucy-pro-t2v', title: 'Lucy Pro: text to video' },
  { id: 'lucy-2.5', title: 'Lucy 2.5' },
]
const NOW = new Date(2026, 10, 30, 9)
const parse = (text: string) => parseSearch(text, MODELS, NOW)

it('reads words and terms in any order', () => {
  expect(parse('fox seed:41 is:starred "birch forest" kind:clips shelf:"Lake spot"')).toEqual({
    query: { text: 'fox birch forest', seed: 41, starred: true, kind: 'video', shelf: 'Lake spot' },
    problems: [],
  })
  expect(parse('model:2.5 engine:Rushes batch:b1 in:bin is:failed').query).toEqual({
    model: 'lucy-2.5',
    engine: 'Rushes',
    batch: 'b1',
    binned: true,
    failed: true,
  })
  expect(parse('').query).toEqual({})
})

it('reads days by the clock of this machine', () => {
  const start = (...parts: [number, number, number]) => new Date(...parts).toISOString()
  expect(parse('after:2026-11-29 before:today').query).toEqual({
    from: start(2026, 10, 29),
    until: start(2026, 10, 30),
  })
  expect(parse('after:yesterday before:2027').query).toEqual({ from: start(2026, 10, 29), until: start(2027, 0, 1) })
})

it('says what it cannot use, and looks for the rest', () => {
  const { query, problems } = parse('fox seed:many before:2026-02-31 kind:poem is:good')
  expect(query).toEqual({ text: 'fox' })
  expect(problems).toEqual([
    'seed:many: a seed is a whole number.',
    'before:2026-02-31 is no date. Write it as 2026-11-29.',
    'kind:poem: a kind is video or image.',
    'is:good: takes are starred, failed or binned.',
  ])
})

it('takes a colon in words as it is, and waits for what is still being typed', () => {
  expect(parse('ratio 16:9 model: "unclosed').query).toEqual({ text: 'ratio 16:9 unclosed' })
})

it('puts terms into the text and takes them out, and leaves the rest', () => {
  expect(withTerm('fox', 'shelf', 'Lake spot')).toBe('fox shelf:"Lake spot"')
  expect(withTerm('shelf:Old fox', 'shelf', 'New')).toBe('fox shelf:New')
  expect(withTerm('is:failed', 'is', 'starred', false)).toBe('is:failed is:starred')
  expect(withoutTerm('fox is:starred is:failed', 'is', 'starred')).toBe('fox is:failed')
  expect(hasTerm('fox IS:Starred', 'is', 'starred')).toBe(true)
})
