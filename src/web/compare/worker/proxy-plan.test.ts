import { expect, it } from 'vitest'
import { planProxies, proxyBytes } from './proxy-plan.ts'

const MIB = 1024 ** 2
const HD = { width: 1280, height: 720 }

it('keeps every frame, as large as the budget allows, and never larger than half', () => {
  expect(planProxies(HD, 20, 24 * MIB)).toEqual({ width: 640, height: 360, step: 1 })
  const { width, height, step } = planProxies(HD, 500, 24 * MIB)
  expect(step).toBe(1)
  expect([width, height]).toEqual([244, 136])
  expect(planProxies({ width: 720, height: 1280 }, 500, 24 * MIB)).toEqual({ width: 136, height: 244, step: 1 })
})

it('never takes more than the budget, of whatever clip', () => {
  for (const size of [HD, { width: 3840, height: 2160 }, { width: 180, height: 320 }, { width: 2, height: 2 }])
    for (const frames of [1, 30, 250, 1500, 20_000, 1_000_000]) {
      const { step, ...copy } = planProxies(size, frames, 6 * MIB)
      expect(Math.ceil(frames / step) * proxyBytes(copy)).toBeLessThanOrEqual(6 * MIB)
      expect([copy.width % 2, copy.height % 2]).toEqual([0, 0])
    }
})

it('of a clip too long for all keeps some at regular steps, large enough to say something', () => {
  const { width, step } = planProxies(HD, 20_000, 24 * MIB)
  expect(width).toBe(96)
  expect(step).toBe(7)
})
