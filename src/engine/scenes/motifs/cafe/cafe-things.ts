import type { SKRSContext2D } from '@napi-rs/canvas'
import type { Rgb } from '../../../rgb.ts'
import { shift } from '../../../canvas/colour.ts'

/** A colour as it looks in the room's light, `shine` 0 in the shade to 1. */
export type Paint = (colour: Rgb, shine?: number) => string

const CROCKERY: readonly Rgb[] = [
  [226, 214, 194],
  [122, 84, 58],
  [84, 116, 104],
  [206, 120, 78],
  [240, 234, 222],
]

/** Shelves with cups, jars and bottles on a wall. */
export const shelf = (
  ctx: SKRSContext2D,
  random: () => number,
  x: number,
  y: number,
  wide: number,
  unit: number,
  paint: Paint,
): void => {
  let at = x + 8 * unit
  while (at < x + wide - 18 * unit) {
    const kind = random()
    const size = (13 + random() * 9) * unit
    const colour = CROCKERY[Math.floor(random() * CROCKERY.length)]!
    ctx.fillStyle = paint(colour, 0.6)
    ctx.beginPath()
    if (kind < 0.45) ctx.roundRect(at, y - size, size, size, [2 * unit, 2 * unit, 5 * unit, 5 * unit])
    else if (kind < 0.75) ctx.roundRect(at, y - size * 1.7, size * 0.7, size * 1.7, 4 * unit)
    else {
      ctx.rect(at, y - size * 1.1, size * 0.6, size * 1.1)
      ctx.rect(at + size * 0.2, y - size * 2, size * 0.2, size)
    }
    ctx.fill()
    at += size + (4 + random() * 9) * unit
  }
  ctx.fillStyle = paint([112, 76, 48], 0.7)
  ctx.fillRect(x, y, wide, 6 * unit)
  ctx.fillStyle = 'rgba(0,0,0,0.2)'
  ctx.fillRect(x, y + 6 * unit, wide, 4 * unit)
}

export const chair = (
  ctx: SKRSContext2D,
  x: number,
  y: number,
  size: number,
  side: number,
  paint: Paint,
  wood: Rgb,
): void => {
  ctx.strokeStyle = paint(shift(wood, -0.12))
  ctx.lineCap = 'round'
  ctx.lineWidth = size * 0.035
  for (const [a, b] of [
    [-0.18, -0.22],
    [0.18, 0.22],
  ] as const) {
    ctx.beginPath()
    ctx.moveTo(x + a * size, y - size * 0.42)
    ctx.lineTo(x + b * size, y)
    ctx.stroke()
  }
  ctx.lineWidth = size * 0.045
  ctx.beginPath()
  ctx.moveTo(x + side * size * 0.2, y - size * 0.42)
  ctx.quadraticCurveTo(x + side * size * 0.3, y - size * 0.8, x + side * size * 0.22, y - size * 0.92)
  ctx.stroke()
  ctx.fillStyle = paint(wood)
  ctx.beginPath()
  ctx.ellipse(x, y - size * 0.43, size * 0.25, size * 0.06, 0, 0, Math.PI * 2)
  ctx.fill()
}

export const roundTable = (ctx: SKRSContext2D, x: number, y: number, size: number, paint: Paint, wood: Rgb): void => {
  ctx.fillStyle = 'rgba(0,0,0,0.22)'
  ctx.beginPath()
  ctx.ellipse(x, y, size * 0.5, size * 0.09, 0, 0, Math.PI * 2)
  ctx.fill()
  ctx.fillStyle = paint([44, 40, 44])
  ctx.fillRect(x - size * 0.025, y - size * 0.6, size * 0.05, size * 0.58)
  ctx.beginPath()
  ctx.ellipse(x, y - size * 0.01, size * 0.24, size * 0.05, 0, 0, Math.PI * 2)
  ctx.fill()
  ctx.fillStyle = paint(shift(wood, -0.1))
  ctx.beginPath()
  ctx.ellipse(x, y - size * 0.595, size * 0.5, size * 0.12, 0, 0, Math.PI * 2)
  ctx.fill()
  ctx.fillStyle = paint(shift(wood, 0.06))
  ctx.beginPath()
  ctx.ellipse(x, y - size * 0.62, size * 0.5, size * 0.12, 0, 0, Math.PI * 2)
  ctx.fill()
}

export const cup = (ctx: SKRSContext2D, x: number, y: number, size: number, paint: Paint, glaze: Rgb): void => {
  ctx.fillStyle = paint(shift(glaze, -0.08))
  ctx.beginPath()
  ctx.ellipse(x, y, size * 0.9, size * 0.22, 0, 0, Math.PI * 2)
  ctx.fill()
  ctx.strokeStyle = paint(glaze)
  ctx.lineWidth = size * 0.12
  ctx.beginPath()
  ctx.arc(x + size * 0.52, y - size * 0.42, size * 0.2, -1.4, 1.6)
  ctx.stroke()
  ctx.fillStyle = paint(glaze)
  ctx.beginPath()
  ctx.moveTo(x - size * 0.5, y - size * 0.75)
  ctx.quadraticCurveTo(x - size * 0.46, y - size * 0.04, x - size * 0.2, y)
  ctx.lineTo(x + size * 0.2, y)
  ctx.quadraticCurveTo(x + size * 0.46, y - size * 0.04, x + size * 0.5, y - size * 0.75)
  ctx.fill()
  ctx.fillStyle = paint([92, 54, 32])
  ctx.beginPath()
  ctx.ellipse(x, y - size * 0.75, size * 0.47, size * 0.12, 0, 0, Math.PI * 2)
  ctx.fill()
}
