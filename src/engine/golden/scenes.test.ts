import { describe, expect, it } from 'vitest'
import type { Pixels } from '../frames.ts'
import { drawScene } from '../scenes/scene.ts'
import { goldenOf, thumbnailOf } from '../testing/golden.ts'
import { bitsApart, colourDistance, hashOf, shrink, similarity } from '../testing/likeness.ts'
import { MOTIF_PROMPTS, SCENE_PROMPTS, SEEDED_PROMPTS } from '../testing/prompts.ts'

const WIDTH = 288
const HEIGHT = 162

const scene = (prompt: string, seed = 1, seconds = 0) =>
  drawScene({ prompt, seed, width: WIDTH, height: HEIGHT, fps: 25, seconds })
const drawn = new Map<string, Pixels>()

/** A prompt's picture, drawn once however many tests look at it. */
const picture = (prompt: string, seed = 1): Pixels => {
  const key = `${seed} ${prompt}`
  const known = drawn.get(key)
  if (known) return known
  const made = { width: WIDTH, height: HEIGHT, data: Uint8Array.from(scene(prompt, seed).draw(0)) }
  drawn.set(key, made)
  return made
}

/** One prompt of each kind, and those that have drawn people, animals or houses wrong before. */
const JUDGED = [0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 20, 22, 23, 37, 42, 43, 45].map((index) => SCENE_PROMPTS[index]!)
/** Motifs that no prompt of those asks for. */
const MOTIFS = [
  MOTIF_PROMPTS.railway,
  MOTIF_PROMPTS.moon,
  'A full moon over a lake',
  MOTIF_PROMPTS.kites,
  'Kites on a beach at sunset',
  MOTIF_PROMPTS['storm cell'],
  MOTIF_PROMPTS.cave,
  MOTIF_PROMPTS.river,
  MOTIF_PROMPTS.robot,
  'A giant robot walks through the fog',
  MOTIF_PROMPTS.crowd,
]

it.each([...JUDGED, ...MOTIFS])('looks as it did when it was last judged: %s', async (prompt) => {
  const made = thumbnailOf(picture(prompt))
  const kept = await goldenOf(`scene ${prompt}`, made)
  expect(similarity(made, kept)).toBeGreaterThan(0.9)
  expect(colourDistance(made, kept)).toBeLessThan(5)
})

/** Two pictures that a person would not take for the same: their hashes differ, or their colours do. */
const differ = (one: Pixels, other: Pixels): number =>
  bitsApart(hashOf(one), hashOf(other)) / 192 + colourDistance(shrink(one, 9, 8), shrink(other, 9, 8)) / 64

const closest = (pictures: readonly Pixels[], names: readonly string[]): { least: number; pair: string } => {
  let least = Infinity
  let pair = ''
  pictures.forEach((one, index) => {
    for (let other = index + 1; other < pictures.length; other++) {
      const apart = differ(one, pictures[other]!)
      if (apart < least) {
        least = apart
        pair = `${names[index]} / ${names[other]}`
      }
    }
  })
  return { least, pair }
}

it('draws fifty prompts that are all different', () => {
  expect(new Set(SCENE_PROMPTS).size).toBe(50)
  const { least, pair } = closest(
    SCENE_PROMPTS.map((prompt) => picture(prompt)),
    SCENE_PROMPTS,
  )
  expect(least, pair).toBeGreaterThan(0.25)
})

it.each(SEEDED_PROMPTS)('composes ten seeds anew: %s', (prompt) => {
  const seeds = Array.from({ length: 10 }, (_, index) => index + 1)
  const { least, pair } = closest(
    seeds.map((seed) => picture(prompt, seed)),
    seeds.map(String),
  )
  expect(least, pair).toBeGreaterThan(0.1)
})

describe('obedience', () => {
  const means = (pixels: Pixels): readonly [number, number, number] => {
    const { rgb } = shrink(pixels, 1, 1)
    return [rgb[0]!, rgb[1]!, rgb[2]!]
  }

  it('makes autumn more orange than spring', () => {
    for (const place of ['a forest at noon in', 'a meadow with trees at noon in']) {
      const [red, green] = means(picture(`${place} autumn`, 3))
      const [springRed, springGreen] = means(picture(`${place} spring`, 3))
      expect(red / green, place).toBeGreaterThan((springRed / springGreen) * 1.08)
    }
  })

  it('makes winter whiter than summer, and fog paler than a clear day', () => {
    const spread = (pixels: Pixels): number => {
      const { rgb } = shrink(pixels, 48, 27)
      const mean = rgb.reduce((sum, value) => sum + value, 0) / rgb.length
      return Math.sqrt(rgb.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rgb.length)
    }
    const green = (pixels: Pixels): number => means(pixels)[1] - means(pixels)[2]
    expect(green(picture('a meadow at noon in winter', 2))).toBeLessThan(
      green(picture('a meadow at noon in summer', 2)) - 10,
    )
    expect(spread(picture('mountains in thick fog at noon', 2))).toBeLessThan(
      spread(picture('mountains on a clear day at noon', 2)),
    )
  })
})
