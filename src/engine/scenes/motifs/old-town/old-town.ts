import { townStyle } from '../../built/town-style.ts'
import type { SKRSContext2D } from '@napi-rs/canvas'
import { fillEllipse, fillPolygon } from '../../../canvas/paths.ts'
import type { Random } from '../../../random.ts'
import { toneOf } from '../../tone.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { drawSittingCat } from '../../figures/cat.ts'
import { type HouseStyle, paintSpire, paintTownHouse } from '../../built/house.ts'
import { smokeLayer } from '../../built/smoke.ts'
import { airLayer } from '../../sky/mist.ts'
import { outdoorScene } from '../../sky/outdoors.ts'
import { coverBox, type Layer, layerAt, type SceneContext, type ScenePainter, still } from '../../layers.ts'
import { type Box, paintSprite } from '../../../canvas/sprite.ts'
import { mountainRanges } from '../../land/ranges.ts'

/** The ridge of a near roof along the lower edge, with its tiles, a chimney, and a cat that looks at the town. */
const nearRoof = (scene: SceneContext, random: Random): Layer[] => {
  const { width, height, unit, light } = scene
  const tone = toneOf(scene)
  const snowy = light.season === 'winter' || light.weather === 'snow'
  const slant = (random() < 0.5 ? -1 : 1) * (0.05 + random() * 0.07)
  const ridge = (x: number): number => height * 0.9 + (x - width / 2) * slant
  const depth = 1
  const box = coverBox(scene, depth, height * 0.5)
  const sprite = paintSprite(box, depth, (ctx) => {
    const [left, right, low] = [box.x, box.x + box.width, height * 1.4]
    const wall = css(tone(snowy ? [214, 224, 240] : [120, 58, 46], 0.3))
    fillPolygon(ctx, wall, [left, ridge(left), right, ridge(right), right, low, left, low])
    ctx.save()
    ctx.clip()
    for (let course = 0; course < 9; course++)
      for (let x = box.x - 20 * unit; x < box.x + box.width; x += 26 * unit) {
        const px = x + (course % 2) * 13 * unit
        const py = ridge(px) + (12 + course * 22) * unit
        ctx.fillStyle = css(
          tone(shift(snowy ? [226, 234, 246] : [146, 72, 54], (random() - 0.5) * 0.09 - course * 0.015), 0.34),
          snowy ? 0.5 : 1,
        )
        ctx.beginPath()
        ctx.roundRect(px, py - 16 * unit, 25 * unit, 30 * unit, [0, 0, 12 * unit, 12 * unit])
        ctx.fill()
      }
    ctx.restore()
    const tile = css(tone(snowy ? [240, 245, 252] : [164, 84, 62], 0.5))
    for (let x = box.x; x < box.x + box.width; x += 36 * unit)
      fillEllipse(ctx, tile, [x, ridge(x), 20 * unit, 9 * unit, Math.atan(slant)])
  })
  const cat = scene.brief.details.oldTown.hasCat || random() < 0.4
  const x = width * (random() < 0.5 ? 0.24 + random() * 0.1 : 0.68 + random() * 0.1)
  const fur = css(mix(light.ambient, [14, 12, 20], 0.82))
  const sitting: Layer = layerAt(depth, (ctx, view) => {
    ctx.translate(x, ridge(x) - 4 * unit)
    ctx.scale(92 * unit, 92 * unit)
    drawSittingCat(ctx, fur, Math.sin(view.seconds * 1.7) * Math.sin(view.seconds * 0.6), Math.sin(view.seconds * 0.5))
  })
  return [still(sprite), ...(cat ? [sitting] : [])]
}

const RANKS = 5

/** How the rows of houses lie: `tower` is the share of the frame's width where the great church stands. */
type Town = { scene: SceneContext; random: Random; horizon: number; tower: number }

type Chimney = { x: number; y: number; size: number }

/** One row of houses: how large and how high in the frame, from 0 furthest. */
type Row = { rank: number; foot: number; wide: number; style: HouseStyle }

/** Church towers, in the three furthest rows alone. */
const paintChurches = (ctx: SKRSContext2D, { scene, random, tower }: Town, { rank, foot, wide, style }: Row): void => {
  const portrait = Math.max(1, (scene.height / scene.width) * 0.8)
  for (let church = 0; church < 3 - rank; church++) {
    const at = rank === 2 ? tower : (tower + 0.3 + church * 0.33 + random() * 0.12) % 1
    const size = wide * (0.62 + random() * 0.25)
    const tall = (size * (6.4 + random() * 2)) / portrait
    paintSpire(ctx, random, { x: scene.width * at, y: foot, wide: size, tall }, style)
  }
}

/** Houses side by side. Answers the chimneys that smoke. */
const paintRow = (ctx: SKRSContext2D, { scene, random }: Town, row: Row, box: Box): Chimney[] => {
  const { rank, foot, wide, style } = row
  const chimneys: Chimney[] = []
  for (let x = box.x - wide; x < box.x + box.width + wide;) {
    const own = wide * (0.7 + random() * 0.6)
    const hill = Math.sin((x / scene.width) * 2.4 + rank * 1.7) * 0.3
    const house = { x: x + own / 2, y: foot + wide * 0.7, wide: own, tall: wide * (1.25 + hill + random() * 0.6) }
    paintTownHouse(ctx, random, house, style)
    if (random() < 0.14) chimneys.push({ x: x + own * 0.25, y: foot - wide * (1 + hill), size: wide * 0.09 })
    x += own * (0.9 + random() * 0.14)
  }
  return chimneys
}

/** One row of houses, smoke over it, and mist before it. */
const rowLayers = (town: Town, rank: number): Layer[] => {
  const { scene, horizon } = town
  const { light, width, height, unit } = scene
  const share = rank / (RANKS - 1)
  const depth = 0.24 + share * 0.6
  const foot = horizon + (height * 1.02 - horizon) * (0.1 + share ** 1.3 * 0.86)
  const style = townStyle(scene, (1 - share) ** 1.4 * 0.66)
  const wide = (24 + share ** 1.3 * 104) * unit * Math.max(1, (height / width) * 1.1)
  const row: Row = { rank, foot, wide, style }
  let chimneys: Chimney[] = []
  const sprite = paintSprite(coverBox(scene, depth, 0), depth, (ctx, box) => {
    paintChurches(ctx, town, row)
    chimneys = paintRow(ctx, town, row, box)
  })
  const plume = { depth, colour: mix(light.haze, [255, 255, 255], 0.3), strength: 0.34 }
  const mist = { y: foot + 4 * unit, thick: 46 + share * 20, depth: depth + 0.05, strength: 0.4 - share * 0.3 }
  return [
    still(sprite),
    ...(rank > 0 && rank < 4 ? [smokeLayer(scene, chimneys.slice(0, 3), plume)] : []),
    ...(rank < RANKS - 1 ? [airLayer(scene, { name: `roofs ${rank}`, ...mist })] : []),
  ]
}

/** Over the roofs of an old town: gables behind gables with church towers among them, smoke from chimneys, a near roof. */
export const paintOldTown: ScenePainter = (scene) => {
  const { height, unit } = scene
  const random = scene.random('old town')
  const horizon = height * (0.42 + random() * 0.12)
  const tower = random() < 0.5 ? 0.26 + random() * 0.12 : 0.62 + random() * 0.12
  const town: Town = { scene, random, horizon, tower }
  const range = { horizon: horizon + 6 * unit, tall: 0.3 + random() * 0.35, bottom: horizon + 50 * unit }
  return outdoorScene(scene, horizon, [
    ...mountainRanges(scene, range),
    ...Array.from({ length: RANKS }, (_, rank) => rowLayers(town, rank)).flat(),
    ...nearRoof(scene, random),
  ])
}
