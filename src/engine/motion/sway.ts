import type { MotionBrief } from '../prompt/motion-brief.ts'
import type { Random } from '../random.ts'
import { createNoise } from '../canvas/noise.ts'
import type { Raster } from '../sight/raster.ts'
import type { Sight } from '../sight/see.ts'
import { atPlace } from './parallax.ts'
import type { Field } from '../sight/field.ts'

/** Moves a place in the picture by what stirs there: writes into `at`, which holds the place in pixels. */
type Sway = (at: [number, number], seconds: number, on: number) => void

const share = (values: Raster): number => values.reduce((sum, value) => sum + value, 0) / values.length

/**
 * What stirs in a picture by the words: leaves and grass in gusts that travel, water in level waves that are finer far
 * away, hair that hangs and swings, a breath. Undefined where nothing does.
 */
export const createSway = (
  brief: MotionBrief,
  sight: Sight,
  field: Field,
  height: number,
  unit: number,
  seed: number,
  random: Random,
): Sway | undefined => {
  const noise = createNoise(seed, 'wind')
  const { effects, pace } = brief
  const has = (name: 'wind' | 'water' | 'hair' | 'breathe'): number => (effects.has(name) ? 1 : 0)
  // Without any wish the leaves still stir a little: a picture that only slides looks like a slide show.
  const idle = effects.size === 0 || brief.camera === 'static' ? 0.35 : 0
  const wind = Math.max(has('wind'), has('breathe') * 0.6, has('hair') * 0.3, idle) * 11 * unit * Math.sqrt(pace)
  const hair = Math.max(has('hair'), has('wind') * 0.6) * 15 * unit * Math.sqrt(pace)
  const water = has('water') * 8.5 * unit * Math.sqrt(pace)
  const breath = has('breathe') * 3 * unit
  if (wind + hair + water + breath === 0) return undefined
  // Where no leaves are found, all that is not sky or skin stirs a little.
  const few = share(sight.foliage) < 0.02 ? 0.3 : 0.08
  const stirs = sight.foliage.map(
    (leaf, node) =>
      Math.max(leaf, few * (1 - sight.sky[node]!)) * (1 - sight.skin[node]!) * (0.35 + 0.8 * sight.near[node]!),
  )
  // Asked for and not found, water is what lies low.
  const found = share(sight.water) > 0.025
  const low = sight.water.map((value, node) => {
    if (found) return value
    const row = Math.floor(node / field.columns) / field.rows
    return Math.min(1, Math.max(0, (row - 0.52) * 3)) * (1 - sight.sky[node]!) * (1 - sight.skin[node]!)
  })
  const side = random() < 0.5 ? -1 : 1
  return (at, seconds, on) => {
    const x = at[0]
    const y = at[1]
    let dx = 0
    let dy = 0
    const leafy = wind > 0 ? atPlace(stirs, field, x, y) : 0
    if (leafy > 0.004) {
      const gust = noise((x / (420 * unit)) * side - seconds * 0.55, seconds * 0.13 + y / (900 * unit)) * 0.8 + 0.65
      const leaf = noise((x / (72 * unit)) * side - seconds * 1.6, y / (84 * unit) + seconds * 0.4)
      const much = wind * leafy * gust * on
      dx += (leaf * 1.15 + Math.sin(seconds * 1.9 + x / (240 * unit)) * 0.6) * much
      dy += noise(x / (66 * unit) + 50, y / (80 * unit) - seconds * 1.25) * much * 0.45
    }
    const strand = hair > 0 ? atPlace(sight.hair, field, x, y) : 0
    if (strand > 0.004) {
      const much = hair * strand * on
      // Waves run down along it.
      dx +=
        (noise(x / (120 * unit), y / (90 * unit) - seconds * 1.15) + 0.5 * Math.sin(seconds * 1.5 - y / (110 * unit))) *
        much
      dy += noise(x / (90 * unit) + 20, y / (110 * unit) - seconds * 0.9) * much * 0.3
    }
    const wet = water > 0 ? atPlace(low, field, x, y) : 0
    if (wet > 0.004) {
      const deep = Math.max(0.1, y / height)
      const fine = (8 + deep * deep * 62) * unit
      const much = water * wet * (0.25 + deep) * on
      dx +=
        (Math.sin(y / fine + seconds * 2.3 + 2 * noise(x / (fine * 7), seconds * 0.3)) * 0.5 +
          noise(x / (fine * 3.4) + seconds * 0.35 * side, y / fine - seconds * 1.1) * 1.1) *
        much
      dy += noise(x / (fine * 3) + 9, y / (fine * 0.9) + seconds * 1.2) * much * 0.55
    }
    if (breath > 0) {
      const chest = Math.sin(seconds * 1.7) * breath * on * Math.max(0, atPlace(sight.near, field, x, y) - 0.3)
      dy += chest
    }
    at[0] = x + dx
    at[1] = y + dy
  }
}
