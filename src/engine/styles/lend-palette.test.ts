import { describe, expect, it } from 'vitest'
import { paletteOf } from '../kernels/palette.ts'
import { lumaChroma } from '../kernels/tone.ts'
import { createPlanes, type Planes } from '../kernels/planes.ts'
import { STYLE_PROMPTS } from '../testing/prompts.ts'
import { drawStill, toClipPlanes } from '../testing/stills.ts'
import { createStyle } from './create-style.ts'

const WIDTH = 320
const HEIGHT = 180
const STILL = toClipPlanes(drawStill(WIDTH, HEIGHT))

/** A picture of bands of colours, the first ones the darkest. */
const bands = (...colours: readonly (readonly [number, number, number])[]): Planes => {
  const planes = createPlanes(64, 64, 0)
  for (let at = 0; at < 64 * 64; at++) {
    const [red, green, blue] = colours[Math.floor((at / (64 * 64)) * colours.length)] ?? [0, 0, 0]
    const { y, u, v } = lumaChroma(red, green, blue)
    planes.y[at] = y + (at % 7)
    planes.u[at] = u
    planes.v[at] = v
  }
  return planes
}

const REFERENCES = {
  embers: bands([60, 12, 10], [170, 40, 20], [240, 120, 30], [255, 220, 150]),
  sea: bands([4, 20, 60], [10, 80, 150], [60, 170, 210], [210, 240, 250]),
  moss: bands([14, 26, 8], [50, 90, 30], [120, 160, 60], [220, 235, 180]),
}

const mean = (plane: Uint8Array): number => plane.reduce((sum, value) => sum + value, 0) / plane.length

const made = (prompt: string, reference?: Planes): Planes => {
  const palette = reference && paletteOf(reference)
  const style = createStyle({ prompt, seed: 5, width: WIDTH, height: HEIGHT, palette })
  const { bytes, y, u, v, ...rest } = style.apply(STILL, 0, 0)
  return { ...rest, bytes, y: y.slice(), u: u.slice(), v: v.slice() }
}
const away = (planes: Planes, reference: Planes): number =>
  Math.hypot(mean(planes.u) - mean(reference.u), mean(planes.v) - mean(reference.v))

describe.each(Object.entries(REFERENCES))('a reference of %s', (_, reference) => {
  it.each(['', ...Object.values(STYLE_PROMPTS)])('lends its palette to %j', (prompt) => {
    const before = prompt === '' ? STILL : made(prompt)
    const after = made(prompt, reference)
    expect(away(after, reference)).toBeLessThan(away(before, reference) * 0.8 + 1)
  })
})

it('is kind to skin, and leaves white and black what they are', () => {
  const sea = made('', REFERENCES.sea)
  const at = (planes: Planes, x: number, y: number): number =>
    (planes.v[(y >> 1) * planes.chromaWidth + (x >> 1)] ?? 0) -
    (planes.u[(y >> 1) * planes.chromaWidth + (x >> 1)] ?? 0)
  // The cheek, the hill beside it.
  expect(at(sea, 226, 105)).toBeGreaterThan(at(STILL, 226, 105) * 0.5)
  expect(at(sea, 150, 130)).toBeLessThan(at(STILL, 150, 130) - 12)
  const flat = createPlanes(WIDTH, HEIGHT, 1)
  flat.bytes.fill(128)
  for (let row = 0; row < HEIGHT; row++)
    flat.y.fill(row < 60 ? 2 : row < 120 ? 128 : 254, row * WIDTH, (row + 1) * WIDTH)
  const palette = paletteOf(REFERENCES.embers)
  const { v } = createStyle({ prompt: '', seed: 1, width: WIDTH, height: HEIGHT, palette }).apply(flat, 0, 0)
  const row = (y: number): number => Math.abs((v[(y >> 1) * (WIDTH / 2) + 40] ?? 0) - 128)
  expect(row(90)).toBeGreaterThan(3 * Math.max(row(20), row(160)))
})

it('makes no bands of a gradient', () => {
  const slope = createPlanes(512, 32, 1)
  slope.bytes.fill(128)
  for (let at = 0; at < slope.y.length; at++) slope.y[at] = (at % 512) / 2
  const palette = paletteOf(REFERENCES.sea)
  const { u, v } = createStyle({ prompt: '', seed: 1, width: 512, height: 32, palette }).apply(slope, 0, 0)
  for (const plane of [u, v])
    for (let x = 1; x < 255; x++) expect(Math.abs((plane[x] ?? 0) - (plane[x - 1] ?? 0))).toBeLessThanOrEqual(4)
})
