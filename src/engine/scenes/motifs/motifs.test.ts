import { describe, expect, it } from 'vitest'
import { MOTIFS, type Motif } from '../../prompt/motif.ts'
import { MOTIF_PROMPTS } from '../../testing/prompts.ts'
import { drawScene } from '../scene.ts'

const WIDTH = 256
const HEIGHT = 144

const scene = (prompt: string, seed = 1, seconds = 0) =>
  drawScene({ prompt, seed, width: WIDTH, height: HEIGHT, fps: 25, seconds })
const frame = (prompt: string, seed: number): Uint8Array => Uint8Array.from(scene(prompt, seed).draw(0))

/** Share of the pixels whose green is more than some levels apart: more than grain can do. */
const apart = (one: ArrayLike<number>, other: ArrayLike<number>, levels = 24): number => {
  let count = 0
  for (let index = 1; index < one.length; index += 4) if (Math.abs(one[index]! - other[index]!) > levels) count++
  return count / (one.length / 4)
}

describe.each(MOTIFS)('%s', (motif: Motif) => {
  it('fills the frame, with contrast, moves, and is another picture of another seed', () => {
    const clip = scene(MOTIF_PROMPTS[motif], 1, 2)
    const first = Uint8Array.from(clip.draw(0))
    let least = 255
    let darkest = 255
    let brightest = 0
    for (let index = 0; index < first.length; index += 4) {
      least = Math.min(least, first[index + 3]!)
      const level = first[index]! * 0.3 + first[index + 1]! * 0.59 + first[index + 2]! * 0.11
      darkest = Math.min(darkest, level)
      brightest = Math.max(brightest, level)
    }
    expect(least).toBe(255)
    expect(brightest - darkest).toBeGreaterThan(70)
    expect(apart(first, clip.draw(clip.count - 1))).toBeGreaterThan(0.01)
    expect(apart(first, frame(MOTIF_PROMPTS[motif], 2))).toBeGreaterThan(0.12)
  })

  it('draws the same bytes for the same options, whichever frames came before', () => {
    const one = scene(MOTIF_PROMPTS[motif], 5, 1)
    one.draw(3)
    const drawn = Uint8Array.from(one.draw(20))
    expect(Buffer.compare(drawn, Uint8Array.from(scene(MOTIF_PROMPTS[motif], 5, 1).draw(20)))).toBe(0)
  })
})

describe('obedience', () => {
  const mean = (data: ArrayLike<number>, channel: number): number => {
    let sum = 0
    for (let index = channel; index < data.length; index += 4) sum += data[index]!
    return sum / (data.length / 4)
  }
  const level = (data: ArrayLike<number>): number => mean(data, 0) * 0.3 + mean(data, 1) * 0.59 + mean(data, 2) * 0.11

  it.each([
    'an old town',
    'a harbour',
    'a street',
    'icebergs',
    'the savanna',
    'a waterfall',
    'a train',
    'a river',
    'kites',
    'a tornado',
  ])('of the hour: a sunset is warmer than noon, a night darker than a day: %s', (words) => {
    const [noon, sunset, night] = ['noon', 'sunset', 'night'].map((time) => frame(`${words} at ${time}`, 1))
    expect(mean(sunset!, 0) - mean(sunset!, 2)).toBeGreaterThan(mean(noon!, 0) - mean(noon!, 2) + 15)
    expect(level(night!)).toBeLessThan(level(noon!) * 0.7)
  })

  it('gives a rose the colour that it is asked for in', () => {
    const [red, white] = [frame('a red rose at noon', 3), frame('a white rose at noon', 3)]
    const reddest = (data: Uint8Array): number => {
      let count = 0
      for (let index = 0; index < data.length; index += 4)
        if (data[index]! > data[index + 1]! * 1.9 && data[index]! > data[index + 2]! * 1.5) count++
      return count / (data.length / 4)
    }
    expect(reddest(red)).toBeGreaterThan(0.03)
    expect(reddest(white)).toBeLessThan(reddest(red) / 4)
  })

  it.each([
    ['red', 0, 1],
    ['green', 1, 0],
  ] as const)('gives a kite the colour that it is asked for in: %s', (colour, channel, other) => {
    const data = frame(`a ${colour} kite over a meadow at noon, no trees`, 3)
    const sky = data.subarray(0, WIDTH * 4 * Math.round(HEIGHT * 0.4))
    let count = 0
    for (let index = 0; index < sky.length; index += 4)
      if (sky[index + channel]! > sky[index + other]! + 30 && sky[index + channel]! > sky[index + 2]! + 20) count++
    expect(count).toBeGreaterThan(60)
  })

  it('gives a moon its colour', () => {
    const warmth = (data: Uint8Array): number => mean(data, 0) - mean(data, 2)
    expect(warmth(frame('a giant red moon', 3))).toBeGreaterThan(warmth(frame('a giant moon', 3)) + 15)
  })

  it('keeps the sky blue over green hills', () => {
    const data = frame('green hills on a clear day at noon', 1)
    const sky = data.subarray(0, WIDTH * 4 * Math.round(HEIGHT * 0.2))
    expect(mean(sky, 2)).toBeGreaterThan(mean(sky, 1) + 15)
  })

  it('lets crystals shine in the colour that they are asked for in', () => {
    const blue = (data: Uint8Array): number => mean(data, 2) - mean(data, 0)
    expect(blue(frame('a cave with blue crystals', 3))).toBeGreaterThan(blue(frame('a cave with red crystals', 3)) + 15)
  })

  it('gives a robot the colour that it is asked for in', () => {
    const count = (data: Uint8Array): number => {
      let found = 0
      for (let index = 0; index < data.length; index += 4)
        if (data[index]! > data[index + 1]! * 2.2 && data[index]! > 120) found++
      return found
    }
    expect(count(frame('a small red robot at noon', 3))).toBeGreaterThan(
      count(frame('a small blue robot at noon', 3)) + 300,
    )
  })

  it('picks out the one umbrella that is asked for', () => {
    const clip = scene('a red umbrella in a crowd', 2, 2)
    const data = clip.draw(25)
    let found = 0
    for (let index = 0; index < data.length; index += 4)
      if (data[index]! > data[index + 1]! * 2 && data[index]! > 70) found++
    expect(found).toBeGreaterThan(20)
    expect(found).toBeLessThan(WIDTH * HEIGHT * 0.02)
  })

  it('turns a tornado', () => {
    const clip = scene('a tornado over the plains, static camera', 2, 2)
    expect(apart(Uint8Array.from(clip.draw(4)), clip.draw(9), 12)).toBeGreaterThan(0.004)
  })

  it('lets fireworks light the night', () => {
    const clip = scene('fireworks over a lake, static camera', 1, 2)
    const one = Uint8Array.from(clip.draw(10))
    expect(apart(one, clip.draw(18), 40)).toBeGreaterThan(0.002)
  })
})
