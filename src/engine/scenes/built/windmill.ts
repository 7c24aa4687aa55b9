import { fillShape } from '../../canvas/drawing.ts'
import { toneOf } from '../tone.ts'
import { css, shift } from '../../canvas/colour.ts'
import { drawSprite, paintSprite } from '../../canvas/sprite.ts'
import type { Layer } from '../layers.ts'
import type { SceneContext } from '../context.ts'
import { lookAt } from '../../canvas/camera-view.ts'

/** A tower mill with four turning sails, its foot at x, y. */
export const windmillLayer = (
  scene: SceneContext,
  at: { x: number; y: number; tall: number; depth: number },
): Layer => {
  const { light } = scene
  const tone = toneOf(scene)
  const { x, y, tall, depth } = at
  const snowy = light.season === 'winter'
  const hub = { x: x + tall * 0.02, y: y - tall * 0.86 }
  const sprite = paintSprite({ x: x - tall, y: y - tall * 1.6, width: tall * 2, height: tall * 1.8 }, depth, (ctx) => {
    const body = ctx.createLinearGradient(x - tall * 0.22, 0, x + tall * 0.22, 0)
    const bright = light.sun.x > 0.5 ? 1 : 0
    body.addColorStop(bright, css(tone([226, 208, 180], 0.85, 0.06)))
    body.addColorStop(1 - bright, css(tone([170, 146, 122], 0.25, 0.06)))
    fillShape(
      ctx,
      [
        [x - tall * 0.23, y],
        [x - tall * 0.13, y - tall * 0.8],
        [x + tall * 0.13, y - tall * 0.8],
        [x + tall * 0.23, y],
      ],
      body,
    )
    ctx.fillStyle = css(tone(snowy ? [236, 242, 250] : [108, 66, 52], 0.6, 0.06))
    ctx.beginPath()
    ctx.moveTo(x - tall * 0.16, y - tall * 0.79)
    ctx.bezierCurveTo(
      x - tall * 0.14,
      y - tall * 1.0,
      x + tall * 0.14,
      y - tall * 1.0,
      x + tall * 0.16,
      y - tall * 0.79,
    )
    ctx.fill()
    ctx.fillStyle = css(tone([92, 66, 50], 0.4, 0.06))
    ctx.fillRect(x - tall * 0.24, y - tall * 0.3, tall * 0.48, tall * 0.022)
    for (let post = -4; post <= 4; post++)
      ctx.fillRect(x + post * tall * 0.055, y - tall * 0.36, tall * 0.008, tall * 0.07)
    ctx.fillStyle = light.dark > 0.15 ? '#ffd48a' : css(tone([52, 58, 70], 0.5, 0.06))
    for (const [dx, up] of [
      [-0.06, 0.5],
      [0.05, 0.62],
    ] as const)
      ctx.fillRect(x + dx * tall, y - tall * up, tall * 0.035, tall * 0.055)
    ctx.fillStyle = css(tone([78, 54, 44], 0.4, 0.06))
    ctx.beginPath()
    ctx.roundRect(x - tall * 0.05, y - tall * 0.16, tall * 0.1, tall * 0.16, [tall * 0.05, tall * 0.05, 0, 0])
    ctx.fill()
  })
  const spar = css(tone([86, 62, 48], 0.4, 0.04))
  const cloth = css(tone([244, 234, 212], 0.8, 0.04), 0.92)
  const lattice = css(tone(shift([120, 92, 70], 0), 0.5, 0.04))
  return (ctx, view) => {
    drawSprite(ctx, view, sprite)
    for (let sail = 0; sail < 4; sail++) {
      lookAt(ctx, view, depth)
      ctx.translate(hub.x, hub.y)
      ctx.rotate(view.seconds * 0.55 + (sail * Math.PI) / 2 + 0.4)
      ctx.fillStyle = cloth
      ctx.fillRect(tall * 0.14, tall * 0.012, tall * 0.5, tall * 0.1)
      ctx.strokeStyle = lattice
      ctx.lineWidth = tall * 0.006
      ctx.beginPath()
      for (let bar = 0; bar <= 8; bar++) {
        ctx.moveTo(tall * (0.14 + bar * 0.0625), -tall * 0.02)
        ctx.lineTo(tall * (0.14 + bar * 0.0625), tall * 0.112)
      }
      ctx.moveTo(tall * 0.14, tall * 0.112)
      ctx.lineTo(tall * 0.64, tall * 0.112)
      ctx.stroke()
      ctx.fillStyle = spar
      ctx.fillRect(0, -tall * 0.012, tall * 0.67, tall * 0.024)
    }
    lookAt(ctx, view, depth)
    ctx.fillStyle = spar
    ctx.beginPath()
    ctx.arc(hub.x, hub.y, tall * 0.035, 0, Math.PI * 2)
    ctx.fill()
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }
}
