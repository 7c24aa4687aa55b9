import type { MotionBrief } from '../prompt/motion-brief.ts'
import type { Random } from '../random.ts'
import { createNoise, type Noise } from '../canvas/noise.ts'
import type { Raster } from '../sight/raster.ts'
import type { Sight } from '../sight/see.ts'
import type { Air } from './fall.ts'
import { atPlace } from './parallax.ts'
import type { Field } from '../sight/field.ts'

/** Moves a place in the picture by what stirs there: writes into `at`, which holds the place in pixels. */
type Sway = (at: [number, number], seconds: number, on: number) => void

const share = (values: Raster): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** How something stirs: by how many pixels, to which side (-1 or 1), in a picture so high. `unit` is a pixel of 720. */
type Stirring = { much: number; side: number; unit: number; height: number }

/** A part of what stirs: adds by how much a place is moved, in pixels, at a time; `on` (0 to 1) fades it in. */
type Stir = (moved: [number, number], x: number, y: number, seconds: number, on: number) => void

/** Leaves and grass in gusts that travel to one side. */
const leavesStir =
  (noise: Noise, stirs: Raster, field: Field, { much, side, unit }: Stirring): Stir =>
  (moved, x, y, seconds, on) => {
    const leafy = atPlace(stirs, field, x, y)
    if (leafy <= 0.004) return
    const gust = noise((x / (420 * unit)) * side - seconds * 0.55, seconds * 0.13 + y / (900 * unit)) * 0.8 + 0.65
    const leaf = noise((x / (72 * unit)) * side - seconds * 1.6, y / (84 * unit) + seconds * 0.4)
    const far = much * leafy * gust * on
    moved[0] += (leaf * 1.15 + Math.sin(seconds * 1.9 + x / (240 * unit)) * 0.6) * far
    moved[1] += noise(x / (66 * unit) + 50, y / (80 * unit) - seconds * 1.25) * far * 0.45
  }

/** Hair that hangs and swings: waves run down along it. */
const hairSwings =
  (noise: Noise, hair: Raster, field: Field, { much, unit }: Stirring): Stir =>
  (moved, x, y, seconds, on) => {
    const strand = atPlace(hair, field, x, y)
    if (strand <= 0.004) return
    const far = much * strand * on
    moved[0] +=
      (noise(x / (120 * unit), y / (90 * unit) - seconds * 1.15) + 0.5 * Math.sin(seconds * 1.5 - y / (110 * unit))) *
      far
    moved[1] += noise(x / (90 * unit) + 20, y / (110 * unit) - seconds * 0.9) * far * 0.3
  }

/** Level waves of water, finer far away. */
const waterWaves =
  (noise: Noise, water: Raster, field: Field, { much, side, unit, height }: Stirring): Stir =>
  (moved, x, y, seconds, on) => {
    const wet = atPlace(water, field, x, y)
    if (wet <= 0.004) return
    const deep = Math.max(0.1, y / height)
    const fine = (8 + deep * deep * 62) * unit
    const far = much * wet * (0.25 + deep) * on
    moved[0] +=
      (Math.sin(y / fine + seconds * 2.3 + 2 * noise(x / (fine * 7), seconds * 0.3)) * 0.5 +
        noise(x / (fine * 3.4) + seconds * 0.35 * side, y / fine - seconds * 1.1) * 1.1) *
      far
    moved[1] += noise(x / (fine * 3) + 9, y / (fine * 0.9) + seconds * 1.2) * far * 0.55
  }

/** The rise and fall of what is near. */
const breathes =
  (near: Raster, field: Field, much: number): Stir =>
  (moved, x, y, seconds, on) => {
    moved[1] += Math.sin(seconds * 1.7) * much * on * Math.max(0, atPlace(near, field, x, y) - 0.3)
  }

/** How much each part stirs by the words, in pixels. */
const amountsOf = ({ effects, pace, camera }: MotionBrief, unit: number) => {
  const has = (name: 'wind' | 'water' | 'hair' | 'breathe'): number => (effects.has(name) ? 1 : 0)
  // Without any wish the leaves still stir a little: a picture that only slides looks like a slide show.
  const idle = effects.size === 0 || camera === 'static' ? 0.35 : 0
  return {
    wind: Math.max(has('wind'), has('breathe') * 0.6, has('hair') * 0.3, idle) * 11 * unit * Math.sqrt(pace),
    hair: Math.max(has('hair'), has('wind') * 0.6) * 15 * unit * Math.sqrt(pace),
    water: has('water') * 8.5 * unit * Math.sqrt(pace),
    breath: has('breathe') * 3 * unit,
  }
}

/** Where leaves stir: where none are found, all that is not sky or skin stirs a little. */
const leavesOf = ({ foliage, sky, skin, near }: Sight): Raster => {
  const few = share(foliage) < 0.02 ? 0.3 : 0.08
  return foliage.map(
    (leaf, node) => Math.max(leaf, few * (1 - sky[node]!)) * (1 - skin[node]!) * (0.35 + 0.8 * near[node]!),
  )
}

/** Where water is; asked for and not found, it is what lies low. */
const waterOf = ({ water, sky, skin }: Sight, { columns, rows }: Field): Raster => {
  if (share(water) > 0.025) return water
  return water.map((_, node) => {
    const row = Math.floor(node / columns) / rows
    return Math.min(1, Math.max(0, (row - 0.52) * 3)) * (1 - sky[node]!) * (1 - skin[node]!)
  })
}

/**
 * What stirs in a picture by the words: leaves and grass in gusts that travel, water in level waves that are finer far
 * away, hair that hangs and swings, a breath. Undefined where nothing does.
 */
export const createSway = (
  brief: MotionBrief,
  sight: Sight,
  field: Field,
  { seed, unit, height }: Pick<Air, 'seed' | 'unit' | 'height'>,
  random: Random,
): Sway | undefined => {
  const noise = createNoise(seed, 'wind')
  const { wind, hair, water, breath } = amountsOf(brief, unit)
  if (wind + hair + water + breath === 0) return undefined
  const how = { side: random() < 0.5 ? -1 : 1, unit, height }
  const stirs: Stir[] = []
  if (wind > 0) stirs.push(leavesStir(noise, leavesOf(sight), field, { ...how, much: wind }))
  if (hair > 0) stirs.push(hairSwings(noise, sight.hair, field, { ...how, much: hair }))
  if (water > 0) stirs.push(waterWaves(noise, waterOf(sight, field), field, { ...how, much: water }))
  if (breath > 0) stirs.push(breathes(sight.near, field, breath))
  const moved: [number, number] = [0, 0]
  return (at, seconds, on) => {
    const [x, y] = at
    moved[0] = 0
    moved[1] = 0
    for (const stir of stirs) stir(moved, x, y, seconds, on)
    at[0] = x + moved[0]
    at[1] = y + moved[1]
  }
}
