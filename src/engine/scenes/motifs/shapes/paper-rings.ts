import { pick } from '../../../random.ts'
import { css } from '../../../canvas/colour.ts'
import type { Palette } from './paper.ts'
import { type Layer, layerAt, type SceneContext } from '../../layers.ts'

/** One great figure of rings and arcs that turn within one another, crossed by bars. */
export const ringsLayer = (scene: SceneContext, palette: Palette): Layer => {
  const { width, height, brief } = scene
  const random = scene.random('rings of paper')
  const x = width * (0.36 + random() * 0.28)
  const y = height * (0.4 + random() * 0.2)
  const long = Math.min(width, height) * (0.5 + random() * 0.14)
  const list = Array.from({ length: 9 }, (_, index) => ({
    radius: long * (1.05 - index * 0.115),
    colour: css(palette.paints[(index + Math.floor(random() * 2)) % palette.paints.length]!),
    arc: pick(random, [Math.PI * 2, Math.PI, Math.PI * 1.5, Math.PI]),
    from: (Math.floor(random() * 4) * Math.PI) / 2,
    spin: (index % 2 ? -1 : 1) * (0.14 + random() * 0.3) * brief.pace,
  }))
  const bars = Array.from({ length: 7 }, (_, index) => ({
    off: (index - 3) * long * 0.09,
    long: long * (0.5 + random() * 0.9),
    colour: css(pick(random, palette.paints)),
    phase: random() * 7,
  }))
  const lean = (random() < 0.5 ? -1 : 1) * (Math.PI / 4)
  return layerAt(0.6, (ctx, view) => {
    ctx.translate(x, y)
    for (const ring of list) {
      ctx.fillStyle = ring.colour
      ctx.beginPath()
      const from = ring.from + ring.spin * view.seconds
      ctx.moveTo(0, 0)
      ctx.arc(0, 0, ring.radius, from, from + ring.arc)
      ctx.fill()
    }
    ctx.rotate(lean)
    for (const bar of bars) {
      ctx.fillStyle = bar.colour
      const slide = Math.sin(view.seconds * 0.5 * brief.pace + bar.phase) * long * 0.2 + long * 0.75
      ctx.fillRect(slide - bar.long / 2, bar.off, bar.long, long * 0.045)
    }
  })
}
