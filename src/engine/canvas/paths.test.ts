import { createCanvas } from '@napi-rs/canvas'
import { expect, it } from 'vitest'
import { fillPath, readPath } from './paths.ts'

it('fills a path where it is placed, mirrored if that is asked for', () => {
  const ctx = createCanvas(40, 20).getContext('2d')
  const triangle = readPath('M0 0 L1 0 L1 1 Z')
  fillPath(ctx, 'rgb(255,0,0)', triangle, { x: 20, y: 0, size: 16 })
  fillPath(ctx, 'rgb(0,0,255)', triangle, { x: 20, y: 0, size: 16, side: -1 })
  const colourAt = (x: number, y: number): number[] => [...ctx.getImageData(x, y, 1, 1).data]
  expect(colourAt(33, 4)).toEqual([255, 0, 0, 255])
  expect(colourAt(6, 4)).toEqual([0, 0, 255, 255])
  expect(colourAt(22, 10)).toEqual([0, 0, 0, 0])
})

it('says which part of a path it cannot read', () => {
  expect(() => readPath('M0 0 Q1 1')).toThrow('"Q1 1" is no part of a path.')
  expect(() => readPath('M0 0 A1 1')).toThrow('"A1 1"')
  expect(() => readPath('M0 x')).toThrow('"M0 x"')
})
