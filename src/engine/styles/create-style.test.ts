import { describe, expect, it } from 'vitest'
import { createPlanes, planesIn, type Planes } from '../kernels/planes.ts'
import { STYLE_PROMPTS } from '../testing/prompts.ts'
import { createStyle } from './create-style.ts'
import { looks } from './looks.ts'
import { readStyle } from './read-style.ts'

const WIDTH = 320
const HEIGHT = 180

/** A picture with something of everything: a sky that fades, green ground, a warm disc, edges and fine texture. */
const scene = (shift: 0 | 1, moved = 0): Planes => {
  const planes = createPlanes(WIDTH, HEIGHT, shift)
  const { chromaWidth, chromaHeight } = planes
  const inDisc = (x: number, y: number) => (x - 150 - moved) ** 2 + (y - 90) ** 2 < 45 ** 2
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++) {
      const base = y < 100 ? 190 - y * 0.6 : 90 + 30 * Math.sin(x / 3) * Math.sin(y / 4)
      planes.y[y * WIDTH + x] = inDisc(x, y) ? 160 + 30 * Math.sin(x / 9) : base
    }
  for (let row = 0; row < chromaHeight; row++)
    for (let column = 0; column < chromaWidth; column++) {
      const x = column << shift
      const y = row << shift
      const at = row * chromaWidth + column
      const [u, v] = inDisc(x, y) ? [96, 168] : y < 100 ? [150, 116] : [102, 108]
      planes.u[at] = u
      planes.v[at] = v
    }
  return planes
}

const render = (
  prompt: string,
  options: { seed?: number; shift?: 0 | 1; steps?: number; source?: Planes; frames?: number } = {},
) => {
  const { seed = 5, shift = 1, source = scene(shift), frames = 1 } = options
  const style = createStyle({ prompt, seed, width: WIDTH, height: HEIGHT, steps: options.steps })
  let bytes = new Uint8Array()
  for (let index = 0; index < frames; index++) bytes = Uint8Array.from(style.apply(source, index / 25, index).bytes)
  return { look: style.look, bytes }
}
const drawn = new Map<string, Uint8Array>()

/** What a prompt makes of the scene with the usual seed, rendered once however many tests look at it. */
const plain = (prompt: string): Uint8Array => {
  const made = drawn.get(prompt) ?? render(prompt).bytes
  drawn.set(prompt, made)
  return made
}

const apart = (one: Uint8Array, other: Uint8Array): number =>
  one.reduce((sum, value, index) => sum + Math.abs(value - (other[index] ?? 0)), 0) / one.length

const PROMPTS = STYLE_PROMPTS

describe.each(Object.entries(PROMPTS))('%s', (look, prompt) => {
  it('is read from its words, is visible, and is the same again for the same seed', () => {
    const again = render(prompt)
    expect(again.look).toBe(look)
    expect(apart(plain(prompt), scene(1).bytes)).toBeGreaterThan(4)
    expect(Buffer.compare(plain(prompt), again.bytes)).toBe(0)
  })

  it('is another take with another seed', () => {
    const first = plain(prompt)
    expect(Math.max(...[6, 7, 8].map((seed) => apart(first, render(prompt, { seed }).bytes)))).toBeGreaterThan(0.8)
  })

  it('does not flicker on a still picture', () => {
    const source = scene(1)
    const style = createStyle({ prompt, seed: 5, width: WIDTH, height: HEIGHT })
    const frames = Array.from({ length: 6 }, (_, index) => Uint8Array.from(style.apply(source, index / 25, index).y))
    const mean = (plane: Uint8Array) => plane.reduce((sum, value) => sum + value, 0) / plane.length
    for (const [index, frame] of frames.entries())
      if (index > 1) expect(Math.abs(mean(frame) - mean(frames[index - 1] ?? frame))).toBeLessThan(1)
  })
})

it('gives looks that are all clearly different', () => {
  const made = Object.values(PROMPTS).map((prompt) => ({ prompt, bytes: plain(prompt) }))
  for (const [index, one] of made.entries())
    for (const other of made.slice(index + 1))
      expect(apart(one.bytes, other.bytes), `${one.prompt} / ${other.prompt}`).toBeGreaterThan(5)
  expect(Object.keys(looks)).toHaveLength(made.length + 1)
})

describe('adjectives and colours', () => {
  const chroma = (bytes: Uint8Array) =>
    bytes.subarray(WIDTH * HEIGHT).reduce((sum, value) => sum + Math.abs(value - 128), 0)
  const luma = (bytes: Uint8Array) => bytes.subarray(0, WIDTH * HEIGHT).reduce((sum, value) => sum + value, 0)
  const plane = (bytes: Uint8Array, which: 'u' | 'v') => {
    const size = (WIDTH / 2) * (HEIGHT / 2)
    const start = WIDTH * HEIGHT + (which === 'u' ? 0 : size)
    return bytes.subarray(start, start + size).reduce((sum, value) => sum + value, 0) / size
  }

  it('change the colour, the light and the warmth', () => {
    const of = plain
    expect(chroma(of('vibrant anime'))).toBeGreaterThan(chroma(of('anime')) * 1.15)
    expect(chroma(of('muted anime'))).toBeLessThan(chroma(of('anime')) * 0.8)
    expect(luma(of('a dark watercolor'))).toBeLessThan(luma(of('a watercolor')) * 0.92)
    expect(luma(of('a bright oil painting'))).toBeGreaterThan(luma(of('an oil painting')) * 1.05)
    expect(plane(of('warm anime'), 'v')).toBeGreaterThan(plane(of('cold anime'), 'v') + 8)
    expect(plane(of('a blue watercolor'), 'u')).toBeGreaterThan(plane(of('a red watercolor'), 'u') + 10)
  })

  it('ask for less of a look', () => {
    const source = scene(1).bytes
    expect(apart(plain('slightly noir'), source)).toBeLessThan(apart(plain('noir'), source) * 0.6)
  })
})

it('takes an empty prompt, an odd size and chroma of full size', () => {
  expect(render('').look).toBe('grade')
  for (const prompt of Object.values(PROMPTS)) {
    const source = createPlanes(54, 38, 0)
    source.bytes.fill(120)
    const style = createStyle({ prompt, seed: 1, width: 54, height: 38 })
    expect(style.apply(source, 0, 0).bytes).toHaveLength(54 * 38 * 3)
  }
})

describe('the number of steps', () => {
  /** Mean difference of luma from one pixel to the next: how much fine detail there is. */
  const detail = (planes: Planes): number => {
    let sum = 0
    for (let at = 1; at < planes.y.length; at++) sum += Math.abs((planes.y[at] ?? 0) - (planes.y[at - 1] ?? 0))
    return sum / planes.y.length
  }
  const source = createPlanes(640, 360, 1)
  for (let index = 0; index < source.y.length; index++) source.y[index] = ((index * 2654435761) >>> 8) % 200
  const done = new Map<string, Planes>()
  const made = (prompt: string, steps?: number): Planes => {
    const known = done.get(`${prompt} ${steps}`)
    if (known) return known
    const { bytes } = createStyle({ prompt, seed: 1, width: 640, height: 360, steps }).apply(source, 0, 0)
    const planes = planesIn(640, 360, 1, Uint8Array.from(bytes))
    done.set(`${prompt} ${steps}`, planes)
    return planes
  }

  it.each(Object.keys(PROMPTS))('is all of them by default, and few have less detail: %s', (look) => {
    const full = made(look)
    expect(Buffer.compare(made(look, 50).bytes, full.bytes)).toBe(0)
    expect(detail(made(look, 10))).toBeLessThan(detail(full) * 0.95)
  })

  it.each(['oil', 'gouache', 'watercolour', 'comic'])('changes the brush of %s step by step', (look) => {
    const all = [50, 35, 20, 5].map((steps) => made(look, steps))
    for (const [index, one] of all.entries())
      for (const other of all.slice(index + 1)) expect(apart(one.bytes, other.bytes)).toBeGreaterThan(1)
  })
})

it.each(['oil painting', 'watercolor', 'anime'])('keeps the features of a face: %s', (prompt) => {
  const source = createPlanes(1280, 720, 1)
  const inFace = (x: number, y: number) => (x - 640) ** 2 + (y - 360) ** 2 < 70 ** 2
  const isEye = (x: number, y: number) => Math.abs(y - 350) < 2 && Math.abs(Math.abs(x - 640) - 24) < 6
  for (let y = 0; y < 720; y++)
    for (let x = 0; x < 1280; x++) source.y[y * 1280 + x] = isEye(x, y) ? 50 : inFace(x, y) ? 165 : 90
  for (let y = 0; y < 360; y++)
    for (let x = 0; x < 640; x++) {
      const at = y * 640 + x
      source.u[at] = inFace(2 * x, 2 * y) ? 110 : 128
      source.v[at] = inFace(2 * x, 2 * y) ? 148 : 128
    }
  const { y: luma } = createStyle({ prompt, seed: 5, width: 1280, height: 720 }).apply(source, 0, 0)
  const mean = (left: number, top: number): number => {
    let sum = 0
    for (let y = top; y < top + 3; y++) for (let x = left; x < left + 10; x++) sum += luma[y * 1280 + x] ?? 0
    return sum / 30
  }
  for (const eye of [611, 659]) expect((mean(eye, 332) + mean(eye, 366)) / 2 - mean(eye, 349)).toBeGreaterThan(50)
})

it.each([
  ['A painting in watercolour', 'watercolour'],
  ['An illustration in charcoal', 'charcoal'],
  ['Painted by Van Gogh at night', 'oil'],
  ['Anime at golden hour', 'anime'],
  ['a sunny day without any snow', 'golden hour'],
  ['Not a cartoon, a comic', 'comic'],
  ['', 'grade'],
  ['Nachtaufnahme', 'grade'],
] as const)('reads %j as %s', (prompt, look) => expect(render(prompt).look).toBe(look))

describe('several wishes at once', () => {
  it.each([
    ['watercolour and ink', 'watercolour', 'ink'],
    ['a comic in film noir', 'comic', 'noir'],
    ['oil painting at night', 'oil', 'night'],
    ['anime in autumn', 'anime', 'autumn'],
    ['low poly with neon lights', 'low poly', 'neon'],
  ])('%s has something of both', (both, one, other) => {
    const made = plain(both)
    // A drawing over paint is a few lines: they darken little of a picture.
    expect(apart(made, plain(one))).toBeGreaterThan(2)
    expect(apart(made, plain(other))).toBeGreaterThan(4)
  })

  it('reads them', () => {
    expect(readStyle('A gritty anime night, in pencil', false)).toMatchObject({
      look: 'anime',
      second: 'pencil',
      light: 'night',
      texture: 'grit',
    })
    expect(readStyle('40% stained glass', false)).toMatchObject({ look: 'stained glass', amount: 0.4 })
    expect(readStyle('cyberpunk neon lights', false)).toMatchObject({ look: 'neon', second: undefined, brightness: 0 })
  })
})

it('leaves the source as it is', () => {
  const source = scene(1)
  render('neon', { source })
  expect(Buffer.compare(source.bytes, scene(1).bytes)).toBe(0)
})
