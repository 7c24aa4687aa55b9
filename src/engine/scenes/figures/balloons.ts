import type { SKRSContext2D } from '@napi-rs/canvas'
import { rgb, type Rgb } from '../../rgb.ts'
import { css, lit, mix } from '../../canvas/colour.ts'
import { fillRectangle, strokeLine } from '../../canvas/paths.ts'
import { drawSprite, paintSprite } from '../../canvas/sprite.ts'
import type { Layer, SceneContext } from '../layers.ts'
import { setPen } from '../../canvas/curves.ts'

const cloths = (
  [
    [0xd03e30, 0xf6ce78],
    [0x3260aa, 0xf0ece0],
    [0xec9634, 0x962c3c],
    [0x548c6e, 0xf8e2aa],
    [0x804896, 0xf6b080],
  ] as const
).map(([even, odd]) => [rgb(even), rgb(odd)] as const)

/** A balloon of `size` pixels about the middle of its envelope; `side` is where the sun stands. */
type Balloon = {
  x: number
  y: number
  size: number
  side: number
  colours: readonly [Rgb, Rgb]
  sunny: (colour: Rgb) => string
  shady: (colour: Rgb) => string
}

/** The envelope in gores of two colours, lit from one side. */
const paintEnvelope = (ctx: SKRSContext2D, { x, y, size, side, colours, sunny, shady }: Balloon): void => {
  const gores = 9
  for (let gore = 0; gore < gores; gore++) {
    const from = Math.sin(((gore / gores) * 2 - 1) * (Math.PI / 2))
    const to = Math.sin((((gore + 1) / gores) * 2 - 1) * (Math.PI / 2))
    const face = ((from + to) / 2) * side
    const [top, belly, foot] = [y - size * 0.95, y + size * 0.1, y + size * 0.86]
    ctx.beginPath()
    ctx.moveTo(x, top)
    ctx.bezierCurveTo(x + from * size * 0.75, top, x + from * size * 1.15, belly, x + from * size * 0.16, foot)
    ctx.lineTo(x + to * size * 0.16, foot)
    ctx.bezierCurveTo(x + to * size * 1.15, belly, x + to * size * 0.75, top, x, top)
    const colour = colours[gore % 2 === 0 ? 0 : 1]
    ctx.fillStyle = shady(colour)
    ctx.fill()
    ctx.globalAlpha = Math.min(1, Math.max(0, 0.55 + face * 0.75))
    ctx.fillStyle = sunny(colour)
    ctx.fill()
    ctx.globalAlpha = 1
  }
}

/** The light of the burner within the envelope. */
const paintFire = (ctx: SKRSContext2D, { x, y, size }: Balloon): void => {
  const fire = ctx.createRadialGradient(x, y + size * 0.5, 0, x, y + size * 0.2, size)
  fire.addColorStop(0, 'rgba(255,200,110,0.8)')
  fire.addColorStop(1, 'rgba(255,160,70,0)')
  ctx.globalCompositeOperation = 'source-atop'
  fillRectangle(ctx, fire, [x - size, y - size, size * 2, size * 2])
  ctx.globalCompositeOperation = 'source-over'
}

const paintBasket = (ctx: SKRSContext2D, { x, y, size, shady }: Balloon): void => {
  setPen(ctx, shady([60, 50, 44]), Math.max(0.6, size * 0.014))
  for (const off of [-0.13, 0.13])
    strokeLine(ctx, [x + off * size, y + size * 0.86, x + off * size * 0.8, y + size * 1.14])
  fillRectangle(ctx, shady([128, 90, 56]), [x - size * 0.12, y + size * 1.12, size * 0.24, size * 0.17])
}

/** Hot-air balloons that rise and drift, each a little sprite of its own. */
export const balloonLayer = (scene: SceneContext, horizon: number): Layer => {
  const { light, width, unit } = scene
  const random = scene.random('balloons')
  const drift = (random() < 0.5 ? -1 : 1) * 7 * unit
  const strength = light.dark > 0.6 ? 0.6 : 1
  const sprites = [1, 0.6, 0.42, 0.34, 0.26, 0.2, 0.16]
    .map((near, index) => {
      const size = 78 * unit * near
      const x = width * ((0.2 + index * 0.37 + random() * 0.14) % 0.86) + width * 0.07
      const y = horizon * (index === 0 ? 0.34 : 0.24 + random() * 0.5)
      const far = (1 - near) * 0.5
      const balloon: Balloon = {
        x,
        y,
        size,
        side: light.sun.x * width > x ? 1 : -1,
        colours: cloths[(index + Math.floor(random() * 5)) % 5]!,
        sunny: (colour) => css(mix(lit(colour, light.key, strength), light.haze, far)),
        shady: (colour) => css(mix(lit(colour, light.ambient, strength), light.haze, far)),
      }
      const box = { x: x - size, y: y - size, width: size * 2, height: size * 2.6 }
      const sprite = paintSprite(box, 0.2 + near * 0.4, (ctx) => {
        paintEnvelope(ctx, balloon)
        if (light.dark > 0.3) paintFire(ctx, balloon)
        paintBasket(ctx, balloon)
      })
      return { sprite, near, phase: random() * 6 }
    })
    .reverse()
  return (ctx, view) => {
    for (const { sprite, near, phase } of sprites) {
      const rise = Math.sin(view.seconds * 0.7 + phase) * 4 - view.seconds * 5
      drawSprite(ctx, view, sprite, drift * view.seconds * near, rise * unit * near)
    }
  }
}
