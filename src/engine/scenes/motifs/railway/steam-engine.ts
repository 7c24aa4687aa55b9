import type { SKRSContext2D } from '@napi-rs/canvas'
import type { Rgb } from '../../../rgb.ts'
import { fade, fillShape } from '../../../canvas/drawing.ts'
import type { Tone } from '../../tone.ts'
import { css, shift } from '../../../canvas/colour.ts'
import type { Livery } from './train.ts'

const wheel = (ctx: SKRSContext2D, x: number, radius: number, turn: number, rim: string, hub: string): void => {
  ctx.fillStyle = rim
  ctx.beginPath()
  ctx.arc(x, radius, radius, 0, Math.PI * 2)
  ctx.fill()
  ctx.strokeStyle = hub
  ctx.lineWidth = 0.09
  for (let spoke = 0; spoke < 4; spoke++) {
    const angle = turn + (spoke * Math.PI) / 4
    ctx.beginPath()
    ctx.moveTo(x - Math.cos(angle) * radius * 0.8, radius - Math.sin(angle) * radius * 0.8)
    ctx.lineTo(x + Math.cos(angle) * radius * 0.8, radius + Math.sin(angle) * radius * 0.8)
    ctx.stroke()
  }
}

/** A steam engine that goes to the right, one unit a metre; `run` are the metres that its wheels have rolled. */
export const drawSteamEngine = (ctx: SKRSContext2D, livery: Livery, tone: Tone, far: number, run: number): void => {
  const iron: Rgb = [38, 38, 44]
  ctx.lineCap = 'round'
  ctx.lineJoin = 'round'
  const round = (colour: Rgb, low: number, high: number) =>
    fade(ctx, low, high, [
      [0, tone(shift(colour, -0.14), 0.15, far)],
      [0.55, tone(colour, 0.6, far)],
      [0.82, tone(shift(colour, 0.14), 1, far)],
      [1, tone(shift(colour, -0.02), 0.7, far)],
    ])
  ctx.fillStyle = css(tone(iron, 0.25, far))
  ctx.fillRect(-5.6, 0.9, 11.2, 0.55)
  const [rim, hub] = [css(tone([30, 30, 34], 0.3, far)), css(tone([150, 52, 44], 0.6, far))]
  for (const x of [-2.4, -0.5, 1.4]) wheel(ctx, x, 0.86, run / 0.86, rim, hub)
  for (const x of [3.4, 4.6]) wheel(ctx, x, 0.5, run / 0.5, rim, hub)
  const crank = { x: Math.cos(run / 0.86) * 0.36, y: 0.86 + Math.sin(run / 0.86) * 0.36 }
  ctx.strokeStyle = css(tone([190, 190, 196], 0.8, far))
  ctx.lineWidth = 0.14
  ctx.beginPath()
  ctx.moveTo(-2.4 - crank.x, crank.y)
  ctx.lineTo(1.4 - crank.x, crank.y)
  ctx.lineTo(3.9, 0.9)
  ctx.stroke()
  ctx.fillStyle = round(iron, 1.5, 3.5)
  ctx.fillRect(3.3, 1.45, 2, 2.1)
  ctx.fillStyle = round(livery.body, 1.5, 3.5)
  ctx.fillRect(-2.6, 1.5, 6, 2)
  ctx.fillStyle = css(tone(livery.trim, 0.8, far))
  for (const x of [-0.9, 1.2, 3.2]) ctx.fillRect(x, 1.5, 0.12, 2)
  ctx.fillStyle = css(tone(iron, 0.4, far))
  fillShape(
    ctx,
    [
      [3.8, 3.5],
      [3.75, 4.3],
      [3.55, 4.45],
      [4.75, 4.45],
      [4.55, 4.3],
      [4.5, 3.5],
    ],
    css(tone(iron, 0.4, far)),
  )
  ctx.fillStyle = round([206, 164, 74], 3.3, 4.1)
  ctx.beginPath()
  ctx.ellipse(1, 3.55, 0.55, 0.5, 0, 0, Math.PI * 2)
  ctx.fill()
  ctx.fillStyle = css(tone(livery.body, 0.6, far))
  ctx.fillRect(-5.5, 1.4, 3, 2.9)
  ctx.fillStyle = livery.lit ? 'rgb(255,168,84)' : css(tone([40, 48, 58], 0.4, far))
  ctx.fillRect(-4.7, 2.9, 1.3, 0.95)
  ctx.fillStyle = css(tone(livery.roof, 0.6, far))
  ctx.fillRect(-6, 4.2, 3.9, 0.28)
  ctx.fillStyle = css(tone(iron, 0.3, far))
  fillShape(
    ctx,
    [
      [5.2, 1.2],
      [5.9, 0.25],
      [5, 0.25],
    ],
    css(tone([150, 52, 44], 0.5, far)),
  )
}
