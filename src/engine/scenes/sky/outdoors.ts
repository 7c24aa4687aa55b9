import { auroraLayer } from './aurora.ts'
import { meteorLayer } from './ship-and-meteors.ts'
import { rgb, type Rgb } from '../../rgb.ts'
import { birdLayer } from './birds.ts'
import { cloudLayer, highClouds } from './clouds.ts'
import { stormLayers } from './billows.ts'
import { rainbowSprite } from './rainbow.ts'
import { leafLayer, moteLayer, type Motes, rainLayer, snowLayer } from './falling.ts'
import { printSprite, type Sprite } from '../../canvas/sprite.ts'
import { type Layer, type Painted, type SceneContext, still } from '../layers.ts'
import { skySprite, starSprite, sunSprite, twinkleLayer } from './sky.ts'
import { setPen } from '../../canvas/curves.ts'

/**
 * The sky of an outdoor scene, behind everything. What does not move by itself is printed onto one sprite; `glow` is light
 * that comes from below.
 */
export const skyLayers = (scene: SceneContext, horizon: number, clouds = 1, glow?: Sprite): Layer[] => {
  const sky = skySprite(scene, horizon)
  const storm = scene.light.weather === 'storm'
  const high = storm ? undefined : highClouds(scene, horizon, clouds)
  for (const part of [starSprite(scene, horizon), sunSprite(scene, horizon), high]) if (part) printSprite(sky, part)
  const figures = scene.brief.figures
  for (const shine of [glow, figures.has('rainbow') ? rainbowSprite(scene, horizon) : undefined]) {
    if (!shine) continue
    const ctx = sky.canvas.getContext('2d')
    ctx.globalCompositeOperation = 'screen'
    printSprite(sky, shine)
    ctx.globalCompositeOperation = 'source-over'
  }
  return [
    still(sky),
    twinkleLayer(scene, horizon),
    ...(figures.has('aurora') ? [auroraLayer(scene, horizon)] : []),
    ...(figures.has('meteors') ? [meteorLayer(scene)] : []),
    ...(storm ? stormLayers(scene, horizon) : [cloudLayer(scene, horizon, clouds)]),
  ]
}

const fireflies: Motes = {
  name: 'fireflies',
  colour: [214, 255, 120],
  count: 54,
  rise: 6,
  size: 2.1,
  from: 0.42,
  to: 1,
  blink: 0.9,
}
const embers: Motes = {
  name: 'embers',
  colour: [255, 132, 46],
  count: 90,
  rise: 70,
  size: 1.7,
  from: 0,
  to: 1,
  blink: 0.5,
}

/** What flies or falls before an outdoor scene, by weather, season and the prompt's figures. */
export const weatherLayers = (scene: SceneContext): Layer[] => {
  const { brief, light } = scene
  const layers: Layer[] = []
  if (light.weather === 'snow') layers.push(snowLayer(scene))
  if (light.weather === 'rain') layers.push(rainLayer(scene))
  if (light.weather === 'storm') layers.push(rainLayer(scene, 1.5), lightningLayer(scene))
  if (brief.figures.has('leaves') && light.weather !== 'snow') layers.push(leafLayer(scene, leafColours(scene)))
  if (brief.figures.has('fireflies')) layers.push(moteLayer(scene, fireflies))
  if (brief.figures.has('embers')) layers.push(moteLayer(scene, embers))
  return layers
}

/** The flock that a prompt asks for, or that a fair day brings. */
export const flockLayers = (scene: SceneContext): Layer[] => {
  const { brief, light } = scene
  if (brief.figures.has('birds')) return [birdLayer(scene, { from: 0.16, to: 0.36, count: 13, size: 1.25 })]
  const fair = light.weather === 'clear' || light.weather === 'cloudy'
  return fair && light.dark < 0.5 ? [birdLayer(scene, { from: 0.16, to: 0.32, count: 7, size: 0.8 })] : []
}

/** An outdoor scene: the sky, then the scene's own layers, then birds and what falls. */
export const outdoorScene = (
  scene: SceneContext,
  horizon: number,
  layers: readonly Layer[],
  clouds?: number,
): Painted => ({
  horizon,
  layers: [...skyLayers(scene, horizon, clouds), ...layers, ...flockLayers(scene), ...weatherLayers(scene)],
})

const leafColours = (scene: SceneContext): Rgb[] =>
  scene.light.season === 'spring'
    ? [0xfabed0, 0xffdce6, 0xf0a0bc].map(rgb)
    : [0xce6224, 0xe29e30, 0xa83a20, 0xd48028].map(rgb)

/** Strokes of lightning: the whole frame brightens, and dies away. */
const lightningLayer = (scene: SceneContext): Layer => {
  const random = scene.random('lightning')
  const { width, height, unit } = scene
  const strokes = Array.from({ length: Math.max(2, Math.round(scene.seconds / 1.8)) }, (_, index) => {
    let x = width * (0.15 + random() * 0.7)
    let y = 0
    const points: [number, number][] = [[x, y]]
    const ground = height * (0.4 + random() * 0.14)
    while (y < ground) {
      y += (10 + random() * 26) * unit
      x += (random() - 0.5) * 46 * unit
      points.push([x, y])
    }
    return { at: scene.seconds === 0 ? (index === 0 ? -0.14 : 99) : 0.5 + index * 1.7 + random() * 0.7, points }
  })
  return (ctx, view) => {
    for (const stroke of strokes) {
      const since = view.seconds - stroke.at
      if (since < 0 || since > 0.6) continue
      const flicker = since < 0.06 ? 1 : since < 0.12 ? 0.35 : since < 0.18 ? 0.85 : 0.85 * (1 - (since - 0.18) / 0.42)
      view.frameCanvas.shine([170, 190, 255], 0.2 * flicker)
      if (since > 0.3) continue
      for (const [wide, alpha] of [
        [9, 0.16],
        [4, 0.35],
        [1.6, 1],
      ] as const) {
        ctx.beginPath()
        stroke.points.forEach(([x, y], index) => (index === 0 ? ctx.moveTo(x, y) : ctx.lineTo(x, y)))
        setPen(ctx, `rgba(226,234,255,${alpha * flicker})`, wide * unit)
        ctx.stroke()
      }
    }
  }
}
