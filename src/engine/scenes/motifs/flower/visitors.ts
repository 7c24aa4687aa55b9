import type { Rgb } from '../../../rgb.ts'
import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { fillEllipse, fillPath, readPath, strokePath } from '../../../canvas/paths.ts'
import type { Tone } from '../../tone.ts'
import { drawAt, setPen, strokeCurve } from '../../../canvas/curves.ts'

/** One side of a butterfly: the hind wing and the fore wing, their veins and spots. */
const WINGS = [
  readPath('M0.02 0.02 C0.02 0.3 0.22 0.46 0.36 0.38 C0.46 0.28 0.34 0.08 0.02 0'),
  readPath('M0.02 0 C0.08 -0.3 0.34 -0.5 0.54 -0.44 C0.62 -0.3 0.48 0.02 0.02 0.06'),
]
const VEINS = [
  { x: 0.46, y: -0.38 },
  { x: 0.5, y: -0.24 },
  { x: 0.4, y: -0.08 },
  { x: 0.32, y: 0.3 },
]
const SPOTS = [
  { x: 0.5, y: -0.39 },
  { x: 0.53, y: -0.3 },
  { x: 0.37, y: 0.34 },
]
const FEELERS = [readPath('M0 -0.14 Q-0.04 -0.28 -0.11 -0.34'), readPath('M0 -0.14 Q0.04 -0.28 0.11 -0.34')]

/** A butterfly at rest or in flight, about one unit across; `fold` 0 wings wide open to 1 shut. */
export const drawButterfly = (ctx: DrawingContext, colour: Rgb, tone: Tone, fold: number): void => {
  const rim = css(tone(mix(colour, [20, 16, 22], 0.85), 0.5))
  ctx.strokeStyle = rim
  for (const side of [-1, 1]) {
    ctx.save()
    ctx.scale(side * (1 - fold * 0.86), 1)
    const wing = ctx.createRadialGradient(0.04, 0, 0.04, 0.1, -0.05, 0.62)
    wing.addColorStop(0, css(tone(shift(colour, 0.1), 0.9)))
    wing.addColorStop(0.6, css(tone(colour, 0.9)))
    wing.addColorStop(1, css(tone(shift(colour, -0.16), 0.7)))
    ctx.lineWidth = 0.035
    for (const path of WINGS) {
      fillPath(ctx, wing, path)
      ctx.stroke()
    }
    ctx.lineWidth = 0.012
    for (const { x, y } of VEINS) {
      strokeCurve(ctx, [0.03, 0.01], [x * 0.5, y * 0.6, x, y])
    }
    for (const { x, y } of SPOTS) fillEllipse(ctx, css(tone([255, 250, 236], 0.9), 0.9), [x, y, 0.018, 0.018])
    ctx.restore()
  }
  fillEllipse(ctx, rim, [0, 0.04, 0.026, 0.2])
  ctx.lineWidth = 0.01
  for (const feeler of FEELERS) strokePath(ctx, feeler)
}

const BIRD = {
  wing: readPath('M0.05 0 C0.02 -0.2 -0.2 -0.46 -0.42 -0.5 C-0.4 -0.3 -0.2 -0.04 -0.08 0.06'),
  tail: readPath('M-0.16 0.16 L-0.44 0.5 L-0.34 0.52 L-0.27 0.56 L-0.04 0.2'),
  body: readPath(`
    M0.22 -0.2 C0.16 -0.34 0 -0.32 -0.02 -0.2 C-0.14 -0.06 -0.24 0.12 -0.16 0.22
    C-0.02 0.24 0.14 0.08 0.16 -0.1 Q0.2 -0.14 0.22 -0.2`),
  throat: readPath('M0.2 -0.19 Q0.12 -0.04 0.03 -0.08 Q0.08 -0.18 0.2 -0.19'),
  bill: readPath('M0.2 -0.21 Q0.36 -0.24 0.52 -0.23'),
}

/** A hummingbird that hovers, its bill to the right, about one unit from bill to tail; `beat` -1 to 1. */
export const drawHummingbird = (ctx: DrawingContext, colour: Rgb, tone: Tone, beat: number): void => {
  const wing = (alpha: number, turn: number): void => {
    drawAt(ctx, { x: -0.02, y: -0.08, turn }, () =>
      fillPath(ctx, css(tone(mix(colour, [90, 90, 100], 0.6), 0.7), alpha), BIRD.wing),
    )
  }
  wing(0.4, 0.4 + beat * 0.5)
  fillPath(ctx, css(tone(shift(colour, -0.14), 0.5)), BIRD.tail)
  const body = ctx.createLinearGradient(-0.1, -0.2, 0.12, 0.24)
  body.addColorStop(0, css(tone(shift(colour, 0.06), 0.9)))
  body.addColorStop(0.5, css(tone(colour, 0.7)))
  body.addColorStop(1, css(tone([236, 228, 210], 0.7)))
  fillPath(ctx, body, BIRD.body)
  fillPath(ctx, css(tone([200, 40, 70], 0.9)), BIRD.throat)
  setPen(ctx, css(tone([30, 28, 34], 0.5)), 0.018)
  strokePath(ctx, BIRD.bill)
  fillEllipse(ctx, '#141218', [0.12, -0.235, 0.022, 0.022])
  wing(0.62, -0.2 - beat * 0.6)
  wing(0.22, -0.2 - beat * 0.6 + 0.3)
}
