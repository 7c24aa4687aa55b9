import { rgb, type Rgb } from '../../rgb.ts'
import { css } from '../../canvas/colour.ts'
import { coverBox, type SceneContext } from '../layers.ts'
import { paintSprite, type Sprite } from '../../canvas/sprite.ts'
import { fillRectangle } from '../../canvas/paths.ts'

/** The colours of the bow from its inner edge out. */
const BOW: readonly Rgb[] = [0x7846c8, 0x3c6ee6, 0x32bec8, 0x50d264, 0xfae050, 0xff9632, 0xf03c3c].map(rgb)

/** A rainbow opposite the sun, to be laid as light: one bow, brightest near its foot, with a faint second one outside it. */
export const rainbowSprite = (scene: SceneContext, horizon: number): Sprite => {
  const { width, height, light } = scene
  const random = scene.random('rainbow')
  const x = width * (light.sun.x > 0.5 ? 0.34 - random() * 0.2 : 0.66 + random() * 0.2)
  const radius = Math.min(width * 0.62, Math.max(horizon * 1.05, height * 0.4)) * (0.86 + random() * 0.2)
  const y = horizon + radius * 0.16
  const strength = light.dark > 0.6 ? 0.3 : 0.62
  return paintSprite(
    coverBox(scene, 0.1, 0, horizon + 40 * scene.unit),
    0.1,
    (ctx, box) => {
      for (const [reach, share, turned] of [
        [1, 1, false],
        [1.26, 0.28, true],
      ] as const) {
        const inner = radius * reach * 0.9
        const outer = radius * reach
        const bow = ctx.createRadialGradient(x, y, inner, x, y, outer)
        bow.addColorStop(0, css(BOW[turned ? 6 : 0]!, 0))
        BOW.forEach((_, index) => {
          const colour = BOW[turned ? BOW.length - 1 - index : index]!
          bow.addColorStop(0.12 + (index / (BOW.length - 1)) * 0.76, css(colour, strength * share * 0.72))
        })
        bow.addColorStop(1, css(BOW[turned ? 0 : 6]!, 0))
        fillRectangle(ctx, bow, [box.x, box.y, box.width, box.height])
      }
      // It fades in the height, where there is less rain before the eye.
      ctx.globalCompositeOperation = 'destination-in'
      const fade = ctx.createLinearGradient(0, y - radius * 1.2, 0, horizon)
      fade.addColorStop(0, 'rgba(0,0,0,0.35)')
      fade.addColorStop(0.6, 'rgba(0,0,0,0.9)')
      fade.addColorStop(1, 'rgba(0,0,0,0.75)')
      fillRectangle(ctx, fade, [box.x, box.y, box.width, box.height])
      ctx.globalCompositeOperation = 'source-over'
    },
    0.5,
  )
}
