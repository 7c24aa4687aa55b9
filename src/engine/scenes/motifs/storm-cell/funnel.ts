import type { Rgb } from '../../../rgb.ts'
import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import { linearGradient } from '../../../canvas/gradients.ts'
import { mix } from '../../../canvas/colour.ts'
import type { Random } from '../../../random.ts'
import { fillPolygon } from '../../../canvas/paths.ts'
import { createDabs } from '../../../canvas/dabs.ts'
import type { Layer, SceneContext } from '../../layers.ts'
import { type CameraView, lookAt, xAt, yAt } from '../../../canvas/camera-view.ts'
import { puffSprites } from '../../sky/plume.ts'

/** Where a tornado is, in pixels; its colours; and on which side it is lit, -1 or 1. */
type Funnel = {
  x: number
  top: number
  foot: number
  wide: number
  light: Rgb
  dark: Rgb
  dust: Rgb
  side: number
}

const PIECES = 26
const DEPTH = 0.2

/** The middle of the body and half its breadth, at a share of the way down. */
type Body = (u: number, seconds: number) => { x: number; y: number; half: number }
/** The dust that whirls about the foot: what is behind the body, and what is before it. */
type Dust = (ctx: DrawingContext, view: CameraView, front: boolean) => void

/** The body sways and turns; `slim` is how broad it is at its foot. */
const bodyOf = (scene: SceneContext, { x, top, foot, wide }: Funnel, random: Random): { body: Body; slim: number } => {
  const { unit } = scene
  const [bow, lean, slim] = [(random() - 0.5) * 120 * unit, (random() - 0.5) * 170 * unit, 0.04 + random() * 0.13]
  const drift = (random() < 0.5 ? -1 : 1) * 9 * unit
  const body: Body = (u, seconds) => ({
    x:
      x +
      (lean + drift * seconds) * u +
      Math.sin(u * Math.PI) * bow +
      Math.sin(u * 4 + seconds * 1.1) * 13 * unit * u +
      Math.sin(u * 9 - seconds * 2.3) * 4 * unit * u,
    y: top + (foot - top) * u,
    half: wide * ((1 - u) ** 2.1 * 0.9 + slim * (1 - 0.25 * u) + 0.03 * Math.sin(u * 14 + seconds * 3)),
  })
  return { body, slim }
}

const dustOf = (scene: SceneContext, funnel: Funnel, body: Body, reach: number, random: Random): Dust => {
  const { unit } = scene
  const { foot, light, dark, dust, side } = funnel
  const images = puffSprites(scene.random('dust puffs'), mix(dust, light, 0.25), mix(dust, dark, 0.55), side)
  const puffs = Array.from({ length: 26 }, (_, index) => ({
    at: (index / 26) * Math.PI * 2 + random(),
    out: 0.3 + random() * 0.9,
    up: random() ** 1.6,
    pace: 0.8 + random() * 0.7,
    size: (34 + random() * 46) * unit,
    image: index % images.length,
  }))
  return (ctx, view, front) => {
    const at = body(1, view.seconds)
    lookAt(ctx, view, DEPTH)
    for (const puff of puffs) {
      const angle = puff.at + view.seconds * puff.pace
      if (Math.sin(angle) > 0 !== front) continue
      const px = at.x + Math.cos(angle) * reach * puff.out
      const py = foot - puff.up * 66 * unit + Math.sin(angle) * reach * 0.12 - puff.size * 0.2
      const half = Math.max(16, puff.size * (1 - puff.up * 0.3))
      ctx.globalAlpha = 0.72 * (1 - puff.up * 0.7)
      ctx.drawImage(images[puff.image]!, px - half, py - half, half * 2, half * 2)
    }
    ctx.globalAlpha = 1
  }
}

/** Fills the body, lit on one side. */
const drawBody = (ctx: DrawingContext, { wide, light, dark, side }: Funnel, body: Body, seconds: number): void => {
  const first = body(0, seconds)
  const fill = linearGradient(
    ctx,
    [first.x - side * wide * 0.5, 0, first.x + side * wide * 0.5, 0],
    [0, dark, 0.96],
    [0.45, mix(dark, light, 0.22), 0.96],
    [0.8, mix(dark, light, 0.55), 0.94],
    [1, mix(dark, light, 0.3), 0.9],
  )
  const pieces = Array.from({ length: PIECES + 1 }, (_, piece) => body(piece / PIECES, seconds))
  const left = pieces.flatMap(({ x, y, half }) => [x - half, y])
  const right = pieces.toReversed().flatMap(({ x, y, half }) => [x + half, y])
  fillPolygon(ctx, fill, [...left, ...right])
}

/** Bands of cloud and dust that run round the body, seen where they are turned to the eye, and rubble about its foot. */
const whirlOf = (scene: SceneContext, funnel: Funnel, body: Body, random: Random): ((view: CameraView) => void) => {
  const { unit } = scene
  const { foot, wide, light, dark, dust, side } = funnel
  const streaks = Array.from({ length: 190 }, () => ({
    u: random() ** 0.8,
    at: random() * Math.PI * 2,
    long: 0.5 + random() * 0.9,
    thick: 0.7 + random() * 2.4,
    pale: random(),
  }))
  const rubble = Array.from({ length: 70 }, () => ({
    at: random() * Math.PI * 2,
    out: 0.4 + random() ** 1.5 * 1.6,
    up: random(),
    pace: 2 + random() * 2.4,
    size: (0.8 + random() * 2.2) * unit,
  }))
  const dabs = createDabs(streaks.length * 2 + rubble.length)
  return (view) => {
    for (const streak of streaks) {
      const u = (streak.u + view.seconds * 0.05) % 1
      const at = body(u, view.seconds)
      const angle = streak.at + view.seconds * (2.2 + u * 2.6)
      const turned = Math.cos(angle)
      if (turned < -0.15) continue
      const [x, y] = [xAt(view, at.x + Math.sin(angle) * at.half, DEPTH), yAt(view, at.y, DEPTH)]
      const shine = 0.5 + Math.sin(angle) * side * 0.5
      const colour = streak.pale < 0.5 ? mix(dark, light, 0.2 + shine * 0.75) : mix(dark, dust, u * 0.5)
      dabs.paint(colour, 0.3 * Math.min(1, turned + 0.4))
      const long = at.half * 0.42 * streak.long * (0.35 + turned * 0.65)
      dabs.ellipse(x, y, long, (streak.thick + at.half * 0.03) * unit, -0.14 * Math.cos(angle * 0.5) * side)
    }
    const at = body(1, view.seconds)
    for (const piece of rubble) {
      const angle = piece.at + view.seconds * piece.pace
      const x = xAt(view, at.x + Math.cos(angle) * wide * 0.5 * piece.out, DEPTH)
      const y = yAt(view, foot - piece.up * 130 * unit - Math.sin(angle) * 8 * unit, DEPTH)
      dabs.paint(mix(dust, dark, 0.7), 0.85)
      dabs.ellipse(x, y, piece.size * 1.6, piece.size * 0.7, angle * 2)
    }
    dabs.lay(view.frameCanvas)
  }
}

/** A tornado from the cloud to the ground: its body sways and turns, and what it has picked up whirls about its foot. */
export const funnelLayer = (scene: SceneContext, funnel: Funnel): Layer => {
  const random = scene.random('funnel')
  const { body, slim } = bodyOf(scene, funnel, random)
  const drawWhirl = whirlOf(scene, funnel, body, random)
  const drawDust = dustOf(scene, funnel, body, funnel.wide * (slim + 0.5), random)
  return (ctx, view) => {
    drawDust(ctx, view, false)
    lookAt(ctx, view, DEPTH)
    drawBody(ctx, funnel, body, view.seconds)
    ctx.setTransform(1, 0, 0, 1, 0, 0)
    drawWhirl(view)
    drawDust(ctx, view, true)
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }
}
