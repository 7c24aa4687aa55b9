import type { Rgb } from '../../../rgb.ts'
import { css, mix } from '../../../canvas/colour.ts'
import { fillPath, readPath, strokeEllipse } from '../../../canvas/paths.ts'
import { type Layer, layerAt, type SceneContext } from '../../layers.ts'
import type { At, Pen } from './turned.ts'
import { setPen, strokeCurve } from '../../../canvas/curves.ts'

const SPOUT = readPath('M0.08 -0.04 Q-0.5 -0.1 -1.1 0.5 L-6 -0.8 L-6 -4 L-0.9 -1.5 Q-0.4 -0.5 -0.04 -0.16')

/** What is poured into a cup: a spout at the upper edge, and a stream that wavers. */
export const pouring = (scene: SceneContext, cup: At, side: number, tone: Pen['tone'], drink: Rgb): Layer => {
  const { size } = cup
  const noise = scene.noise('pouring')
  const steel = [tone([206, 208, 212], 1), tone([150, 152, 158], 0.5), tone([90, 92, 100], 0.3)] as const
  const tip = { x: cup.x - side * size * 0.9, y: cup.y - size * 2.1 }
  const stream = [
    { wide: 0.15, colour: drink, off: 0 },
    { wide: 0.04, colour: mix(drink, [255, 226, 190], 0.6), off: 0.03 },
  ]
  return layerAt(0.8, (ctx, view) => {
    const waver = noise(view.seconds * 2.2, 3) * size * 0.05
    const end = { x: cup.x - side * size * 0.08 + waver, y: cup.y }
    for (const { wide, colour, off } of stream) {
      const endX = end.x + side * size * off
      setPen(ctx, css(tone(colour, 0.8)), size * wide * (1 + noise(view.seconds * 5, wide * 90) * 0.2))
      strokeCurve(ctx, [tip.x + side * size * off, tip.y], [endX, tip.y + size * 0.1, endX, end.y])
    }
    setPen(ctx, css(mix(tone(drink, 0.9), [255, 240, 220], 0.4), 0.6), size * 0.02)
    for (let ring = 0; ring < 3; ring++) {
      const grow = (view.seconds * 1.1 + ring / 3) % 1
      ctx.globalAlpha = 1 - grow
      strokeEllipse(ctx, [end.x, end.y, size * (0.08 + grow * 0.4), size * (0.015 + grow * 0.07)])
    }
    ctx.globalAlpha = 1
    const pot = ctx.createLinearGradient(tip.x, tip.y - size, tip.x, tip.y + size * 0.4)
    steel.forEach((colour, index) => pot.addColorStop(index / 2, css(colour)))
    fillPath(ctx, pot, SPOUT, { ...tip, size, side })
  })
}
