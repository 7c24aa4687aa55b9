import type { SKRSContext2D } from '@napi-rs/canvas'
import type { Rgb } from '../../../rgb.ts'
import { fillShape } from '../../../canvas/drawing.ts'
import type { Tone } from '../../tone.ts'
import { css, shift } from '../../../canvas/colour.ts'

/** A fishing boat at its mooring, bow to the right, its water line at y = 0, one unit long. */
export const drawFishingBoat = (ctx: SKRSContext2D, tone: Tone, paint: Rgb, far: number, lit: boolean): void => {
  const rig = css(tone([84, 70, 60], 0.4, far))
  ctx.strokeStyle = rig
  ctx.lineWidth = 0.012
  const line = (x1: number, y1: number, x2: number, y2: number, wide = 0.012): void => {
    ctx.lineWidth = wide
    ctx.beginPath()
    ctx.moveTo(x1, y1)
    ctx.lineTo(x2, y2)
    ctx.stroke()
  }
  line(0.06, -0.1, 0.06, -0.78, 0.018)
  line(-0.34, -0.1, -0.34, -0.5, 0.014)
  line(0.06, -0.74, 0.47, -0.2, 0.005)
  line(0.06, -0.74, -0.34, -0.48, 0.005)
  line(-0.34, -0.48, -0.5, -0.13, 0.005)
  line(0.06, -0.36, -0.26, -0.56, 0.01)
  fillShape(
    ctx,
    [
      [-0.28, -0.12],
      [-0.27, -0.36],
      [-0.02, -0.36],
      [0.01, -0.12],
    ],
    css(tone([240, 234, 220], 0.7, far)),
  )
  ctx.fillStyle = css(tone(shift(paint, -0.05), 0.6, far))
  ctx.fillRect(-0.3, -0.39, 0.31, 0.035)
  ctx.fillStyle = lit ? '#ffd890' : css(tone([60, 76, 94], 0.5, far))
  for (const x of [-0.23, -0.12]) ctx.fillRect(x, -0.31, 0.08, 0.075)
  ctx.beginPath()
  ctx.moveTo(-0.5, -0.15)
  ctx.quadraticCurveTo(0, -0.06, 0.54, -0.24)
  ctx.quadraticCurveTo(0.47, -0.04, 0.36, 0.03)
  ctx.lineTo(-0.42, 0.03)
  ctx.quadraticCurveTo(-0.5, -0.02, -0.5, -0.15)
  const hull = ctx.createLinearGradient(0, -0.2, 0, 0.03)
  hull.addColorStop(0, css(tone(paint, 0.75, far)))
  hull.addColorStop(1, css(tone(shift(paint, -0.14), 0.3, far)))
  ctx.fillStyle = hull
  ctx.fill()
  ctx.strokeStyle = css(tone([246, 240, 226], 0.8, far))
  ctx.lineWidth = 0.016
  ctx.beginPath()
  ctx.moveTo(-0.5, -0.145)
  ctx.quadraticCurveTo(0, -0.055, 0.535, -0.235)
  ctx.stroke()
  for (const x of [-0.18, 0.02, 0.2]) {
    ctx.fillStyle = css(tone([226, 120, 60], 0.6, far))
    ctx.beginPath()
    ctx.ellipse(x, -0.045 - Math.max(0, x) * 0.1, 0.026, 0.036, 0, 0, Math.PI * 2)
    ctx.fill()
  }
}
