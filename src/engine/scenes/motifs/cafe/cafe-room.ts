import type { Random } from '../../../random.ts'
import type { Rgb } from '../../../rgb.ts'
import { drawGlow, glowImage } from '../../../canvas/drawing.ts'
import { fillEllipse, fillPath, fillPolygon, fillRectangle, readPath, strokeLine } from '../../../canvas/paths.ts'
import { css, shift } from '../../../canvas/colour.ts'
import { coverBox, type SceneContext } from '../../layers.ts'
import { type Box, paintSprite, type Sprite } from '../../../canvas/sprite.ts'
import { type Brush, chair, cup, type Paint, roundTable, shelf } from './cafe-things.ts'

type Spot = { x: number; y: number }

/** A café in frame pixels. `side` 1 has the window at the right; an open one has no counter. */
export type CafePlan = {
  side: 1 | -1
  floor: number
  pane: { left: number; right: number; top: number; bottom: number }
  lamps: readonly Spot[]
  tables: readonly (Spot & { size: number })[]
  wall: Rgb
  wood: Rgb
  /** The colour that the words name. */
  word: Rgb | undefined
  isDark: boolean
  isOpen: boolean
  paint: Paint
}

const LAMPSHADE = readPath('M-9 -36 L9 -36 L40 0 L-40 0 Z')

/** Wall, ceiling and the chequered floor. */
const paintShell = ({ ctx, paint }: Brush, scene: SceneContext, plan: CafePlan, box: Box): void => {
  const { width, height, unit } = scene
  const { side, floor, wall, wood } = plan
  const shade = ctx.createLinearGradient(side > 0 ? width : 0, 0, side > 0 ? 0 : width, 0)
  shade.addColorStop(0, paint(shift(wall, 0.03), 0.7))
  shade.addColorStop(1, paint(shift(wall, -0.1), 0.3))
  fillRectangle(ctx, shade, [box.x, box.y, box.width, box.height])
  fillRectangle(ctx, paint(shift(wood, -0.2), 0.4), [box.x, box.y, box.width, height * 0.05 - box.y])
  const boards = ctx.createLinearGradient(0, floor, 0, height)
  boards.addColorStop(0, paint(shift(wood, -0.02), 0.6))
  boards.addColorStop(1, paint(shift(wood, -0.16), 0.4))
  fillRectangle(ctx, boards, [box.x, floor, box.width, box.height])
  const dark = paint(shift(wood, -0.11), 0.4)
  const middle = width / 2
  for (let row = 0; row < 9; row++)
    for (let tile = -14; tile < 15; tile++) {
      if ((row + tile) % 2) continue
      const y1 = floor + (height * 1.05 - floor) * (row / 9) ** 1.5
      const y2 = floor + (height * 1.05 - floor) * ((row + 1) / 9) ** 1.5
      const s1 = (40 + ((y1 - floor) / unit) * 0.46) * unit
      const s2 = (40 + ((y2 - floor) / unit) * 0.46) * unit
      const [left1, right1] = [middle + tile * s1, middle + (tile + 1) * s1]
      const [left2, right2] = [middle + tile * s2, middle + (tile + 1) * s2]
      fillPolygon(ctx, dark, [left1, y1, right1, y1, right2, y2, left2, y2])
    }
}

/** The shop window, left clear, and the wall below it. */
const paintWindow = ({ ctx, paint }: Brush, { unit }: SceneContext, { pane, floor, wall, wood }: CafePlan): void => {
  const { left, top, right, bottom } = pane
  const [wide, tall] = [right - left, bottom - top]
  ctx.clearRect(left, top, wide, tall)
  fillRectangle(ctx, paint(shift(wood, -0.22)), [left - 10 * unit, top - 10 * unit, wide + 20 * unit, 10 * unit])
  ctx.fillRect(left - 10 * unit, top, 10 * unit, tall)
  ctx.fillRect(right, top, 10 * unit, tall)
  ctx.fillRect(left - 22 * unit, bottom, wide + 44 * unit, 15 * unit)
  ctx.fillRect(left, top + tall * 0.26, wide, 6 * unit)
  for (const part of [0.25, 0.5, 0.75]) ctx.fillRect(left + wide * part - 3 * unit, top, 6 * unit, tall)
  const under = [left - 10 * unit, bottom + 15 * unit, wide + 20 * unit, floor - bottom - 15 * unit] as const
  fillRectangle(ctx, paint(shift(wall, -0.14), 0.5), under)
}

/** Behind the counter: a board of names and prices, shelves. */
const paintBar = (brush: Brush, random: Random, scene: SceneContext, { side, isDark }: CafePlan): void => {
  const { width, height, unit } = scene
  const { ctx, paint } = brush
  const x = side > 0 ? width * 0.03 : width * 0.64
  const wide = width * 0.33
  fillRectangle(ctx, paint([40, 44, 46], 0.5), [x + wide * 0.1, height * 0.15, wide * 0.8, height * 0.15])
  ctx.fillStyle = css([236, 230, 214], isDark ? 0.6 : 0.8)
  for (let line = 0; line < 10; line++)
    ctx.fillRect(
      x + wide * (line < 5 ? 0.15 : 0.53),
      height * (0.175 + (line % 5) * 0.022),
      wide * (0.12 + random() * 0.18),
      2.4 * unit,
    )
  for (const level of [0.4, 0.5]) shelf(brush, random, { x, y: height * level, wide }, unit)
}

/** The room's back with the window left clear. */
export const paintRoom = (scene: SceneContext, plan: CafePlan): Sprite => {
  const random = scene.random('cafe room')
  return paintSprite(coverBox(scene, 0.5), 0.5, (ctx, box) => {
    const brush: Brush = { ctx, paint: plan.paint }
    paintShell(brush, scene, plan, box)
    paintWindow(brush, scene, plan)
    if (!plan.isOpen) paintBar(brush, random, scene, plan)
  })
}

/** The counter with its boards, the machine on it, and cups on that. */
const paintCounter = ({ ctx, paint }: Brush, { width, unit }: SceneContext, plan: CafePlan): void => {
  const { floor, side, wood } = plan
  const top = floor - 132 * unit
  const left = side > 0 ? -60 * unit : width * 0.6
  const wide = width * 0.4 + 60 * unit
  const tall = floor + 46 * unit - top
  const body = ctx.createLinearGradient(0, top, 0, floor + 46 * unit)
  body.addColorStop(0, paint(shift(wood, 0.02), 0.7))
  body.addColorStop(1, paint(shift(wood, -0.16), 0.3))
  fillRectangle(ctx, body, [left, top, wide, tall])
  ctx.fillStyle = 'rgba(0,0,0,0.13)'
  for (let slat = 0; slat < 20; slat++)
    ctx.fillRect(left + (wide * slat) / 20, top + 14 * unit, 2.5 * unit, tall - 14 * unit)
  fillRectangle(ctx, paint([226, 214, 198], 0.8), [left - 8 * unit, top - 4 * unit, wide + 16 * unit, 14 * unit])
  // The machine, with its groups and a rail of cups.
  const x = side > 0 ? width * 0.1 : width * 0.76
  ctx.fillStyle = paint([196, 200, 206], 0.8)
  ctx.beginPath()
  ctx.roundRect(x, top - 92 * unit, 150 * unit, 40 * unit, 8 * unit)
  ctx.roundRect(x + 8 * unit, top - 22 * unit, 134 * unit, 20 * unit, 4 * unit)
  ctx.fill()
  fillRectangle(ctx, paint([110, 112, 118], 0.4), [x + 12 * unit, top - 54 * unit, 126 * unit, 34 * unit])
  ctx.fillStyle = paint([44, 42, 46], 0.5)
  for (const group of [0.25, 0.62]) {
    ctx.fillRect(x + 150 * unit * group, top - 56 * unit, 24 * unit, 10 * unit)
    ctx.fillRect(x + 150 * unit * group + 8 * unit, top - 48 * unit, 8 * unit, 12 * unit)
  }
  ctx.fillStyle = paint([244, 238, 226], 0.8)
  for (let stack = 0; stack < 7; stack++)
    ctx.fillRect(x + (8 + stack * 20) * unit, top - 108 * unit, 15 * unit, 16 * unit)
}

const paintTable = (brush: Brush, { x, y, size }: CafePlan['tables'][number], { wood, word }: CafePlan): void => {
  chair(brush, { x: x - size * 0.62, y: y + size * 0.02, size }, -1, wood)
  chair(brush, { x: x + size * 0.62, y: y - size * 0.02, size }, 1, wood)
  roundTable(brush, { x, y, size }, shift(wood, 0.06))
  cup(brush, { x: x - size * 0.16, y: y - size * 0.6, size: size * 0.1 }, [246, 240, 228])
  cup(brush, { x: x + size * 0.2, y: y - size * 0.63, size: size * 0.085 }, word ?? [120, 160, 160])
}

/** What stands before it: the counter with its machine, tables with their cups, lamps on long cords, and the lamps' light. */
export const paintFront = (scene: SceneContext, plan: CafePlan): Sprite => {
  const { unit, light } = scene
  const { tables, lamps, word, paint } = plan
  return paintSprite(coverBox(scene, 0.72), 0.72, (ctx) => {
    const brush: Brush = { ctx, paint }
    if (!plan.isOpen) paintCounter(brush, scene, plan)
    for (const table of tables) paintTable(brush, table, plan)
    ctx.strokeStyle = paint([40, 36, 38])
    const shade = paint(word ? shift(word, -0.1) : [48, 66, 66], 0.6)
    for (const { x, y } of lamps) {
      strokeLine(ctx, [x, -60 * unit, x, y - 30 * unit], 2 * unit)
      fillPath(ctx, shade, LAMPSHADE, { x, y, size: unit })
      fillEllipse(ctx, '#ffe9b8', [x, y + 1 * unit, 30 * unit, 7 * unit])
    }
    const halo = glowImage([255, 190, 110], 128)
    const bright = plan.isDark ? 0.85 : light.dark > 0.1 || light.weather !== 'clear' ? 0.5 : 0.28
    for (const { x, y } of lamps) {
      drawGlow(ctx, halo, [x, y + 10 * unit, 240 * unit], bright)
      drawGlow(ctx, halo, [x, y, 70 * unit], bright)
    }
  })
}
