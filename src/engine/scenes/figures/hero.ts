import type { Rgb } from '../../rgb.ts'
import type { Hero } from '../../prompt/hero.ts'
import type { DrawingContext } from '../../canvas/drawing-context.ts'
import { fillRectangle } from '../../canvas/paths.ts'
import { drawGlow, glowImage } from '../../canvas/drawing.ts'
import { css, lit, mix, shift } from '../../canvas/colour.ts'
import { rainLayer, snowLayer } from '../sky/falling.ts'
import { drawHero } from './heroes.ts'
import { type Layer, layerAt, type SceneContext } from '../layers.ts'
import { radialGradient } from '../../canvas/gradients.ts'
import { drawAt } from '../../canvas/curves.ts'

/** How dark one stands before the sky: most against a low sun. */
const against = { dawn: 0.5, morning: 0.24, noon: 0.16, golden: 0.42, sunset: 0.56, dusk: 0.6, night: 0.5 } as const

/** The dark on the ground around the feet, at the origin. */
const paintShadow = (ctx: DrawingContext, tall: number): void => {
  ctx.save()
  ctx.scale(1, 0.16)
  const pool = radialGradient(ctx, [0, 0, tall * 0.4], [0, [8, 8, 14], 0.6], [1, [8, 8, 14], 0])
  fillRectangle(ctx, pool, [-tall, -tall, tall * 2, tall * 2])
  ctx.restore()
}

/** Somebody who stands close, seen from behind, and looks into the scene; the weather falls before them as well. */
export const heroLayers = (scene: SceneContext, hero: Hero): Layer[] => {
  const { light, brief, width, height } = scene
  const random = scene.random('hero')
  const tall = Math.min(height * 0.62, width * 0.72) * (0.76 + random() * 0.2)
  const left = random() < 0.5
  const x = width * (left ? 0.3 + random() * 0.12 : 0.58 + random() * 0.12)
  const y = height * (0.95 + random() * 0.02)
  const depth = 0.95
  const strength = light.dark > 0.6 ? 0.7 : 1
  const shade: Rgb = mix(light.ambient, [10, 10, 16], 0.72)
  const rim = mix(light.skyLow, light.key, 0.4)
  const noise = scene.noise('hero')
  const lamp = glowImage([150, 200, 255], 96)
  const toSun = light.sun.x * width > x ? 1 : -1
  const own: Layer = layerAt(depth, (ctx, view) => {
    ctx.save()
    ctx.translate(x, y)
    paintShadow(ctx, tall)
    ctx.scale(tall, tall * (1 + Math.sin(view.seconds * 1.6) * 0.003))
    const sway = noise(view.seconds * 0.5, 1) + Math.sin(view.seconds * 1.9) * 0.25
    const wear = (bright: boolean) => ({
      ctx,
      sway,
      colour: brief.details.figures.wornColour,
      paint: (surface: Rgb) => {
        if (bright) return css(mix(lit(surface, rim), rim, 0.5))
        const fill = ctx.createLinearGradient(toSun * 0.25, 0, -toSun * 0.2, 0)
        const dim = against[light.time]
        fill.addColorStop(0, css(mix(lit(surface, light.key, strength), shade, dim * 0.7)))
        fill.addColorStop(1, css(mix(lit(shift(surface, -0.08), light.ambient, strength), shade, dim)))
        return fill
      },
    })
    // An edge of light on the side of the sun.
    drawAt(ctx, { x: toSun * 0.008, y: -0.006 }, () => drawHero(hero, wear(true)))
    drawHero(hero, wear(false))
    ctx.restore()
    if (hero === 'wizard') {
      const beat = 0.8 + 0.2 * noise(view.seconds * 1.4, 7)
      drawGlow(ctx, lamp, [x + tall * 0.27, y - tall * 1.16, tall * 0.34 * beat], 0.9)
      drawGlow(ctx, lamp, [x + tall * 0.27, y - tall * 1.16, tall * 0.1], 1)
    }
  })
  return [
    own,
    ...(light.weather === 'rain' || light.weather === 'storm' ? [rainLayer(scene, 0.5)] : []),
    ...(light.weather === 'snow' ? [snowLayer(scene, 0.4)] : []),
  ]
}
