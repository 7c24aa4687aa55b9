import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import type { Rgb } from '../../../rgb.ts'
import type { Random } from '../../../random.ts'
import { fillShape } from '../../../canvas/drawing.ts'
import { fillEllipse, strokeLine } from '../../../canvas/paths.ts'
import type { Tone } from '../../tone.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { setPen } from '../../../canvas/curves.ts'
import { linearGradient } from '../../../canvas/gradients.ts'

type Berg = { x: number; y: number; wide: number; tall: number; far: number; side: number }

type Spot = readonly [x: number, y: number]

/** Heights of a berg's edge, 0 to 1 across it: a table, or a high side that falls in broken steps to a low one. */
const crestOf = (random: Random): ((at: number) => number) => {
  const table = random() < 0.3
  const turned = random() < 0.5
  const summit = 0.24 + random() * 0.22
  const notch = 0.55 + random() * 0.2
  const second = 0.45 + random() * 0.25
  const saw = Array.from({ length: 12 }, () => random())
  const rough = (at: number): number => {
    const cell = at * 11
    const index = Math.floor(cell)
    return saw[index % 12]! + (saw[(index + 1) % 12]! - saw[index % 12]!) * (cell - index)
  }
  return (across) => {
    const at = turned ? 1 - across : across
    const rim = Math.min(1, at * 9, (1 - at) * 6)
    if (table) return (0.66 + rough(at) * 0.12 + (0.5 - at) * 0.2) * Math.min(1, at * 16, (1 - at) * 16)
    const peak = at < summit ? 0.42 + 0.58 * (at / summit) ** 1.5 : 1 - (at - summit) * 1.5
    const shoulder = second - Math.abs(at - notch) * 1.6
    return Math.max(peak, shoulder, 0.12) * (0.86 + rough(at) * 0.2) * rim
  }
}

const ROWS = 4

/** The corners of a berg's faces, row by row from its crest to its foot; those within it are moved at random. */
const netOf = (random: Random, { x, y, wide, tall }: Berg, crest: (at: number) => number, count: number): Spot[][] =>
  Array.from({ length: ROWS + 1 }, (_row, row) =>
    Array.from({ length: count + 1 }, (_, column): Spot => {
      const level = row / ROWS
      const at = column / count
      const between = column > 0 && column < count
      const inner = between && row > 0 && row < ROWS
      const jog = inner ? (random() - 0.5) * 0.75 : row === 0 && between ? (random() - 0.5) * 0.4 : 0
      const lift = inner ? (random() - 0.5) * 0.5 : 0
      const top = crest(Math.min(1, Math.max(0, at + jog / count)))
      return [x + (at - 0.5 + jog / count) * wide * (1 - (1 - level) * 0.1), y - tall * top * (1 - level - lift / ROWS)]
    }),
  )

const SNOW: Rgb = [250, 252, 255]
const BLUE: Rgb = [142, 190, 222]

/** A face of three corners, the whiter the more it looks to the sun. */
const paintFace = (
  ctx: DrawingContext,
  random: Random,
  [a, b, c]: readonly [Spot, Spot, Spot],
  { side, far, row }: { side: number; far: number; row: number },
  tone: Tone,
): void => {
  const slope = ((b[1] - a[1]) / (Math.abs(b[0] - a[0]) + 1)) * side
  const facing = Math.min(1, Math.max(0, 0.56 + slope * 0.42 + (random() - 0.5) * 0.3 - row * 0.03))
  const face = css(tone(mix(BLUE, SNOW, Math.min(1, facing * 1.25)), 0.34 + facing * 0.66, far))
  fillShape(ctx, [a, b, c], face)
  setPen(ctx, face, 0.8)
  ctx.stroke()
}

const paintCracks = (ctx: DrawingContext, random: Random, { x, y, wide, tall }: Berg): void => {
  for (let crack = 0; crack < 4; crack++) {
    let px = x + (random() - 0.5) * wide * 0.8
    let py = y - tall * (0.3 + random() * 0.5)
    const points = [px, py]
    for (let step = 0; step < 5; step++) {
      px += (random() - 0.5) * wide * 0.05
      py += tall * 0.09
      points.push(px, py)
    }
    strokeLine(ctx, points, Math.max(0.7, wide * 0.004))
  }
}

/** An iceberg of broken faces, sunlit on one side and blue on the other, with the green-blue foot that the sea has licked. */
export const paintBerg = (ctx: DrawingContext, random: Random, berg: Berg, tone: Tone): void => {
  const { x, y, wide, tall, far, side } = berg
  const crest = crestOf(random)
  const count = 12 + Math.floor(random() * 5)
  const net = netOf(random, berg, crest, count)
  const edge: Spot[] = [...net[0]!, [x + wide / 2, y + 1], [x - wide / 2, y + 1]]
  fillShape(ctx, edge, css(tone([206, 226, 240], 0.4, far)))
  for (let row = 0; row < ROWS; row++)
    for (let column = 0; column < count; column++) {
      const [a, b] = [net[row]![column]!, net[row]![column + 1]!]
      const [c, d] = [net[row + 1]![column + 1]!, net[row + 1]![column]!]
      const cut = random() < 0.5
      paintFace(ctx, random, [a, b, cut ? c : d], { side, far, row }, tone)
      paintFace(ctx, random, cut ? [a, c, d] : [b, c, d], { side, far, row }, tone)
    }
  ctx.save()
  ctx.beginPath()
  for (const [px, py] of edge) ctx.lineTo(px, py)
  ctx.clip()
  const foot = tall * 0.3
  ctx.fillStyle = linearGradient(
    ctx,
    [0, y - foot, 0, y],
    [0, tone([64, 190, 206], 0.6, far), 0],
    [0.7, tone([52, 178, 200], 0.6, far), 0.5],
    [1, tone([24, 130, 160], 0.5, far), 0.85],
  )
  ctx.fillRect(x - wide, y - foot, wide * 2, foot + 2)
  ctx.strokeStyle = css(tone([60, 130, 170], 0.4, far), 0.4)
  paintCracks(ctx, random, berg)
  ctx.restore()
}

/** A flat floe: its snowy top and the blue edge that stands out of the water. */
export const paintFloe = (
  ctx: DrawingContext,
  random: Random,
  floe: { x: number; y: number; wide: number; flat: number },
  tone: Tone,
): void => {
  const { x, y, wide, flat } = floe
  const corners = 9 + Math.floor(random() * 4)
  const rim = Array.from({ length: corners }, (_, index): Spot => {
    const angle = ((index + random() * 0.6) / corners) * Math.PI * 2
    const out = 0.76 + random() * 0.24
    return [x + Math.cos(angle) * wide * out, y + Math.sin(angle) * wide * flat * out]
  })
  const thick = wide * flat * 0.3 + 2
  const low = rim.map(([a, b]): Spot => [a, b + thick])
  fillShape(
    ctx,
    low.map(([a, b]): Spot => [a + (a - x) * 0.06, b + thick * 0.6]),
    css(tone([40, 150, 172], 0.5), 0.4),
  )
  for (let index = 0; index < corners; index++) {
    const next = (index + 1) % corners
    fillShape(
      ctx,
      [rim[index]!, rim[next]!, low[next]!, low[index]!],
      css(tone(mix([96, 178, 208], [150, 206, 226], random()), 0.4)),
    )
  }
  ctx.save()
  fillShape(
    ctx,
    rim,
    linearGradient(
      ctx,
      [0, y - wide * flat, 0, y + wide * flat],
      [0, tone([232, 240, 248], 0.6)],
      [1, tone([252, 253, 255], 0.86)],
    ),
  )
  ctx.clip()
  for (let drift = 0; drift < 7; drift++) {
    fillEllipse(ctx, css(tone(shift([206, 224, 240], (random() - 0.5) * 0.04), 0.4), 0.5), [
      x + (random() - 0.5) * wide * 1.7,
      y + (random() - 0.5) * wide * flat * 1.7,
      wide * (0.1 + random() * 0.3),
      wide * flat * (0.05 + random() * 0.12),
    ])
  }
  ctx.restore()
}
