import { describe, expect, it } from 'vitest'
import type { Plant } from '../../../prompt/details/land.ts'
import { drawScene } from '../../scene.ts'

const PROMPTS: Readonly<Record<Plant, string>> = {
  lavender: 'lavender field at noon',
  sunflower: 'sunflower field at noon',
  tulip: 'red tulip field at noon',
  poppy: 'poppy field under a blue sky at noon',
  vine: 'a vineyard in summer at noon',
  wheat: 'wheat field at noon',
  tea: 'tea plantation at noon',
}

const WIDTH = 256
const HEIGHT = 144

/** The lower third of a field, where the plants are: mean red, green and blue. */
const field = (prompt: string, seed = 1): [number, number, number] => {
  const data = drawScene({ prompt, seed, width: WIDTH, height: HEIGHT, fps: 25, seconds: 0 }).draw(0)
  const sums: [number, number, number] = [0, 0, 0]
  const from = WIDTH * Math.round(HEIGHT * 0.66) * 4
  for (let index = from; index < data.length; index += 4)
    for (const channel of [0, 1, 2] as const) sums[channel] += data[index + channel]!
  const count = (data.length - from) / 4
  return [sums[0] / count, sums[1] / count, sums[2] / count]
}

describe('a planted field', () => {
  it('has the colour of what grows in it', () => {
    const [grass, lavender, poppy, wheat] = ['grass', PROMPTS.lavender, PROMPTS.poppy, PROMPTS.wheat].map((prompt) =>
      field(prompt === 'grass' ? 'green hills in summer at noon' : prompt),
    )
    expect(lavender![2] - lavender![1]).toBeGreaterThan(grass![2] - grass![1] + 20)
    expect(poppy![0] - poppy![1]).toBeGreaterThan(grass![0] - grass![1] + 20)
    expect(wheat![0] - wheat![2]).toBeGreaterThan(grass![0] - grass![2] + 20)
  })

  it.each(Object.values(PROMPTS))('draws the same bytes for the same seed: %s', (prompt) => {
    const draw = () => drawScene({ prompt, seed: 4, width: 160, height: 90, fps: 25, seconds: 0 }).draw(0)
    const first = Uint8Array.from(draw())
    expect(Buffer.compare(first, Uint8Array.from(draw()))).toBe(0)
  })
})
