import { describe, expect, it } from 'vitest'
import { readDetails } from '../details.ts'
import { readWords } from '../words.ts'

const detailsOf = (prompt: string) => readDetails(readWords(prompt))

describe('what a prompt asks of one motif', () => {
  it('is not asked for by a prompt that names the motif alone', () => {
    expect(detailsOf('a cave').cave).toEqual({
      isOfIce: false,
      isOpen: false,
      isDeep: false,
      hasCrystals: false,
      hasExplorer: false,
    })
    expect(detailsOf('a village').village).toEqual({ isAlpine: false, isMediterranean: false })
    expect(detailsOf('fireworks').festival).toEqual({ isInCity: false, isInCountry: false })
  })

  it('is found in the words', () => {
    expect(detailsOf('an icy cave, looking out').cave).toMatchObject({ isOfIce: true, isOpen: true, isDeep: false })
    expect(detailsOf('a glowing cavern with an explorer').cave).toMatchObject({ hasCrystals: true, hasExplorer: true })
    expect(detailsOf('a village in the Alps').village.isAlpine).toBe(true)
    expect(detailsOf('a Greek village').village.isMediterranean).toBe(true)
    expect(detailsOf('fireworks on New Year’s Eve').festival.isInCity).toBe(true)
    expect(detailsOf('a library by candlelight').library).toEqual({ hasTable: true, hasCandles: true })
    expect(detailsOf('puddles in a street').avenue.isWet).toBe(true)
    expect(detailsOf('a bridge over a fjord').bridge.isInNature).toBe(true)
    expect(detailsOf('a rocket over the bay').rocket.isOverWater).toBe(true)
    expect(detailsOf('a tropical waterfall').waterfall.isInJungle).toBe(true)
    expect(detailsOf('roofs of an old town, a kitten').oldTown.hasCat).toBe(true)
  })

  it('is not asked for where the prompt says no', () => {
    expect(detailsOf('icebergs without penguins').icebergs).toEqual({ hasPenguins: false, hasGlacier: false })
  })
})
