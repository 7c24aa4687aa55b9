import { smoother } from '../motion/ease.ts'
import { blendWord } from '../motion/warp.ts'
import { createRandom } from '../random.ts'
import { createNoise } from '../scenes/noise.ts'
import type { Mixer, Pair } from './mixers.ts'

/** How often all of it changes in a clip: every third frame of five seconds. */
const BEATS = 40

/** Blocks that jump, colours that part, lines that tear: the end breaks through the start in bursts. */
export const glitch = ({ start, end, seed }: Pair): Mixer => {
  const { width, height } = start
  const unit = Math.min(width, height) / 720
  const block = Math.max(4, Math.round(26 * unit))
  const wide = block * 3
  const columns = Math.ceil(width / wide)
  // Where each pixel of a line looks for its red, green and blue: the same for all lines of a band.
  const [reds, greens, blues] = [new Uint16Array(width), new Uint16Array(width), new Uint16Array(width)] as const
  const dimmed = new Uint8Array(256)
  return (now, out) => {
    // Held for a few frames at a time: real dropouts do not change with every frame.
    const beat = Math.min(BEATS - 1, Math.floor(now * BEATS))
    const share = (beat + 0.5) / BEATS
    const eased = smoother(share)
    const force = Math.sin(Math.PI * share) ** 0.8
    const random = createRandom(seed ^ Math.imul(beat + 1, 2654435761), 'glitch')
    const split = Math.round((3 + random() * 22) * force * unit)
    const shake = random() < 0.3 * force ? Math.round((random() - 0.5) * 90 * unit * force) : 0
    const bands = Math.ceil(height / block)
    const shifts = Array.from({ length: bands }, () =>
      random() < 0.42 * force ? Math.round((random() - 0.5) * width * 0.32 * force) : 0,
    )
    const chosen = Array.from({ length: bands * columns }, () => random() < eased * 1.1 - 0.05)
    const whole = random() < 0.25
    for (let level = 0; level < 256; level++) dimmed[level] = level * (1 - 0.16 * force)
    for (let band = 0; band < bands; band++) {
      const slide = shifts[band]! + shake
      for (let x = 0; x < width; x++) {
        const middle = (((x + slide) % width) + width) % width
        reds[x] = Math.max(0, middle - split)
        greens[x] = middle
        blues[x] = Math.min(width - 1, middle + split)
      }
      for (let column = 0; column < columns; column++) {
        const source = (whole ? eased > 0.5 : chosen[band * columns + column]!) ? end.words : start.words
        const stop = Math.min(width, (column + 1) * wide)
        for (let y = band * block; y < Math.min(height, (band + 1) * block); y++) {
          const base = y * width
          for (let x = column * wide; x < stop; x++) {
            const red = source[base + reds[x]!]!
            const green = source[base + greens[x]!]!
            const blue = source[base + blues[x]!]!
            out[base + x] =
              (y & 3) === 0
                ? 0xff000000 |
                  (dimmed[(blue >>> 16) & 255]! << 16) |
                  (dimmed[(green >>> 8) & 255]! << 8) |
                  dimmed[red & 255]!
                : 0xff000000 | (blue & 0xff0000) | (green & 0xff00) | (red & 255)
          }
        }
      }
    }
  }
}

/** Film that is struck by light: a warm glow floods in from the side, and the end stands there when it ebbs. */
export const lightLeak = ({ start, end, seed }: Pair): Mixer => {
  const { width, height } = start
  const random = createRandom(seed, 'leak')
  const noise = createNoise(seed, 'leak')
  const side = random() < 0.5 ? -1 : 1
  const cell = 8
  const columns = Math.ceil(width / cell) + 1
  const rows = Math.ceil(height / cell) + 1
  const glow = new Float32Array(columns * rows)
  const warm = new Float32Array(columns * rows)
  return (share, out) => {
    const parts = (smoother((share - 0.28) / 0.44) * 256) | 0
    const swell = Math.sin(Math.PI * share) ** 1.4
    const travel = (smoother(share) - 0.5) * 1.5
    for (let node = 0; node < glow.length; node++) {
      const x = (node % columns) / columns - 0.5
      const y = Math.floor(node / columns) / rows - 0.5
      const off = x * side - travel + noise(y * 2.2, share * 1.6) * 0.34
      const streak = Math.exp(-(off * off) / 0.075)
      const cloud = 0.5 + noise(x * 2.6 - share * 1.4 * side, y * 2.2 + share) * 0.9
      glow[node] = swell * Math.max(0, streak * 1.1 + cloud * 0.42)
      warm[node] = Math.min(1, Math.max(0, 0.5 + noise(x * 1.8 + 30, y * 1.8 - share) * 0.9))
    }
    for (let y = 0; y < height; y++) {
      const row = (y / cell) | 0
      const down = (y - row * cell) / cell
      for (let column = 0, x = 0; x < width; column++) {
        const a = row * columns + column
        const b = a + columns
        let light = glow[a]! + (glow[b]! - glow[a]!) * down
        let heat = warm[a]! + (warm[b]! - warm[a]!) * down
        const lightStep = (glow[a + 1]! + (glow[b + 1]! - glow[a + 1]!) * down - light) / cell
        const heatStep = (warm[a + 1]! + (warm[b + 1]! - warm[a + 1]!) * down - heat) / cell
        const stop = Math.min(width, x + cell)
        for (let index = y * width + x; x < stop; x++, index++) {
          const word = blendWord(start.words[index]!, end.words[index]!, parts)
          const inRed = 1 - light * 1.05
          const inGreen = 1 - light * (0.42 + heat * 0.36)
          const inBlue = 1 - light * (0.12 + heat * 0.28)
          const red = 255 - (255 - (word & 255)) * (inRed > 0 ? inRed : 0)
          const green = 255 - (255 - ((word >>> 8) & 255)) * (inGreen > 0 ? inGreen : 0)
          const blue = 255 - (255 - ((word >>> 16) & 255)) * (inBlue > 0 ? inBlue : 0)
          out[index] = (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0
          light += lightStep
          heat += heatStep
        }
      }
    }
  }
}
