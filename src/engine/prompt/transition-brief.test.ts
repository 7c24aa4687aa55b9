import { describe, expect, it } from 'vitest'
import { readTransitionBrief } from './transition-brief.ts'

describe('readTransitionBrief', () => {
  it.each([
    ['Smooth cinematic transition with natural motion', 'morph'],
    ['crossfade', 'dissolve'],
    ['zoom through', 'zoom'],
    ['whip pan', 'whip'],
    ['wipe from the left', 'wipe'],
    ['glitchy VHS', 'glitch'],
    ['light leak', 'leak'],
    ['film burn', 'leak'],
    ['the picture burns away', 'burn'],
    ['ink spreads', 'ink'],
    ['melt like liquid', 'liquid'],
    ['the cat turns into a dog', 'morph'],
  ])('"%s" is a %s', (prompt, kind) => expect(readTransitionBrief(prompt).kind).toBe(kind))

  it('reads direction and shape', () => {
    expect(readTransitionBrief('wipe up')).toMatchObject({ direction: 'up', round: false })
    expect(readTransitionBrief('iris wipe')).toMatchObject({ direction: undefined, round: true })
  })
})
