import { pick } from '../../../random.ts'
import type { Rgb } from '../../../rgb.ts'
import { css, shift } from '../../../canvas/colour.ts'
import { fillEllipse, fillPath, readPath, strokeLine } from '../../../canvas/paths.ts'
import { type At, ball, FLAT, turned, type Pen } from './turned.ts'
import { drawAt, setPen, strokeCurve } from '../../../canvas/curves.ts'

const LEAF = readPath('M0 0 Q0.5 -0.34 1 0 Q0.5 0.3 0 0')
const PEAR = [0.3, 0, 0.9, 0.1, 1.02, 0.8, 0.62, 1.5, 0.4, 2, 0.24, 2.36, 0.02, 2.4]
const BOWL = [0.32, 0, 0.34, 0.06, 0.86, 0.16, 1.02, 0.56, 1.04, 0.6]

/** Where fruits lie in the bowl, from those behind: across and up from its rim, and how large, in shares of its size. */
const PLACES = [
  { across: -0.48, up: -0.34, share: 0.3 },
  { across: 0.02, up: -0.5, share: 0.32 },
  { across: 0.5, up: -0.34, share: 0.3 },
  { across: -0.7, up: -0.1, share: 0.27 },
  { across: -0.24, up: -0.12, share: 0.34 },
  { across: 0.28, up: -0.1, share: 0.33 },
  { across: 0.7, up: -0.08, share: 0.25 },
]

const stalk = ({ ctx, tone }: Pen, x: number, y: number, long: number, lean: number): void => {
  setPen(ctx, css(tone([84, 58, 34], 0.5)), long * 0.16, 'round')
  strokeCurve(ctx, [x, y], [x, y - long * 0.6, x + lean * long, y - long])
}

const leaf = ({ ctx, tone }: Pen, x: number, y: number, long: number, angle: number): void => {
  drawAt(ctx, { x, y, turn: angle }, () => {
    fillPath(ctx, css(tone([82, 118, 58], 0.66)), LEAF, { x: 0, y: 0, size: long })
    ctx.strokeStyle = css(tone([140, 166, 96], 0.8), 0.7)
    strokeLine(ctx, [0, 0, long * 0.9, 0], long * 0.03)
  })
}

const apple = (pen: Pen, { x, y, size }: At): void => {
  const { ctx, random, tone } = pen
  const colour: Rgb = random() < 0.6 ? [196, 44, 40] : random() < 0.5 ? [150, 172, 66] : [222, 158, 66]
  ball(pen, [x, y, size, size * 0.94], colour, 0.7)
  fillEllipse(ctx, css(tone(shift(colour, -0.18), 0.3), 0.8), [x, y - size * 0.78, size * 0.26, size * 0.09])
  stalk(pen, x, y - size * 0.76, size * 0.36, 0.3)
  if (random() < 0.4) leaf(pen, x + size * 0.06, y - size * 0.96, size * 0.62, -0.3)
}

const orange = (pen: Pen, { x, y, size }: At): void => {
  ball(pen, [x, y, size, size], [238, 138, 36], 0.4)
  const { ctx, random, tone } = pen
  ctx.fillStyle = css(tone([150, 78, 20], 0.5), 0.3)
  for (let pore = 0; pore < 40; pore++) {
    const angle = random() * 7
    const out = Math.sqrt(random()) * 0.86
    ctx.fillRect(x + Math.cos(angle) * out * size, y + Math.sin(angle) * out * size, size * 0.03, size * 0.03)
  }
}

const lemon = (pen: Pen, { x, y, size }: At): void => {
  ball(pen, [x + size * 0.86, y - size * 0.1, size * 0.26, size * 0.2], [232, 200, 60], 0)
  ball(pen, [x, y, size * 1.02, size * 0.76], [244, 214, 70], 0.5)
}

const pear = (pen: Pen, { x, y, size }: At): void => {
  turned(pen, { x, y: y + size, size }, PEAR, [188, 178, 74], { gloss: 0.16 })
  stalk(pen, x, y - size * 1.32, size * 0.4, 0.4)
}

/** A bunch of grapes that hangs down from `x`, `y`. */
const grapes = (pen: Pen, { x, y, size }: At, colour: Rgb): void => {
  for (let row = 7; row >= 0; row--)
    for (let one = 0; one < 3 + (row % 2); one++) {
      const narrow = 1 - row / 9
      const gx = x + (one - 1.3) * size * 0.5 * narrow + (pen.random() - 0.5) * size * 0.14
      const skin = shift(colour, (pen.random() - 0.5) * 0.08)
      ball(pen, [gx, y + row * size * 0.27, size * 0.25, size * 0.26], skin, 0.8)
    }
}

/** A bowl heaped with fruit; `size` is half its breadth. */
export const fruitBowl = (pen: Pen, at: At, glaze: Rgb): void => {
  const { ctx, random, tone, side } = pen
  const { x, y, size } = at
  const rim = y - size * 0.6
  fillEllipse(ctx, css(tone(shift(glaze, -0.2), 0.2)), [x, rim, size * 1.03, size * 1.03 * FLAT])
  const sorts = [apple, orange, lemon, pear, apple]
  const first = Math.floor(random() * 5)
  PLACES.forEach(({ across, up, share }, index) => {
    const place = { x: x + across * size, y: rim + up * size, size: size * share * (0.92 + random() * 0.14) }
    sorts[(first + index * 2) % 5]!(pen, place)
  })
  turned(pen, at, BOWL, glaze, { gloss: 0.2 })
  setPen(ctx, css(tone(shift(glaze, 0.1), 0.9)), size * 0.03)
  ctx.beginPath()
  ctx.ellipse(x, rim, size * 1.03, size * 1.03 * FLAT, 0, 0, Math.PI)
  ctx.stroke()
  if (random() >= 0.7) return
  const colour: Rgb = random() < 0.5 ? [92, 40, 84] : [150, 166, 78]
  grapes(pen, { x: x + side * size * 0.6, y: rim + size * 0.04, size: size * 0.34 }, colour)
}

/** One fruit that lies on the table. */
export const looseFruit = (pen: Pen, { x, y, size }: At): void => {
  const sort = pick(pen.random, [apple, orange, lemon, pear])
  sort(pen, { x, y: y - size * (sort === lemon ? 0.72 : 0.9), size })
}
