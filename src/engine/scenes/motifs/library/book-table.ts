import type { SKRSContext2D } from '@napi-rs/canvas'
import type { Rgb } from '../../../rgb.ts'
import { BOOKS } from './books.ts'
import type { Wick } from '../../figures/candles.ts'
import { css, lit, shift } from '../../../canvas/colour.ts'
import { coverBox, still, type Layer } from '../../layers.ts'
import { paintSprite } from '../../../canvas/sprite.ts'
import type { SceneContext } from '../../context.ts'

const openBook = (ctx: SKRSContext2D, x: number, y: number, size: number, page: Rgb): void => {
  for (const side of [-1, 1]) {
    ctx.beginPath()
    ctx.moveTo(x, y)
    ctx.quadraticCurveTo(x + side * size * 0.4, y - size * 0.2, x + side * size, y - size * 0.04)
    ctx.lineTo(x + side * size * 0.86, y - size * 0.36)
    ctx.quadraticCurveTo(x + side * size * 0.4, y - size * 0.5, x, y - size * 0.34)
    ctx.closePath()
    ctx.fillStyle = css(shift(page, side < 0 ? 0 : -0.06))
    ctx.fill()
    ctx.strokeStyle = css(shift(page, -0.3), 0.45)
    ctx.lineWidth = size * 0.008
    for (let line = 1; line < 8; line++) {
      const level = line / 8
      ctx.beginPath()
      ctx.moveTo(x + side * size * 0.1, y - size * (0.05 + level * 0.3))
      ctx.quadraticCurveTo(
        x + side * size * 0.4,
        y - size * (0.2 + level * 0.28),
        x + side * size * (0.86 - level * 0.1),
        y - size * (0.06 + level * 0.3),
      )
      ctx.stroke()
    }
  }
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
    const board = ctx.createLinearGradient(0, top, 0, height)
    board.addColorStop(0, css(shift(wood, 0.1)))
    board.addColorStop(0.16, css(wood))
    board.addColorStop(1, css(shift(wood, -0.22)))
    ctx.fillStyle = board
    ctx.fillRect(box.x, top, box.width, box.height)
    ctx.fillStyle = css(shift(wood, 0.16), 0.6)
    ctx.fillRect(box.x, top, box.width, 2 * unit)
    const side = random() < 0.5 ? 1 : -1
    for (const heap of [-1, 1]) {
      const x = width * (0.5 + heap * side * 0.36)
      let y = top + 30 * unit
      for (let book = 0; book < (heap > 0 ? 6 : 3); book++) {
        const wide = (170 - book * 9 + random() * 26) * unit
        const thick = (20 + random() * 14) * unit
        const shiftX = (random() - 0.5) * 22 * unit
        const cover = lit(BOOKS[Math.floor(random() * BOOKS.length)]!, warm, 1.2)
        ctx.fillStyle = 'rgba(0,0,0,0.3)'
        ctx.fillRect(x - wide / 2 + shiftX - 4 * unit, y - 3 * unit, wide + 10 * unit, 5 * unit)
        ctx.fillStyle = css(shift(cover, -0.06))
        ctx.beginPath()
        ctx.roundRect(x - wide / 2 + shiftX, y - thick, wide, thick, 4 * unit)
        ctx.fill()
        ctx.fillStyle = css(lit([226, 208, 170], warm, 0.92))
        ctx.fillRect(
          x - wide / 2 + shiftX + (heap * side > 0 ? 0 : wide * 0.05),
          y - thick * 0.82,
          wide * 0.95,
          thick * 0.64,
        )
        ctx.fillStyle = css(shift(cover, 0.05))
        ctx.fillRect(x - wide / 2 + shiftX, y - thick, wide, thick * 0.17)
        ctx.fillRect(x - wide / 2 + shiftX + (heap * side > 0 ? wide * 0.9 : 0), y - thick, wide * 0.1, thick)
        y -= thick
      }
      if (heap < 0) wicks.push({ x: x + 8 * unit, y: y - 74 * unit, size: 44 * unit })
      else wicks.push({ x: x - side * 150 * unit, y: top - 150 * unit, size: 50 * unit })
      const stick = wicks[wicks.length - 1]!
      const base = heap < 0 ? y : top + 22 * unit
      const wax = ctx.createLinearGradient(stick.x - 12 * unit, 0, stick.x + 12 * unit, 0)
      wax.addColorStop(0, css(lit([206, 178, 132], warm, 0.8)))
      wax.addColorStop(0.5, css([255, 232, 188]))
      wax.addColorStop(1, css(lit([206, 178, 132], warm, 0.8)))
      const brass = lit([196, 144, 66], warm, 0.9)
      ctx.fillStyle = css(brass)
      ctx.beginPath()
      ctx.ellipse(stick.x, base, 40 * unit, 9 * unit, 0, 0, Math.PI * 2)
      ctx.fill()
      if (heap > 0) {
        ctx.fillRect(stick.x - 5 * unit, base - 90 * unit, 10 * unit, 90 * unit)
        for (const knob of [0.3, 0.62, 0.96]) {
          ctx.beginPath()
          ctx.ellipse(stick.x, base - 92 * unit * knob, 13 * unit, 6 * unit, 0, 0, Math.PI * 2)
          ctx.fill()
        }
        ctx.beginPath()
        ctx.ellipse(stick.x, base - 92 * unit, 22 * unit, 6 * unit, 0, 0, Math.PI * 2)
        ctx.fill()
      }
      ctx.fillStyle = wax
      ctx.beginPath()
      ctx.roundRect(
        stick.x - 11 * unit,
        stick.y + 6 * unit,
        22 * unit,
        (heap > 0 ? base - 92 * unit : base) - stick.y - 6 * unit,
        5 * unit,
      )
      ctx.fill()
      ctx.strokeStyle = '#2a1a12'
      ctx.lineWidth = 2 * unit
      ctx.beginPath()
      ctx.moveTo(stick.x, stick.y + 8 * unit)
      ctx.lineTo(stick.x, stick.y - 2 * unit)
      ctx.stroke()
    }
    openBook(ctx, width * (0.5 - side * 0.04), top + 92 * unit, 150 * unit, lit([240, 224, 190], warm, 1))
  })
  return { layer: still(sprite), wicks }
}
