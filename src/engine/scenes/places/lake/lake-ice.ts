import type { Rgb } from '../../../rgb.ts'
import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import { css, mix } from '../../../canvas/colour.ts'
import { linearGradient } from '../../../canvas/gradients.ts'
import { fillEllipse, fillRectangle, strokeLine } from '../../../canvas/paths.ts'
import { toneOf } from '../../tone.ts'
import { coverBox, type Layer, type SceneContext, still } from '../../layers.ts'
import { paintSprite } from '../../../canvas/sprite.ts'
import type { Random } from '../../../random.ts'

/** Ice that is painted: how large things are at a distance (0 at the eye's feet to 1 at the far shore), and where. */
type Ice = {
  unit: number
  random: Random
  near: (away: number) => number
  /** `across` in frames at the eye's feet. */
  place: (across: number, away: number) => [number, number]
  pale: Rgb
  deep: Rgb
}

const iceOf = (scene: SceneContext, line: number): Ice => {
  const { width, height, unit } = scene
  const tone = toneOf(scene)
  const near = (away: number): number => 1 / (1 + away * 9)
  const place: Ice['place'] = (across, away) => [
    width / 2 + across * width * (0.16 + near(away) * 1.1),
    line + (height - line) * ((near(away) - 0.1) / 0.9),
  ]
  const random = scene.random('ice sheet')
  return { unit, random, near, place, pale: tone([244, 250, 255], 0.85), deep: tone([40, 92, 124], 0.4) }
}

type Crack = { across: number; away: number; angle: number; long: number; wide: number; rank: number }

/** A crack that wanders and branches, with the shade of its depth beside it. */
const paintCrack = (ctx: DrawingContext, ice: Ice, { across, away, angle, long, wide, rank }: Crack): void => {
  const { unit, random, place } = ice
  let [u, v, turn] = [across, away, angle]
  const steps = 12
  for (let step = 0; step < steps; step++) {
    const [x1, y1] = place(u, v)
    u += (Math.cos(turn) * long) / steps
    v += (Math.sin(turn) * long) / steps
    turn += (random() - 0.5) * 0.7
    if (v < -0.02 || v > 1) return
    const [x2, y2] = place(u, v)
    const near = ice.near(Math.max(0, v))
    const [aside, below] = [1.5 * unit * near, 2 * unit * near]
    ctx.strokeStyle = css(ice.deep, 0.3 * near)
    strokeLine(ctx, [x1 + aside, y1 + below, x2 + aside, y2 + below], wide * near * 3 * unit)
    ctx.strokeStyle = css(ice.pale, 0.25 + near * 0.6)
    strokeLine(ctx, [x1, y1, x2, y2], Math.max(0.5, wide * near * 1.7 * unit))
    if (rank >= 2 || random() >= 0.3) continue
    const aslant = turn + (random() < 0.5 ? 1 : -1) * (0.6 + random() * 0.6)
    paintCrack(ctx, ice, { across: u, away: v, angle: aslant, long: long * 0.45, wide: wide * 0.55, rank: rank + 1 })
  }
}

const paintBubbles = (ctx: DrawingContext, { unit, random, near, place, pale }: Ice): void => {
  for (let bubble = 0; bubble < 420; bubble++) {
    const away = random() ** 2 * 0.7
    const [x, y] = place((random() - 0.5) * 1.1, away)
    const size = near(away)
    fillEllipse(ctx, css(pale, 0.1 + random() * 0.22), [
      x,
      y,
      (1 + random() * 7) * size * unit,
      (0.5 + random() * 2.4) * size * unit,
    ])
  }
}

/** Snow that the wind has blown over the ice. */
const paintDrifts = (ctx: DrawingContext, { unit, random, near, place }: Ice, white: Rgb, haze: Rgb): void => {
  for (let drift = 0; drift < 46; drift++) {
    const away = random() ** 1.2
    const [x, y] = place((random() - 0.5) * 1.2, away)
    const snow = mix(white, haze, (1 - near(away)) * 0.3)
    const wide = (90 + random() * 300) * (0.12 + near(away) * 0.7) * unit
    fillEllipse(ctx, css(snow, 0.22), [x, y, wide, wide * 0.09])
    fillEllipse(ctx, css(snow, 0.3), [x, y, wide * 0.72, wide * 0.09 * 0.72])
    fillEllipse(ctx, css(snow, 0.4), [x, y, wide * 0.4, wide * 0.09 * 0.4])
  }
}

/** A sheet of ice over a lake, to lie on its mirrored picture: milky, veined with cracks that run to the eye, snow blown over it. */
export const iceSheet = (scene: SceneContext, line: number): Layer => {
  const { light, height } = scene
  const tone = toneOf(scene)
  const ice = iceOf(scene, line)
  const { random } = ice
  const sprite = paintSprite(coverBox(scene, 0.5, line), 0.5, (ctx, box) => {
    const milk = linearGradient(
      ctx,
      [0, line, 0, height],
      [0, tone([232, 242, 250], 0.8, 0.2), 0.86],
      [0.25, tone([176, 208, 226], 0.7), 0.66],
      [1, tone([96, 148, 178], 0.5), 0.6],
    )
    fillRectangle(ctx, milk, [box.x, line, box.width, box.height])
    for (let crack = 0; crack < 17; crack++)
      paintCrack(ctx, ice, {
        across: (random() - 0.5) * 1.1,
        away: random() ** 2 * 0.6,
        angle: random() * Math.PI * 2,
        long: 0.3 + random() * 0.5,
        wide: 1 + random() * 1.4,
        rank: 0,
      })
    paintBubbles(ctx, ice)
    paintDrifts(ctx, ice, tone([248, 251, 255], 0.9), light.haze)
  })
  return still(sprite)
}
