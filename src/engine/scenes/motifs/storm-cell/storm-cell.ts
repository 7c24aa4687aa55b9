import { rgb, type Rgb } from '../../../rgb.ts'
import { toneOf } from '../../tone.ts'
import { cabinLayer } from '../../built/cabin.ts'
import { mix, shift } from '../../../canvas/colour.ts'
import { peopleAndHerds } from '../../figures/people-and-herds.ts'
import { readCrop } from '../../land/crops.ts'
import { funnelLayer } from './funnel.ts'
import { boltLayer, cellLayers, cellOf, stormSky } from './supercell.ts'
import { sward } from './sward.ts'
import { windmillLayer } from '../../built/windmill.ts'
import { rainLayer } from '../../sky/falling.ts'
import { grassLayer } from '../../land/foreground.ts'
import { mistLayer } from '../../sky/mist.ts'
import { type Layer, type SceneContext, type ScenePainter, still } from '../../layers.ts'

const GRASSES: readonly Rgb[] = [0xceac5c, 0x969e52, 0x78924e].map(rgb)

/** The scene under such a cloud: no day is bright there. */
const overcast = (scene: SceneContext): SceneContext => {
  const { light: day } = scene
  const night = day.dark > 0.75
  const dark = night ? day.dark : Math.max(0.3, Math.min(0.5, day.dark))
  const key = shift(day.key, night ? 0.06 : 0.1)
  const ambient = shift(day.ambient, night ? 0.05 : 0.09)
  return { ...scene, light: { ...day, dark, air: 1.2, key, ambient } }
}

/** A house and a windmill far out on the plain, either where the prompt asks for it or by chance (0 to 1). */
const homesteadLayers = (scene: SceneContext, horizon: number, x: number, chance: number): Layer[] => {
  const { unit } = scene
  const { figures } = scene.brief
  return [
    ...(chance < 0.36 || figures.has('cabin')
      ? [cabinLayer(scene, { y: horizon + 34 * unit, size: 46 * unit, x })]
      : []),
    ...(figures.has('windmill') || chance > 0.74
      ? [windmillLayer(scene, { x, y: horizon + 26 * unit, tall: 120 * unit, depth: 0.5 })]
      : []),
  ]
}

/** A storm that turns over the open plain: lightning, rain in curtains, and a tornado where the words ask for one. */
export const paintStormCell: ScenePainter = (given) => {
  const scene = overcast(given)
  const { light, brief, width, height, unit } = scene
  const random = scene.random('storm plain')
  const { isDesert, hasCrop, hasRoad, hasTornado, isRainy } = brief.details.stormCell
  const tone = toneOf(scene)
  const horizon = height * (0.7 + random() * 0.08)
  const cell = cellOf(scene, horizon)
  const usual = hasCrop ? readCrop(scene).grass : undefined
  const grass: Rgb = isDesert ? [206, 158, 108] : (usual ?? GRASSES[Math.floor(random() * GRASSES.length)]!)
  const road = hasRoad || random() < 0.45
  const rolls = 0.4 + random() * 0.5
  const track = road ? { road: { x: (random() - 0.5) * 7, dirt: [172, 142, 112] as const } } : {}
  const land = sward(scene, { horizon, grass, depth: 0.6, rolls, ...track })
  const side = cell.x > width / 2 ? -1 : 1
  const x = cell.x + side * cell.wide * (0.05 + random() * 0.25)
  const homestead = random()
  const houseX = width * (side > 0 ? 0.72 + random() * 0.18 : 0.1 + random() * 0.18)
  const funnel = (): Layer =>
    funnelLayer(scene, {
      x,
      top: cell.base + 4 * unit,
      foot: horizon + 8 * unit,
      wide: (110 + random() * 150) * unit,
      light: mix(cell.slate, cell.lit, 0.55),
      dark: mix(cell.dark, cell.slate, 0.2),
      dust: tone(isDesert ? shift(grass, -0.06) : [142, 118, 94], 0.6),
      side: cell.side,
    })
  const mist = { name: 'plain', y: horizon + 6 * unit, thick: 30, depth: 0.3, strength: 0.4, speed: 0.03 }
  const meadow = (): Layer =>
    grassLayer(scene, {
      y: height * 0.94,
      tall: (70 + random() * 40) * unit,
      count: 300,
      depth: 1,
      tones: [tone(shift(grass, -0.2), 0.1), tone(shift(grass, -0.1), 0.4), tone(grass, 0.8)],
      flowers: [],
    })
  return {
    horizon,
    layers: [
      still(stormSky(scene, horizon, cell)),
      ...cellLayers(scene, horizon, cell),
      boltLayer(scene, horizon, cell),
      ...(hasTornado ? [funnel()] : []),
      still(land.sprite),
      mistLayer(scene, { ...mist, colour: mix(light.haze, cell.slate, 0.4) }),
      ...homesteadLayers(scene, horizon, houseX, homestead),
      ...peopleAndHerds(scene, { horizon, y: horizon + 90 * unit, metre: 30 * unit, depth: 0.66, spread: 40 * unit }),
      ...(isDesert ? [] : [meadow()]),
      ...(isRainy ? [rainLayer(scene, 0.9)] : []),
    ],
  }
}
