import { describe, expect, it } from 'vitest'
import { escapeAlternatives, expandAlternatives } from './alternatives.ts'

const promptsOf = (text: string) => {
  const expanded = expandAlternatives(text)
  return expanded.ok ? expanded.prompts.map(({ prompt }) => prompt) : expanded.problem
}
const labelsOf = (text: string) => {
  const expanded = expandAlternatives(text)
  return expanded.ok ? expanded.prompts.map(({ label }) => label) : expanded.problem
}

describe('expandAlternatives', () => {
  it('gives a prompt without alternatives as it is, braces without a bar included', () => {
    expect(promptsOf('A red fox')).toEqual(['A red fox'])
    expect(promptsOf('A {red} fox | wolf, {')).toEqual(['A {red} fox | wolf, {'])
    expect(labelsOf('A {red} fox')).toEqual([null])
    expect(promptsOf('')).toEqual([''])
  })

  it('multiplies alternatives, the last changing first, and labels each by its own words', () => {
    expect(promptsOf('A {red|blue} {fox|wolf}')).toEqual(['A red fox', 'A red wolf', 'A blue fox', 'A blue wolf'])
    expect(labelsOf('A {red|blue} {fox|wolf}')).toEqual(['red, fox', 'red, wolf', 'blue, fox', 'blue, wolf'])
    expect(promptsOf('{ a | b }')).toEqual(['a', 'b'])
  })

  it('lets an alternative be empty, without a space too many', () => {
    expect(promptsOf('A {red|} fox')).toEqual(['A red fox', 'A fox'])
    expect(promptsOf('{|red} fox')).toEqual(['fox', 'red fox'])
    expect(promptsOf('fox{|, wet}')).toEqual(['fox', 'fox, wet'])
    expect(labelsOf('A {red|} fox')).toEqual(['red', 'none'])
  })

  it('takes escaped signs as they are', () => {
    expect(promptsOf('A \\{red|blue\\} fox')).toEqual(['A {red|blue} fox'])
    expect(promptsOf('{a\\|b|c}')).toEqual(['a|b', 'c'])
    expect(promptsOf('{\\{x\\}|y}')).toEqual(['{x}', 'y'])
    expect(promptsOf('C:\\temp')).toEqual(['C:\\temp'])
  })

  it('refuses what is nested, not closed, or too many', () => {
    expect(promptsOf('{a|{b|c}}')).toMatch(/inside of alternatives/)
    expect(promptsOf('A {red|blue fox')).toMatch(/not closed/)
    expect(promptsOf('{a|b}'.repeat(6))).toHaveLength(64)
    expect(promptsOf('{a|b}'.repeat(7))).toBe('stands for 128 takes: 64 at once is the most')
  })
})

it.each(['A red fox', '{a|b}', 'A {red', '\\{a|b\\}', '{a|b', 'back\\slash {x|y}', '\\\\'])(
  'writes %s so that it stands for itself',
  (prompt) => {
    expect(promptsOf(escapeAlternatives(prompt))).toEqual([prompt])
  },
)
