import { smoother } from '../motion/ease.ts'
import { flareOver } from '../motion/compose.ts'
import { blendBoth } from '../motion/warp.ts'
import { createField } from '../sight/field.ts'
import { createRandom } from '../random.ts'
import { createNoise } from '../canvas/noise.ts'
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
  const { columns, rows } = createField(width, height)
  const nodes = new Float32Array(columns * rows * 2)
  return (share, out) => {
    const parts = (smoother((share - 0.28) / 0.44) * 256) | 0
    const swell = Math.sin(Math.PI * share) ** 1.4
    const travel = (smoother(share) - 0.5) * 1.5
    for (let row = 0, at = 0; row < rows; row++) {
      const y = row / rows - 0.5
      const bent = noise(y * 2.2, share * 1.6) * 0.34
      for (let column = 0; column < columns; column++, at += 2) {
        const x = column / columns - 0.5
        const off = x * side - travel + bent
        const streak = Math.exp(-(off * off) / 0.075)
        const cloud = 0.5 + noise(x * 2.6 - share * 1.4 * side, y * 2.2 + share) * 0.9
        nodes[at] = swell * Math.max(0, streak * 1.1 + cloud * 0.42)
        nodes[at + 1] = Math.min(1, Math.max(0, 0.5 + noise(x * 1.8 + 30, y * 1.8 - share) * 0.9))
      }
    }
    if (parts === 0) out.set(start.words)
    else if (parts === 256) out.set(end.words)
    else blendBoth(start.words, end.words, parts, out)
    flareOver({ width, height, words: out }, { nodes, columns }, [1.05, 0.42, 0.12], [0, 0.36, 0.28])
  }
}
