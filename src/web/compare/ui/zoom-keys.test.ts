import { expect, it } from 'vitest'
import { GAP, type Room } from '../geometry.ts'
import { initialView, type View } from '../view.ts'
import { pixelScale, WHOLE } from '../zoom.ts'
import { panByKey, zoomByKey } from './zoom-keys.ts'

const HD = { width: 1280, height: 720 }
const room: Room = { viewport: { width: 640, height: 400 }, sizes: [HD, HD], gap: GAP }
const view: View = { ...initialView(2), mode: 'wipe' }
const key = (pressed: string, part: Partial<KeyboardEvent> = {}) => ({
  key: pressed,
  code: '',
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...part,
})

it('zooms in and out, to the whole and to the pixel', () => {
  const near = { ...view, ...zoomByKey(key('+'), view, room) }
  expect(near.zoom).toBeGreaterThan(1)
  expect(zoomByKey(key('-'), near, room)).toEqual(WHOLE)
  expect(zoomByKey(key('0'), near, room)).toEqual(WHOLE)
  // On keyboards where Shift and 0 say something else.
  const exact = zoomByKey(key('=', { code: 'Digit0', shiftKey: true }), near, room)
  expect(pixelScale({ ...view, ...exact }, room)).toBeCloseTo(1)
})

it('leaves the numbers of the grid, and the browser’s own zoom, alone', () => {
  for (const pressed of ['1', '8', 'x', 'ArrowLeft']) expect(zoomByKey(key(pressed), view, room)).toBeNull()
  for (const modifier of ['ctrlKey', 'metaKey', 'altKey'] as const)
    for (const pressed of ['+', '-', '0']) expect(zoomByKey(key(pressed, { [modifier]: true }), view, room)).toBeNull()
})

it('pans by the arrow keys only what is larger than its place', () => {
  expect(panByKey(key('ArrowRight'), view, room, 1)).toBeNull()
  const near = { ...view, zoom: 4 }
  expect(panByKey(key('ArrowRight'), near, room, 1)?.centre.x).toBeGreaterThan(0.5)
  expect(panByKey(key('ArrowUp', { shiftKey: true }), near, room, 1)?.centre.y).toBeLessThan(0.45)
  expect(panByKey(key('j'), near, room, 1)).toBeNull()
})
