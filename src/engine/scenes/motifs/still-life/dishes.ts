import type { Rgb } from '../../../rgb.ts'
import { css, shift } from '../../../canvas/colour.ts'
import type { Wick } from '../../figures/candles.ts'
import { ball, FLAT, turned, type Pen } from './turned.ts'

type At = { x: number; y: number; size: number }

const sticks = ({ ctx, tone, side }: Pen, x: number, y: number, long: number): void => {
  ctx.lineCap = 'round'
  for (const off of [0, 0.07]) {
    ctx.strokeStyle = css(tone([120, 62, 40], 0.7))
    ctx.lineWidth = long * 0.022
    ctx.beginPath()
    ctx.moveTo(x - side * long * 0.5, y + off * long * 0.4)
    ctx.lineTo(x + side * long * 0.5, y - long * (0.22 - off))
    ctx.stroke()
  }
}

/** A bowl of noodle soup with an egg, greens and chopsticks. */
export const noodleBowl = (pen: Pen, at: At, glaze: Rgb): void => {
  const { ctx, tone, random } = pen
  const { x, y, size } = at
  const rim = y - size * 0.72
  turned(
    pen,
    at,
    [
      [0.4, 0],
      [0.42, 0.08],
      [0.86, 0.2],
      [1.06, 0.66],
      [1.08, 0.72],
    ],
    glaze,
    {
      mouth: [176, 104, 44],
      gloss: 0.2,
    },
  )
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
    ctx.fillStyle = css(tone([92, 146, 58], 0.4 + random() * 0.5))
    ctx.beginPath()
    ctx.ellipse(
      x + (random() - 0.3) * size * 0.9,
      rim + (random() - 0.6) * size * 0.24,
      size * 0.05,
      size * 0.02,
      random() * 3,
      0,
      7,
    )
    ctx.fill()
  }
  ctx.restore()
  for (const [off, down] of [
    [0.34, -0.02],
    [0.62, -0.08],
  ] as const) {
    ball(pen, x + off * size, rim + down * size, size * 0.2, size * 0.11, [250, 244, 230], 0.2)
    ball(pen, x + off * size, rim + (down - 0.012) * size, size * 0.1, size * 0.055, [240, 150, 40], 0.4)
  }
  sticks(pen, x - pen.side * size * 0.2, rim - size * 0.1, size * 2)
}

/** Sushi on a board, with chopsticks and a dish of sauce. */
export const sushi = (pen: Pen, at: At): void => {
  const { ctx, tone, random, side } = pen
  const { x, y, size } = at
  ctx.fillStyle = css(tone([46, 44, 48], 0.6))
  ctx.beginPath()
  ctx.roundRect(x - size * 1.7, y - size * 0.34, size * 3.4, size * 0.46, size * 0.08)
  ctx.fill()
  ctx.fillStyle = css(tone([24, 22, 26], 0.3))
  ctx.fillRect(x - size * 1.7, y + size * 0.06, size * 3.4, size * 0.1)
  const tops: readonly Rgb[] = [
    [242, 118, 70],
    [226, 66, 62],
    [248, 214, 190],
    [242, 118, 70],
    [244, 202, 92],
  ]
  tops.forEach((top, index) => {
    const px = x + (index - 2) * size * 0.64
    const py = y - size * 0.2
    ball(pen, px, py, size * 0.27, size * 0.17, [250, 246, 238], 0)
    for (let grain = 0; grain < 18; grain++)
      ball(
        pen,
        px + (random() - 0.5) * size * 0.46,
        py + (random() - 0.2) * size * 0.2,
        size * 0.035,
        size * 0.022,
        [252, 250, 244],
        0,
      )
    ctx.fillStyle = css(tone(top, 0.85))
    ctx.beginPath()
    ctx.ellipse(px, py - size * 0.14, size * 0.31, size * 0.13, side * -0.06, 0, Math.PI * 2)
    ctx.fill()
    ctx.strokeStyle = css(tone(shift(top, 0.14), 1), 0.7)
    ctx.lineWidth = size * 0.02
    for (let line = -2; line <= 2; line++) {
      ctx.beginPath()
      ctx.moveTo(px + line * size * 0.1 - size * 0.05, py - size * 0.22)
      ctx.lineTo(px + line * size * 0.1 + size * 0.04, py - size * 0.06)
      ctx.stroke()
    }
  })
  turned(
    pen,
    { x: x + side * size * 2.15, y, size },
    [
      [0.2, 0],
      [0.4, 0.1],
      [0.42, 0.16],
    ],
    [232, 228, 216],
    { mouth: [44, 22, 14] },
  )
  sticks(pen, x - side * size * 0.1, y + size * 0.34, size * 2.6)
}

/** A cake with icing that runs down, berries and candles; answers where the wicks are. */
export const cake = (pen: Pen, at: At, sponge: Rgb, icing: Rgb): Wick[] => {
  const { ctx, tone, random } = pen
  const { x, y, size } = at
  turned(
    pen,
    { x, y, size },
    [
      [0.5, 0],
      [0.42, 0.1],
      [0.2, 0.24],
      [0.5, 0.32],
      [1.3, 0.36],
    ],
    [236, 234, 230],
    { mouth: [236, 234, 230] },
  )
  const foot = y - size * 0.34
  turned(
    pen,
    { x, y: foot, size },
    [
      [1, 0],
      [1.01, 0.02],
      [1.01, 0.8],
      [1, 0.86],
    ],
    sponge,
    { mouth: icing },
  )
  ctx.fillStyle = css(tone(icing, 0.85))
  const top = foot - size * 0.86
  ctx.beginPath()
  ctx.ellipse(x, top, size * 1.01, size * 1.01 * FLAT, 0, Math.PI, 0)
  for (let drip = 0; drip < 15; drip++) {
    const px = x + size * 1.01 * Math.cos((drip / 14) * Math.PI)
    const base = top + size * 1.01 * FLAT * Math.sin((drip / 14) * Math.PI)
    const long = size * (0.1 + random() * 0.22)
    ctx.lineTo(px + size * 0.07, base + size * 0.05)
    ctx.quadraticCurveTo(px + size * 0.06, base + long, px, base + long)
    ctx.quadraticCurveTo(px - size * 0.06, base + long, px - size * 0.07, base + size * 0.05)
  }
  ctx.fill()
  const wicks: Wick[] = []
  for (let berry = 0; berry < 12; berry++) {
    const angle = (berry / 12) * Math.PI * 2 + 0.2
    ball(
      pen,
      x + Math.cos(angle) * size * 0.82,
      top - size * 0.05 + Math.sin(angle) * size * 0.82 * FLAT,
      size * 0.09,
      size * 0.09,
      [200, 34, 52],
      0.9,
    )
  }
  for (let candle = 0; candle < 5; candle++) {
    const angle = (candle / 5) * Math.PI * 2 + 0.5
    const px = x + Math.cos(angle) * size * 0.46
    const py = top + Math.sin(angle) * size * 0.46 * FLAT
    const colour: Rgb = (
      [
        [242, 120, 140],
        [110, 170, 210],
        [250, 210, 110],
        [150, 200, 130],
        [190, 140, 210],
      ] as const
    )[candle]!
    ctx.fillStyle = css(tone(colour, 0.9))
    ctx.fillRect(px - size * 0.035, py - size * 0.5, size * 0.07, size * 0.5)
    wicks.push({ x: px, y: py - size * 0.54, size: size * 0.22 })
  }
  return wicks
}

/** A thick candle; answers where its wick is. */
export const candle = (pen: Pen, at: At): Wick => {
  turned(
    pen,
    at,
    [
      [0.3, 0],
      [0.3, 0.02],
      [0.3, 1.18],
      [0.29, 1.2],
    ],
    [244, 228, 196],
    { mouth: [255, 226, 160] },
  )
  const { ctx } = pen
  ctx.fillStyle = '#2a1a12'
  ctx.fillRect(at.x - at.size * 0.02, at.y - at.size * 1.32, at.size * 0.04, at.size * 0.14)
  return { x: at.x, y: at.y - at.size * 1.32, size: at.size * 0.5 }
}
