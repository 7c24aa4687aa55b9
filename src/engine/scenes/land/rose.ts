import type { Rgb } from '../../rgb.ts'
import type { Random } from '../../random.ts'
import type { Tone } from '../tone.ts'
import type { DrawingContext } from '../../canvas/drawing-context.ts'
import { css, shift } from '../../canvas/colour.ts'
import { drawAt, fillCurve, setPen, strokeCurve } from '../../canvas/curves.ts'

/** The angle from one petal to the next as they grow, radians (Vogel 1979). */
const GOLDEN = 2.39996
const PETALS = 27
/** How much of its breadth a rose shows up and down, seen a little from the side. */
const TILT = 0.88

type Petal = { angle: number; reach: number; span: number; point: number }

/** The outer edge of a petal: round where it is young, drawn out to a point in its middle where it bends back. */
const edge = (petal: Petal, at: number, inset: number): readonly [number, number] => {
  const { angle, reach, span, point } = petal
  const off = Math.abs(at)
  const bulge =
    1 - off ** 3 * 0.22 + point * Math.exp(-((off / 0.2) ** 2)) - point * 0.4 * Math.exp(-(((off - 0.55) / 0.2) ** 2))
  const radius = reach * bulge * inset
  const turn = angle + at * span
  // The heart stands higher than the petals around it.
  return [Math.cos(turn) * radius, Math.sin(turn) * radius * TILT - (1 - reach) * 0.14]
}

const STEPS = 18
const along = (step: number): number => (step / STEPS) * 2 - 1

const paintPetal = (ctx: DrawingContext, petal: Petal, colour: Rgb, tone: Tone): void => {
  const { angle, reach } = petal
  const [tipX, tipY] = edge(petal, 0, 1)
  const rise = -(1 - reach) * 0.14
  // Light from above: what opens upwards shines, what hangs below is in its own shade.
  const up = 0.5 - Math.sin(angle) * 0.32
  const wash = ctx.createRadialGradient(tipX * 0.12, rise, reach * 0.22, tipX * 0.12, rise, reach * 1.06)
  wash.addColorStop(0, css(tone(shift(colour, -0.26), 0.22)))
  wash.addColorStop(0.5, css(tone(shift(colour, -0.1), up * 0.75)))
  wash.addColorStop(0.86, css(tone(shift(colour, 0.01), up)))
  wash.addColorStop(1, css(tone(shift(colour, 0.07, 0.95), Math.min(1, up + 0.2))))
  ctx.beginPath()
  for (let step = 0; step <= STEPS; step++) ctx.lineTo(...edge(petal, along(step), 1))
  ctx.quadraticCurveTo(tipX * 0.04, rise + (tipY - rise) * 0.04, ...edge(petal, -1, 1))
  ctx.fillStyle = wash
  ctx.fill()
  // The lip that rolls outwards is seen from its paler back; a dark seam below it sets it off.
  const lip = (inner: number, fill: string): void => {
    ctx.beginPath()
    for (let step = 1; step < STEPS; step++) ctx.lineTo(...edge(petal, along(step), 1))
    for (let step = STEPS - 1; step >= 1; step--) {
      const off = along(step)
      ctx.lineTo(...edge(petal, off, 1 - inner * (1 - off * off)))
    }
    ctx.closePath()
    ctx.fillStyle = fill
    ctx.fill()
  }
  lip(0.17 + petal.point * 0.5, css(tone(shift(colour, -0.2), 0.3), 0.5))
  lip(0.05 + reach * 0.04 + petal.point * 0.5, css(tone(shift(colour, 0.055, 0.98), Math.min(1, up + 0.12))))
}

/** A rose half open, one unit in radius: sepals, outer petals that bend back to a point, and a bud wound in a spiral. */
export const paintRose = (ctx: DrawingContext, random: Random, colour: Rgb, tone: Tone): void => {
  const turn = random() * 7
  for (let sepal = 0; sepal < 5; sepal++) {
    const angle = turn + (sepal / 5) * Math.PI * 2
    fillCurve(
      ctx,
      css(tone([74, 112, 58], 0.4 + 0.3 * (0.5 - Math.sin(angle) * 0.5))),
      [Math.cos(angle - 0.24) * 0.6, Math.sin(angle - 0.24) * 0.6],
      [Math.cos(angle - 0.1) * 1.1, Math.sin(angle - 0.1), Math.cos(angle) * 1.12, Math.sin(angle) * 1.06],
      [Math.cos(angle + 0.1), Math.sin(angle + 0.1), Math.cos(angle + 0.24) * 0.6, Math.sin(angle + 0.24) * 0.6],
    )
  }
  for (let index = 0; index < PETALS; index++) {
    const young = index / (PETALS - 1)
    const reach = 1.04 - young ** 0.82 * 0.86
    const outer = Math.max(0, 1 - young * 2.4)
    paintPetal(
      ctx,
      {
        angle: turn + index * GOLDEN + (random() - 0.5) * 0.16,
        reach: reach * (1 + (random() - 0.5) * 0.06),
        span: 0.8 + young * 0.5 + random() * 0.12,
        point: 0.085 * outer,
      },
      shift(colour, -young * 0.05 + (random() - 0.5) * 0.03, 1.04),
      tone,
    )
  }
  ctx.lineCap = 'round'
  for (const [wide, lightness, from] of [
    [0.05, -0.26, 0],
    [0.018, 0.08, 0.16],
  ] as const) {
    setPen(ctx, css(tone(shift(colour, lightness), lightness > 0 ? 0.9 : 0.3)), wide)
    ctx.beginPath()
    for (let step = 0; step < 40; step++) {
      const at = step / 39
      const angle = turn + from + at * 10
      ctx.lineTo(Math.cos(angle) * 0.16 * at, Math.sin(angle) * 0.15 * at - 0.12)
    }
    ctx.stroke()
  }
}

/** A rose's leaf from the origin along the x axis, one unit long: leaflets in pairs with one at the tip, their edges toothed. */
export const paintRoseLeaf = (ctx: DrawingContext, fill: string, rib: string): void => {
  setPen(ctx, rib, 0.03)
  strokeCurve(ctx, [0, 0], [0.35, -0.06, 0.66, 0])
  for (const [x, turn, long] of [
    [0.3, -0.95, 0.34],
    [0.3, 0.95, 0.34],
    [0.56, -0.8, 0.36],
    [0.56, 0.8, 0.36],
    [0.64, 0, 0.44],
  ] as const) {
    drawAt(ctx, { x, y: 0, turn }, () => {
      ctx.beginPath()
      ctx.moveTo(0, 0)
      for (const hand of [-1, 1])
        for (let tooth = 1; tooth <= 9; tooth++) {
          const at = hand < 0 ? tooth / 9 : 1 - tooth / 9
          const wide = Math.sin(Math.PI * Math.min(1, at * 0.92 + 0.08) ** 0.8) * long * 0.36
          ctx.lineTo((at - 0.03) * long, hand * wide * 1.06)
          ctx.lineTo(at * long, hand * wide * 0.9)
        }
      ctx.closePath()
      ctx.fillStyle = fill
      ctx.fill()
      ctx.lineWidth = 0.008
      ctx.beginPath()
      ctx.moveTo(0, 0)
      ctx.lineTo(long * 0.92, 0)
      for (let vein = 1; vein < 5; vein++)
        for (const hand of [-1, 1]) {
          ctx.moveTo((vein / 5.4) * long, 0)
          ctx.lineTo((vein / 5.4 + 0.16) * long, hand * long * 0.2)
        }
      ctx.stroke()
    })
  }
}
