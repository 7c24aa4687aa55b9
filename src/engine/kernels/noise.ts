import { createRandom } from '../random.ts'

/** A square of noise that repeats without a seam: side a power of two, values 0 to 255 around 128. */
export type NoiseTile = { side: number; data: Uint8Array }

/** White noise with a bell's shape (mean of three), as film grain has. */
export const grainTile = (seed: number, name: string, side = 512): NoiseTile => {
  const random = createRandom(seed, name)
  const data = new Uint8Array(side * side)
  for (let index = 0; index < data.length; index++) data[index] = ((random() + random() + random()) / 3) * 255
  return { side, data }
}

/** Value noise of several octaves, each of half the size and `gain` of the strength: clouds, paper, pigment. */
export const fractalTile = (
  seed: number,
  name: string,
  options: { side?: number; cells: number; cellsDown?: number; octaves: number; gain?: number },
): NoiseTile => {
  const { side = 512, cells, cellsDown = cells, octaves, gain = 0.5 } = options
  const random = createRandom(seed, name)
  const sum = new Float32Array(side * side)
  let strength = 1
  let total = 0
  for (let octave = 0; octave < octaves; octave++) {
    const across = Math.min(side, cells << octave)
    const down = Math.min(side, cellsDown << octave)
    const lattice = Float32Array.from({ length: across * down }, () => random())
    for (let y = 0; y < side; y++) {
      const v = (y * down) / side
      const above = Math.floor(v)
      const partDown = smooth(v - above)
      const upper = above * across
      const lower = ((above + 1) % down) * across
      for (let x = 0; x < side; x++) {
        const u = (x * across) / side
        const before = Math.floor(u)
        const partAcross = smooth(u - before)
        const after = (before + 1) % across
        const top = mix(lattice[upper + before] ?? 0, lattice[upper + after] ?? 0, partAcross)
        const bottom = mix(lattice[lower + before] ?? 0, lattice[lower + after] ?? 0, partAcross)
        const index = y * side + x
        sum[index] = (sum[index] ?? 0) + strength * mix(top, bottom, partDown)
      }
    }
    total += strength
    strength *= gain
  }
  const data = new Uint8Array(side * side)
  for (let index = 0; index < data.length; index++) data[index] = ((sum[index] ?? 0) / total) * 255
  return { side, data }
}

export const mix = (from: number, to: number, part: number): number => from + (to - from) * part

/** Hermite's step of a part in 0..1. */
export const smooth = (part: number): number => part * part * (3 - 2 * part)

/** 0 below `from`, 1 above `to`, smooth between. */
export const step = (from: number, to: number, value: number): number =>
  smooth(Math.min(1, Math.max(0, (value - from) / (to - from))))
