import type { SKRSContext2D } from '@napi-rs/canvas'
import { pick, type Random } from '../../../random.ts'
import { rgb, type Rgb } from '../../../rgb.ts'
import { shift } from '../../../canvas/colour.ts'
import { fillEllipse, fillPath, fillRectangle, readPath, strokeLine, strokePath } from '../../../canvas/paths.ts'
import { setPen } from '../../../canvas/curves.ts'

/** What things are painted with: `paint` is a colour as it looks in the room's light, `shine` 0 in the shade to 1. */
export type Brush = { ctx: SKRSContext2D; paint: Paint }
export type Paint = (colour: Rgb, shine?: number) => string

type At = { x: number; y: number; size: number }

const CROCKERY = [0xe2d6c2, 0x7a543a, 0x547468, 0xce784e, 0xf0eade].map(rgb)
const CUP = readPath('M-0.5 -0.75 Q-0.46 -0.04 -0.2 0 L0.2 0 Q0.46 -0.04 0.5 -0.75')
const CHAIR_BACK = readPath('M0.2 -0.42 Q0.3 -0.8 0.22 -0.92')

/** A shelf with cups, jars and bottles on a wall. */
export const shelf = (
  { ctx, paint }: Brush,
  random: Random,
  { x, y, wide }: { x: number; y: number; wide: number },
  unit: number,
): void => {
  let at = x + 8 * unit
  while (at < x + wide - 18 * unit) {
    const kind = random()
    const size = (13 + random() * 9) * unit
    ctx.fillStyle = paint(pick(random, CROCKERY), 0.6)
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
  fillRectangle(ctx, paint([112, 76, 48], 0.7), [x, y, wide, 6 * unit])
  fillRectangle(ctx, 'rgba(0,0,0,0.2)', [x, y + 6 * unit, wide, 4 * unit])
}

/** A chair, its back on the left (-1) or the right (1). */
export const chair = ({ ctx, paint }: Brush, at: At, side: number, wood: Rgb): void => {
  const { x, y, size } = at
  ctx.strokeStyle = paint(shift(wood, -0.12))
  ctx.lineCap = 'round'
  for (const way of [-1, 1])
    strokeLine(ctx, [x + way * 0.18 * size, y - size * 0.42, x + way * 0.22 * size, y], size * 0.035)
  ctx.lineWidth = size * 0.045
  strokePath(ctx, CHAIR_BACK, { ...at, side })
  fillEllipse(ctx, paint(wood), [x, y - size * 0.43, size * 0.25, size * 0.06])
}

export const roundTable = ({ ctx, paint }: Brush, { x, y, size }: At, wood: Rgb): void => {
  fillEllipse(ctx, 'rgba(0,0,0,0.22)', [x, y, size * 0.5, size * 0.09])
  fillRectangle(ctx, paint([44, 40, 44]), [x - size * 0.025, y - size * 0.6, size * 0.05, size * 0.58])
  fillEllipse(ctx, paint([44, 40, 44]), [x, y - size * 0.01, size * 0.24, size * 0.05])
  fillEllipse(ctx, paint(shift(wood, -0.1)), [x, y - size * 0.595, size * 0.5, size * 0.12])
  fillEllipse(ctx, paint(shift(wood, 0.06)), [x, y - size * 0.62, size * 0.5, size * 0.12])
}

export const cup = ({ ctx, paint }: Brush, at: At, glaze: Rgb): void => {
  const { x, y, size } = at
  fillEllipse(ctx, paint(shift(glaze, -0.08)), [x, y, size * 0.9, size * 0.22])
  setPen(ctx, paint(glaze), size * 0.12)
  ctx.beginPath()
  ctx.arc(x + size * 0.52, y - size * 0.42, size * 0.2, -1.4, 1.6)
  ctx.stroke()
  fillPath(ctx, paint(glaze), CUP, at)
  fillEllipse(ctx, paint([92, 54, 32]), [x, y - size * 0.75, size * 0.47, size * 0.12])
}
