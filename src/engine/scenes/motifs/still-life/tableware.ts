import type { Rgb } from '../../../rgb.ts'
import { css, shift } from '../../../canvas/colour.ts'
import { FLAT, turned, type Pen } from './turned.ts'

type At = { x: number; y: number; size: number }

/** A bottle of wine; `size` is a third of its height. */
export const bottle = (pen: Pen, at: At): void => {
  const { ctx, tone } = pen
  turned(
    pen,
    at,
    [
      [0.4, 0],
      [0.42, 0.05],
      [0.42, 1.5],
      [0.4, 1.8],
      [0.16, 2.06],
      [0.13, 2.3],
      [0.13, 2.8],
      [0.16, 2.82],
      [0.15, 2.96],
    ],
    [38, 58, 40],
    { gloss: 0.5 },
  )
  const { x, y, size } = at
  const paper = ctx.createLinearGradient(x + pen.side * size * 0.4, 0, x - pen.side * size * 0.4, 0)
  paper.addColorStop(0, css(tone([238, 226, 198], 0.95)))
  paper.addColorStop(1, css(tone([206, 190, 160], 0.25)))
  ctx.fillStyle = paper
  ctx.fillRect(x - size * 0.41, y - size * 1.25, size * 0.82, size * 0.8)
  ctx.fillStyle = css(tone([120, 40, 42], 0.5))
  ctx.fillRect(x - size * 0.3, y - size * 1.08, size * 0.6, size * 0.05)
  ctx.fillRect(x - size * 0.2, y - size * 0.92, size * 0.4, size * 0.035)
}

/** A glass of wine. */
export const wineGlass = (pen: Pen, at: At, wine: Rgb): void => {
  const { ctx, tone, side } = pen
  const { x, y, size } = at
  const clear: Rgb = [236, 238, 240]
  turned(
    pen,
    { x, y, size },
    [
      [0.42, 0],
      [0.42, 0.03],
      [0.06, 0.08],
      [0.045, 0.3],
      [0.045, 0.86],
    ],
    clear,
    { seeThrough: 0.45 },
  )
  const cup = y - size * 0.84
  turned(
    pen,
    { x, y: cup, size },
    [
      [0.02, 0],
      [0.4, 0.06],
      [0.5, 0.4],
      [0.47, 0.62],
    ],
    wine,
    { mouth: shift(wine, 0.08) },
  )
  turned(
    pen,
    { x, y: cup, size },
    [
      [0.02, 0],
      [0.42, 0.04],
      [0.54, 0.42],
      [0.46, 0.86],
      [0.4, 1.12],
    ],
    clear,
    {
      seeThrough: 0.86,
      gloss: 0.5,
    },
  )
  ctx.strokeStyle = css(tone([255, 255, 255], 0.9), 0.7)
  ctx.lineWidth = size * 0.02
  ctx.beginPath()
  ctx.ellipse(x, cup - size * 1.12, size * 0.4, size * 0.4 * FLAT, 0, 0, Math.PI * 2)
  ctx.stroke()
  // The light that it lets through lies red on the table.
  ctx.fillStyle = css(tone(shift(wine, 0.16, 1.2), 0.9), 0.3)
  ctx.beginPath()
  ctx.ellipse(x - side * size * 0.7, y + size * 0.03, size * 0.34, size * 0.07, 0, 0, Math.PI * 2)
  ctx.fill()
}

/** A loaf of bread on a board, cut, with two slices before it. */
export const bread = (pen: Pen, at: At): void => {
  const { ctx, tone, random, side } = pen
  const { x, y, size } = at
  const wood: Rgb = [156, 112, 70]
  ctx.fillStyle = css(tone(shift(wood, -0.16), 0.3))
  ctx.beginPath()
  ctx.roundRect(x - size * 1.5, y - size * 0.1, size * 3, size * 0.2, size * 0.1)
  ctx.fill()
  ctx.fillStyle = css(tone(wood, 0.8))
  ctx.beginPath()
  ctx.ellipse(x, y - size * 0.08, size * 1.5, size * 0.24, 0, 0, Math.PI * 2)
  ctx.fill()
  const crust: Rgb = [190, 116, 54]
  const wash = ctx.createRadialGradient(
    x + side * size * 0.4,
    y - size * 0.8,
    size * 0.1,
    x,
    y - size * 0.4,
    size * 1.3,
  )
  wash.addColorStop(0, css(tone(shift(crust, 0.14), 1)))
  wash.addColorStop(0.5, css(tone(crust, 0.6)))
  wash.addColorStop(1, css(tone(shift(crust, -0.2), 0.2)))
  ctx.fillStyle = wash
  ctx.beginPath()
  ctx.moveTo(x - size * 1.15, y - size * 0.12)
  ctx.bezierCurveTo(x - size * 1.32, y - size * 0.8, x - size * 0.5, y - size * 0.98, x, y - size * 0.96)
  ctx.bezierCurveTo(x + size * 0.6, y - size * 0.96, x + size * 1.3, y - size * 0.76, x + size * 1.12, y - size * 0.12)
  ctx.quadraticCurveTo(x, y + size * 0.06, x - size * 1.15, y - size * 0.12)
  ctx.fill()
  ctx.lineCap = 'round'
  for (let cut = -2; cut <= 2; cut++) {
    const cx = x + cut * size * 0.38
    for (const [wide, colour, shine] of [
      [0.13, [238, 206, 150], 0.9],
      [0.03, [120, 66, 30], 0.4],
    ] as const) {
      ctx.strokeStyle = css(tone(colour, shine))
      ctx.lineWidth = size * wide
      ctx.beginPath()
      ctx.moveTo(cx - size * 0.14, y - size * (0.52 + (wide < 0.1 ? 0.04 : 0)))
      ctx.quadraticCurveTo(cx, y - size * 0.74, cx + size * 0.16, y - size * 0.86)
      ctx.stroke()
    }
  }
  ctx.fillStyle = css(tone([250, 236, 206], 0.9), 0.24)
  for (let dust = 0; dust < 90; dust++)
    ctx.fillRect(x + (random() - 0.5) * size * 1.8, y - size * (0.4 + random() * 0.5), size * 0.025, size * 0.018)
}

/** A wedge of cheese with its rind. */
export const cheese = ({ ctx, tone, random }: Pen, { x, y, size }: At): void => {
  const part = (points: readonly (readonly [number, number])[], colour: Rgb, shine: number): void => {
    ctx.fillStyle = css(tone(colour, shine))
    ctx.beginPath()
    for (const [px, py] of points) ctx.lineTo(x + px * size, y + py * size)
    ctx.fill()
  }
  part(
    [
      [-0.9, 0],
      [0.5, 0.12],
      [0.5, -0.42],
      [-0.9, -0.3],
    ],
    [238, 200, 96],
    0.85,
  )
  part(
    [
      [0.5, 0.12],
      [0.96, -0.08],
      [0.96, -0.56],
      [0.5, -0.42],
    ],
    [206, 158, 70],
    0.4,
  )
  part(
    [
      [-0.9, -0.3],
      [0.5, -0.42],
      [0.96, -0.56],
    ],
    [250, 220, 128],
    1,
  )
  ctx.fillStyle = css(tone([206, 160, 66], 0.5))
  for (let hole = 0; hole < 7; hole++) {
    ctx.beginPath()
    ctx.ellipse(
      x + (random() * 1.1 - 0.7) * size,
      y - random() * 0.26 * size,
      size * 0.06,
      size * 0.045,
      0,
      0,
      Math.PI * 2,
    )
    ctx.fill()
  }
}
