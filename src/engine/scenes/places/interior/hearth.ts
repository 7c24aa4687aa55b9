import type { SKRSContext2D } from '@napi-rs/canvas'
import type { Rgb } from '../../../rgb.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { linearGradient } from '../../../canvas/gradients.ts'
import { fillRectangle } from '../../../canvas/paths.ts'
import { drawSprite, glowSprite, paintSprite } from '../../../canvas/sprite.ts'
import { type Layer, layerAt, type SceneContext } from '../../layers.ts'
import { fillCurve } from '../../../canvas/curves.ts'

const FLAME: readonly (readonly [at: number, colour: Rgb, alpha: number])[] = [
  [0, [255, 190, 80], 0.6],
  [0.5, [255, 110, 30], 0.4],
  [1, [200, 40, 10], 0],
]

type Paint = SKRSContext2D['fillStyle']
type Block = readonly [left: number, top: number, width: number, height: number]

/** A hearth of stone by the middle of its foot, with logs. */
const paintHearth = (ctx: SKRSContext2D, x: number, y: number, unit: number, stone: Rgb): void => {
  const block = (paint: Paint, ...blocks: readonly Block[]): void => {
    for (const [left, top, wide, tall] of blocks)
      fillRectangle(ctx, paint, [x + left * unit, y + top * unit, wide * unit, tall * unit])
  }
  block(css(stone), [-150, -260, 300, 270], [-110, -400, 220, 150])
  block(css(shift(stone, 0.1)), [-170, -274, 340, 22])
  ctx.fillStyle = '#120a08'
  ctx.beginPath()
  ctx.roundRect(x - 96 * unit, y - 180 * unit, 192 * unit, 186 * unit, [60 * unit, 60 * unit, 0, 0])
  ctx.fill()
  block('#3a2216', [-66, -20, 132, 18], [-46, -36, 96, 16])
}

/** A hearth with flames that lick and throw their light into the room. */
export const fireLayer = (scene: SceneContext, x: number, y: number, wall: Rgb): Layer => {
  const { unit } = scene
  const noise = scene.noise('fire')
  const stone = mix(wall, [70, 62, 60], 0.65)
  const box = { x: x - 190 * unit, y: y - 400 * unit, width: 380 * unit, height: 430 * unit }
  const sprite = paintSprite(box, 0.6, (ctx) => paintHearth(ctx, x, y, unit, stone))
  const glow = glowSprite({ x, y: y - 50 * unit, reach: 560 * unit }, 0.6, [
    [0, [255, 140, 50], 0.6],
    [1, [255, 100, 30], 0],
  ])
  return layerAt(0.6, (ctx, view) => {
    drawSprite(ctx, view, sprite)
    ctx.globalCompositeOperation = 'screen'
    for (let tongue = 0; tongue < 22; tongue++) {
      const u = tongue / 21 - 0.5
      const tall = (1 - Math.abs(u) * 1.5) * (74 + 60 * noise(view.seconds * 2.2 + tongue * 3, tongue)) * unit
      const fx = x + u * 120 * unit
      const tip = fx + noise(view.seconds * 1.6 + tongue, 7) * 22 * unit
      fillCurve(
        ctx,
        linearGradient(ctx, [0, y - 24 * unit, 0, y - 24 * unit - tall], ...FLAME),
        [fx - 14 * unit, y - 22 * unit],
        [fx - 13 * unit, y - 22 * unit - tall * 0.5, tip, y - 24 * unit - tall],
        [fx + 13 * unit, y - 22 * unit - tall * 0.5, fx + 14 * unit, y - 22 * unit],
      )
    }
    ctx.globalAlpha = 0.7 + noise(view.seconds * 3, 2) * 0.2
    drawSprite(ctx, view, glow)
    ctx.globalAlpha = 1
    ctx.globalCompositeOperation = 'source-over'
  })
}
