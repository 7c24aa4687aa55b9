import type { Rgb } from '../../../rgb.ts'
import { fillShape } from '../../../canvas/drawing.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { drawSprite, glowSprite, paintSprite } from '../../../canvas/sprite.ts'
import type { Layer } from '../../layers.ts'
import type { SceneContext } from '../../context.ts'

/** Clusters of long crystals that glow from within, slowly brighter and dimmer. `way` is up (-1) or down from a roof (1). */
export const crystalLayers = (
  scene: SceneContext,
  clusters: readonly { x: number; y: number; size: number; way: number; colour: Rgb; depth: number }[],
): Layer[] =>
  clusters.map((cluster, index) => {
    const { x, y, size, way, colour, depth } = cluster
    const random = scene.random(`crystals ${index}`)
    const phase = random() * 6
    const reach = size * 2.2
    const sprite = paintSprite({ x: x - reach, y: y - reach, width: reach * 2, height: reach * 2 }, depth, (ctx) => {
      const prisms = Array.from({ length: 9 + Math.floor(random() * 6) }, () => {
        const lean = (random() - 0.5) * 1.9
        return {
          lean,
          long: size * (0.35 + random() * 0.75) * (1 - Math.abs(lean) * 0.3),
          wide: size * (0.06 + random() * 0.09),
          tone: random(),
        }
      }).sort((a, b) => b.long - a.long)
      for (const { lean, long, wide, tone } of prisms) {
        ctx.save()
        ctx.translate(x + lean * size * 0.24, y)
        ctx.rotate(way < 0 ? lean : Math.PI - lean)
        const bright = shift(colour, 0.16)
        const deep = mix(shift(colour, -0.3), [10, 8, 26], 0.35)
        const tip = long + wide * 0.9
        fillShape(
          ctx,
          [
            [-wide, size * 0.1],
            [-wide, -long],
            [-wide * 0.1, -tip],
            [0.1 * wide, -long * 0.96],
            [0.1 * wide, size * 0.1],
          ],
          css(mix(colour, deep, 0.3 + tone * 0.4)),
        )
        fillShape(
          ctx,
          [
            [0.1 * wide, size * 0.1],
            [0.1 * wide, -long * 0.96],
            [-wide * 0.1, -tip],
            [wide, -long * 0.9],
            [wide, size * 0.1],
          ],
          css(mix(colour, deep, 0.62 + tone * 0.3)),
        )
        fillShape(
          ctx,
          [
            [-wide, -long],
            [-wide * 0.1, -tip],
            [0.1 * wide, -long * 0.96],
          ],
          css(mix(bright, [255, 255, 255], 0.45)),
        )
        const shine = ctx.createLinearGradient(0, -tip, 0, 0)
        shine.addColorStop(0, css(mix(bright, [255, 255, 255], 0.6), 0.75))
        shine.addColorStop(0.5, css(bright, 0.2))
        shine.addColorStop(1, css(deep, 0.6))
        fillShape(
          ctx,
          [
            [-wide, size * 0.1],
            [-wide, -long],
            [0.1 * wide, -long * 0.96],
            [0.1 * wide, size * 0.1],
          ],
          shine,
        )
        ctx.restore()
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
