import type { SKRSContext2D } from '@napi-rs/canvas'
import type { Rgb } from '../../../rgb.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import type { Tone } from '../../tone.ts'

/** A butterfly at rest or in flight, about one unit across; `fold` 0 wings wide open to 1 shut. */
export const drawButterfly = (ctx: SKRSContext2D, colour: Rgb, tone: Tone, fold: number): void => {
  const rim = css(tone(mix(colour, [20, 16, 22], 0.85), 0.5))
  for (const side of [-1, 1]) {
    ctx.save()
    ctx.scale(side * (1 - fold * 0.86), 1)
    const wing = ctx.createRadialGradient(0.04, 0, 0.04, 0.1, -0.05, 0.62)
    wing.addColorStop(0, css(tone(shift(colour, 0.1), 0.9)))
    wing.addColorStop(0.6, css(tone(colour, 0.9)))
    wing.addColorStop(1, css(tone(shift(colour, -0.16), 0.7)))
    for (const part of [0, 1]) {
      ctx.beginPath()
      if (part === 0) {
        ctx.moveTo(0.02, 0.02)
        ctx.bezierCurveTo(0.02, 0.3, 0.22, 0.46, 0.36, 0.38)
        ctx.bezierCurveTo(0.46, 0.28, 0.34, 0.08, 0.02, 0)
      } else {
        ctx.moveTo(0.02, 0)
        ctx.bezierCurveTo(0.08, -0.3, 0.34, -0.5, 0.54, -0.44)
        ctx.bezierCurveTo(0.62, -0.3, 0.48, 0.02, 0.02, 0.06)
      }
      ctx.fillStyle = wing
      ctx.fill()
      ctx.strokeStyle = rim
      ctx.lineWidth = 0.035
      ctx.stroke()
    }
    ctx.lineWidth = 0.012
    for (const [x, y] of [
      [0.46, -0.38],
      [0.5, -0.24],
      [0.4, -0.08],
      [0.32, 0.3],
    ] as const) {
      ctx.beginPath()
      ctx.moveTo(0.03, 0.01)
      ctx.quadraticCurveTo(x * 0.5, y * 0.6, x, y)
      ctx.stroke()
    }
    ctx.fillStyle = css(tone([255, 250, 236], 0.9), 0.9)
    for (const [x, y] of [
      [0.5, -0.39],
      [0.53, -0.3],
      [0.37, 0.34],
    ] as const) {
      ctx.beginPath()
      ctx.arc(x, y, 0.018, 0, Math.PI * 2)
      ctx.fill()
    }
    ctx.restore()
  }
  ctx.fillStyle = rim
  ctx.beginPath()
  ctx.ellipse(0, 0.04, 0.026, 0.2, 0, 0, Math.PI * 2)
  ctx.fill()
  ctx.strokeStyle = rim
  ctx.lineWidth = 0.01
  for (const side of [-1, 1]) {
    ctx.beginPath()
    ctx.moveTo(0, -0.14)
    ctx.quadraticCurveTo(side * 0.04, -0.28, side * 0.11, -0.34)
    ctx.stroke()
  }
}

/** A hummingbird that hovers, its bill to the right, about one unit from bill to tail; `beat` -1 to 1. */
export const drawHummingbird = (ctx: SKRSContext2D, colour: Rgb, tone: Tone, beat: number): void => {
  const wing = (alpha: number, turn: number): void => {
    ctx.save()
    ctx.translate(-0.02, -0.08)
    ctx.rotate(turn)
    ctx.fillStyle = css(tone(mix(colour, [90, 90, 100], 0.6), 0.7), alpha)
    ctx.beginPath()
    ctx.moveTo(0.05, 0)
    ctx.bezierCurveTo(0.02, -0.2, -0.2, -0.46, -0.42, -0.5)
    ctx.bezierCurveTo(-0.4, -0.3, -0.2, -0.04, -0.08, 0.06)
    ctx.fill()
    ctx.restore()
  }
  wing(0.4, 0.4 + beat * 0.5)
  ctx.fillStyle = css(tone(shift(colour, -0.14), 0.5))
  ctx.beginPath()
  ctx.moveTo(-0.16, 0.16)
  ctx.lineTo(-0.44, 0.5)
  ctx.lineTo(-0.34, 0.52)
  ctx.lineTo(-0.27, 0.56)
  ctx.lineTo(-0.04, 0.2)
  ctx.fill()
  const body = ctx.createLinearGradient(-0.1, -0.2, 0.12, 0.24)
  body.addColorStop(0, css(tone(shift(colour, 0.06), 0.9)))
  body.addColorStop(0.5, css(tone(colour, 0.7)))
  body.addColorStop(1, css(tone([236, 228, 210], 0.7)))
  ctx.fillStyle = body
  ctx.beginPath()
  ctx.moveTo(0.22, -0.2)
  ctx.bezierCurveTo(0.16, -0.34, 0.0, -0.32, -0.02, -0.2)
  ctx.bezierCurveTo(-0.14, -0.06, -0.24, 0.12, -0.16, 0.22)
  ctx.bezierCurveTo(-0.02, 0.24, 0.14, 0.08, 0.16, -0.1)
  ctx.quadraticCurveTo(0.2, -0.14, 0.22, -0.2)
  ctx.fill()
  ctx.fillStyle = css(tone([200, 40, 70], 0.9))
  ctx.beginPath()
  ctx.moveTo(0.2, -0.19)
  ctx.quadraticCurveTo(0.12, -0.04, 0.03, -0.08)
  ctx.quadraticCurveTo(0.08, -0.18, 0.2, -0.19)
  ctx.fill()
  ctx.strokeStyle = css(tone([30, 28, 34], 0.5))
  ctx.lineWidth = 0.018
  ctx.beginPath()
  ctx.moveTo(0.2, -0.21)
  ctx.quadraticCurveTo(0.36, -0.24, 0.52, -0.23)
  ctx.stroke()
  ctx.fillStyle = '#141218'
  ctx.beginPath()
  ctx.arc(0.12, -0.235, 0.022, 0, Math.PI * 2)
  ctx.fill()
  wing(0.62, -0.2 - beat * 0.6)
  wing(0.22, -0.2 - beat * 0.6 + 0.3)
}
