import { peopleAndHerds } from '../../figures/people-and-herds.ts'
import { breakerLayer } from './breaker.ts'
import { cragLayer } from '../../land/crag.ts'
import { roughSea, swellLayers } from './swell.ts'
import { airLayer } from '../../sky/mist.ts'
import { wavesOf } from '../../../canvas/noise-field.ts'
import { oceanLayer } from '../../water/ocean.ts'
import { outdoorScene } from '../../sky/outdoors.ts'
import { type Layer, type SceneContext, type ScenePainter, still } from '../../layers.ts'
import { growthColour, surfaceColours } from '../../land/relief.ts'
import { shoreLayer } from '../../water/shore.ts'
import { paintLand } from '../../land/terrain.ts'
import { glintLayer } from '../../water/water.ts'
import { boatLayer, lighthouseLayer, palmLayer } from './props.ts'

/** Metres to the shore of a headland. */
const NEAR = 700

/** A headland that falls into the sea at one side. */
const headland = (scene: SceneContext, horizon: number, side: number): Layer => {
  const noise = scene.noise('headland')
  const { light } = scene
  const colours = surfaceColours(
    scene,
    {
      rock: [128, 116, 104],
      growth: growthColour(light),
      snow: [240, 244, 250],
      snowFrom: light.season === 'winter' ? 20 : 9000,
      growTo: 400,
    },
    { base: 0.22 * light.air, metre: 0.5 / 3600, most: 0.92 },
    noise,
    70,
  )
  const edges = wavesOf(noise, { x: 300, z: 500, octaves: 3 })
  const hills = wavesOf(noise, { x: 150, z: 210, moveX: 7, octaves: 5 })
  const crags = wavesOf(noise, { x: 34, z: 50, octaves: 3 })
  const land = paintLand(
    scene,
    {
      name: 'headland',
      depth: 0.35,
      near: NEAR,
      far: 3200,
      eye: 9,
      horizon,
      heights: (xs, zs, out, count) => {
        const across = (xs[0]! / zs[0]!) * side
        const edge = edges(xs, zs, count)
        const hill = hills(xs, zs, count)
        const crag = crags(xs, zs, count)
        for (let at = 0; at < count; at++) {
          // It rises from its shore: a wall at the nearest distance would be one colour from top to foot.
          const ramp = Math.min(1, (zs[at]! - NEAR) / 420)
          const rise = Math.min(1, Math.max(0, across - 0.12 + edge[at]! * 0.22) * 2.2) * ramp * (2 - ramp)
          out[at] = rise > 0 ? rise ** 0.7 * 120 * (0.55 + hill[at]! * 0.75) + crag[at]! * 9 * rise - 8 : -8
        }
      },
      colours,
      hazeColour: light.haze,
    },
    horizon + 4 * scene.unit,
  )
  return still(land.sprite)
}

/** A lighthouse on a rock of its own, near enough to be what the picture is about. */
const lighthouseOnRock = (scene: SceneContext, horizon: number, side: number): Layer[] => {
  const { width, unit } = scene
  const random = scene.random('lighthouse rock')
  const x = width * (0.5 + side * (0.16 + random() * 0.14))
  const tall = Math.min(width * 0.3, horizon * 0.56) * (0.85 + random() * 0.2)
  const rock = { x, y: horizon + 26 * unit, wide: tall * 1.7, tall: tall * 0.42, depth: 0.35, far: 0.1 }
  return [cragLayer(scene, rock), lighthouseLayer(scene, { x: x - tall * 0.1, y: rock.y - rock.tall * 0.9, tall })]
}

/** The sea in a gale, what stands in it, and one great breaker where the words ask for such waves. */
const galeLayers = (scene: SceneContext, horizon: number, tower: readonly Layer[], side: number): Layer[] => {
  const { width, height, unit, brief } = scene
  const random = scene.random('gale')
  const huge = brief.details.sea.isHuge
  const tall = Math.min(height * 0.62, width * 0.5) * (0.78 + random() * 0.24)
  const wave = breakerLayer(scene, roughSea(scene), {
    x: width * (0.5 - side * (0.16 + random() * 0.12)),
    y: horizon + (height - horizon) * 0.46,
    tall,
    side,
    depth: 0.62,
  })
  const boats = brief.figures.has('boats') ? [boatLayer(scene, { horizon: horizon + 20 * unit, sail: true })] : []
  return swellLayers(scene, { y: horizon, huge }, [
    ...tower.map((layer) => [3, layer] as const),
    ...boats.map((layer) => [5, layer] as const),
    ...(huge ? [[5, wave] as const] : []),
  ])
}

/** Open sea with travelling waves; a headland, a beach, boats, palms and a lighthouse as the words ask. */
export const paintSea: ScenePainter = (scene) => {
  const { light, brief, height, unit } = scene
  const random = scene.random('sea')
  const horizon = height * (0.44 + random() * 0.12)
  const side = light.sun.x > 0.5 ? -1 : 1
  const { sea } = brief.details
  const rough = sea.isCalm ? 0.55 : 0.95
  const rocky = brief.figures.has('lighthouse') || sea.hasHeadland || random() < 0.45
  const layers: Layer[] = rocky ? [headland(scene, horizon, side)] : []
  const tower = brief.figures.has('lighthouse') ? lighthouseOnRock(scene, horizon, side) : []
  const gale = light.weather === 'storm' || sea.isHuge
  if (gale) layers.push(...galeLayers(scene, horizon, tower, side))
  else
    layers.push(
      ...tower,
      oceanLayer(scene, { y: horizon, depth: 0.3, rough }),
      glintLayer(scene, { y: horizon, depth: 0.3, amount: 0.7 }),
    )
  layers.push(airLayer(scene, { name: 'sea', y: horizon, thick: 40, depth: 0.2, strength: 0.3, most: 0.9, sky: 0.6 }))
  if (!gale && (brief.figures.has('boats') || (!sea.hasBeach && random() < 0.35)))
    layers.push(boatLayer(scene, { horizon, sail: !sea.hasNoSail }))
  if (sea.hasBeach && !gale)
    layers.push(
      shoreLayer(scene, { y: height * 0.84 }),
      ...peopleAndHerds(scene, {
        horizon,
        y: height * 0.945,
        metre: 58 * unit,
        depth: 1,
        haze: 0.02,
        spread: 12 * unit,
      }),
    )
  if (brief.figures.has('palms') || (sea.hasBeach && sea.isTropical)) layers.push(palmLayer(scene, -side))
  return outdoorScene(scene, horizon, layers)
}
