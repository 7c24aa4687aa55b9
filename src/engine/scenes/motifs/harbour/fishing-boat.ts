import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import type { Rgb } from '../../../rgb.ts'
import {
  fillEllipse,
  fillPath,
  fillPolygon,
  fillRectangle,
  readPath,
  strokeLine,
  strokePath,
} from '../../../canvas/paths.ts'
import type { Tone } from '../../tone.ts'
import { css, shift } from '../../../canvas/colour.ts'
import { setPen } from '../../../canvas/curves.ts'
import { linearGradient } from '../../../canvas/gradients.ts'

const HULL = readPath('M-0.5 -0.15 Q0 -0.06 0.54 -0.24 Q0.47 -0.04 0.36 0.03 L-0.42 0.03 Q-0.5 -0.02 -0.5 -0.15')
const RAIL = readPath('M-0.5 -0.145 Q0 -0.055 0.535 -0.235')
/** Masts, stays and boom: from where to where, and how thick. */
const RIG = [
  { line: [0.06, -0.1, 0.06, -0.78], wide: 0.018 },
  { line: [-0.34, -0.1, -0.34, -0.5], wide: 0.014 },
  { line: [0.06, -0.74, 0.47, -0.2], wide: 0.005 },
  { line: [0.06, -0.74, -0.34, -0.48], wide: 0.005 },
  { line: [-0.34, -0.48, -0.5, -0.13], wide: 0.005 },
  { line: [0.06, -0.36, -0.26, -0.56], wide: 0.01 },
]

/** A fishing boat at its mooring, bow to the right, its water line at y = 0, one unit long. */
export const drawFishingBoat = (ctx: DrawingContext, tone: Tone, paint: Rgb, far: number, lit: boolean): void => {
  ctx.strokeStyle = css(tone([84, 70, 60], 0.4, far))
  for (const { line, wide } of RIG) strokeLine(ctx, line, wide)
  fillPolygon(ctx, css(tone([240, 234, 220], 0.7, far)), [-0.28, -0.12, -0.27, -0.36, -0.02, -0.36, 0.01, -0.12])
  fillRectangle(ctx, css(tone(shift(paint, -0.05), 0.6, far)), [-0.3, -0.39, 0.31, 0.035])
  const glass = lit ? '#ffd890' : css(tone([60, 76, 94], 0.5, far))
  for (const x of [-0.23, -0.12]) fillRectangle(ctx, glass, [x, -0.31, 0.08, 0.075])
  const hull = linearGradient(
    ctx,
    [0, -0.2, 0, 0.03],
    [0, tone(paint, 0.75, far)],
    [1, tone(shift(paint, -0.14), 0.3, far)],
  )
  fillPath(ctx, hull, HULL)
  setPen(ctx, css(tone([246, 240, 226], 0.8, far)), 0.016)
  strokePath(ctx, RAIL)
  const fender = css(tone([226, 120, 60], 0.6, far))
  for (const x of [-0.18, 0.02, 0.2]) fillEllipse(ctx, fender, [x, -0.045 - Math.max(0, x) * 0.1, 0.026, 0.036])
}
