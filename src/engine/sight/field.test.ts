import { expect, it } from 'vitest'
import { createField, fillField, fillSmooth } from './field.ts'

it.each([
  [48, 24],
  [37, 20],
])('fills a field of %i x %i that changes slowly as if each node were asked for', (width, height) => {
  const slope = (x: number, y: number, out: [number, number]): void => {
    out[0] = x * 1.5 - y + 2
    out[1] = y * 0.5 + x * 0.25
  }
  const [each, smooth] = [createField(width, height), createField(width, height)]
  fillField(each, slope)
  fillSmooth(smooth, slope)
  expect([...smooth.at]).toEqual([...each.at])
})
