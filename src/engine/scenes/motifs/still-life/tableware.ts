import type { Rgb } from '../../../rgb.ts'
import { css, shift } from '../../../canvas/colour.ts'
import { linearGradient } from '../../../canvas/gradients.ts'
import {
  fillEllipse,
  fillPath,
  fillRectangle,
  fillRounded,
  type Path,
  readPath,
  strokeEllipse,
} from '../../../canvas/paths.ts'
import { type At, FLAT, turned, type Pen } from './turned.ts'
import { setPen, strokeCurve } from '../../../canvas/curves.ts'

const BOTTLE = [0.4, 0, 0.42, 0.05, 0.42, 1.5, 0.4, 1.8, 0.16, 2.06, 0.13, 2.3, 0.13, 2.8, 0.16, 2.82, 0.15, 2.96]
const GLASS_FOOT = [0.42, 0, 0.42, 0.03, 0.06, 0.08, 0.045, 0.3, 0.045, 0.86]
const GLASS = [0.02, 0, 0.42, 0.04, 0.54, 0.42, 0.46, 0.86, 0.4, 1.12]
const WINE = [0.02, 0, 0.4, 0.06, 0.5, 0.4, 0.47, 0.62]

const LOAF = readPath('M-1.15 -0.12 C-1.32 -0.8 -0.5 -0.98 0 -0.96 C0.6 -0.96 1.3 -0.76 1.12 -0.12 Q0 0.06 -1.15 -0.12')
const WEDGE: readonly (readonly [face: Path, colour: Rgb, shine: number])[] = [
  [readPath('M-0.9 0 L0.5 0.12 L0.5 -0.42 L-0.9 -0.3'), [238, 200, 96], 0.85],
  [readPath('M0.5 0.12 L0.96 -0.08 L0.96 -0.56 L0.5 -0.42'), [206, 158, 70], 0.4],
  [readPath('M-0.9 -0.3 L0.5 -0.42 L0.96 -0.56'), [250, 220, 128], 1],
]

/** A bottle of wine; `size` is a third of its height. */
export const bottle = (pen: Pen, at: At): void => {
  const { ctx, tone, side } = pen
  turned(pen, at, BOTTLE, [38, 58, 40], { gloss: 0.5 })
  const { x, y, size } = at
  const across = [x + side * size * 0.4, 0, x - side * size * 0.4, 0] as const
  const paper = linearGradient(ctx, across, [0, tone([238, 226, 198], 0.95)], [1, tone([206, 190, 160], 0.25)])
  fillRectangle(ctx, paper, [x - size * 0.41, y - size * 1.25, size * 0.82, size * 0.8])
  fillRectangle(ctx, css(tone([120, 40, 42], 0.5)), [x - size * 0.3, y - size * 1.08, size * 0.6, size * 0.05])
  ctx.fillRect(x - size * 0.2, y - size * 0.92, size * 0.4, size * 0.035)
}

/** A glass of wine. */
export const wineGlass = (pen: Pen, at: At, wine: Rgb): void => {
  const { ctx, tone, side } = pen
  const { x, y, size } = at
  const clear: Rgb = [236, 238, 240]
  turned(pen, at, GLASS_FOOT, clear, { seeThrough: 0.45 })
  const cup = { x, y: y - size * 0.84, size }
  turned(pen, cup, WINE, wine, { mouth: shift(wine, 0.08) })
  turned(pen, cup, GLASS, clear, { seeThrough: 0.86, gloss: 0.5 })
  setPen(ctx, css(tone([255, 255, 255], 0.9), 0.7), size * 0.02)
  strokeEllipse(ctx, [x, cup.y - size * 1.12, size * 0.4, size * 0.4 * FLAT])
  // The light that it lets through lies red on the table.
  const stain = [x - side * size * 0.7, y + size * 0.03, size * 0.34, size * 0.07] as const
  fillEllipse(ctx, css(tone(shift(wine, 0.16, 1.2), 0.9), 0.3), stain)
}

/** Cuts across the crust, pale with a dark edge. */
const cuts = ({ ctx, tone }: Pen, { x, y, size }: At): void => {
  ctx.lineCap = 'round'
  for (let cut = -2; cut <= 2; cut++) {
    const cx = x + cut * size * 0.38
    for (const [wide, from, paint] of [
      [0.13, 0.52, css(tone([238, 206, 150], 0.9))],
      [0.03, 0.52 + 0.04, css(tone([120, 66, 30], 0.4))],
    ] as const) {
      setPen(ctx, paint, size * wide)
      strokeCurve(ctx, [cx - size * 0.14, y - size * from], [cx, y - size * 0.74, cx + size * 0.16, y - size * 0.86])
    }
  }
}

/** A loaf of bread on a board, cut. */
export const bread = (pen: Pen, at: At): void => {
  const { ctx, tone, random, side } = pen
  const { x, y, size } = at
  const wood: Rgb = [156, 112, 70]
  const board = [x - size * 1.5, y - size * 0.1, size * 3, size * 0.2, size * 0.1] as const
  fillRounded(ctx, css(tone(shift(wood, -0.16), 0.3)), board)
  fillEllipse(ctx, css(tone(wood, 0.8)), [x, y - size * 0.08, size * 1.5, size * 0.24])
  const crust: Rgb = [190, 116, 54]
  const shine = { x: x + side * size * 0.4, y: y - size * 0.8 }
  const wash = ctx.createRadialGradient(shine.x, shine.y, size * 0.1, x, y - size * 0.4, size * 1.3)
  wash.addColorStop(0, css(tone(shift(crust, 0.14), 1)))
  wash.addColorStop(0.5, css(tone(crust, 0.6)))
  wash.addColorStop(1, css(tone(shift(crust, -0.2), 0.2)))
  fillPath(ctx, wash, LOAF, at)
  cuts(pen, at)
  ctx.fillStyle = css(tone([250, 236, 206], 0.9), 0.24)
  for (let dust = 0; dust < 90; dust++)
    ctx.fillRect(x + (random() - 0.5) * size * 1.8, y - size * (0.4 + random() * 0.5), size * 0.025, size * 0.018)
}

/** A wedge of cheese with its rind. */
export const cheese = ({ ctx, tone, random }: Pen, at: At): void => {
  const { x, y, size } = at
  for (const [face, colour, shine] of WEDGE) fillPath(ctx, css(tone(colour, shine)), face, at)
  const dark = css(tone([206, 160, 66], 0.5))
  for (let hole = 0; hole < 7; hole++)
    fillEllipse(ctx, dark, [x + (random() * 1.1 - 0.7) * size, y - random() * 0.26 * size, size * 0.06, size * 0.045])
}
