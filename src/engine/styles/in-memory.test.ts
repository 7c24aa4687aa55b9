import { expect, it } from 'vitest'
import { room } from '../kernels/wasm/kernels.ts'
import { createPlanes } from '../kernels/planes.ts'
import { drawStill, toClipPlanes } from '../testing/stills.ts'
import { inMemory } from './in-memory.ts'
import { lookFor } from './look-for.ts'
import { readStyle } from './read-style.ts'
import { createLookContext, type Pass } from './look-context.ts'

/** Three frames of a look, its passes run by `how`. */
const framesOf = (
  prompt: string,
  width: number,
  height: number,
  how: (passes: readonly Pass[]) => Pass,
): Uint8Array[] => {
  const brief = readStyle(prompt, false)
  const pass = how(lookFor(brief)(createLookContext({ width, height, shift: 1, seed: 5, coarseness: brief.boldness })))
  const still = toClipPlanes(drawStill(width, height))
  return [0, 1, 2].map((index) => {
    const planes = createPlanes(width, height, 1)
    planes.bytes.set(still.bytes.map((value, at) => (at % 41 === index ? 255 - value : value)))
    pass(planes, index / 25, index)
    return planes.bytes
  })
}

const oneByOne =
  (passes: readonly Pass[]): Pass =>
  (planes, time, index) => {
    for (const pass of passes) pass(planes, time, index)
  }

// Planes of the second size are no whole number of steps.
it.each([
  ['watercolour and ink', 192, 128],
  ['gouache', 192, 128],
  ['oil', 150, 98],
] as const)(
  'makes the same picture in the memory of the kernels as outside of it: %s, %i x %i',
  (prompt, width, height) => {
    expect(framesOf(prompt, width, height, inMemory)).toEqual(framesOf(prompt, width, height, oneByOne))
  },
)

it('makes a picture outside of that memory where it needs far more room than the first', () => {
  const asked: number[] = []
  const pass = inMemory([
    (planes, _, index) => {
      asked.push(index)
      room(index === 0 ? 64 : 64_000_000)
      planes.y.fill(index + 1)
    },
  ])
  const levels = [0, 1].map((index) => {
    const planes = createPlanes(64, 64, 1)
    pass(planes, 0, index)
    return planes.y[9]
  })
  expect(levels).toEqual([1, 2])
  // Inside it found no room, so it was asked again.
  expect(asked).toEqual([0, 1, 1])
})
