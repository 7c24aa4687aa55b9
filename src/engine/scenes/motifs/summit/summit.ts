import type { Rgb } from '../../../rgb.ts'
import { toneOf } from '../../tone.ts'
import { linearGradient } from '../../../canvas/gradients.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { paintBillows } from '../../sky/billows.ts'
import { cragLayer } from '../../land/crag.ts'
import { airLayer } from '../../sky/mist.ts'
import { outdoorScene } from '../../sky/outdoors.ts'
import { driftBox, type Layer, layerAt, type SceneContext, type ScenePainter } from '../../layers.ts'
import { drawSprite, paintSprite } from '../../../canvas/sprite.ts'
import { mountainRanges } from '../../land/ranges.ts'
import { drawPerson } from '../../figures/walkers.ts'

/** Rows of cloud, far to near. */
const ROWS = 5

/** One row of the sea of clouds, which drifts one way, -1 or 1. */
const cloudRow = (scene: SceneContext, row: number, horizon: number, way: number): Layer => {
  const { light, width, height, unit } = scene
  const share = row / (ROWS - 1)
  const random = scene.random(`cloud row ${row}`)
  const tone = toneOf(scene)
  const depth = 0.14 + share * 0.6
  const base = horizon + (height * 1.1 - horizon) * (0.05 + share ** 1.35 * 0.8)
  const speed = way * (0.003 + share * 0.012)
  const size = (30 + share ** 1.2 * 165) * unit * Math.max(1, (height / width) * 1.1)
  const far = (1 - share) ** 1.2 * 0.62
  const night = light.dark > 0.6
  const lit = mix(tone([255, 252, 248], night ? 0.6 : 1), light.skyLow, 0.1 + far * 0.6)
  const shade: Rgb = mix(mix(light.ambient, light.skyMid, 0.5), light.haze, 0.2 + far * 0.6)
  const box = driftBox(scene, depth, speed, 0, Math.min(height, base + size * 2))
  const sprite = paintSprite(box, depth, (ctx) => {
    const fall = [0, base - size * 0.3, 0, base + size * 1.6] as const
    ctx.fillStyle = linearGradient(ctx, fall, [0, mix(lit, shade, 0.5)], [1, shade])
    ctx.fillRect(box.x, base - size * 0.08, box.width, height)
    paintBillows(ctx, random, {
      from: box.x - size,
      to: box.x + box.width + size,
      base: base + size * 0.12,
      size,
      apart: 0.95,
      dense: 0.92,
      flat: 0.5,
      lit,
      mid: mix(lit, shade, 0.5),
      shade,
      sunX: width * light.sun.x,
    })
  })
  return (ctx, view) =>
    drawSprite(ctx, view, sprite, speed * view.seconds * width, Math.sin(view.seconds * 0.4 + row) * 2 * share * unit)
}

/** The one who stands on the rock, `x` and `y` at the feet, looking to one side. */
const wandererLayer = (scene: SceneContext, x: number, y: number, side: number): Layer => {
  const { light } = scene
  const size = 118 * scene.unit
  const dim = light.dark > 0.1 || light.time === 'golden' ? 0.72 : 0.5
  const cloth = (colour: Rgb): string => css(mix(mix(colour, light.ambient, 0.4), [10, 10, 16], dim))
  const person = {
    coat: cloth([140, 60, 50]),
    legs: cloth([50, 48, 60]),
    skin: cloth([206, 158, 128]),
    hair: cloth([62, 44, 36]),
    pack: true,
    staff: true,
    hat: scene.random('hat')() < 0.3,
  }
  return layerAt(1, (ctx, view) => {
    ctx.translate(x, y)
    ctx.scale(-side * size, size)
    const skirt = 0.5 + Math.sin(view.seconds * 2.2) * 0.05
    drawPerson(ctx, { ...person, skirt }, 0.02 * Math.sin(view.seconds * 0.9), 0.18)
  })
}

/** Rows of cloud, far to near, with mountains and mist between the far ones. */
const cloudLayers = (scene: SceneContext, horizon: number, way: number, ranges: readonly Layer[]): Layer[] => {
  const { light, height } = scene
  const layers: Layer[] = []
  for (let row = 0; row < ROWS; row++) {
    layers.push(...ranges.slice(row * 2, row * 2 + 1), cloudRow(scene, row, horizon, way))
    if (row < 3)
      layers.push(
        airLayer(scene, {
          name: `between clouds ${row}`,
          y: horizon + (height - horizon) * (0.1 + row * 0.14),
          thick: 34 + row * 18,
          depth: 0.2 + row * 0.14,
          strength: 0.36 - row * 0.08,
          most: 0.7,
          colour: mix(shift(light.skyLow, 0.03), light.haze, 0.4),
        }),
      )
  }
  return layers
}

/** Someone on a rock above a sea of clouds, seen against the light. */
export const paintSummit: ScenePainter = (scene) => {
  const { light, width, height, unit, brief } = scene
  const random = scene.random('summit')
  const horizon = height * (0.42 + random() * 0.12)
  const way = random() < 0.5 ? -1 : 1
  const side = light.sun.x > 0.5 ? -1 : 1
  const x = width * (0.5 + side * (0.12 + random() * 0.12))
  const tall = 250 * unit * (0.85 + random() * 0.3)
  const crag = { x, y: height + 30 * unit, wide: Math.max(width * 0.5, 620 * unit), tall, depth: 1, far: 0 }
  const who = brief.figures.has('people') || brief.figures.size === 0
  const ranges = mountainRanges(scene, {
    horizon: horizon + 120 * unit * Math.max(1, (height / width) * 1.4),
    tall: 0.95 + random() * 0.35,
    floor: -400,
    count: 3,
    snowy: random() < 0.5 || light.season === 'winter',
    bottom: Math.min(height, horizon + 250 * unit * Math.max(1, (height / width) * 1.2)),
  })
  return outdoorScene(
    scene,
    horizon,
    [
      ...cloudLayers(scene, horizon, way, ranges),
      ...(who ? [cragLayer(scene, crag), wandererLayer(scene, x, crag.y - tall * 0.985, side)] : []),
    ],
    0.6,
  )
}
