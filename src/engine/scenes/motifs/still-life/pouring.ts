import type { Rgb } from '../../../rgb.ts'
import { css, mix } from '../../../canvas/colour.ts'
import type { Layer } from '../../layers.ts'
import type { SceneContext } from '../../context.ts'
import { lookAt } from '../../../canvas/camera-view.ts'
import type { Pen } from './turned.ts'

/** What is poured into a cup: a spout at the upper edge, and a stream that wavers. */
export const pouring = (
  scene: SceneContext,
  cup: { x: number; y: number; size: number },
  side: number,
  tone: Pen['tone'],
  drink: Rgb,
): Layer => {
  const noise = scene.noise('pouring')
  const steel = [tone([206, 208, 212], 1), tone([150, 152, 158], 0.5), tone([90, 92, 100], 0.3)] as const
  const tip = { x: cup.x - side * cup.size * 0.9, y: cup.y - cup.size * 2.1 }
  return (ctx, view) => {
    lookAt(ctx, view, 0.8)
    const waver = noise(view.seconds * 2.2, 3) * cup.size * 0.05
    const end = { x: cup.x - side * cup.size * 0.08 + waver, y: cup.y }
    for (const [wide, colour, off] of [
      [0.15, drink, 0],
      [0.04, mix(drink, [255, 226, 190], 0.6), 0.03],
    ] as const) {
      ctx.strokeStyle = css(tone(colour, 0.8))
      ctx.lineWidth = cup.size * wide * (1 + noise(view.seconds * 5, wide * 90) * 0.2)
      ctx.beginPath()
      ctx.moveTo(tip.x + side * cup.size * off, tip.y)
      ctx.quadraticCurveTo(end.x + side * cup.size * off, tip.y + cup.size * 0.1, end.x + side * cup.size * off, end.y)
      ctx.stroke()
    }
    ctx.strokeStyle = css(mix(tone(drink, 0.9), [255, 240, 220], 0.4), 0.6)
    ctx.lineWidth = cup.size * 0.02
    for (let ring = 0; ring < 3; ring++) {
      const grow = (view.seconds * 1.1 + ring / 3) % 1
      ctx.globalAlpha = 1 - grow
      ctx.beginPath()
      ctx.ellipse(end.x, end.y, cup.size * (0.08 + grow * 0.4), cup.size * (0.015 + grow * 0.07), 0, 0, Math.PI * 2)
      ctx.stroke()
    }
    ctx.globalAlpha = 1
    const pot = ctx.createLinearGradient(tip.x, tip.y - cup.size, tip.x, tip.y + cup.size * 0.4)
    steel.forEach((colour, index) => pot.addColorStop(index / 2, css(colour)))
    ctx.fillStyle = pot
    ctx.beginPath()
    ctx.moveTo(tip.x + side * cup.size * 0.08, tip.y - cup.size * 0.04)
    ctx.quadraticCurveTo(
      tip.x - side * cup.size * 0.5,
      tip.y - cup.size * 0.1,
      tip.x - side * cup.size * 1.1,
      tip.y + cup.size * 0.5,
    )
    ctx.lineTo(tip.x - side * cup.size * 6, tip.y - cup.size * 0.8)
    ctx.lineTo(tip.x - side * cup.size * 6, tip.y - cup.size * 4)
    ctx.lineTo(tip.x - side * cup.size * 0.9, tip.y - cup.size * 1.5)
    ctx.quadraticCurveTo(
      tip.x - side * cup.size * 0.4,
      tip.y - cup.size * 0.5,
      tip.x - side * cup.size * 0.04,
      tip.y - cup.size * 0.16,
    )
    ctx.fill()
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }
}
