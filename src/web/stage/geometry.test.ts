import { describe, expect, it } from 'vitest'
import { arrangement } from './arrangement.ts'
import { rateFor } from './transport.ts'
import { clipOf } from './wipe-geometry.ts'

it('leaves what lies to the right of the edge, and never more than all of it', () => {
  expect(clipOf(0)).toBe('inset(0 0 0 0%)')
  expect(clipOf(62.5)).toBe('inset(0 0 0 62.5%)')
  expect([clipOf(-3), clipOf(140)]).toEqual(['inset(0 0 0 0%)', 'inset(0 0 0 100%)'])
})

describe('arrangement', () => {
  const wide = { width: 1280, height: 720 }
  const tall = { width: 720, height: 1280 }

  it('puts clips beside each other wherever there is room, wide ones above each other on a narrow stage', () => {
    expect(arrangement({ width: 1600, height: 500 }, wide)).toBe('row')
    expect(arrangement({ width: 536, height: 720 }, wide)).toBe('row')
    expect(arrangement({ width: 535, height: 720 }, wide)).toBe('column')
    expect(arrangement({ width: 366, height: 450 }, wide)).toBe('column')
  })

  it('puts tall clips beside each other nearly everywhere', () => {
    expect(arrangement({ width: 780, height: 720 }, tall)).toBe('row')
    expect(arrangement({ width: 366, height: 450 }, tall)).toBe('row')
  })
})

describe('rateFor', () => {
  it('leaves a clip alone that is nearly in step, slows one ahead, speeds one behind, gently', () => {
    expect(rateFor(0.01)).toBe(1)
    expect(rateFor(0.1)).toBeCloseTo(0.9)
    expect(rateFor(-0.1)).toBeCloseTo(1.1)
    expect([rateFor(3), rateFor(-3)]).toEqual([0.85, 1.15])
  })
})
