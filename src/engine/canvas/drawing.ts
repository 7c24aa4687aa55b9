import type { Canvas } from '@napi-rs/canvas'
import type { Rgb } from '../rgb.ts'
import type { DrawingContext, Paint } from './drawing-context.ts'
import { css } from './colour.ts'
import { fillPolygon } from './paths.ts'
import { paintSprite } from './sprite.ts'

/** A round light that fades out, drawn once and laid wherever such a light is: cheaper than a gradient a frame. */
export const glowImage = (colour: Rgb, size = 96): Canvas => {
  const half = size / 2
  return paintSprite({ x: 0, y: 0, width: size, height: size }, 0, (ctx) => {
    const fall = ctx.createRadialGradient(half, half, 0, half, half, half)
    fall.addColorStop(0, css(colour, 1))
    fall.addColorStop(0.18, css(colour, 0.52))
    fall.addColorStop(0.45, css(colour, 0.16))
    fall.addColorStop(1, css(colour, 0))
    ctx.fillStyle = fall
    ctx.fillRect(0, 0, size, size)
  }).canvas
}

/** Adds a glow's light to what is there. */
export const drawGlow = (
  ctx: DrawingContext,
  image: Canvas,
  [x, y, radius]: readonly [x: number, y: number, radius: number],
  alpha: number,
): void => {
  ctx.globalCompositeOperation = 'screen'
  ctx.globalAlpha = Math.min(1, Math.max(0, alpha))
  ctx.drawImage(image, x - radius, y - radius, radius * 2, radius * 2)
  ctx.globalAlpha = 1
  ctx.globalCompositeOperation = 'source-over'
}

/** Fills a closed shape. */
export const fillShape = (ctx: DrawingContext, points: readonly (readonly [number, number])[], fill: Paint): void => {
  fillPolygon(ctx, fill, points.flat())
}
