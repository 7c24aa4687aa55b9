import { describe, expect, it } from 'vitest'
import { momentsOf } from '../kernels/moments.ts'
import type { Planes } from '../kernels/planes.ts'
import { createRandom } from '../random.ts'
import { createStyle } from '../styles/create-style.ts'
import { goldenOf, thumbnailOf } from '../testing/golden.ts'
import { colourDistance, similarity, type Small } from '../testing/likeness.ts'
import { STYLE_PROMPTS } from '../testing/prompts.ts'
import { drawStill, toClipPlanes, toPixels } from '../testing/stills.ts'

const WIDTH = 640
const HEIGHT = 360
const STILL = toClipPlanes(drawStill(WIDTH, HEIGHT))
const FRAMES = 6

/** The still as a sensor sees it at a moment: each pixel off by a few levels. */
const noisy = (index: number): Planes => {
  const planes = toClipPlanes({ width: WIDTH, height: HEIGHT, data: new Uint8Array(WIDTH * HEIGHT * 4) })
  planes.bytes.set(STILL.bytes)
  const random = createRandom(index, 'sensor')
  for (let at = 0; at < planes.y.length; at++)
    planes.y[at] = Math.min(255, Math.max(0, planes.y[at]! + (random() - 0.5) * 10))
  return planes
}

const render = (prompt: string, source: (index: number) => Planes, frames = FRAMES, seed = 5): Planes[] => {
  const style = createStyle({ prompt, seed, width: WIDTH, height: HEIGHT })
  return Array.from({ length: frames }, (_, index) => {
    const made = style.apply(source(index), index / 25, index)
    return {
      ...made,
      bytes: Uint8Array.from(made.bytes),
      y: Uint8Array.from(made.y),
      u: Uint8Array.from(made.u),
      v: Uint8Array.from(made.v),
    }
  })
}

const onStill = new Map<string, Planes[]>()

/** A prompt's frames of the still, rendered once however many tests look at them. */
const renderStill = (prompt: string): Planes[] => {
  const made = onStill.get(prompt) ?? render(prompt, () => STILL)
  onStill.set(prompt, made)
  return made
}

const small = (planes: Planes): Small => thumbnailOf(toPixels(planes))

/** Mean change between the last frames, in levels. */
const change = (frames: readonly Planes[], from: number): number => {
  const kept = frames.slice(from).map(small)
  return Math.max(...kept.slice(1).map((frame, index) => colourDistance(frame, kept[index]!)))
}

/** Levels that a still picture may change by from frame to frame: what falls through it and the grain of film do. */
const allowedOf = (look: string): number => {
  if (look === 'rain') return 5
  if (['winter', 'autumn', 'fog'].includes(look)) return 1.8
  return ['noir', 'vintage', 'infrared', 'cyanotype', 'golden hour', 'night', 'grade'].includes(look) ? 1.3 : 0.2
}

describe.each(Object.entries(STYLE_PROMPTS))('%s', (look, prompt) => {
  it('looks as it did when it was last judged', async () => {
    const made = small(renderStill(prompt).at(-1)!)
    const kept = await goldenOf(`style ${look}`, made)
    expect(similarity(made, kept)).toBeGreaterThan(0.86)
    expect(colourDistance(made, kept)).toBeLessThan(7)
  })

  it('does not flicker on a still picture, nor on a noisy one', () => {
    const allowed = allowedOf(look)
    expect(change(renderStill(prompt), 3)).toBeLessThan(allowed)
    expect(change(render(prompt, noisy), 3)).toBeLessThan(allowed + 0.5)
  })
})

describe('obedience', () => {
  const mean = (plane: Uint8Array): number => plane.reduce((sum, value) => sum + value, 0) / plane.length
  const last = (prompt: string): Planes => render(prompt, () => STILL, 2).at(-1)!
  /** Red against blue, in levels. */
  const warmth = (planes: Planes): number => mean(planes.v) - mean(planes.u)

  it('makes night darker than the source, and sunset warmer than noon', () => {
    expect(mean(last('at night').y)).toBeLessThan(mean(STILL.y) * 0.6)
    expect(warmth(last('at sunset'))).toBeGreaterThan(warmth(last('in cold light at noon')) + 12)
  })

  it('turns leaves to orange in autumn, and only them', () => {
    const autumn = last('autumn')
    const at = (planes: Planes, x: number, y: number): { u: number; v: number } => ({
      u: planes.u[(y >> 1) * planes.chromaWidth + (x >> 1)]!,
      v: planes.v[(y >> 1) * planes.chromaWidth + (x >> 1)]!,
    })
    for (const [x, y] of [
      [300, 280],
      [276, 200],
    ] as const)
      expect(at(autumn, x, y).v - at(STILL, x, y).v, `leaves at ${x}, ${y}`).toBeGreaterThan(15)
    expect(Math.abs(at(autumn, 400, 40).v - at(STILL, 400, 40).v), 'sky').toBeLessThan(22)
  })

  it('adds bright points that move where it snows, and leaves that move in autumn', () => {
    for (const [prompt, other] of [
      ['falling snow in winter', 'night'],
      ['autumn leaves', 'golden hour'],
    ] as const) {
      const moved = (words: string): number => {
        const frames = render(words, () => STILL, 6)
        return frames[1]!.y.reduce(
          (sum, value, index) => sum + (Math.abs(value - frames[5]!.y[index]!) > 40 ? 1 : 0),
          0,
        )
      }
      expect(moved(prompt)).toBeGreaterThan(moved(other) + 300)
    }
  })

  it('takes all colour out of film noir, and lays on the colours that are named', () => {
    const noir = last('film noir')
    expect(Math.max(...noir.u) - Math.min(...noir.u)).toBeLessThan(6)
    expect(warmth(last('a red watercolour'))).toBeGreaterThan(warmth(last('a blue watercolour')) + 20)
  })

  it('draws what is flat: open paper and black strokes in ink, and the whole scale in other media', () => {
    const flat = { ...STILL, bytes: STILL.bytes.map((value) => 120 + (value - 128) * 0.22) }
    const size = STILL.y.length
    const source: Planes = { ...flat, y: flat.bytes.subarray(0, size), u: STILL.u, v: STILL.v }
    const share = (luma: Uint8Array, of: (value: number) => boolean): number => luma.filter(of).length / size
    const made = (prompt: string): Uint8Array => render(prompt, () => source, 2).at(-1)!.y
    const drawn = made('ink wash')
    expect(share(drawn, (value) => value > 232)).toBeGreaterThan(0.22)
    expect(share(drawn, (value) => value < 70)).toBeGreaterThan(0.005)
    for (const prompt of ['watercolour', 'a comic', 'oil painting', 'pencil sketch'])
      expect(momentsOf(made(prompt)).spread, prompt).toBeGreaterThan(30)
  })

  it('gives an unknown prompt a grade, another one for another seed', () => {
    const grades = [1, 2, 3, 4, 5, 6].map((seed) => small(render('blurgh', () => STILL, 1, seed)[0]!))
    for (const one of grades) expect(colourDistance(one, small(STILL))).toBeGreaterThan(5)
    expect(Math.max(...grades.map((one) => colourDistance(one, grades[0]!)))).toBeGreaterThan(8)
  })
})
