import type { Rgb } from '../../../rgb.ts'
import { pick, type Random } from '../../../random.ts'
import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import { BOOKS } from './books.ts'
import type { Wick } from '../../figures/candles.ts'
import { css, lit, shift } from '../../../canvas/colour.ts'
import { linearGradient } from '../../../canvas/gradients.ts'
import { fillEllipse, fillRectangle, fillRounded, strokeLine } from '../../../canvas/paths.ts'
import { coverBox, type Layer, type SceneContext, still } from '../../layers.ts'
import { paintSprite } from '../../../canvas/sprite.ts'
import { fillCurve, setPen, strokeCurve } from '../../../canvas/curves.ts'

const paintOpenBook = (ctx: DrawingContext, x: number, y: number, size: number, page: Rgb): void => {
  for (const side of [-1, 1]) {
    fillCurve(
      ctx,
      css(shift(page, side < 0 ? 0 : -0.06)),
      [x, y],
      [x + side * size * 0.4, y - size * 0.2, x + side * size, y - size * 0.04],
      [x + side * size * 0.86, y - size * 0.36],
      [x + side * size * 0.4, y - size * 0.5, x, y - size * 0.34],
    )
    setPen(ctx, css(shift(page, -0.3), 0.45), size * 0.008)
    for (let line = 1; line < 8; line++) {
      const level = line / 8
      strokeCurve(
        ctx,
        [x + side * size * 0.1, y - size * (0.05 + level * 0.3)],
        [
          x + side * size * 0.4,
          y - size * (0.2 + level * 0.28),
          x + side * size * (0.86 - level * 0.1),
          y - size * (0.06 + level * 0.3),
        ],
      )
    }
  }
}

/** A book that lies, its spine to the viewer or (`isTurned`) its other side. Answers how thick it is. */
const paintLyingBook = (
  ctx: DrawingContext,
  random: Random,
  at: { x: number; y: number; wide: number; isTurned: boolean },
  warm: Rgb,
  unit: number,
): number => {
  const wide = at.wide * unit
  const thick = (20 + random() * 14) * unit
  const left = at.x - wide / 2 + (random() - 0.5) * 22 * unit
  const { y, isTurned } = at
  const cover = lit(pick(random, BOOKS), warm, 1.2)
  fillRectangle(ctx, 'rgba(0,0,0,0.3)', [left - 4 * unit, y - 3 * unit, wide + 10 * unit, 5 * unit])
  fillRounded(ctx, css(shift(cover, -0.06)), [left, y - thick, wide, thick, 4 * unit])
  const pages = css(lit([226, 208, 170], warm, 0.92))
  fillRectangle(ctx, pages, [left + (isTurned ? 0 : wide * 0.05), y - thick * 0.82, wide * 0.95, thick * 0.64])
  fillRectangle(ctx, css(shift(cover, 0.05)), [left, y - thick, wide, thick * 0.17])
  ctx.fillRect(left + (isTurned ? wide * 0.9 : 0), y - thick, wide * 0.1, thick)
  return thick
}

/** A candle whose wick is at a place: in a tall stick, or in a dish. `base` is where that stands. */
const paintCandle = (
  ctx: DrawingContext,
  { x, y }: Wick,
  { base, isTall }: { base: number; isTall: boolean },
  warm: Rgb,
  unit: number,
): void => {
  const edge = lit([206, 178, 132], warm, 0.8)
  const wax = linearGradient(ctx, [x - 12 * unit, 0, x + 12 * unit, 0], [0, edge], [0.5, [255, 232, 188]], [1, edge])
  const brass = css(lit([196, 144, 66], warm, 0.9))
  fillEllipse(ctx, brass, [x, base, 40 * unit, 9 * unit])
  if (isTall) {
    ctx.fillRect(x - 5 * unit, base - 90 * unit, 10 * unit, 90 * unit)
    for (const knob of [0.3, 0.62, 0.96]) fillEllipse(ctx, brass, [x, base - 92 * unit * knob, 13 * unit, 6 * unit])
    fillEllipse(ctx, brass, [x, base - 92 * unit, 22 * unit, 6 * unit])
  }
  const foot = isTall ? base - 92 * unit : base
  fillRounded(ctx, wax, [x - 11 * unit, y + 6 * unit, 22 * unit, foot - y - 6 * unit, 5 * unit])
  ctx.strokeStyle = '#2a1a12'
  strokeLine(ctx, [x, y + 8 * unit, x, y - 2 * unit], 2 * unit)
}

/** The table in front: books in piles, one open, candles in their sticks. Answers where the wicks are. */
export const bookTable = (scene: SceneContext, warm: Rgb): { layer: Layer; wicks: Wick[] } => {
  const { width, height, unit } = scene
  const random = scene.random('table')
  const depth = 1
  const top = height * 0.85
  const wicks: Wick[] = []
  const wood = lit([96, 58, 36], warm, 0.8)
  const box = coverBox(scene, depth, height * 0.4)
  const sprite = paintSprite(box, depth, (ctx) => {
    ctx.fillStyle = linearGradient(
      ctx,
      [0, top, 0, height],
      [0, shift(wood, 0.1)],
      [0.16, wood],
      [1, shift(wood, -0.22)],
    )
    ctx.fillRect(box.x, top, box.width, box.height)
    fillRectangle(ctx, css(shift(wood, 0.16), 0.6), [box.x, top, box.width, 2 * unit])
    const side = random() < 0.5 ? 1 : -1
    for (const heap of [-1, 1]) {
      const x = width * (0.5 + heap * side * 0.36)
      const isTall = heap > 0
      let y = top + 30 * unit
      for (let book = 0; book < (isTall ? 6 : 3); book++) {
        const wide = 170 - book * 9 + random() * 26
        y -= paintLyingBook(ctx, random, { x, y, wide, isTurned: heap * side > 0 }, warm, unit)
      }
      const wick = isTall
        ? { x: x - side * 150 * unit, y: top - 150 * unit, size: 50 * unit }
        : { x: x + 8 * unit, y: y - 74 * unit, size: 44 * unit }
      wicks.push(wick)
      paintCandle(ctx, wick, { base: isTall ? top + 22 * unit : y, isTall }, warm, unit)
    }
    paintOpenBook(ctx, width * (0.5 - side * 0.04), top + 92 * unit, 150 * unit, lit([240, 224, 190], warm, 1))
  })
  return { layer: still(sprite), wicks }
}
