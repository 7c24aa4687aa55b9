import type { Rgb } from '../../../rgb.ts'
import { css, shift } from '../../../canvas/colour.ts'
import { fillEllipse, fillRectangle, fillRounded, strokeLine } from '../../../canvas/paths.ts'
import type { Wick } from '../../figures/candles.ts'
import { type At, ball, FLAT, turned, type Pen } from './turned.ts'

const NOODLE_BOWL = [0.4, 0, 0.42, 0.08, 0.86, 0.2, 1.06, 0.66, 1.08, 0.72]
const SAUCE_DISH = [0.2, 0, 0.4, 0.1, 0.42, 0.16]
const CAKE_STAND = [0.5, 0, 0.42, 0.1, 0.2, 0.24, 0.5, 0.32, 1.3, 0.36]
const SPONGE = [1, 0, 1.01, 0.02, 1.01, 0.8, 1, 0.86]
const CANDLE = [0.3, 0, 0.3, 0.02, 0.3, 1.18, 0.29, 1.2]

const SUSHI: readonly Rgb[] = [
  [242, 118, 70],
  [226, 66, 62],
  [248, 214, 190],
  [242, 118, 70],
  [244, 202, 92],
]
const CANDLES: readonly Rgb[] = [
  [242, 120, 140],
  [110, 170, 210],
  [250, 210, 110],
  [150, 200, 130],
  [190, 140, 210],
]

const sticks = ({ ctx, tone, side }: Pen, x: number, y: number, long: number): void => {
  ctx.lineCap = 'round'
  ctx.strokeStyle = css(tone([120, 62, 40], 0.7))
  for (const off of [0, 0.07]) {
    const [from, to] = [y + off * long * 0.4, y - long * (0.22 - off)]
    strokeLine(ctx, [x - side * long * 0.5, from, x + side * long * 0.5, to], long * 0.022)
  }
}

/** A bowl of noodle soup with an egg, greens and chopsticks. */
export const noodleBowl = (pen: Pen, at: At, glaze: Rgb): void => {
  const { ctx, tone, random } = pen
  const { x, y, size } = at
  const rim = y - size * 0.72
  turned(pen, at, NOODLE_BOWL, glaze, { mouth: [176, 104, 44], gloss: 0.2 })
  ctx.save()
  ctx.beginPath()
  ctx.ellipse(x, rim, size * 0.98, size * 0.98 * FLAT, 0, 0, Math.PI * 2)
  ctx.clip()
  ctx.lineWidth = size * 0.03
  for (let noodle = 0; noodle < 70; noodle++) {
    const nx = x + (random() - 0.6) * size * 1.5
    const ny = rim + (random() - 0.5) * size * 0.36
    ctx.strokeStyle = css(tone(shift([242, 208, 132], (random() - 0.5) * 0.1), 0.5 + random() * 0.5))
    ctx.beginPath()
    ctx.ellipse(nx, ny, size * (0.16 + random() * 0.24), size * (0.04 + random() * 0.05), random() - 0.5, 0, 4)
    ctx.stroke()
  }
  for (let herb = 0; herb < 26; herb++) {
    const green = css(tone([92, 146, 58], 0.4 + random() * 0.5))
    const [hx, hy] = [x + (random() - 0.3) * size * 0.9, rim + (random() - 0.6) * size * 0.24]
    fillEllipse(ctx, green, [hx, hy, size * 0.05, size * 0.02, random() * 3])
  }
  ctx.restore()
  for (const { off, down } of [
    { off: 0.34, down: -0.02 },
    { off: 0.62, down: -0.08 },
  ]) {
    ball(pen, [x + off * size, rim + down * size, size * 0.2, size * 0.11], [250, 244, 230], 0.2)
    ball(pen, [x + off * size, rim + (down - 0.012) * size, size * 0.1, size * 0.055], [240, 150, 40], 0.4)
  }
  sticks(pen, x - pen.side * size * 0.2, rim - size * 0.1, size * 2)
}

/** Rice under a slice of something, its middle at `x`, `y`. */
const sushiPiece = (pen: Pen, { x, y, size }: At, top: Rgb): void => {
  const { ctx, tone, random, side } = pen
  ball(pen, [x, y, size * 0.27, size * 0.17], [250, 246, 238], 0)
  for (let grain = 0; grain < 18; grain++) {
    const [gx, gy] = [x + (random() - 0.5) * size * 0.46, y + (random() - 0.2) * size * 0.2]
    ball(pen, [gx, gy, size * 0.035, size * 0.022], [252, 250, 244], 0)
  }
  fillEllipse(ctx, css(tone(top, 0.85)), [x, y - size * 0.14, size * 0.31, size * 0.13, side * -0.06])
  ctx.strokeStyle = css(tone(shift(top, 0.14), 1), 0.7)
  for (let line = -2; line <= 2; line++) {
    const lx = x + line * size * 0.1
    strokeLine(ctx, [lx - size * 0.05, y - size * 0.22, lx + size * 0.04, y - size * 0.06], size * 0.02)
  }
}

/** Sushi on a board, with chopsticks and a dish of sauce. */
export const sushi = (pen: Pen, at: At): void => {
  const { ctx, tone, side } = pen
  const { x, y, size } = at
  const board = [x - size * 1.7, y - size * 0.34, size * 3.4, size * 0.46, size * 0.08] as const
  fillRounded(ctx, css(tone([46, 44, 48], 0.6)), board)
  fillRectangle(ctx, css(tone([24, 22, 26], 0.3)), [x - size * 1.7, y + size * 0.06, size * 3.4, size * 0.1])
  SUSHI.forEach((top, index) => sushiPiece(pen, { x: x + (index - 2) * size * 0.64, y: y - size * 0.2, size }, top))
  turned(pen, { x: x + side * size * 2.15, y, size }, SAUCE_DISH, [232, 228, 216], { mouth: [44, 22, 14] })
  sticks(pen, x - side * size * 0.1, y + size * 0.34, size * 2.6)
}

/** Icing over a round top, its middle at `x`, `y`, that runs down in front. */
const runningIcing = ({ ctx, tone, random }: Pen, { x, y, size }: At, icing: Rgb): void => {
  ctx.fillStyle = css(tone(icing, 0.85))
  ctx.beginPath()
  ctx.ellipse(x, y, size * 1.01, size * 1.01 * FLAT, 0, Math.PI, 0)
  for (let drip = 0; drip < 15; drip++) {
    const px = x + size * 1.01 * Math.cos((drip / 14) * Math.PI)
    const base = y + size * 1.01 * FLAT * Math.sin((drip / 14) * Math.PI)
    const long = size * (0.1 + random() * 0.22)
    ctx.lineTo(px + size * 0.07, base + size * 0.05)
    ctx.quadraticCurveTo(px + size * 0.06, base + long, px, base + long)
    ctx.quadraticCurveTo(px - size * 0.06, base + long, px - size * 0.07, base + size * 0.05)
  }
  ctx.fill()
}

/** A cake with icing that runs down, berries and candles; answers where the wicks are. */
export const cake = (pen: Pen, at: At, sponge: Rgb, icing: Rgb): Wick[] => {
  const { ctx, tone } = pen
  const { x, y, size } = at
  turned(pen, at, CAKE_STAND, [236, 234, 230], { mouth: [236, 234, 230] })
  const foot = y - size * 0.34
  turned(pen, { x, y: foot, size }, SPONGE, sponge, { mouth: icing })
  const top = foot - size * 0.86
  runningIcing(pen, { x, y: top, size }, icing)
  for (let berry = 0; berry < 12; berry++) {
    const angle = (berry / 12) * Math.PI * 2 + 0.2
    const bx = x + Math.cos(angle) * size * 0.82
    const by = top - size * 0.05 + Math.sin(angle) * size * 0.82 * FLAT
    ball(pen, [bx, by, size * 0.09, size * 0.09], [200, 34, 52], 0.9)
  }
  return CANDLES.map((colour, index) => {
    const angle = (index / 5) * Math.PI * 2 + 0.5
    const px = x + Math.cos(angle) * size * 0.46
    const py = top + Math.sin(angle) * size * 0.46 * FLAT
    fillRectangle(ctx, css(tone(colour, 0.9)), [px - size * 0.035, py - size * 0.5, size * 0.07, size * 0.5])
    return { x: px, y: py - size * 0.54, size: size * 0.22 }
  })
}

/** A thick candle; answers where its wick is. */
export const candle = (pen: Pen, at: At): Wick => {
  turned(pen, at, CANDLE, [244, 228, 196], { mouth: [255, 226, 160] })
  const wick = { x: at.x, y: at.y - at.size * 1.32, size: at.size * 0.5 }
  fillRectangle(pen.ctx, '#2a1a12', [at.x - at.size * 0.02, wick.y, at.size * 0.04, at.size * 0.14])
  return wick
}
