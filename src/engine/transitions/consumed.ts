import { swell } from '../motion/ease.ts'
import { blendWord } from '../motion/warp.ts'
import { createRandom } from '../random.ts'
import { createNoise, fbm } from '../canvas/noise.ts'
import { levelOf, type Mixer, type Pair } from './mixers.ts'

/** When each pixel is reached, 0 first to 1 last: from some seeded points outwards, over rough ground. */
const arrivals = (pair: Pair, name: string, shape: { points: number; rough: number; scale: number }): Float32Array => {
  const { start, seed } = pair
  const { width, height } = start
  const random = createRandom(seed, name)
  const noise = createNoise(seed, name)
  const long = Math.max(width, height)
  const points = Array.from({ length: shape.points }, () => ({
    x: (0.12 + random() * 0.76) * width,
    y: (0.12 + random() * 0.76) * height,
    late: random() * 0.22,
  }))
  const arrival = new Float32Array(width * height)
  let least = Infinity
  let most = -Infinity
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      let near = Infinity
      for (const point of points) near = Math.min(near, Math.hypot(x - point.x, y - point.y) / long + point.late)
      const value = near + fbm(noise, (x / long) * shape.scale, (y / long) * shape.scale, 5) * shape.rough
      arrival[y * width + x] = value
      if (value < least) least = value
      if (value > most) most = value
    }
  // Spread evenly over time: by rank, so that the last corner does not take half of the clip.
  const bins = new Float32Array(1025)
  const span = (most - least) / 1024
  for (const value of arrival) bins[Math.floor((value - least) / span)]!++
  for (let bin = 1; bin < bins.length; bin++) bins[bin]! += bins[bin - 1]!
  for (let at = 0; at < arrival.length; at++) {
    const even = bins[Math.floor((arrival[at]! - least) / span)]! / arrival.length
    arrival[at] = even * 0.55 + ((arrival[at]! - least) / (most - least)) * 0.45
  }
  return arrival
}

const wordOf = (red: number, green: number, blue: number): number =>
  (0xff000000 |
    ((blue < 0 ? 0 : blue > 255 ? 255 : blue) << 16) |
    ((green < 0 ? 0 : green > 255 ? 255 : green) << 8) |
    (red < 0 ? 0 : red > 255 ? 255 : red)) >>>
  0

/** The start burns like paper: brown, then black and curling in, an edge that glows, and the end behind it. */
export const burnAway = (pair: Pair): Mixer => {
  const { start, end, seed } = pair
  const arrival = arrivals(pair, 'burn', { points: 3, rough: 0.34, scale: 5 })
  const flicker = createNoise(seed, 'burn flicker')
  const { width } = start
  const brown = 0.2
  const black = 0.06
  const glow = 0.022
  return (share, out) => {
    const front = -brown + (1 + brown + glow * 2) * swell(share)
    for (let at = 0; at < out.length; at++) {
      // How long ago fire came here: below 0 it is still to come.
      const since = front - arrival[at]!
      if (since <= -brown) {
        out[at] = start.words[at]!
        continue
      }
      if (since >= glow * 2) {
        out[at] = end.words[at]!
        continue
      }
      if (since < 0) {
        const word = start.words[at]!
        const scorch = (since + brown) / brown
        const char = since > -black ? (since + black) / black : 0
        const left = (1 - 0.62 * scorch * scorch) * (1 - 0.9 * char)
        const grey = levelOf(word)
        const fade = scorch * 0.7
        out[at] = wordOf(
          ((word & 255) * (1 - fade) + grey * 1.12 * fade) * left,
          (((word >>> 8) & 255) * (1 - fade) + grey * 0.84 * fade) * left,
          (((word >>> 16) & 255) * (1 - fade) + grey * 0.58 * fade) * left,
        )
        continue
      }
      const x = at % width
      const heat = 1 - since / (glow * 2)
      const alive = 0.72 + 0.5 * flicker(x / 34 + share * 9, (at - x) / width / 34 - share * 22)
      const light = heat * alive
      const word = end.words[at]!
      out[at] = wordOf(
        (word & 255) * (1 - heat * 0.6) + 300 * light,
        ((word >>> 8) & 255) * (1 - heat * 0.8) + 190 * light * light,
        ((word >>> 16) & 255) * (1 - heat) + 90 * light * light * light,
      )
    }
  }
}

/** Drops of ink fall on the start and spread; where the ink thins out, the end is drawn. */
export const inkSpreads = (pair: Pair): Mixer => {
  const { start, end } = pair
  const arrival = arrivals(pair, 'ink', { points: 5, rough: 0.42, scale: 7 })
  const wet = 0.035
  const drying = 0.3
  return (share, out) => {
    const front = -wet + (1 + wet + drying) * swell(share)
    for (let at = 0; at < out.length; at++) {
      const since = front - arrival[at]!
      if (since <= -wet) out[at] = start.words[at]!
      else if (since >= drying) out[at] = end.words[at]!
      else if (since < 0) {
        // The wet rim runs ahead and darkens what it reaches.
        const left = 1 - ((since + wet) / wet) ** 1.5 * 0.86
        const word = start.words[at]!
        out[at] = wordOf(
          (word & 255) * left,
          ((word >>> 8) & 255) * left,
          ((word >>> 16) & 255) * left + 14 * (1 - left),
        )
      } else {
        const dry = since / drying
        const first = start.words[at]!
        const ink = wordOf((first & 255) * 0.14, ((first >>> 8) & 255) * 0.14, ((first >>> 16) & 255) * 0.14 + 12)
        const word = end.words[at]!
        // Lights come through first: ink lies longest where the end is dark.
        const through = dry * dry * (3 - 2 * dry) * (1 + (levelOf(word) / 255 - 0.5) * 0.5 * (1 - dry))
        out[at] = blendWord(ink, word, (Math.min(1, through) * 256) | 0)
      }
    }
  }
}
