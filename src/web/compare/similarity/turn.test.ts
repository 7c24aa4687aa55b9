import { describe, expect, it } from 'vitest'
import { turned, turnedBack } from './turn.ts'

const picture = { width: 3, height: 2, data: Uint8Array.of(1, 2, 3, 4, 5, 6) }

describe('turning', () => {
  it.each([
    [0, 3, [1, 2, 3, 4, 5, 6]],
    [90, 2, [4, 1, 5, 2, 6, 3]],
    [180, 3, [6, 5, 4, 3, 2, 1]],
    [270, 2, [3, 6, 2, 5, 1, 4]],
  ] as const)('by %i degrees goes clockwise', (rotation, width, values) => {
    const result = turned(picture, rotation)
    expect(result.width).toBe(width)
    expect(Array.from(result.data)).toEqual(values)
  })

  // The part that holds one pixel of the turned picture has to be that pixel in the one that lies.
  it.each([0, 90, 180, 270] as const)('by %i degrees finds back to where a part was', (rotation) => {
    const upright = turned(picture, rotation)
    for (let y = 0; y < upright.height; y++)
      for (let x = 0; x < upright.width; x++) {
        const at = turnedBack({ x, y, width: 1, height: 1 }, upright, rotation)
        expect(at).toMatchObject({ width: 1, height: 1 })
        expect(picture.data[at.y * picture.width + at.x]).toBe(upright.data[y * upright.width + x])
      }
  })
})
