import type { DrawingContext, Paint } from '../../canvas/drawing-context.ts'
import { drawAt, setPen } from '../../canvas/curves.ts'

/** A cat that sits with its back to the viewer, its foot at the origin, one unit tall. `flick` moves the tail, `turn` the head, both about -1 to 1. */
export const drawSittingCat = (ctx: DrawingContext, fill: Paint, flick: number, turn: number): void => {
  ctx.fillStyle = fill
  setPen(ctx, fill, 0.075, 'round')
  ctx.beginPath()
  ctx.moveTo(0.2, -0.05)
  ctx.bezierCurveTo(0.42, -0.02, 0.5, 0.16, 0.42 + flick * 0.06, 0.34)
  ctx.quadraticCurveTo(0.38 + flick * 0.1, 0.44, 0.3 + flick * 0.16, 0.42)
  ctx.stroke()
  ctx.beginPath()
  ctx.moveTo(-0.26, 0)
  ctx.bezierCurveTo(-0.36, -0.24, -0.22, -0.5, -0.12, -0.64)
  ctx.lineTo(0.13, -0.64)
  ctx.bezierCurveTo(0.24, -0.5, 0.38, -0.24, 0.27, 0)
  ctx.quadraticCurveTo(0, 0.05, -0.26, 0)
  ctx.fill()
  drawAt(ctx, { x: 0, y: -0.74, turn: turn * 0.12 }, () => {
    ctx.beginPath()
    ctx.ellipse(turn * 0.02, 0, 0.19, 0.165, 0, 0, Math.PI * 2)
    ctx.fill()
    for (const side of [-1, 1]) {
      ctx.beginPath()
      ctx.moveTo(side * 0.185 + turn * 0.02, -0.02)
      ctx.quadraticCurveTo(side * 0.2, -0.2, side * 0.155 + turn * 0.02, -0.27)
      ctx.quadraticCurveTo(side * 0.08, -0.22, side * 0.03 + turn * 0.02, -0.14)
      ctx.fill()
    }
  })
}
