import { describe, expect, it } from 'vitest'
import type { Planes } from '../kernels/planes.ts'
import { drawStill, toClipPlanes } from '../testing/stills.ts'
import { createStyle } from './create-style.ts'

const WIDTH = 320
const HEIGHT = 180
const STILL = toClipPlanes(drawStill(WIDTH, HEIGHT))

/** A prompt for every look, without an adjective. */
const BARE = [
  'watercolour',
  'oil painting',
  'gouache',
  'ink wash',
  'pencil sketch',
  'charcoal',
  'anime',
  'comic book',
  'risograph',
  'pixel art',
  'stained glass',
  'low poly',
  'neon',
  'film noir',
  'vintage',
  'infrared',
  'cyanotype',
  'winter',
  'autumn',
  'golden hour',
  'night',
  'rain',
  'fog',
  'make it better',
]

const mean = (plane: Uint8Array): number => plane.reduce((sum, value) => sum + value, 0) / plane.length
const apart = (one: Uint8Array, other: Uint8Array): number =>
  one.reduce((sum, value, at) => sum + Math.abs(value - (other[at] ?? 0)), 0) / one.length

const measure = ({ bytes, y, u, v }: Planes) => {
  const luma = mean(y)
  const root = Math.sqrt(y.reduce((sum, value) => sum + (value - luma) ** 2, 0) / y.length)
  const chroma = u.reduce((sum, value, at) => sum + Math.hypot(value - 128, (v[at] ?? 128) - 128), 0) / u.length
  const detail = y.reduce((sum, value, at) => sum + Math.abs(value - (y[at + 1] ?? value)), 0) / y.length
  return { bytes: bytes.slice(), luma, spread: root, chroma, detail, warmth: mean(v) - mean(u) }
}

const made = (prompt: string) => {
  const style = createStyle({ prompt, seed: 5, width: WIDTH, height: HEIGHT })
  style.apply(STILL, 0, 0)
  return measure(style.apply(STILL, 0.04, 1))
}

describe.each(BARE)('%s', (look) => {
  const plain = made(look)
  const of = (word: string) => made(`${word} ${look}`)

  it('takes words of colour and of light', () => {
    // What has no colour of its own gets none by being vibrant.
    if (plain.chroma > 8) {
      expect(of('vibrant').chroma).toBeGreaterThan(plain.chroma * 1.25)
      expect(of('muted').chroma).toBeLessThan(plain.chroma * 0.7)
    }
    expect(of('dark').luma).toBeLessThan(plain.luma - 6)
    expect(of('bright').luma).toBeGreaterThan(plain.luma + 5)
    expect(of('warm').warmth - of('cold').warmth).toBeGreaterThan(25)
    expect(of('red').warmth - of('blue').warmth).toBeGreaterThan(35)
  })

  it('takes words of texture and of strength', () => {
    expect(of('soft').spread).toBeLessThan(plain.spread * 0.99)
    // A sheet full of strokes can hardly have more of them: there the grit is in the strokes.
    const gritty = of('gritty')
    expect(gritty.detail).toBeGreaterThan(plain.detail * (plain.detail > 10 ? 0.95 : 1.2))
    expect(apart(gritty.bytes, plain.bytes)).toBeGreaterThan(3.5)
    for (const word of ['strong', 'extremely']) expect(apart(of(word).bytes, plain.bytes)).toBeGreaterThan(2.5)
    const far = apart(plain.bytes, STILL.bytes)
    for (const word of ['subtle', 'slightly', 'barely']) {
      const share = apart(of(word).bytes, STILL.bytes) / far
      expect(share).toBeGreaterThan(0.25)
      expect(share).toBeLessThan(0.6)
    }
  })
})
