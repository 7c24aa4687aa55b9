import { describe, expect, it } from 'vitest'
import { machine, readKeptPictures } from '../testing/kept-pictures.ts'
import { hashOfCase, pictureCases } from '../testing/pictures.ts'

const kept = readKeptPictures()
const cases = pictureCases()

/** Some of each kind: `npm run pictures -- --check` paints all. */
const SOME = [
  'scene · Epic fantasy landscape with dragons · 1',
  'scene · Stormy ocean with huge waves · 1',
  'scene · Rainy street in Tokyo at night, neon reflections · 1',
  'scene · A steam train crossing a viaduct in the mountains · 1',
  'scene · Fruit, wine and bread on a table by window light · 2',
  'scene · A coral reef full of fish, sunlight from above · upright',
  'style · A soft watercolor painting',
  'style · A stained glass window',
  'motion · Snow is falling',
  'path · from 0.2 0.6',
  'transition · Morph',
]

const caseOf = (name: string) => {
  const found = cases.find((one) => one.name === name)
  if (!found) throw new Error(`There is no case ${name}`)
  return found
}

it('has a hash of every case, and of no other', () => {
  expect(new Set(kept.hashes.keys())).toEqual(new Set(cases.map(({ name }) => name)))
  expect(kept.hashes.size).toBe(cases.length)
})

// On another kind of machine the bytes may differ, and only that they are the same each time can be asked for.
const isSameMachine = kept.machine === machine()
describe(isSameMachine ? 'as it was last accepted' : `the same each time, for hashes of ${kept.machine}`, () => {
  it.each(SOME)('paints %s', (name) => {
    const one = caseOf(name)
    expect(hashOfCase(one)).toBe(isSameMachine ? kept.hashes.get(name) : hashOfCase(one))
  })
})
