import { expect, it } from 'vitest'
import { readCount } from './count.ts'
import { readWords } from './words.ts'

it.each([
  ['three kites over a beach', 3],
  ['Two big red kites', 2],
  ['a blue kite', 1],
  ['12 kites', 12],
  ['a dozen kites', 12],
  ['kites on a hot day', undefined],
  ['a beach with kites', undefined],
  ['three children, a dog', undefined],
])('of kites in "%s" is %s', (prompt, count) => expect(readCount(readWords(prompt), ['kite'])).toBe(count))
