import type { Rgb } from '../../../rgb.ts'
import { css, lit, mix } from '../../../canvas/colour.ts'
import { fillEllipse } from '../../../canvas/paths.ts'
import { type Layer, layerAt, type SceneContext } from '../../layers.ts'
import { fillCurve } from '../../../canvas/curves.ts'

/** Reeds with their heads at one side of a shore, dark before the water and stirring in the wind. */
export const reedLayer = (scene: SceneContext, side: number): Layer => {
  const { light, width, height, unit } = scene
  const random = scene.random('reeds')
  const wind = scene.noise('reeds')
  const strength = light.dark > 0.6 ? 0.4 : 0.8
  const withered = light.season === 'autumn' || light.season === 'winter'
  const green: Rgb = withered ? [150, 122, 74] : [74, 96, 52]
  const tones = [0, 0.35, 0.7].map((share) =>
    css(mix(mix(lit(green, light.ambient, strength), [10, 14, 16], 0.45), lit(green, light.key, strength), share)),
  )
  const heads = css(mix(lit([92, 60, 40], light.ambient, strength), [10, 8, 8], 0.3))
  const reeds = Array.from({ length: 130 }, (_, index) => {
    const inwards = random() ** 1.8 * 0.36
    return {
      x: width * (side < 0 ? inwards - 0.03 : 1.03 - inwards),
      y: height * (1.02 + random() * 0.05),
      tall: (130 + random() * 190) * unit * (1 - inwards * 1.6),
      lean: (random() - 0.5) * 0.3,
      head: index % 4 === 0,
      tone: index % 3,
      thick: (1.6 + random() * 2.2) * unit,
    }
  })
  return layerAt(1.1, (ctx, view) => {
    for (const { x, y, tall, lean, head, tone, thick } of reeds) {
      const bend = lean + wind(x / (200 * unit) - view.seconds * 0.4, view.seconds * 0.22) * 0.28
      const [tipX, tipY] = [x + bend * tall, y - tall]
      const middle = x + bend * tall * 0.2
      fillCurve(
        ctx,
        tones[tone]!,
        [x - thick, y],
        [middle, y - tall * 0.6, tipX, tipY],
        [middle + thick, y - tall * 0.55, x + thick, y],
      )
      if (head) fillEllipse(ctx, heads, [tipX, tipY + 12 * unit, 3.4 * unit, 15 * unit, bend * 0.8])
    }
  })
}
