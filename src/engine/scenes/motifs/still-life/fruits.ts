import type { Rgb } from '../../../rgb.ts'
import { css, shift } from '../../../canvas/colour.ts'
import { ball, FLAT, turned, type Pen } from './turned.ts'

const stalk = ({ ctx, tone }: Pen, x: number, y: number, long: number, lean: number): void => {
  ctx.strokeStyle = css(tone([84, 58, 34], 0.5))
  ctx.lineWidth = long * 0.16
  ctx.lineCap = 'round'
  ctx.beginPath()
  ctx.moveTo(x, y)
  ctx.quadraticCurveTo(x, y - long * 0.6, x + lean * long, y - long)
  ctx.stroke()
}

const leaf = ({ ctx, tone }: Pen, x: number, y: number, long: number, angle: number): void => {
  ctx.save()
  ctx.translate(x, y)
  ctx.rotate(angle)
  ctx.fillStyle = css(tone([82, 118, 58], 0.66))
  ctx.beginPath()
  ctx.moveTo(0, 0)
  ctx.quadraticCurveTo(long * 0.5, -long * 0.34, long, 0)
  ctx.quadraticCurveTo(long * 0.5, long * 0.3, 0, 0)
  ctx.fill()
  ctx.strokeStyle = css(tone([140, 166, 96], 0.8), 0.7)
  ctx.lineWidth = long * 0.03
  ctx.beginPath()
  ctx.moveTo(0, 0)
  ctx.lineTo(long * 0.9, 0)
  ctx.stroke()
  ctx.restore()
}

const apple = (pen: Pen, x: number, y: number, size: number): void => {
  const { ctx, random, tone } = pen
  const colour: Rgb = random() < 0.6 ? [196, 44, 40] : random() < 0.5 ? [150, 172, 66] : [222, 158, 66]
  ball(pen, x, y, size, size * 0.94, colour, 0.7)
  ctx.fillStyle = css(tone(shift(colour, -0.18), 0.3), 0.8)
  ctx.beginPath()
  ctx.ellipse(x, y - size * 0.78, size * 0.26, size * 0.09, 0, 0, Math.PI * 2)
  ctx.fill()
  stalk(pen, x, y - size * 0.76, size * 0.36, 0.3)
  if (random() < 0.4) leaf(pen, x + size * 0.06, y - size * 0.96, size * 0.62, -0.3)
}

const orange = (pen: Pen, x: number, y: number, size: number): void => {
  ball(pen, x, y, size, size, [238, 138, 36], 0.4)
  const { ctx, random, tone } = pen
  ctx.fillStyle = css(tone([150, 78, 20], 0.5), 0.3)
  for (let pore = 0; pore < 40; pore++) {
    const angle = random() * 7
    const out = Math.sqrt(random()) * 0.86
    ctx.fillRect(x + Math.cos(angle) * out * size, y + Math.sin(angle) * out * size, size * 0.03, size * 0.03)
  }
}

const lemon = (pen: Pen, x: number, y: number, size: number): void => {
  ball(pen, x + size * 0.86, y - size * 0.1, size * 0.26, size * 0.2, [232, 200, 60], 0)
  ball(pen, x, y, size * 1.02, size * 0.76, [244, 214, 70], 0.5)
}

const pear = (pen: Pen, x: number, y: number, size: number): void => {
  turned(
    pen,
    { x, y: y + size, size },
    [
      [0.3, 0],
      [0.9, 0.1],
      [1.02, 0.8],
      [0.62, 1.5],
      [0.4, 2],
      [0.24, 2.36],
      [0.02, 2.4],
    ],
    [188, 178, 74],
    { gloss: 0.16 },
  )
  stalk(pen, x, y - size * 1.32, size * 0.4, 0.4)
}

/** A bunch of grapes that hangs down from `x`, `y`. */
export const grapes = (pen: Pen, x: number, y: number, size: number, colour: Rgb): void => {
  for (let row = 7; row >= 0; row--)
    for (let one = 0; one < 3 + (row % 2); one++) {
      const narrow = 1 - row / 9
      const gx = x + (one - 1.3) * size * 0.5 * narrow + (pen.random() - 0.5) * size * 0.14
      ball(pen, gx, y + row * size * 0.27, size * 0.25, size * 0.26, shift(colour, (pen.random() - 0.5) * 0.08), 0.8)
    }
}

const BOWL = [
  [0.32, 0],
  [0.34, 0.06],
  [0.86, 0.16],
  [1.02, 0.56],
  [1.04, 0.6],
] as const

/** A bowl heaped with fruit, its foot at `x`, `y`; `size` is half its breadth. */
export const fruitBowl = (pen: Pen, x: number, y: number, size: number, glaze: Rgb): void => {
  const { ctx, random, tone } = pen
  const rim = y - size * 0.6
  ctx.fillStyle = css(tone(shift(glaze, -0.2), 0.2))
  ctx.beginPath()
  ctx.ellipse(x, rim, size * 1.03, size * 1.03 * FLAT, 0, 0, Math.PI * 2)
  ctx.fill()
  const sorts = [apple, orange, lemon, pear, apple]
  const first = Math.floor(random() * 5)
  const places = [
    [-0.48, -0.34, 0.3],
    [0.02, -0.5, 0.32],
    [0.5, -0.34, 0.3],
    [-0.7, -0.1, 0.27],
    [-0.24, -0.12, 0.34],
    [0.28, -0.1, 0.33],
    [0.7, -0.08, 0.25],
  ] as const
  places.forEach(([across, up, r], index) =>
    sorts[(first + index * 2) % 5]!(pen, x + across * size, rim + up * size, size * r * (0.92 + random() * 0.14)),
  )
  turned(pen, { x, y, size }, BOWL, glaze, { gloss: 0.2 })
  ctx.strokeStyle = css(tone(shift(glaze, 0.1), 0.9))
  ctx.lineWidth = size * 0.03
  ctx.beginPath()
  ctx.ellipse(x, rim, size * 1.03, size * 1.03 * FLAT, 0, 0, Math.PI)
  ctx.stroke()
  if (random() < 0.7)
    grapes(
      pen,
      x + pen.side * size * 0.6,
      rim + size * 0.04,
      size * 0.34,
      random() < 0.5 ? [92, 40, 84] : [150, 166, 78],
    )
}

/** One fruit that lies on the table. */
export const looseFruit = (pen: Pen, x: number, y: number, size: number): void => {
  const sort = [apple, orange, lemon, pear][Math.floor(pen.random() * 4)]!
  sort(pen, x, y - size * (sort === lemon ? 0.72 : 0.9), size)
}
