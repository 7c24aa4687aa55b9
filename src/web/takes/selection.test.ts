import { expect, it } from 'vitest'
import { extend, toggle } from './selection.ts'

const cards = ['a', 'b', 'c', 'd'].map((id) => ({ id, jobIds: id === 'c' ? ['c1', 'c2'] : [id] }))
const none = { ids: new Set<string>(), anchor: null }

it('takes in and out all that a card holds', () => {
  const some = toggle(toggle(none, { id: 'c', jobIds: ['c1'] }), { id: 'c', jobIds: ['c1', 'c2'] })
  expect([...some.ids]).toEqual(['c1', 'c2'])
  expect([...toggle(some, { id: 'c', jobIds: ['c1', 'c2'] }).ids]).toEqual([])
})

it('goes from where one began to what is meant, in that order', () => {
  const down = extend(none, cards, 'c', 'b')
  expect([[...down.ids], down.anchor]).toEqual([['b', 'c1', 'c2'], 'b'])
  expect([...extend(down, cards, 'd', 'c').ids]).toEqual(['b', 'c1', 'c2', 'd'])
  expect([...extend(down, cards, 'a', 'c').ids]).toEqual(['b', 'a'])
  expect([...extend(none, cards, 'd', null).ids]).toEqual(['d'])
})
