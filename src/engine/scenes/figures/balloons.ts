import type { Rgb } from '../../rgb.ts'
import { css, lit, mix } from '../../canvas/colour.ts'
import { drawSprite, paintSprite } from '../../canvas/sprite.ts'
import type { Layer } from '../layers.ts'
import type { SceneContext } from '../context.ts'

const cloths: readonly (readonly [Rgb, Rgb])[] = [
  [
    [208, 62, 48],
    [246, 206, 120],
  ],
  [
    [50, 96, 170],
    [240, 236, 224],
  ],
  [
    [236, 150, 52],
    [150, 44, 60],
  ],
  [
    [84, 140, 110],
    [248, 226, 170],
  ],
  [
    [128, 72, 150],
    [246, 176, 128],
  ],
]

/** Hot-air balloons that rise and drift, each a little sprite of its own. */
export const balloonLayer = (scene: SceneContext, horizon: number): Layer => {
  const { light, width, unit } = scene
  const random = scene.random('balloons')
  const drift = (random() < 0.5 ? -1 : 1) * 7 * unit
  const sprites = Array.from({ length: 7 }, (_, index) => {
    const near = [1, 0.6, 0.42, 0.34, 0.26, 0.2, 0.16][index]!
    const size = 78 * unit * near
    const x = width * ((0.2 + index * 0.37 + random() * 0.14) % 0.86) + width * 0.07
    const y = horizon * (index === 0 ? 0.34 : 0.24 + random() * 0.5)
    const [main, band] = cloths[(index + Math.floor(random() * 5)) % 5]!
    const far = (1 - near) * 0.5
    const strength = light.dark > 0.6 ? 0.6 : 1
    const sunny = (colour: Rgb): string => css(mix(lit(colour, light.key, strength), light.haze, far))
    const shady = (colour: Rgb): string => css(mix(lit(colour, light.ambient, strength), light.haze, far))
    const side = light.sun.x * width > x ? 1 : -1
    const sprite = paintSprite(
      { x: x - size, y: y - size, width: size * 2, height: size * 2.6 },
      0.2 + near * 0.4,
      (ctx) => {
        const gores = 9
        for (let gore = 0; gore < gores; gore++) {
          const from = Math.sin(((gore / gores) * 2 - 1) * (Math.PI / 2))
          const to = Math.sin((((gore + 1) / gores) * 2 - 1) * (Math.PI / 2))
          const face = ((from + to) / 2) * side
          ctx.beginPath()
          ctx.moveTo(x, y - size * 0.95)
          ctx.bezierCurveTo(
            x + from * size * 0.75,
            y - size * 0.95,
            x + from * size * 1.15,
            y + size * 0.1,
            x + from * size * 0.16,
            y + size * 0.86,
          )
          ctx.lineTo(x + to * size * 0.16, y + size * 0.86)
          ctx.bezierCurveTo(
            x + to * size * 1.15,
            y + size * 0.1,
            x + to * size * 0.75,
            y - size * 0.95,
            x,
            y - size * 0.95,
          )
          const colour = gore % 2 === 0 ? main : band
          ctx.fillStyle = shady(colour)
          ctx.fill()
          ctx.globalAlpha = Math.min(1, Math.max(0, 0.55 + face * 0.75))
          ctx.fillStyle = sunny(colour)
          ctx.fill()
          ctx.globalAlpha = 1
        }
        if (light.dark > 0.3) {
          const fire = ctx.createRadialGradient(x, y + size * 0.5, 0, x, y + size * 0.2, size)
          fire.addColorStop(0, 'rgba(255,200,110,0.8)')
          fire.addColorStop(1, 'rgba(255,160,70,0)')
          ctx.globalCompositeOperation = 'source-atop'
          ctx.fillStyle = fire
          ctx.fillRect(x - size, y - size, size * 2, size * 2)
          ctx.globalCompositeOperation = 'source-over'
        }
        ctx.strokeStyle = shady([60, 50, 44])
        ctx.lineWidth = Math.max(0.6, size * 0.014)
        for (const off of [-0.13, 0.13]) {
          ctx.beginPath()
          ctx.moveTo(x + off * size, y + size * 0.86)
          ctx.lineTo(x + off * size * 0.8, y + size * 1.14)
          ctx.stroke()
        }
        ctx.fillStyle = shady([128, 90, 56])
        ctx.fillRect(x - size * 0.12, y + size * 1.12, size * 0.24, size * 0.17)
      },
    )
    return { sprite, near, phase: random() * 6 }
  }).reverse()
  return (ctx, view) => {
    for (const { sprite, near, phase } of sprites)
      drawSprite(
        ctx,
        view,
        sprite,
        drift * view.seconds * near,
        (Math.sin(view.seconds * 0.7 + phase) * 4 - view.seconds * 5) * unit * near,
      )
  }
}
