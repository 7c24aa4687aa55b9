import type { SKRSContext2D } from '@napi-rs/canvas'
import type { Random } from '../../../random.ts'
import type { Rgb } from '../../../rgb.ts'
import { linearGradient } from '../../../canvas/gradients.ts'
import { fillEllipse, fillPolygon, fillRectangle, strokeLine } from '../../../canvas/paths.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { coverBox, type SceneContext } from '../../layers.ts'
import { paintSprite, type Sprite } from '../../../canvas/sprite.ts'
import type { Pen } from './turned.ts'
import { fillCurve, setPen } from '../../../canvas/curves.ts'

type Opening = { left: number; right: number; top: number; bottom: number }

/** The corner of a room that a table stands in. Frame pixels; `window` is the opening, if it is in the picture. */
export type Corner = {
  table: number
  side: 1 | -1
  wall: Rgb
  wood: Rgb
  cloth: Rgb | undefined
  window: Opening | undefined
  tone: Pen['tone']
}

/** Plaster: broad soft strokes, hardly seen. */
const plaster = ({ ctx, random, tone }: Pen, { width, unit }: SceneContext, { wall, table }: Corner): void => {
  for (let stroke = 0; stroke < 90; stroke++) {
    const x = random() * width
    const y = random() * table
    setPen(ctx, css(tone(shift(wall, (random() - 0.5) * 0.1), 0.6), 0.05), (20 + random() * 60) * unit)
    strokeLine(ctx, [x, y, x + (random() - 0.5) * 200 * unit, y + (random() - 0.5) * 200 * unit])
  }
}

const dropsOnPane = (ctx: SKRSContext2D, random: Random, unit: number, { left, right, top, bottom }: Opening): void => {
  for (let drop = 0; drop < 220; drop++) {
    const x = left + random() * (right - left)
    const y = top + random() * (bottom - top)
    const size = (1 + random() ** 3 * 3) * unit
    fillEllipse(ctx, `rgba(236,242,250,${(0.25 + random() * 0.4).toFixed(2)})`, [x, y, size, size * 1.3])
    if (drop % 7) continue
    const long = Math.min(bottom - y, (30 + random() * 110) * unit)
    fillRectangle(ctx, 'rgba(220,230,242,0.22)', [x - size * 0.6, y, size * 1.2, long])
  }
}

/** A window in the wall, its panes left clear, with a curtain drawn aside. */
const wallWindow = (
  { ctx, random, tone, side }: Pen,
  { unit, light }: SceneContext,
  wall: Rgb,
  opening: Opening,
): void => {
  const { left, right, top, bottom } = opening
  const [wide, tall] = [right - left, bottom - top]
  const bar = 15 * unit
  const frame = mix(wall, [240, 232, 218], 0.6)
  // The reveal is bright on the side that the light falls on.
  const reveal = [left - bar * 2.2, top - bar * 2.2, wide + bar * 4.4, tall + bar * 3] as const
  fillRectangle(ctx, css(tone(shift(wall, 0.08), 1)), reveal)
  ctx.clearRect(left, top, wide, tall)
  if (light.weather === 'rain' || light.weather === 'storm') dropsOnPane(ctx, random, unit, opening)
  for (const [x, y, w, h] of [
    [left - bar, top - bar, wide + bar * 2, bar],
    [left - bar, bottom, wide + bar * 2, bar],
    [left - bar, top, bar, tall],
    [right, top, bar, tall],
    [(left + right) / 2 - bar * 0.3, top, bar * 0.6, tall],
    [left, top + tall * 0.36, wide, bar * 0.5],
    [left, top + tall * 0.68, wide, bar * 0.4],
  ] as const)
    fillRectangle(ctx, css(tone(frame, 0.5)), [x, y, w, h])
  fillRectangle(ctx, css(tone(frame, 0.95)), [left - bar * 3, bottom + bar * 0.8, wide + bar * 6, bar * 1.1])
  const hang = side > 0 ? right : left
  for (let fold = 0; fold < 7; fold++) {
    const x = hang + side * (fold * 17 - 64) * unit
    const foot = x + side * 22 * unit
    fillCurve(
      ctx,
      css(tone(mix([244, 236, 222], wall, 0.2), fold % 2 ? 0.95 : 0.62), 0.94),
      [x - 15 * unit, top - bar * 4],
      [x - 16 * unit, (top + bottom) / 2, foot - 12 * unit, bottom + bar * 5],
      [foot + 18 * unit, bottom + bar * 5],
      [x + 18 * unit, (top + bottom) / 2, x + 15 * unit, top - bar * 4],
    )
  }
}

/** The wall, brighter towards the light, with its window left clear. */
export const wallSprite = (scene: SceneContext, corner: Corner): Sprite => {
  const { width, height } = scene
  const { side, wall, tone, window } = corner
  const random = scene.random('wall')
  return paintSprite(coverBox(scene, 0.3), 0.3, (ctx, box) => {
    const pen: Pen = { ctx, random, tone, side }
    const from = side > 0 ? width : 0
    const wash = ctx.createRadialGradient(from, height * 0.2, 0, from, height * 0.3, Math.hypot(width, height) * 0.9)
    wash.addColorStop(0, css(tone(shift(wall, 0.04), 0.95)))
    wash.addColorStop(0.45, css(tone(wall, 0.55)))
    wash.addColorStop(1, css(tone(shift(wall, -0.1), 0.1)))
    fillRectangle(ctx, wash, [box.x, box.y, box.width, box.height])
    plaster(pen, scene, corner)
    if (window) wallWindow(pen, scene, wall, window)
  })
}

/** The light of a window that is out of the picture, on the wall: six panes, leaning. Painted small, so that it is soft. */
export const lightOnWall = (scene: SceneContext, { side, table }: Corner, colour: Rgb): Sprite => {
  const { width, height } = scene
  const random = scene.random('light on the wall')
  const paint = (ctx: SKRSContext2D): void => {
    const wide = width * (0.34 + random() * 0.1)
    const tall = table * (0.6 + random() * 0.2)
    const x = side > 0 ? width * (0.3 - random() * 0.14) : width * (0.7 + random() * 0.14)
    const y = height * (0.05 + random() * 0.08)
    const lean = -side * tall * (0.3 + random() * 0.2)
    const corner = (u: number, v: number): [number, number] => [
      x + (u - 0.5) * wide + v * lean,
      y + v * tall + side * (0.5 - u) * wide * 0.1,
    ]
    for (let column = 0; column < 2; column++)
      for (let row = 0; row < 3; row++) {
        const [left, right] = [column / 2 + 0.02, (column + 1) / 2 - 0.02]
        const [top, bottom] = [row / 3 + 0.02, (row + 1) / 3 - 0.02]
        const pane = [...corner(left, top), ...corner(right, top), ...corner(right, bottom), ...corner(left, bottom)]
        fillPolygon(ctx, css(colour, 0.34), pane)
      }
    // Leaves outside break it.
    ctx.globalCompositeOperation = 'destination-out'
    for (let leaf = 0; leaf < 26; leaf++)
      fillEllipse(ctx, `rgba(0,0,0,${(0.2 + random() * 0.4).toFixed(3)})`, [
        x + (random() - 0.5) * wide * 1.3 + lean * random(),
        y + random() * tall,
        width * 0.016 * (0.6 + random()),
        width * 0.007 * (0.6 + random()),
        random() * 3,
      ])
    ctx.globalCompositeOperation = 'source-over'
  }
  return paintSprite(coverBox(scene, 0.3), 0.3, paint, 0.2)
}

/** The table's top in perspective: planks, or a cloth with its folds. */
export const paintTable = (pen: Pen, scene: SceneContext, corner: Corner, box: { x: number; width: number }): void => {
  const { ctx, tone, random, side } = pen
  const { width, height, unit } = scene
  const { table, wood, cloth } = corner
  const surface = cloth ?? wood
  const bottom = height * 1.05
  const across = [side > 0 ? width : 0, table, side > 0 ? 0 : width, bottom] as const
  const [bright, dark] = [tone(shift(surface, 0.06), 1), tone(shift(surface, -0.12), 0.2)]
  const wash = linearGradient(ctx, across, [0, bright], [0.5, tone(surface, 0.66)], [1, dark])
  fillRectangle(ctx, wash, [box.x, table, box.width, bottom - table])
  const vanish = { x: width * (0.3 + random() * 0.4), y: table - (bottom - table) * 2.2 }
  const toX = (x: number, y: number): number => vanish.x + ((x - vanish.x) * (y - vanish.y)) / (table - vanish.y)
  const planks = cloth ? 9 : 7
  for (let plank = -planks; plank <= planks * 2; plank++) {
    const x = (plank / planks) * width + (cloth ? (random() - 0.5) * width * 0.1 : 0)
    ctx.strokeStyle = css(tone(shift(surface, cloth ? -0.06 : -0.26), 0.4), cloth ? 0.22 : 0.7)
    strokeLine(ctx, [x, table, toX(x, bottom), bottom], (cloth ? 10 : 2.4) * unit)
    if (cloth) continue
    for (let grain = 0; grain < 7; grain++) {
      const gx = x + random() * (width / planks)
      const [from, to] = [table + random() * (bottom - table), table + random() * (bottom - table)]
      ctx.strokeStyle = css(tone(shift(surface, (random() - 0.6) * 0.16), 0.5), 0.3)
      strokeLine(ctx, [toX(gx, from), from, toX(gx, to), to], (0.8 + random() * 1.4) * unit)
    }
  }
  fillRectangle(ctx, css(tone(shift(surface, 0.1), 1), 0.5), [box.x, table, box.width, 2.4 * unit])
}
