import type { Rgb } from '../../../rgb.ts'
import { css, shift } from '../../../canvas/colour.ts'
import { fillEllipse, fillPath, readPath, strokeEllipse } from '../../../canvas/paths.ts'
import { BLOOMS, BLOOM_COLOURS, paintBloom } from '../../land/blooms.ts'
import { type At, FLAT, turned, type Pen } from './turned.ts'
import { drawAt, setPen, strokeCurve } from '../../../canvas/curves.ts'

const SAUCER = [0.5, 0, 0.9, 0.04, 1.12, 0.1]
const CUP = [0.36, 0, 0.44, 0.04, 0.66, 0.2, 0.74, 0.62, 0.75, 0.84]
const POT = [0.5, 0, 0.6, 0.04, 1, 0.3, 0.98, 0.8, 0.5, 1.16, 0.3, 1.2]
const LID = [0.42, 0, 0.4, 0.1, 0.08, 0.2, 0.06, 0.26, 0.12, 0.32, 0.02, 0.4]
const VASE = [0.42, 0, 0.46, 0.05, 0.66, 0.5, 0.5, 1.1, 0.3, 1.36, 0.38, 1.52]
const SPOUT = readPath('M0.8 -0.24 Q1.3 -0.4 1.52 -1.1 L1.36 -1.12 Q1.14 -0.8 0.8 -0.74')

/** A cup on its saucer, full; its handle away from the light. */
export const cupAndSaucer = (pen: Pen, at: At, glaze: Rgb, drink: Rgb): void => {
  const { ctx, tone, side } = pen
  const { x, y, size } = at
  turned(pen, at, SAUCER, glaze, { mouth: shift(glaze, -0.03) })
  setPen(ctx, css(tone(shift(glaze, -0.05), 0.5)), size * 0.12)
  strokeEllipse(ctx, [x - side * size * 0.74, y - size * 0.54, size * 0.24, size * 0.22])
  turned(pen, { x, y: y - size * 0.06, size }, CUP, glaze, { mouth: drink, gloss: 0.3 })
  setPen(ctx, css(tone(shift(drink, 0.16), 0.9), 0.8), size * 0.02)
  ctx.beginPath()
  ctx.ellipse(x, y - size * 0.88, size * 0.6, size * 0.6 * FLAT * 0.8, 0, 0.3, Math.PI - 0.3)
  ctx.stroke()
}

/** A pot for tea, its spout towards the light. */
export const teapot = (pen: Pen, at: At, glaze: Rgb): void => {
  const { ctx, tone, side } = pen
  const { x, y, size } = at
  setPen(ctx, css(tone(shift(glaze, -0.06), 0.5)), size * 0.14, 'round')
  strokeEllipse(ctx, [x - side * size * 1.02, y - size * 0.62, size * 0.36, size * 0.4])
  fillPath(ctx, css(tone(glaze, 0.8)), SPOUT, { ...at, side })
  turned(pen, at, POT, glaze, { gloss: 0.36 })
  turned(pen, { x, y: y - size * 1.14, size }, LID, shift(glaze, 0.03), { gloss: 0.3 })
}

/** A vase of flowers. */
export const vaseOfFlowers = (pen: Pen, at: At, glaze: Rgb, colours: readonly Rgb[]): void => {
  const { ctx, random, tone } = pen
  const { x, y, size } = at
  const mouth = y - size * 1.5
  const kind = Math.floor(random() * BLOOMS.length)
  const heads = Array.from({ length: 9 }, (_, index) => {
    const angle = -Math.PI / 2 + ((index % 5) - 2) * 0.42 + (random() - 0.5) * 0.24
    const out = size * (index < 5 ? 1.5 : 0.95) * (0.9 + random() * 0.25)
    return {
      x: x + Math.cos(angle) * out,
      y: mouth + Math.sin(angle) * out,
      size: size * (0.34 + random() * 0.14),
      index,
    }
  })
  ctx.lineWidth = size * 0.05
  for (const head of heads) {
    const middleY = (mouth + head.y) / 2
    ctx.strokeStyle = css(tone([78, 112, 60], 0.3 + random() * 0.4))
    strokeCurve(ctx, [x, mouth + size * 0.1], [x + (head.x - x) * 0.3, middleY, head.x, head.y])
    const green = css(tone([70, 106, 56], 0.3 + random() * 0.5))
    fillEllipse(ctx, green, [(x + head.x) / 2, middleY, size * 0.34, size * 0.1, (random() - 0.5) * 3])
  }
  for (const head of heads) {
    const bloom = BLOOMS[(kind + (head.index % 3 === 2 ? 1 : 0)) % BLOOMS.length]!
    const colour = colours[head.index % Math.max(1, colours.length)] ?? BLOOM_COLOURS[bloom]
    drawAt(ctx, { x: head.x, y: head.y, scale: [head.size, head.size * 0.92] }, () =>
      paintBloom(ctx, random, bloom, colour, (surface, shine) => tone(surface, Math.max(0, shine * 1.1 - 0.1))),
    )
  }
  turned(pen, at, VASE, glaze, { gloss: 0.3 })
}
