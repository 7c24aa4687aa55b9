import { expect, it } from 'vitest'
import { createRandom } from '../random.ts'
import { createDirtyRegions } from './dirty-regions.ts'

it('covers what was marked once, and little else', () => {
  const random = createRandom(2, 'dirt')
  const [width, height] = [410, 230]
  for (let take = 0; take < 20; take++) {
    const dirt = createDirtyRegions(width, height)
    const boxes = Array.from({ length: 5 }, () => {
      const [left, top] = [random() * 500 - 50, random() * 300 - 40]
      return [left, top, left + random() * 60, top + random() * 60] as const
    })
    for (const box of boxes) dirt.mark(...box)
    const found = dirt.take()
    const times = new Uint8Array(width * height)
    for (const { left, top, right, bottom } of found) {
      expect((left % 2) + (top % 2)).toBe(0)
      for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) times[y * width + x]!++
    }
    expect(Math.max(...times)).toBeLessThanOrEqual(1)
    for (const [left, top, right, bottom] of boxes)
      for (let y = Math.max(0, Math.floor(top)); y < Math.min(height, bottom); y++)
        for (let x = Math.max(0, Math.floor(left)); x < Math.min(width, right); x++)
          expect(times[y * width + x], `${x}, ${y}`).toBe(1)
    expect(dirt.take()).toEqual([])
  }
})
