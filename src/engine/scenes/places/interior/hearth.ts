import type { Rgb } from '../../../rgb.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { drawSprite, glowSprite, paintSprite } from '../../../canvas/sprite.ts'
import type { Layer } from '../../layers.ts'
import type { SceneContext } from '../../context.ts'
import { lookAt } from '../../../canvas/camera-view.ts'

/** A hearth with flames that lick and throw their light into the room. */
export const fireLayer = (scene: SceneContext, x: number, y: number, wall: Rgb): Layer => {
  const { unit } = scene
  const noise = scene.noise('fire')
  const stone = mix(wall, [70, 62, 60], 0.65)
  const sprite = paintSprite(
    { x: x - 190 * unit, y: y - 400 * unit, width: 380 * unit, height: 430 * unit },
    0.6,
    (ctx) => {
      ctx.fillStyle = css(stone)
      ctx.fillRect(x - 150 * unit, y - 260 * unit, 300 * unit, 270 * unit)
      ctx.fillRect(x - 110 * unit, y - 400 * unit, 220 * unit, 150 * unit)
      ctx.fillStyle = css(shift(stone, 0.1))
      ctx.fillRect(x - 170 * unit, y - 274 * unit, 340 * unit, 22 * unit)
      ctx.fillStyle = '#120a08'
      ctx.beginPath()
      ctx.roundRect(x - 96 * unit, y - 180 * unit, 192 * unit, 186 * unit, [60 * unit, 60 * unit, 0, 0])
      ctx.fill()
      ctx.fillStyle = '#3a2216'
      ctx.fillRect(x - 66 * unit, y - 20 * unit, 132 * unit, 18 * unit)
      ctx.fillRect(x - 46 * unit, y - 36 * unit, 96 * unit, 16 * unit)
    },
  )
  const glow = glowSprite({ x, y: y - 50 * unit, reach: 560 * unit }, 0.6, [
    [0, [255, 140, 50], 0.6],
    [1, [255, 100, 30], 0],
  ])
  return (ctx, view) => {
    drawSprite(ctx, view, sprite)
    lookAt(ctx, view, 0.6)
    ctx.globalCompositeOperation = 'screen'
    for (let tongue = 0; tongue < 22; tongue++) {
      const u = tongue / 21 - 0.5
      const tall = (1 - Math.abs(u) * 1.5) * (74 + 60 * noise(view.seconds * 2.2 + tongue * 3, tongue)) * unit
      const fx = x + u * 120 * unit
      const tip = fx + noise(view.seconds * 1.6 + tongue, 7) * 22 * unit
      const flame = ctx.createLinearGradient(0, y - 24 * unit, 0, y - 24 * unit - tall)
      flame.addColorStop(0, 'rgba(255,190,80,0.6)')
      flame.addColorStop(0.5, 'rgba(255,110,30,0.4)')
      flame.addColorStop(1, 'rgba(200,40,10,0)')
      ctx.fillStyle = flame
      ctx.beginPath()
      ctx.moveTo(fx - 14 * unit, y - 22 * unit)
      ctx.quadraticCurveTo(fx - 13 * unit, y - 22 * unit - tall * 0.5, tip, y - 24 * unit - tall)
      ctx.quadraticCurveTo(fx + 13 * unit, y - 22 * unit - tall * 0.5, fx + 14 * unit, y - 22 * unit)
      ctx.fill()
    }
    ctx.globalAlpha = 0.7 + noise(view.seconds * 3, 2) * 0.2
    drawSprite(ctx, view, glow)
    ctx.globalAlpha = 1
    ctx.globalCompositeOperation = 'source-over'
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }
}
