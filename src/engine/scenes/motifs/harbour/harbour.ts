import { createCanvas } from '@napi-rs/canvas'
import type { Random } from '../../../random.ts'
import { fillRectangle } from '../../../canvas/paths.ts'
import { toneOf } from '../../tone.ts'
import { css } from '../../../canvas/colour.ts'
import { drawFishingBoat } from './fishing-boat.ts'
import { paintSpire, paintTownHouse, QUAY_PAINTS } from '../../built/house.ts'
import { airLayer } from '../../sky/mist.ts'
import { outdoorScene } from '../../sky/outdoors.ts'
import { coverBox, type Layer, type SceneContext, type ScenePainter, still } from '../../layers.ts'
import { paintSprite, type Sprite } from '../../../canvas/sprite.ts'
import { mountainRanges } from '../../land/ranges.ts'
import { lookAt } from '../../../canvas/camera-view.ts'
import { glintLayer, mirrorLayer } from '../../water/water.ts'
import { townStyle } from '../../built/town-style.ts'

type Moored = { x: number; y: number; long: number; side: number; phase: number; far: number; paint: number }

/** Boats of one distance, drawn once each; they nod at their moorings. Upside down and dim they are their own reflections. */
const fleet = (scene: SceneContext, boats: readonly Moored[], depth: number, mirrored: boolean): Layer => {
  const tone = toneOf(scene)
  const lit = scene.light.dark > 0.2 || scene.light.weather === 'fog'
  const images = boats.map((boat) => {
    const size = Math.max(24, Math.ceil(boat.long * 1.3))
    const canvas = createCanvas(size, size)
    const ctx = canvas.getContext('2d')
    ctx.translate(size / 2, size * 0.9)
    ctx.scale(boat.long, boat.long)
    drawFishingBoat(ctx, tone, QUAY_PAINTS[boat.paint % QUAY_PAINTS.length]!, boat.far, lit)
    ctx.getImageData(0, 0, 1, 1)
    return canvas
  })
  return (ctx, view) => {
    boats.forEach((boat, index) => {
      const image = images[index]!
      const half = image.width / 2
      lookAt(ctx, view, depth)
      ctx.translate(boat.x, boat.y + Math.sin(view.seconds * 1.1 + boat.phase) * boat.long * 0.008)
      const roll = Math.sin(view.seconds * 0.8 + boat.phase * 2) * 0.016
      ctx.rotate(roll)
      ctx.scale(boat.side, 1)
      ctx.drawImage(image, -half, -image.height * 0.9)
      if (!mirrored) return
      ctx.rotate(-roll * 2 * boat.side)
      ctx.globalAlpha = 0.3
      ctx.scale(1, -0.8)
      ctx.drawImage(image, -half, -image.height * 0.9)
      ctx.globalAlpha = 1
    })
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }
}

/** Houses in two rows along the quay, a spire behind them, and the wall with its posts. */
const quaySprite = (scene: SceneContext, line: number, random: Random): Sprite => {
  const { width, unit } = scene
  const tone = toneOf(scene)
  const style = { ...townStyle(scene, 0.12), walls: QUAY_PAINTS }
  const behind = { ...townStyle(scene, 0.4), walls: QUAY_PAINTS }
  const foot = line - 6 * unit
  const wide = (66 + random() * 22) * unit
  return paintSprite(coverBox(scene, 0.36, 0, line + 2), 0.36, (ctx, box) => {
    const spire = width * (random() < 0.5 ? 0.3 : 0.68)
    paintSpire(ctx, random, { x: spire, y: line, wide: wide * 0.6, tall: wide * 4.2 }, behind)
    for (let row = 0; row < 2; row++)
      for (let x = box.x - wide; x < box.x + box.width + wide;) {
        const own = wide * (row === 0 ? 0.7 : 0.85 + random() * 0.4)
        const tall = wide * (row === 0 ? 2 + Math.sin((x / width) * 4) * 0.4 : 1.15 + random() * 0.6)
        if (row === 1 || random() < 0.8)
          paintTownHouse(ctx, random, { x: x + own / 2, y: foot, wide: own, tall }, row === 0 ? behind : style)
        x += own * 1.01
      }
    fillRectangle(ctx, css(tone([120, 112, 106], 0.4, 0.1)), [box.x, line - 7 * unit, box.width, 10 * unit])
    const wood = css(tone([60, 54, 54], 0.3, 0.1))
    for (let post = 0; post < 40; post++)
      fillRectangle(ctx, wood, [box.x + (box.width * post) / 40, line - 11 * unit, 4 * unit, 14 * unit])
  })
}

/** A harbour town: painted houses along the quay, mirrored, fishing boats before them and close by. */
export const paintHarbour: ScenePainter = (scene) => {
  const { width, height, unit } = scene
  const random = scene.random('harbour')
  const line = height * (0.52 + random() * 0.1)
  const quay = quaySprite(scene, line, random)
  const moored = (count: number, y: number, long: number, far: number): Moored[] =>
    Array.from({ length: count }, (_, index) => ({
      x: width * ((index + 0.3 + random() * 0.4) / count),
      y: y + (random() - 0.5) * 3 * unit,
      long: long * (0.8 + random() * 0.4),
      side: random() < 0.5 ? -1 : 1,
      phase: random() * 7,
      far,
      paint: Math.floor(random() * 7),
    }))
  const near: Moored = {
    x: width * (random() < 0.5 ? 0.28 + random() * 0.08 : 0.64 + random() * 0.1),
    y: height * 0.86,
    long: Math.min(width * 0.62, 400 * unit),
    side: random() < 0.5 ? -1 : 1,
    phase: 1,
    far: 0.02,
    paint: Math.floor(random() * 7),
  }
  const mist = { thick: 80, depth: 0.3 }
  return outdoorScene(scene, line, [
    ...mountainRanges(scene, { horizon: line, tall: 0.5 + random() * 0.4, pines: true, bottom: line + 2 * unit }),
    airLayer(scene, { ...mist, name: 'behind the town', y: line - 90 * unit, strength: 0.26, most: 0.9 }),
    still(quay),
    fleet(scene, moored(5, line + 2 * unit, 120 * unit, 0.16), 0.42, false),
    mirrorLayer(scene, { y: line + 3 * unit, depth: 0.42, calm: 0.7, tall: 1.15 }),
    glintLayer(scene, { y: line + 3 * unit, depth: 0.42, amount: 0.7 }),
    airLayer(scene, { name: 'harbour', y: line + 4 * unit, thick: 60, depth: 0.5, strength: 0.24, sky: 0.6 }),
    fleet(scene, [...moored(2, line + (height - line) * 0.3, 210 * unit, 0.08), near], 0.8, true),
  ])
}
