import { describe, expect, it } from 'vitest'
import { mentions, placeOf, readWords } from './words.ts'

describe('readWords', () => {
  it('does not care for case, punctuation, accents and line breaks', () => {
    expect(readWords('  A Café,\nat DAWN! ').list).toEqual(['a', 'cafe', 'at', 'dawn'])
  })

  it('takes any text', () => {
    expect(readWords('').list).toEqual([])
    expect(readWords('🏔️ — …').list).toEqual([])
    expect(readWords('日本の山').list).toHaveLength(1)
  })
})

describe('mentions', () => {
  it('finds whole words, plurals and phrases, not parts of words', () => {
    expect(mentions(readWords('two boats'), ['boat'])).toBe(true)
    expect(mentions(readWords('many torches'), ['torch'])).toBe(true)
    expect(mentions(readWords('a boathouse'), ['boat'])).toBe(false)
    expect(mentions(readWords('the blue hour'), ['blue hour'])).toBe(true)
  })

  it('finds every word that begins as a term with a star', () => {
    expect(mentions(readWords('a cloudy day'), ['cloud*'])).toBe(true)
    expect(mentions(readWords('thundercloud'), ['cloud*'])).toBe(false)
  })

  it('leaves out what is not wanted', () => {
    expect(mentions(readWords('a lake without birds'), ['bird'])).toBe(false)
    expect(mentions(readWords('no rain'), ['rain'])).toBe(false)
    expect(mentions(readWords('not a cloud, but birds'), ['bird'])).toBe(true)
  })
})

describe('placeOf', () => {
  it('tells where a term stands', () => {
    const words = readWords('a lake before mountains')
    expect(placeOf(words, 'lake')).toBeLessThan(placeOf(words, 'mountain'))
    expect(placeOf(words, 'sea')).toBe(-1)
  })
})
