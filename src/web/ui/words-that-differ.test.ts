import { describe, expect, it } from 'vitest'
import { wordsThatDiffer } from './words-that-differ.ts'

const marked = (text: string, ...others: string[]) =>
  wordsThatDiffer(text, others)
    .map(({ text: piece, differs }) => (differs ? `[${piece}]` : piece))
    .join('')

describe('words that differ', () => {
  it('are those that the other text does not have in that place', () => {
    expect(marked('A calm lake at dusk', 'A wild lake at dusk')).toBe('A [calm] lake at dusk')
    expect(marked('A lake at dusk, in fog', 'A lake at dusk')).toBe('A lake at dusk[, in fog]')
    expect(marked('A lake', 'A lake at dusk')).toBe('A lake')
    expect(marked('lake dusk', 'dusk lake')).toMatch(/^\[lake \]dusk$|^lake\[ dusk\]$/)
  })

  it('are none where the texts are the same, and all where nothing is', () => {
    expect(marked('Snow', 'Snow')).toBe('Snow')
    expect(marked('Snow', '')).toBe('[Snow]')
    expect(marked('', 'Snow')).toBe('')
    expect(marked('Snow')).toBe('Snow')
  })

  it('are told against several others at once', () => {
    expect(marked('A calm blue lake', 'A calm lake', 'A blue lake')).toBe('A [calm blue ]lake')
  })

  it('are words, also in scripts without spaces', () => {
    expect(marked('夕暮れの静かな湖', '夕暮れの荒れた湖')).toMatch(/^夕暮れの\[静かな?\]な?湖$/)
  })

  it('are found quickly in the longest prompts', () => {
    const long = Array.from({ length: 500 }, (_, index) => (index % 7).toString()).join(' ')
    expect(marked(long, long.replaceAll('3', 'x'))).toContain('[3]')
  })
})
