import type { Rgb } from '../../rgb.ts'
import { glowImage } from '../../canvas/drawing.ts'
import { type Layer, layerAt, type SceneContext } from '../layers.ts'

/** Soft smoke that rises from some places and drifts off. Sizes in pixels. */
export const smokeLayer = (
  scene: SceneContext,
  from: readonly { x: number; y: number; size: number }[],
  look: { depth: number; colour: Rgb; strength: number; rise?: number },
): Layer => {
  const random = scene.random(`smoke ${look.depth}`)
  // Small, for a puff that is drawn smaller than its picture is not laid but drawn, which takes far longer.
  const image = glowImage(look.colour, 16)
  const way = random() < 0.5 ? -1 : 1
  const rise = look.rise ?? 9
  const puffs = from.flatMap((source) =>
    Array.from({ length: 14 }, (_, index) => ({
      ...source,
      at: index / 14,
      swing: random() * 6,
      wide: 0.7 + random() * 0.6,
    })),
  )
  return layerAt(look.depth, (ctx, view) => {
    for (const puff of puffs) {
      const age = (puff.at + view.seconds * 0.085) % 1
      const grown = puff.size * (0.8 + age * 4.2) * puff.wide
      ctx.globalAlpha = look.strength * Math.min(1, age * 8) * (1 - age) ** 1.4
      ctx.drawImage(
        image,
        puff.x + way * age * age * puff.size * rise * 0.7 + Math.sin(age * 7 + puff.swing) * puff.size * 0.4 - grown,
        puff.y - age * puff.size * rise - grown,
        grown * 2,
        grown * 2,
      )
    }
    ctx.globalAlpha = 1
  })
}
