import type { Rgb } from '../../../rgb.ts'
import { lit, mix, shift } from '../../../canvas/colour.ts'
import type { Noise } from '../../../canvas/noise.ts'
import { coverBox, type Layer, type SceneContext, still } from '../../layers.ts'
import { pixelSprite } from '../../../canvas/sprite.ts'
import type { Random } from '../../../random.ts'

/** Layers of rock from top to foot, and steps from its shaded to its lit side. */
const BANDS = 8
const TONES = 48

type Mesa = {
  x: number
  wide: number
  tall: number
  profile: (at: number) => number
  bands: readonly (readonly Rgb[])[]
}

/** A table mountain: its middle and half its width, and how high it stands, 0 to 1, from -1.35 to 1.35 of that. */
const mesaOf = (
  scene: SceneContext,
  noise: Noise,
  random: Random,
  rock: Rgb,
  { rank, index, count }: { rank: number; index: number; count: number },
): Mesa => {
  const { light, unit, width } = scene
  const strength = light.dark > 0.6 ? 0.6 : 1
  const [shaded, sunlit] = [lit(shift(rock, -0.1), light.ambient, strength), lit(rock, light.key, strength)]
  const x = width * ((index + random()) / count)
  const wide = (70 + random() * 150) * unit * (0.6 + rank * 0.3)
  const tall = (60 + random() * 110) * unit * (0.55 + rank * 0.28)
  const steps = 0.5 + random() * 0.2
  const bands = Array.from({ length: BANDS + 1 }, (_, band) => {
    const level = band / BANDS
    const stratum = noise(level * Math.ceil(tall) * 0.06 + 3, rank) * 0.07
    const far = 0.62 - rank * 0.2 + level * 0.16
    return Array.from({ length: TONES + 1 }, (_, tone) =>
      mix(shift(mix(shaded, sunlit, tone / TONES), stratum), light.haze, far),
    )
  })
  const profile = (u: number): number => {
    const worn = u + noise(u * 3 + index * 5, rank * 3) * 0.12
    const edge = Math.min(1, Math.max(0, (0.72 - Math.abs(worn)) * 9))
    const shelf = Math.min(1, Math.max(0, (0.9 - Math.abs(worn)) * 7)) * steps
    const skirt = Math.max(0, 1 - Math.max(0, Math.abs(u) - 0.7) / 0.65) ** 1.6 * 0.36
    return Math.max(edge * (0.97 + noise(u * 1.6 + index * 9, rank) * 0.06), shelf, skirt)
  }
  return { x, wide, tall, profile, bands }
}

/** Table mountains of layered rock along the horizon. */
export const mesas = (scene: SceneContext, horizon: number, rock: Rgb): Layer => {
  const { light, unit } = scene
  const random = scene.random('mesas')
  const noise = scene.noise('mesas')
  const box = coverBox(scene, 0.14, 0, horizon + 30 * unit)
  const { width, height } = box
  const data = new Uint8ClampedArray(width * height * 4)
  const foot = horizon + 12 * unit - box.y
  const paintColumn = ({ bands, tall, profile, ...mesa }: Mesa, rank: number, px: number): void => {
    const column = (px + 0.5 + box.x - mesa.x) / mesa.wide
    const top = profile(column) * tall
    if (top < 1) return
    const place = px + 0.5 + box.x
    const crack = noise(place / (9 * unit), rank * 7) * 0.5 + noise(place / (26 * unit), rank * 3 + 5) * 0.5
    const side = light.sun.x * scene.width > mesa.x ? column : -column
    const tone = Math.round(Math.min(1, Math.max(0, 0.5 + side * 0.35 + crack * 0.55)) * TONES)
    for (let row = Math.max(0, Math.floor(foot - top)); row < foot; row++) {
      const level = Math.min(BANDS - 0.001, Math.max(0, ((row + 0.5 - foot + top) / top) * BANDS))
      const band = Math.floor(level)
      const [upper, lower] = [bands[band]![tone]!, bands[band + 1]![tone]!]
      const at = (row * width + px) * 4
      // The first row and the last are only partly rock.
      const cover = Math.min(1, row + 1 - foot + top, foot - row)
      const alpha = cover + (data[at + 3]! / 255) * (1 - cover)
      for (let channel = 0; channel < 3; channel++) {
        const colour = upper[channel]! + (lower[channel]! - upper[channel]!) * (level - band)
        data[at + channel] = data[at + channel]! + (colour - data[at + channel]!) * (cover / alpha)
      }
      data[at + 3] = alpha * 255
    }
  }
  for (let rank = 0; rank < 3; rank++) {
    const count = 3 + rank
    for (let index = 0; index < count; index++) {
      const mesa = mesaOf(scene, noise, random, rock, { rank, index, count })
      const first = Math.max(0, Math.floor(mesa.x - mesa.wide * 1.35 - box.x))
      const last = Math.min(width, mesa.x + mesa.wide * 1.35 - box.x)
      for (let px = first; px < last; px++) paintColumn(mesa, rank, px)
    }
  }
  return still(pixelSprite(box, 0.14, { width, height, data }))
}
