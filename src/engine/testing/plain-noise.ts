import type { Noise } from '../canvas/noise.ts'

/** The noises of octaves by their definition, each turned and moved from the one before it. */
export const plainOctaves = (
  noise: Noise,
  x: number,
  y: number,
  count: number,
  move: readonly [number, number] = [17.3, 9.1],
): number[] => {
  const found: number[] = []
  for (let octave = 0; octave < count; octave++) {
    found.push(noise(x, y))
    ;[x, y] = [x * 1.62 + y * 1.18 + move[0], y * 1.62 - x * 1.18 + move[1]]
  }
  return found
}

/** Their sum, each half as strong as the one before it. */
export const plainSum = (noise: Noise, x: number, y: number, count: number): number =>
  plainOctaves(noise, x, y, count).reduce((sum, value, octave) => sum + value / 2 ** (octave + 1), 0)
