import type { Rgb } from '../../../rgb.ts'
import { fillShape } from '../../../canvas/drawing.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { coverBox } from '../../layers.ts'
import { paintSprite, type Sprite } from '../../../canvas/sprite.ts'
import type { SceneContext } from '../../context.ts'
import type { Pen } from './turned.ts'

/** The corner of a room that a table stands in. Frame pixels; `window` is the opening, if it is in the picture. */
export type Corner = {
  table: number
  side: 1 | -1
  wall: Rgb
  wood: Rgb
  cloth: Rgb | undefined
  window: { left: number; right: number; top: number; bottom: number } | undefined
  tone: Pen['tone']
}

/** The wall, brighter towards the light, with its window left clear. */
export const wallSprite = (scene: SceneContext, corner: Corner): Sprite => {
  const { width, height, unit } = scene
  const { side, wall, tone, table, window } = corner
  const random = scene.random('wall')
  const depth = 0.3
  return paintSprite(coverBox(scene, depth), depth, (ctx, box) => {
    const from = side > 0 ? width : 0
    const wash = ctx.createRadialGradient(from, height * 0.2, 0, from, height * 0.3, Math.hypot(width, height) * 0.9)
    wash.addColorStop(0, css(tone(shift(wall, 0.04), 0.95)))
    wash.addColorStop(0.45, css(tone(wall, 0.55)))
    wash.addColorStop(1, css(tone(shift(wall, -0.1), 0.1)))
    ctx.fillStyle = wash
    ctx.fillRect(box.x, box.y, box.width, box.height)
    // Plaster: broad soft strokes, hardly seen.
    for (let stroke = 0; stroke < 90; stroke++) {
      const x = random() * width
      const y = random() * table
      ctx.strokeStyle = css(tone(shift(wall, (random() - 0.5) * 0.1), 0.6), 0.05)
      ctx.lineWidth = (20 + random() * 60) * unit
      ctx.beginPath()
      ctx.moveTo(x, y)
      ctx.lineTo(x + (random() - 0.5) * 200 * unit, y + (random() - 0.5) * 200 * unit)
      ctx.stroke()
    }
    if (!window) return
    const { left, right, top, bottom } = window
    const bar = 15 * unit
    const frame: Rgb = mix(wall, [240, 232, 218], 0.6)
    const box4 = (x: number, y: number, w: number, h: number, colour: Rgb, shine: number): void => {
      ctx.fillStyle = css(tone(colour, shine))
      ctx.fillRect(x, y, w, h)
    }
    // The reveal is bright on the side that the light falls on.
    box4(left - bar * 2.2, top - bar * 2.2, right - left + bar * 4.4, bottom - top + bar * 3, shift(wall, 0.08), 1)
    ctx.clearRect(left, top, right - left, bottom - top)
    if (scene.light.weather === 'rain' || scene.light.weather === 'storm')
      for (let drop = 0; drop < 220; drop++) {
        const x = left + random() * (right - left)
        const y = top + random() * (bottom - top)
        const size = (1 + random() ** 3 * 3) * unit
        ctx.fillStyle = `rgba(236,242,250,${(0.25 + random() * 0.4).toFixed(2)})`
        ctx.beginPath()
        ctx.ellipse(x, y, size, size * 1.3, 0, 0, Math.PI * 2)
        ctx.fill()
        if (drop % 7) continue
        ctx.fillStyle = 'rgba(220,230,242,0.22)'
        ctx.fillRect(x - size * 0.6, y, size * 1.2, Math.min(bottom - y, (30 + random() * 110) * unit))
      }
    for (const [x, y, w, h] of [
      [left - bar, top - bar, right - left + bar * 2, bar],
      [left - bar, bottom, right - left + bar * 2, bar],
      [left - bar, top, bar, bottom - top],
      [right, top, bar, bottom - top],
      [(left + right) / 2 - bar * 0.3, top, bar * 0.6, bottom - top],
      [left, top + (bottom - top) * 0.36, right - left, bar * 0.5],
      [left, top + (bottom - top) * 0.68, right - left, bar * 0.4],
    ] as const)
      box4(x, y, w, h, frame, 0.5)
    box4(left - bar * 3, bottom + bar * 0.8, right - left + bar * 6, bar * 1.1, frame, 0.95)
    // A curtain, drawn aside.
    const hang = side > 0 ? right : left
    for (let fold = 0; fold < 7; fold++) {
      const x = hang + side * (fold * 17 - 64) * unit
      ctx.fillStyle = css(tone(mix([244, 236, 222], wall, 0.2), fold % 2 ? 0.95 : 0.62), 0.94)
      ctx.beginPath()
      ctx.moveTo(x - 15 * unit, top - bar * 4)
      ctx.quadraticCurveTo(x - 16 * unit, (top + bottom) / 2, x + side * 22 * unit - 12 * unit, bottom + bar * 5)
      ctx.lineTo(x + side * 22 * unit + 18 * unit, bottom + bar * 5)
      ctx.quadraticCurveTo(x + 18 * unit, (top + bottom) / 2, x + 15 * unit, top - bar * 4)
      ctx.fill()
    }
  })
}

/** The light of a window that is out of the picture, on the wall: four panes, leaning. Painted small, so that it is soft. */
export const lightOnWall = (scene: SceneContext, corner: Corner, colour: Rgb): Sprite => {
  const { width, height } = scene
  const { side, table } = corner
  const random = scene.random('light on the wall')
  const reach = coverBox(scene, 0.3)
  return paintSprite(
    reach,
    0.3,
    (ctx) => {
      const wide = width * (0.34 + random() * 0.1)
      const tall = table * (0.6 + random() * 0.2)
      const x = side > 0 ? width * (0.3 - random() * 0.14) : width * (0.7 + random() * 0.14)
      const y = height * (0.05 + random() * 0.08)
      const lean = -side * tall * (0.3 + random() * 0.2)
      for (let column = 0; column < 2; column++)
        for (let row = 0; row < 3; row++) {
          const corners = [
            [column / 2 + 0.02, row / 3 + 0.02],
            [(column + 1) / 2 - 0.02, row / 3 + 0.02],
            [(column + 1) / 2 - 0.02, (row + 1) / 3 - 0.02],
            [column / 2 + 0.02, (row + 1) / 3 - 0.02],
          ] as const
          fillShape(
            ctx,
            corners.map(([u, v]) => [x + (u - 0.5) * wide + v * lean, y + v * tall + side * (0.5 - u) * wide * 0.1]),
            css(colour, 0.34),
          )
        }
      // Leaves outside break it.
      for (let leaf = 0; leaf < 26; leaf++) {
        ctx.globalCompositeOperation = 'destination-out'
        ctx.fillStyle = `rgba(0,0,0,${(0.2 + random() * 0.4).toFixed(3)})`
        ctx.beginPath()
        ctx.ellipse(
          x + (random() - 0.5) * wide * 1.3 + lean * random(),
          y + random() * tall,
          width * 0.016 * (0.6 + random()),
          width * 0.007 * (0.6 + random()),
          random() * 3,
          0,
          Math.PI * 2,
        )
        ctx.fill()
      }
      ctx.globalCompositeOperation = 'source-over'
    },
    0.2,
  )
}

/** The table's top in perspective: planks, or a cloth with its folds. */
export const paintTable = (pen: Pen, scene: SceneContext, corner: Corner, box: { x: number; width: number }): void => {
  const { ctx, tone, random, side } = pen
  const { width, height, unit } = scene
  const { table, wood, cloth } = corner
  const surface = cloth ?? wood
  const bottom = height * 1.05
  const wash = ctx.createLinearGradient(side > 0 ? width : 0, table, side > 0 ? 0 : width, bottom)
  wash.addColorStop(0, css(tone(shift(surface, 0.06), 1)))
  wash.addColorStop(0.5, css(tone(surface, 0.66)))
  wash.addColorStop(1, css(tone(shift(surface, -0.12), 0.2)))
  ctx.fillStyle = wash
  ctx.fillRect(box.x, table, box.width, bottom - table)
  const vanish = { x: width * (0.3 + random() * 0.4), y: table - (bottom - table) * 2.2 }
  const toX = (x: number, y: number): number => vanish.x + ((x - vanish.x) * (y - vanish.y)) / (table - vanish.y)
  const planks = cloth ? 9 : 7
  for (let plank = -planks; plank <= planks * 2; plank++) {
    const x = (plank / planks) * width + (cloth ? (random() - 0.5) * width * 0.1 : 0)
    ctx.strokeStyle = css(tone(shift(surface, cloth ? -0.06 : -0.26), 0.4), cloth ? 0.22 : 0.7)
    ctx.lineWidth = (cloth ? 10 : 2.4) * unit
    ctx.beginPath()
    ctx.moveTo(x, table)
    ctx.lineTo(toX(x, bottom), bottom)
    ctx.stroke()
    if (cloth) continue
    for (let grain = 0; grain < 7; grain++) {
      const gx = x + random() * (width / planks)
      const [from, to] = [table + random() * (bottom - table), table + random() * (bottom - table)]
      ctx.strokeStyle = css(tone(shift(surface, (random() - 0.6) * 0.16), 0.5), 0.3)
      ctx.lineWidth = (0.8 + random() * 1.4) * unit
      ctx.beginPath()
      ctx.moveTo(toX(gx, from), from)
      ctx.lineTo(toX(gx, to), to)
      ctx.stroke()
    }
  }
  ctx.fillStyle = css(tone(shift(surface, 0.1), 1), 0.5)
  ctx.fillRect(box.x, table, box.width, 2.4 * unit)
}
