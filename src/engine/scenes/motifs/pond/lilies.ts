import type { Rgb } from '../../../rgb.ts'
import type { Random } from '../../../random.ts'
import type { Tone } from '../../tone.ts'
import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import { linearGradient } from '../../../canvas/gradients.ts'
import { fillEllipse, strokeLine } from '../../../canvas/paths.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { coverBox, type Layer, type SceneContext } from '../../layers.ts'
import { drawSprite, paintSprite } from '../../../canvas/sprite.ts'
import { setPen } from '../../../canvas/curves.ts'

/** Where something floats, and half of its length, in pixels. */
type Spot = { x: number; y: number; size: number }

const pad = (ctx: DrawingContext, random: Random, { x, y, size }: Spot, [dark, bright]: readonly [Rgb, Rgb]): void => {
  const turn = random() * Math.PI * 2
  const disc = (dx: number, dy: number, scale: number): void => {
    ctx.beginPath()
    ctx.moveTo(x + dx, y + dy)
    for (let step = 0; step <= 30; step++) {
      const angle = turn + 0.16 + (step / 30) * (Math.PI * 2 - 0.32)
      const out = size * scale * (1 + Math.sin(angle * 7 + turn) * 0.02)
      ctx.lineTo(x + dx + Math.cos(angle) * out, y + dy + Math.sin(angle) * out * 0.72)
    }
    ctx.closePath()
  }
  ctx.fillStyle = 'rgba(2,14,18,0.36)'
  disc(size * 0.1, size * 0.18, 1)
  ctx.fill()
  ctx.fillStyle = linearGradient(ctx, [x - size, y - size, x + size, y + size], [0, bright], [1, dark])
  disc(0, 0, 1)
  ctx.fill()
  setPen(ctx, css(mix(bright, [255, 255, 230], 0.3), 0.4), Math.max(0.7, size * 0.022))
  for (let vein = 0; vein < 9; vein++) {
    const angle = turn + 0.4 + vein * 0.66
    strokeLine(ctx, [x, y, x + Math.cos(angle) * size * 0.86, y + Math.sin(angle) * size * 0.86 * 0.72])
  }
}

const lotus = (ctx: DrawingContext, { x, y, size }: Spot, petal: Rgb, tone: Tone): void => {
  for (const [ring, count, long] of [
    [0, 11, 1],
    [1, 9, 0.78],
    [2, 6, 0.52],
  ] as const)
    for (let index = 0; index < count; index++) {
      const angle = (index / count) * Math.PI * 2 + ring * 0.4
      const reach = size * long
      const tipX = x + Math.cos(angle) * reach
      const tipY = y + Math.sin(angle) * reach * 0.62 - ring * size * 0.14
      const sideX = -Math.sin(angle) * size * 0.2
      const sideY = Math.cos(angle) * size * 0.16
      const [heart, tip] = [mix(petal, [255, 250, 240], 0.75), shift(petal, ring * 0.03 - 0.02)]
      ctx.fillStyle = linearGradient(ctx, [x, y, tipX, tipY], [0, tone(heart, 0.8)], [1, tone(tip, 0.8)])
      ctx.beginPath()
      ctx.moveTo(x, y - ring * size * 0.1)
      ctx.quadraticCurveTo((x + tipX) / 2 + sideX, (y + tipY) / 2 + sideY, tipX, tipY)
      ctx.quadraticCurveTo((x + tipX) / 2 - sideX, (y + tipY) / 2 - sideY, x, y - ring * size * 0.1)
      ctx.fill()
    }
  fillEllipse(ctx, css(tone([246, 204, 84], 0.9)), [x, y - size * 0.2, size * 0.15, size * 0.1])
}

/** Lily pads in a drift towards one corner, with flowers in the warm half of the year. */
export const lilyLayer = (scene: SceneContext, tone: Tone, corner: number): Layer => {
  const { width, height, unit, light } = scene
  const random = scene.random('lilies')
  const season = light.season
  const leaf: Rgb = season === 'autumn' ? [128, 122, 58] : season === 'winter' ? [104, 112, 84] : [72, 124, 70]
  const flower = scene.brief.colours[0] ?? ([246, 158, 188] as const)
  const sprite = paintSprite(coverBox(scene, 0.56), 0.56, (ctx) => {
    const spread = Math.max(width, height)
    for (let index = 0; index < 22; index++) {
      const out = random() ** 0.7
      const angle = -Math.PI / 2 - corner * (0.2 + random() * 1.2)
      const x = (corner > 0 ? width * 0.98 : width * 0.02) + Math.cos(angle) * out * spread * 0.46
      const y = height * 1.02 + Math.sin(angle) * out * spread * 0.34
      const size = (24 + random() * 34) * unit * (1.25 - out * 0.5)
      const base = shift(leaf, (random() - 0.5) * 0.08, 0.9, (random() - 0.5) * 0.3)
      pad(ctx, random, { x, y, size }, [tone(shift(base, -0.12), 0.25), tone(shift(base, 0.05), 0.75)])
      if (season !== 'winter' && random() < (season === 'autumn' ? 0.16 : 0.42))
        lotus(
          ctx,
          { x: x + size * 0.3, y: y - size * 0.1, size: size * 0.62 },
          shift(flower, (random() - 0.5) * 0.08),
          tone,
        )
    }
  })
  return (ctx, view) => {
    const [x, y] = [Math.sin(view.seconds * 0.6) * 1.6 * unit, Math.sin(view.seconds * 0.8 + 1) * 1.2 * unit]
    drawSprite(ctx, view, sprite, x, y)
  }
}
