import { pick, type Random } from '../../../random.ts'
import { rgb, type Rgb } from '../../../rgb.ts'
import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { fillEllipse, fillPath, fillPolygon, readPath, strokeLine, strokePath } from '../../../canvas/paths.ts'
import { paintSprite, type Sprite } from '../../../canvas/sprite.ts'
import { type Layer, layerAt, type SceneContext } from '../../layers.ts'
import { setPen } from '../../../canvas/curves.ts'

const GOLD: Rgb = [206, 152, 66]
const GREY: Rgb = [196, 198, 204]

const NOZZLE = readPath('M-0.1 -0.22 L0.1 -0.22 L0.15 -0.1 L-0.15 -0.1 Z')
const CABIN = [
  { face: readPath('M-0.3 -0.57 L-0.34 -0.78 L-0.2 -0.98 L-0.05 -1 L-0.05 -0.57 Z'), shine: 0.16 },
  { face: readPath('M-0.05 -0.57 L-0.05 -1 L0.12 -0.98 L0.18 -0.57 Z'), shine: 0.62 },
  { face: readPath('M0.18 -0.57 L0.12 -0.98 L0.24 -0.92 L0.33 -0.76 L0.3 -0.57 Z'), shine: 0.98 },
]
const PORT = readPath('M0 -0.9 L0.1 -0.88 L0.07 -0.76 Z')
const AERIALS = readPath('M-0.1 -1 L-0.16 -1.14 M0.08 -0.99 L0.1 -1.1')

const FLAGS = [0xce3e34, 0x2c5caa, 0xe8a834].map(rgb)

/** A colour of the craft in so much of the light. */
const paint = (colour: Rgb, shine: number): string =>
  css(mix(mix(colour, [12, 12, 20], 0.78), shift(colour, 0.06), shine))

const drawLeg = (ctx: DrawingContext, foot: number, drop: number, shine: number): void => {
  ctx.strokeStyle = paint(GOLD, shine)
  strokeLine(ctx, [foot * 0.42, -0.5, foot, drop - 0.03], 0.028)
  strokeLine(ctx, [foot * 0.55, -0.26, foot, drop - 0.03], 0.028)
  fillEllipse(ctx, paint(GREY, shine), [foot, drop, 0.085, 0.022])
}

/** The lower stage, in facets of gold foil. */
const drawFoil = (ctx: DrawingContext, random: Random): void => {
  const strips = 9
  for (let strip = 0; strip < strips; strip++) {
    const [from, to] = [-0.36 + (0.72 * strip) / strips, -0.36 + (0.72 * (strip + 1)) / strips]
    const shine = Math.min(1, Math.max(0.06, (strip / (strips - 1)) * 0.9 + (random() - 0.5) * 0.4))
    const [left, right] = [from * 0.96, to * 0.96 + 0.004]
    fillPolygon(ctx, paint(GOLD, shine), [from, -0.55, to + 0.004, -0.55, right, -0.22, left, -0.22])
  }
}

const drawCabin = (ctx: DrawingContext): void => {
  for (const { face, shine } of CABIN) fillPath(ctx, paint(GREY, shine), face)
  fillPath(ctx, paint([40, 44, 58], 0.5), PORT)
  setPen(ctx, paint(GREY, 0.85), 0.024)
  strokePath(ctx, AERIALS)
  fillEllipse(ctx, paint(GREY, 0.9), [-0.17, -1.16, 0.075, 0.03, -0.5])
}

/** A landing craft on four legs, its lower stage in gold foil, lit hard from one side. */
export const lander = (scene: SceneContext, at: { x: number; y: number; size: number; soil: Rgb }): Sprite => {
  const { x, y, size, soil } = at
  const side = scene.light.sun.x > 0.5 ? 1 : -1
  const random = scene.random('lander')
  const box = { x: x - size * 1.8, y: y - size * 1.3, width: size * 3.6, height: size * 1.7 }
  return paintSprite(box, 0.62, (ctx) => {
    ctx.translate(x, y)
    const shadow = css(mix(shift(soil, -0.4), [6, 6, 10], 0.7), 0.85)
    fillEllipse(ctx, shadow, [-side * size * 0.85, size * 0.06, size * 0.95, size * 0.11])
    ctx.scale(size * side, size)
    ctx.lineCap = 'round'
    drawLeg(ctx, -0.36, -0.06, 0.12)
    drawLeg(ctx, 0.4, -0.07, 0.5)
    drawFoil(ctx, random)
    fillPath(ctx, paint(GREY, 0.2), NOZZLE)
    drawLeg(ctx, -0.62, 0, 0.3)
    drawLeg(ctx, 0.64, 0, 0.95)
    drawCabin(ctx)
    ctx.strokeStyle = paint(GREY, 0.7)
    for (const rung of [0, 1, 2, 3, 4]) {
      const rungY = -0.4 + rung * 0.08
      strokeLine(ctx, [0.5 + rung * 0.026, rungY, 0.56 + rung * 0.026, rungY], 0.012)
    }
  })
}

/** A flag on its pole, stiff as it is where no wind blows. Its colours are of no nation. */
export const flagLayer = (scene: SceneContext, { x, y, tall }: { x: number; y: number; tall: number }): Layer => {
  const random = scene.random('flag')
  const tint = scene.brief.colours[0] ?? pick(random, FLAGS)
  const wide = tall * 0.62
  return layerAt(0.66, (ctx, view) => {
    ctx.lineCap = 'round'
    ctx.strokeStyle = css([214, 216, 222])
    strokeLine(ctx, [x, y, x, y - tall, x + wide, y - tall], tall * 0.022)
    const cloth = ctx.createLinearGradient(x, 0, x + wide, 0)
    for (let fold = 0; fold <= 6; fold++) cloth.addColorStop(fold / 6, css(shift(tint, fold % 2 ? -0.1 : 0.04)))
    ctx.fillStyle = cloth
    const hang = Math.sin(view.seconds * 0.7) * tall * 0.004
    ctx.beginPath()
    ctx.moveTo(x, y - tall)
    ctx.lineTo(x + wide, y - tall)
    ctx.quadraticCurveTo(x + wide * 1.03, y - tall * 0.8, x + wide * 0.98 + hang, y - tall * 0.6)
    ctx.quadraticCurveTo(x + wide * 0.5, y - tall * 0.55, x, y - tall * 0.6)
    ctx.fill()
  })
}
