import type { SKRSContext2D } from '@napi-rs/canvas'
import type { Rgb } from '../../../rgb.ts'
import { drawGlow, fillShape, glowImage } from '../../../canvas/drawing.ts'
import { css, shift } from '../../../canvas/colour.ts'
import { coverBox } from '../../layers.ts'
import { paintSprite, type Sprite } from '../../../canvas/sprite.ts'
import type { SceneContext } from '../../context.ts'
import { chair, cup, roundTable, shelf, type Paint } from './cafe-things.ts'

type Spot = { x: number; y: number }

/** The wall with its window (left clear), the chequered floor, a board and shelves behind the counter. `side` 1 has the window at the right. */
export const paintRoom = (
  scene: SceneContext,
  plan: {
    pane: { left: number; right: number; top: number; bottom: number }
    floor: number
    side: number
    wall: Rgb
    wood: Rgb
    depth: number
    paint: Paint
    open: boolean
  },
): Sprite => {
  const { width, height, unit, light } = scene
  const { pane, floor, side, wall, wood, depth, paint } = plan
  const random = scene.random('cafe room')
  const dark = light.dark > 0.35
  const flip = (x: number): number => (side > 0 ? x : width - x)
  return paintSprite(coverBox(scene, depth), depth, (ctx, box) => {
    const shade = ctx.createLinearGradient(flip(width), 0, flip(0), 0)
    shade.addColorStop(0, paint(shift(wall, 0.03), 0.7))
    shade.addColorStop(1, paint(shift(wall, -0.1), 0.3))
    ctx.fillStyle = shade
    ctx.fillRect(box.x, box.y, box.width, box.height)
    ctx.fillStyle = paint(shift(wood, -0.2), 0.4)
    ctx.fillRect(box.x, box.y, box.width, height * 0.05 - box.y)
    const boards = ctx.createLinearGradient(0, floor, 0, height)
    boards.addColorStop(0, paint(shift(wood, -0.02), 0.6))
    boards.addColorStop(1, paint(shift(wood, -0.16), 0.4))
    ctx.fillStyle = boards
    ctx.fillRect(box.x, floor, box.width, box.height)
    for (let row = 0; row < 9; row++)
      for (let tile = -14; tile < 15; tile++) {
        if ((row + tile) % 2) continue
        const y1 = floor + (height * 1.05 - floor) * (row / 9) ** 1.5
        const y2 = floor + (height * 1.05 - floor) * ((row + 1) / 9) ** 1.5
        const s1 = (40 + ((y1 - floor) / unit) * 0.46) * unit
        const s2 = (40 + ((y2 - floor) / unit) * 0.46) * unit
        fillShape(
          ctx,
          [
            [width / 2 + tile * s1, y1],
            [width / 2 + (tile + 1) * s1, y1],
            [width / 2 + (tile + 1) * s2, y2],
            [width / 2 + tile * s2, y2],
          ],
          paint(shift(wood, -0.11), 0.4),
        )
      }
    ctx.clearRect(pane.left, pane.top, pane.right - pane.left, pane.bottom - pane.top)
    const frame: Rgb = shift(wood, -0.22)
    ctx.fillStyle = paint(frame)
    for (const [x, y, w, h] of [
      [pane.left - 10 * unit, pane.top - 10 * unit, pane.right - pane.left + 20 * unit, 10 * unit],
      [pane.left - 10 * unit, pane.top, 10 * unit, pane.bottom - pane.top],
      [pane.right, pane.top, 10 * unit, pane.bottom - pane.top],
      [pane.left - 22 * unit, pane.bottom, pane.right - pane.left + 44 * unit, 15 * unit],
      [pane.left, pane.top + (pane.bottom - pane.top) * 0.26, pane.right - pane.left, 6 * unit],
    ] as const)
      ctx.fillRect(x, y, w, h)
    for (const part of [0.25, 0.5, 0.75])
      ctx.fillRect(pane.left + (pane.right - pane.left) * part - 3 * unit, pane.top, 6 * unit, pane.bottom - pane.top)
    ctx.fillStyle = paint(shift(wall, -0.14), 0.5)
    ctx.fillRect(
      pane.left - 10 * unit,
      pane.bottom + 15 * unit,
      pane.right - pane.left + 20 * unit,
      floor - pane.bottom - 15 * unit,
    )
    if (plan.open) return
    // Behind the counter: a board of names and prices, shelves.
    const back = { x: side > 0 ? width * 0.03 : width * 0.64, wide: width * 0.33 }
    ctx.fillStyle = paint([40, 44, 46], 0.5)
    ctx.fillRect(back.x + back.wide * 0.1, height * 0.15, back.wide * 0.8, height * 0.15)
    ctx.fillStyle = css([236, 230, 214], dark ? 0.6 : 0.8)
    for (let line = 0; line < 10; line++)
      ctx.fillRect(
        back.x + back.wide * (line < 5 ? 0.15 : 0.53),
        height * (0.175 + (line % 5) * 0.022),
        back.wide * (0.12 + random() * 0.18),
        2.4 * unit,
      )
    for (const level of [0.4, 0.5]) shelf(ctx, random, back.x, height * level, back.wide, unit, paint)
  })
}

/** The counter with its boards, the machine on it, and cups on that. */
const paintCounter = (
  ctx: SKRSContext2D,
  { width, unit }: SceneContext,
  plan: { counterX: number; counterTop: number; floor: number; side: number; wood: Rgb; paint: Paint },
): void => {
  const { counterX, counterTop, floor, side, wood, paint } = plan
  const body = ctx.createLinearGradient(0, counterTop, 0, floor + 46 * unit)
  body.addColorStop(0, paint(shift(wood, 0.02), 0.7))
  body.addColorStop(1, paint(shift(wood, -0.16), 0.3))
  ctx.fillStyle = body
  const wide = width * 0.4 + 60 * unit
  ctx.fillRect(counterX, counterTop, wide, floor + 46 * unit - counterTop)
  for (let slat = 0; slat < 20; slat++) {
    ctx.fillStyle = 'rgba(0,0,0,0.13)'
    ctx.fillRect(
      counterX + (wide * slat) / 20,
      counterTop + 14 * unit,
      2.5 * unit,
      floor + 46 * unit - counterTop - 14 * unit,
    )
  }
  ctx.fillStyle = paint([226, 214, 198], 0.8)
  ctx.fillRect(counterX - 8 * unit, counterTop - 4 * unit, wide + 16 * unit, 14 * unit)
  // The machine, with its groups and a rail of cups; a glass case with cakes.
  const mx = side > 0 ? width * 0.1 : width * 0.76
  const steel = paint([196, 200, 206], 0.8)
  ctx.fillStyle = steel
  ctx.beginPath()
  ctx.roundRect(mx, counterTop - 92 * unit, 150 * unit, 40 * unit, 8 * unit)
  ctx.roundRect(mx + 8 * unit, counterTop - 22 * unit, 134 * unit, 20 * unit, 4 * unit)
  ctx.fill()
  ctx.fillStyle = paint([110, 112, 118], 0.4)
  ctx.fillRect(mx + 12 * unit, counterTop - 54 * unit, 126 * unit, 34 * unit)
  ctx.fillStyle = paint([44, 42, 46], 0.5)
  for (const group of [0.25, 0.62]) {
    ctx.fillRect(mx + 150 * unit * group, counterTop - 56 * unit, 24 * unit, 10 * unit)
    ctx.fillRect(mx + 150 * unit * group + 8 * unit, counterTop - 48 * unit, 8 * unit, 12 * unit)
  }
  for (let stack = 0; stack < 7; stack++) {
    ctx.fillStyle = paint([244, 238, 226], 0.8)
    ctx.fillRect(mx + (8 + stack * 20) * unit, counterTop - 108 * unit, 15 * unit, 16 * unit)
  }
}

/** What stands before it: the counter with its machine, tables with their cups, lamps on long cords, and the lamps' light. */
export const paintFront = (
  scene: SceneContext,
  plan: {
    /** Without a counter. */
    open: boolean
    counterX: number
    counterTop: number
    floor: number
    side: number
    tables: readonly (Spot & { size: number })[]
    lamps: readonly Spot[]
    wood: Rgb
    word: Rgb | undefined
    dark: boolean
    paint: Paint
  },
): Sprite => {
  const { unit, light } = scene
  const { tables, lamps, wood, word, dark, paint } = plan
  return paintSprite(coverBox(scene, 0.72), 0.72, (ctx) => {
    if (!plan.open) paintCounter(ctx, scene, plan)
    for (const table of tables) {
      chair(ctx, table.x - table.size * 0.62, table.y + table.size * 0.02, table.size, -1, paint, wood)
      chair(ctx, table.x + table.size * 0.62, table.y - table.size * 0.02, table.size, 1, paint, wood)
      roundTable(ctx, table.x, table.y, table.size, paint, shift(wood, 0.06))
      cup(ctx, table.x - table.size * 0.16, table.y - table.size * 0.6, table.size * 0.1, paint, [246, 240, 228])
      cup(
        ctx,
        table.x + table.size * 0.2,
        table.y - table.size * 0.63,
        table.size * 0.085,
        paint,
        word ?? [120, 160, 160],
      )
    }
    ctx.strokeStyle = paint([40, 36, 38])
    for (const lamp of lamps) {
      ctx.lineWidth = 2 * unit
      ctx.beginPath()
      ctx.moveTo(lamp.x, -60 * unit)
      ctx.lineTo(lamp.x, lamp.y - 30 * unit)
      ctx.stroke()
      fillShape(
        ctx,
        [
          [lamp.x - 9 * unit, lamp.y - 36 * unit],
          [lamp.x + 9 * unit, lamp.y - 36 * unit],
          [lamp.x + 40 * unit, lamp.y],
          [lamp.x - 40 * unit, lamp.y],
        ],
        paint(word ? shift(word, -0.1) : [48, 66, 66], 0.6),
      )
      ctx.fillStyle = '#ffe9b8'
      ctx.beginPath()
      ctx.ellipse(lamp.x, lamp.y + 1 * unit, 30 * unit, 7 * unit, 0, 0, Math.PI * 2)
      ctx.fill()
    }
    const halo = glowImage([255, 190, 110], 128)
    const bright = dark ? 0.85 : light.dark > 0.1 || light.weather !== 'clear' ? 0.5 : 0.28
    for (const lamp of lamps) {
      drawGlow(ctx, halo, lamp.x, lamp.y + 10 * unit, 240 * unit, bright)
      drawGlow(ctx, halo, lamp.x, lamp.y, 70 * unit, bright)
    }
  })
}
