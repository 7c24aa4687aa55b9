import type { Rgb } from '../../../rgb.ts'
import type { Random } from '../../../random.ts'
import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import { linearGradient } from '../../../canvas/gradients.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { fillPolygon } from '../../../canvas/paths.ts'
import { drawSprite, glowSprite, paintSprite } from '../../../canvas/sprite.ts'
import type { Layer, SceneContext } from '../../layers.ts'
import { drawAt } from '../../../canvas/curves.ts'

/** Crystals that grow from one place. `way` is up (-1) or down from a roof (1). */
export type Cluster = { x: number; y: number; size: number; way: number; colour: Rgb; depth: number }

type Prism = { lean: number; long: number; wide: number; tone: number }

const createPrisms = (random: Random, size: number): Prism[] =>
  Array.from({ length: 9 + Math.floor(random() * 6) }, () => {
    const lean = (random() - 0.5) * 1.9
    return {
      lean,
      long: size * (0.35 + random() * 0.75) * (1 - Math.abs(lean) * 0.3),
      wide: size * (0.06 + random() * 0.09),
      tone: random(),
    }
  }).sort((a, b) => b.long - a.long)

/** One crystal that stands on the origin: two faces, a bright tip, and light along the left one. */
const paintPrism = (ctx: DrawingContext, { long, wide, tone }: Prism, colour: Rgb, size: number): void => {
  const bright = shift(colour, 0.16)
  const deep = mix(shift(colour, -0.3), [10, 8, 26], 0.35)
  const [foot, ridge, tip, neck, left] = [size * 0.1, 0.1 * wide, long + wide * 0.9, -long * 0.96, -wide * 0.1]
  fillPolygon(ctx, css(mix(colour, deep, 0.3 + tone * 0.4)), [
    -wide,
    foot,
    -wide,
    -long,
    left,
    -tip,
    ridge,
    neck,
    ridge,
    foot,
  ])
  fillPolygon(ctx, css(mix(colour, deep, 0.62 + tone * 0.3)), [
    ridge,
    foot,
    ridge,
    neck,
    left,
    -tip,
    wide,
    -long * 0.9,
    wide,
    foot,
  ])
  fillPolygon(ctx, css(mix(bright, [255, 255, 255], 0.45)), [-wide, -long, left, -tip, ridge, neck])
  const white = mix(bright, [255, 255, 255], 0.6)
  const shine = linearGradient(ctx, [0, -tip, 0, 0], [0, white, 0.75], [0.5, bright, 0.2], [1, deep, 0.6])
  fillPolygon(ctx, shine, [-wide, foot, -wide, -long, ridge, neck, ridge, foot])
}

/** Clusters of long crystals that glow from within, slowly brighter and dimmer. */
export const crystalLayers = (scene: SceneContext, clusters: readonly Cluster[]): Layer[] =>
  clusters.map(({ x, y, size, way, colour, depth }, index) => {
    const random = scene.random(`crystals ${index}`)
    const phase = random() * 6
    const reach = size * 2.2
    const sprite = paintSprite({ x: x - reach, y: y - reach, width: reach * 2, height: reach * 2 }, depth, (ctx) => {
      for (const prism of createPrisms(random, size)) {
        drawAt(ctx, { x: x + prism.lean * size * 0.24, y, turn: way < 0 ? prism.lean : Math.PI - prism.lean }, () =>
          paintPrism(ctx, prism, colour, size),
        )
      }
    })
    const glow = glowSprite({ x, y: y + way * size * 0.4, reach }, depth, [
      [0, colour, 0.62],
      [0.4, colour, 0.2],
      [1, colour, 0],
    ])
    return (ctx, view) => {
      drawSprite(ctx, view, sprite)
      ctx.globalCompositeOperation = 'screen'
      ctx.globalAlpha = 0.7 + 0.3 * Math.sin(view.seconds * 1.3 + phase)
      drawSprite(ctx, view, glow)
      ctx.globalAlpha = 1
      ctx.globalCompositeOperation = 'source-over'
    }
  })
