import { css } from '../../canvas/colour.ts'
import { drawGlow, glowImage } from '../../canvas/drawing.ts'
import { type Layer, layerAt, type SceneContext } from '../layers.ts'
import { fillCurve } from '../../canvas/curves.ts'

/** The tip of a wick, and how large its flame is, in pixels. */
export type Wick = { x: number; y: number; size: number }

/** Flames that lean and flicker, each in its own time, with the light that they throw around. */
export const flameLayer = (scene: SceneContext, wicks: readonly Wick[], depth: number, reach = 9): Layer => {
  const noise = scene.noise(`flames ${depth}`)
  const halo = glowImage([255, 168, 74])
  return layerAt(depth, (ctx, view) => {
    wicks.forEach((wick, index) => {
      const beat = noise(view.seconds * 2.4 + index * 9, index * 3)
      const lean = noise(view.seconds * 1.3 + index * 5, 40 + index) * 0.28
      const { x, y } = wick
      const tall = wick.size * (1 + beat * 0.12)
      const wide = wick.size * 0.2
      drawGlow(ctx, halo, [x, y - tall * 0.5, wick.size * reach * (1 + beat * 0.05)], 0.5 + beat * 0.08)
      drawGlow(ctx, halo, [x, y - tall * 0.5, wick.size * 1.7], 0.85)
      // The flame is light as well: nothing then has to be brought into the frame between the two.
      ctx.globalCompositeOperation = 'screen'
      for (const [share, colour, alpha] of [
        [1, [255, 164, 60], 0.9],
        [0.74, [255, 222, 140], 0.95],
        [0.4, [255, 250, 226], 1],
      ] as const) {
        const tip = y - tall * (0.28 + share * 0.72)
        fillCurve(
          ctx,
          css(colour, alpha),
          [x, y + wide * 0.3],
          [
            x - wide * share * 1.5,
            y - tall * 0.1,
            x - wide * share,
            y - tall * 0.44 * share,
            x + lean * tall * 0.6,
            tip,
          ],
          [x + wide * share, y - tall * 0.44 * share, x + wide * share * 1.5, y - tall * 0.1, x, y + wide * 0.3],
        )
      }
    })
    ctx.globalCompositeOperation = 'source-over'
  })
}
