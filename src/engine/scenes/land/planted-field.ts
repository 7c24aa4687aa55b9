import { toneOf } from '../tone.ts'
import { lit, mix } from '../../canvas/colour.ts'
import { wavesOf } from '../../canvas/noise-field.ts'
import { printSprite } from '../../canvas/sprite.ts'
import { type Layer, type SceneContext, still } from '../layers.ts'
import type { Light } from '../light.ts'
import { lightDirection } from './relief.ts'
import { focalOf, type Ground, paintLand } from './terrain.ts'
import type { Planting } from './crops.ts'
import { type FieldView, plantsSprite } from './plants.ts'

const DEPTH = 0.7
const FAR = 420
/** Beyond this, metres, no plant stands out of its row. */
const EVEN = 50
/** Steps across a row. */
const PROFILE = 512

type Waves = ReturnType<typeof wavesOf>

/** How much of the ground a row covers at a place, 0 to 1. */
type Rows = (x: number, z: number) => number

/** Rows that run towards `lean`, moved aside by `shift` of their spacing; plants that cover all the ground have none. */
const rowsOf = ({ spacing, wide }: Planting, focal: number, lean: number, shift: number): Rows => {
  if (wide >= 1) return () => 1
  const power = (1 - wide) * 3 + 0.4
  const profile = Float32Array.from(
    { length: PROFILE },
    (_, at) => (0.5 + 0.5 * Math.cos((at / PROFILE) * Math.PI * 2)) ** power,
  )
  const mean = 1 / Math.sqrt(1 + power * 1.6)
  return (x, z) => {
    // Fine rows would flicker and make patterns of their own.
    const clear = Math.min(1, Math.max(0, (focal * spacing) / z / 5 - 0.7))
    const turn = (x - z * lean) / spacing + shift
    const wave = profile[((turn - Math.floor(turn)) * PROFILE) | 0]!
    return mean + (wave - mean) * clear
  }
}

type Field = { light: Light; planting: Planting; row: Rows; lean: number; tufts: Waves; drifts: Waves }

/** Colours the field: plants in the sun and in their own shade, over the earth between the rows. */
const fieldColours = ({ light, planting, row, lean, tufts, drifts }: Field): Ground['colours'] => {
  const { spacing } = planting
  const [lx, ly, lz] = lightDirection(light)
  const strength = light.dark > 0.6 ? 0.55 : 1
  // Beds of one kind lie side by side; elsewhere all kinds are mixed, which from afar is one colour.
  const beds = planting.plant === 'tulip'
  const kinds = beds
    ? planting.tops
    : planting.tops.map((top) => mix(top, planting.tops[0]!, planting.plant === 'poppy' ? 0 : 0.65))
  const tops = kinds.map((top) => lit(top, light.key, strength))
  const shades = kinds.map((top) => lit(mix(top, planting.below, 0.45), light.ambient, strength))
  const earth = lit(planting.earth, mix(light.key, light.ambient, 0.35), strength)
  const foot = lit(planting.below, light.ambient, strength)
  const strewn = planting.plant === 'poppy'
  return (points, count) => {
    const { x, z, slopeX, slopeZ, haze } = points
    const out = [points.red, points.green, points.blue]
    const tuft = tufts(x, z, count)
    const drift = drifts(x, z, count)
    for (let at = 0; at < count; at++) {
      const far = z[at]!
      const facing =
        (ly - slopeX[at]! * lx * 0.7 - slopeZ[at]! * lz * 0.5) /
        Math.sqrt(slopeX[at]! ** 2 * 0.5 + slopeZ[at]! ** 2 * 0.3 + 1)
      const fine = tuft[at]! * Math.min(1, 26 / far)
      const grown = row(x[at]!, far)
      const cover = Math.min(1, Math.max(0, grown * 2.2 - 0.5 + fine * 0.5)) * (0.75 + 0.25 * Math.min(1, grown * 1.5))
      const shine = Math.min(1, Math.max(0.04, facing * 0.95 + fine * 0.7 + drift[at]! * 0.3 - (1 - grown) * 0.5))
      const bed = beds
        ? Math.floor((x[at]! - far * lean) / (spacing * 4) + 300)
        : Math.floor(drift[at]! * 5 + tuft[at]! * 2 + 40)
      const kind = bed % tops.length
      const top = tops[kind]!
      const shade = shades[kind]!
      const bloom = strewn
        ? Math.min(0.9, Math.max(0, drift[at]! * 1.7 + tuft[at]! * 0.7 + 0.3 + Math.min(0.2, far / 300)))
        : 1
      for (let channel = 0; channel < 3; channel++) {
        const sward = foot[channel]! + (earth[channel]! - foot[channel]!) * (strewn ? shine : 0.3)
        const plant = shade[channel]! + (top[channel]! - shade[channel]!) * shine
        const grownOver = sward + (plant - sward) * bloom
        out[channel]![at] = earth[channel]! + (grownOver - earth[channel]!) * cover
      }
      haze[at] = Math.min(0.8, (far / 900) * (0.5 + light.air * 0.5))
    }
  }
}

/**
 * A field that is grown in rows, which run to one point of the horizon over ground that rolls a little: near the eye its
 * plants one by one, further off the rows themselves, and where these are finer than a few pixels what they are on average.
 */
export const plantedField = (scene: SceneContext, horizon: number, planting: Planting): Layer => {
  const { light, width, height, brief } = scene
  const random = scene.random('planted')
  const { tall, plant } = planting
  const { isFromAbove } = brief.details.land
  const eye = plant === 'sunflower' || plant === 'vine' ? 2.5 + random() * 1.6 : 1.5 + random() * 1.5
  const above = isFromAbove ? eye + 9 : eye
  const focal = focalOf(scene)
  const vanish =
    width * (random() < 0.3 ? 0.44 + random() * 0.12 : random() < 0.5 ? random() * 0.4 : 1 - random() * 0.4)
  const lean = (vanish - width / 2) / focal
  const shift = random()
  const roll = (1.6 + random() * 2.6) * (isFromAbove ? 1.6 : 1)
  const knolls = scene.noise('knolls')
  const hills = wavesOf(knolls, { x: 74, z: 90, octaves: 1 })
  const rampOf = (z: number): number => Math.min(1, Math.max(0, (z - 16) / 90)) * roll
  const row = rowsOf(planting, focal, lean, shift)
  const tufts = wavesOf(scene.noise('tufts'), { x: 0.2, z: 0.3, octaves: 3 })
  const drifts = wavesOf(scene.noise('drifts'), { x: 7, z: 16, octaves: 3 })
  const land = paintLand(scene, {
    name: 'planted',
    depth: DEPTH,
    near: 4,
    far: FAR,
    nearest: true,
    eye: above,
    horizon,
    heights: (xs, zs, out, count) => {
      const rise = hills(xs, zs, count)
      let even = 0
      while (even < count && zs[even]! < EVEN) even++
      for (let at = 0; at < count; at++) {
        const z = zs[at]!
        out[at] = rise[at]! * rampOf(z) + (row(xs[at]!, z) - 1) * tall * Math.min(1, 60 / z)
      }
      const tuft = tufts(xs, zs, even)
      for (let at = 0; at < even; at++) out[at]! += tuft[at]! * 0.4 * tall * row(xs[at]!, zs[at]!)
    },
    colours: fieldColours({ light, planting, row, lean, tufts, drifts }),
    hazeColour: light.haze,
  })
  const view: FieldView = {
    at: (x, z) => ({
      x: width / 2 + (focal * x) / z,
      y: horizon + (focal * (above + tall * 0.4 - knolls(x / 74, z / 90) * rampOf(z))) / z,
      metre: focal / z,
    }),
    lean,
    near: (above * focal) / (height * 1.12 - horizon),
    depth: DEPTH,
  }
  const plants = plantsSprite(scene, planting, view, shift, toneOf(scene))
  printSprite(land.sprite, plants)
  return still(land.sprite)
}
