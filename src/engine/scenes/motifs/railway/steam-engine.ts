import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import type { Rgb } from '../../../rgb.ts'
import { fillEllipse, fillPolygon, fillRectangle, strokeLine } from '../../../canvas/paths.ts'
import { css, shift } from '../../../canvas/colour.ts'
import type { CarLook } from './livery.ts'
import { setPen } from '../../../canvas/curves.ts'
import { linearGradient } from '../../../canvas/gradients.ts'

const IRON: Rgb = [38, 38, 44]
/** Radius of a driving wheel, and of a small one before them. */
const [DRIVER, LEADER] = [0.86, 0.5]

const wheel = (ctx: DrawingContext, x: number, radius: number, turn: number, [rim, hub]: readonly [string, string]) => {
  fillEllipse(ctx, rim, [x, radius, radius, radius])
  setPen(ctx, hub, 0.09)
  for (let spoke = 0; spoke < 4; spoke++) {
    const angle = turn + (spoke * Math.PI) / 4
    const [across, down] = [Math.cos(angle) * radius * 0.8, Math.sin(angle) * radius * 0.8]
    strokeLine(ctx, [x - across, radius - down, x + across, radius + down])
  }
}

const runningGear = (ctx: DrawingContext, { tone, far }: CarLook, run: number): void => {
  fillRectangle(ctx, css(tone(IRON, 0.25, far)), [-5.6, 0.9, 11.2, 0.55])
  const paints = [css(tone([30, 30, 34], 0.3, far)), css(tone([150, 52, 44], 0.6, far))] as const
  for (const x of [-2.4, -0.5, 1.4]) wheel(ctx, x, DRIVER, run / DRIVER, paints)
  for (const x of [3.4, 4.6]) wheel(ctx, x, LEADER, run / LEADER, paints)
  const crank = { x: Math.cos(run / DRIVER) * 0.36, y: DRIVER + Math.sin(run / DRIVER) * 0.36 }
  ctx.strokeStyle = css(tone([190, 190, 196], 0.8, far))
  strokeLine(ctx, [-2.4 - crank.x, crank.y, 1.4 - crank.x, crank.y, 3.9, 0.9], 0.14)
}

/** A steam engine that goes to the right, one unit a metre; `run` are the metres that its wheels have rolled. */
export const drawSteamEngine = (ctx: DrawingContext, look: CarLook, run: number): void => {
  const { livery, tone, far } = look
  ctx.lineCap = 'round'
  ctx.lineJoin = 'round'
  const round = (colour: Rgb, low: number, high: number) =>
    linearGradient(
      ctx,
      [0, low, 0, high],
      [0, tone(shift(colour, -0.14), 0.15, far)],
      [0.55, tone(colour, 0.6, far)],
      [0.82, tone(shift(colour, 0.14), 1, far)],
      [1, tone(shift(colour, -0.02), 0.7, far)],
    )
  runningGear(ctx, look, run)
  // Smoke box, boiler and its bands, chimney, dome.
  fillRectangle(ctx, round(IRON, 1.5, 3.5), [3.3, 1.45, 2, 2.1])
  fillRectangle(ctx, round(livery.body, 1.5, 3.5), [-2.6, 1.5, 6, 2])
  for (const x of [-0.9, 1.2, 3.2]) fillRectangle(ctx, css(tone(livery.trim, 0.8, far)), [x, 1.5, 0.12, 2])
  const chimney = [3.8, 3.5, 3.75, 4.3, 3.55, 4.45, 4.75, 4.45, 4.55, 4.3, 4.5, 3.5]
  fillPolygon(ctx, css(tone(IRON, 0.4, far)), chimney)
  fillEllipse(ctx, round([206, 164, 74], 3.3, 4.1), [1, 3.55, 0.55, 0.5])
  // The cab with its window and roof, and the cow catcher.
  fillRectangle(ctx, css(tone(livery.body, 0.6, far)), [-5.5, 1.4, 3, 2.9])
  const glass = livery.lit ? 'rgb(255,168,84)' : css(tone([40, 48, 58], 0.4, far))
  fillRectangle(ctx, glass, [-4.7, 2.9, 1.3, 0.95])
  fillRectangle(ctx, css(tone(livery.roof, 0.6, far)), [-6, 4.2, 3.9, 0.28])
  fillPolygon(ctx, css(tone([150, 52, 44], 0.5, far)), [5.2, 1.2, 5.9, 0.25, 5, 0.25])
}
