import type { Rgb } from '../../../rgb.ts'
import { paintAvenue } from '../../motifs/avenue/avenue.ts'
import { paintBridge } from '../../motifs/bridge/bridge.ts'
import { bloomLayer } from '../../bloom.ts'
import { mix } from '../../../canvas/colour.ts'
import { radialGradient } from '../../../canvas/gradients.ts'
import { fillRectangle } from '../../../canvas/paths.ts'
import { airLayer } from '../../sky/mist.ts'
import { neonOf } from '../../built/neon.ts'
import { skyLayers, flockLayers, weatherLayers } from '../../sky/outdoors.ts'
import { paintSprite, type Sprite } from '../../../canvas/sprite.ts'
import { airTrafficLayer } from './traffic.ts'
import { mirrorLayer } from '../../water/water.ts'
import type { SceneContext, ScenePainter } from '../../layers.ts'
import { skyline } from '../../built/skyline.ts'

/** A skyline by day or in neon, over water or a wet street, with traffic below and, in the future, in the air. */
const paintSkyline: ScenePainter = (scene) => {
  const { brief, light, height } = scene
  const random = scene.random('city')
  const night = light.dark > 0.35
  const futuristic = brief.style === 'futuristic'
  const neon = neonOf(scene)
  const foot = height * (0.64 + random() * 0.12)
  return {
    horizon: foot,
    layers: [
      ...skyLayers(scene, foot, night ? 0.8 : 1, night ? cityGlow(scene, foot, neon) : undefined),
      ...skyline(scene, foot, night, futuristic, neon),
      ...(futuristic || brief.figures.has('traffic') ? [airTrafficLayer(scene, foot, neon)] : []),
      mirrorLayer(scene, { y: foot, depth: 0.5, calm: 1.1, tall: 1.25 }),
      airLayer(scene, {
        name: 'street',
        y: foot,
        thick: 36,
        depth: 0.5,
        strength: 0.26,
        most: 0.8,
        colour: night ? mix(light.haze, neon[0]!, 0.4) : light.haze,
      }),
      ...(night ? [] : flockLayers(scene)),
      ...weatherLayers(scene),
      ...(night ? [bloomLayer(scene, 0.5)] : []),
    ],
  }
}

/** The light that a city throws on its own sky. */
const cityGlow = (scene: SceneContext, foot: number, neon: readonly Rgb[]): Sprite => {
  const { width, height } = scene
  return paintSprite(
    { x: 0, y: 0, width, height },
    0,
    (ctx) => {
      for (const [index, spot] of [0.3, 0.72].entries()) {
        const colour = neon[index % neon.length]!
        const circle = [width * spot, foot, Math.max(width, height) * 0.55] as const
        const glow = radialGradient(ctx, circle, [0, colour, 0.36], [0.5, colour, 0.12], [1, colour, 0])
        fillRectangle(ctx, glow, [0, 0, width, height])
      }
    },
    0.25,
  )
}

/** A city from across the water, along an avenue, or behind a bridge: as the seed has it where the words leave it open. */
export const paintCity: ScenePainter = (scene) => {
  const { details, style } = scene.brief
  const view = scene.random('city view')()
  if (details.city.isAcrossWater || view < 0.5) return paintSkyline(scene)
  return view < 0.8 || style === 'futuristic' ? paintAvenue(scene) : paintBridge(scene)
}
