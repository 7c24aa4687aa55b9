import type { SKRSContext2D } from '@napi-rs/canvas'
import { css, mix } from '../../../canvas/colour.ts'
import type { Palette } from './paper.ts'
import type { Layer } from '../../layers.ts'
import type { SceneContext } from '../../context.ts'
import { lookAt } from '../../../canvas/camera-view.ts'

const zigzag = (ctx: SKRSContext2D, size: number): void => {
  ctx.beginPath()
  for (let step = 0; step <= 7; step++) ctx.lineTo(-size + step * size * 0.286, step % 2 ? -size * 0.2 : size * 0.2)
  ctx.stroke()
}

/** Loose shapes of cut paper at several depths, each with its shadow, that turn and sway. */
export const cuttingLayer = (scene: SceneContext, palette: Palette): Layer => {
  const { width, height, unit, brief } = scene
  const random = scene.random('cuttings')
  const long = Math.max(width, height)
  const kinds = [
    'disc',
    'half',
    'triangle',
    'bar',
    'ring',
    'dots',
    'zigzag',
    'quarter',
    'bar',
    'disc',
    'half',
    'cross',
  ] as const
  const count = 26
  const list = Array.from({ length: count }, (_, index) => {
    const rank = index < 4 ? 0 : index < 13 ? 1 : 2
    const at = (index * 0.618034 + random() * 0.1) % 1
    return {
      kind: index < 2 ? ('disc' as const) : index < 4 ? ('half' as const) : kinds[Math.floor(random() * kinds.length)]!,
      x: width * at,
      y: height * ((index * 0.7548777 + random() * 0.12) % 1),
      size:
        (rank === 0 ? 0.2 + random() * 0.08 : rank === 1 ? 0.055 + random() * 0.05 : 0.022 + random() * 0.03) * long,
      colour: css(palette.paints[Math.floor(random() * palette.paints.length)]!),
      second: css(palette.paints[Math.floor(random() * palette.paints.length)]!),
      angle: (Math.floor(random() * 8) * Math.PI) / 4,
      spin: (random() - 0.5) * (rank === 0 ? 0.12 : 0.5) * brief.pace,
      phase: random() * 7,
      depth: 0.25 + rank * 0.35,
      rank,
    }
  })
  const shade = css(mix(palette.ink, [0, 0, 0], 0.4), 0.16)
  const paint = (ctx: SKRSContext2D, one: (typeof list)[number], colour: string, second: string): void => {
    const s = one.size
    ctx.fillStyle = colour
    ctx.strokeStyle = colour
    ctx.lineWidth = s * 0.16
    ctx.beginPath()
    switch (one.kind) {
      case 'disc':
        ctx.arc(0, 0, s, 0, Math.PI * 2)
        ctx.fill()
        return
      case 'half':
        ctx.arc(0, 0, s, 0, Math.PI)
        ctx.fill()
        return
      case 'quarter':
        ctx.moveTo(-s / 2, -s / 2)
        ctx.arc(-s / 2, -s / 2, s * 1.3, 0, Math.PI / 2)
        ctx.fill()
        return
      case 'triangle':
        for (const corner of [0, 1, 2])
          ctx.lineTo(Math.cos(corner * 2.0944 - 0.5236) * s, Math.sin(corner * 2.0944 - 0.5236) * s)
        ctx.fill()
        return
      case 'bar':
        ctx.roundRect(-s * 1.5, -s * 0.18, s * 3, s * 0.36, s * 0.18)
        ctx.fill()
        return
      case 'ring':
        ctx.lineWidth = s * 0.3
        ctx.arc(0, 0, s * 0.8, 0, Math.PI * 2)
        ctx.stroke()
        if (colour !== second) {
          ctx.fillStyle = second
          ctx.beginPath()
          ctx.arc(0, 0, s * 0.3, 0, Math.PI * 2)
          ctx.fill()
        }
        return
      case 'dots':
        for (let dot = 0; dot < 25; dot++) {
          ctx.moveTo(((dot % 5) - 2) * s * 0.5 + s * 0.1, (Math.floor(dot / 5) - 2) * s * 0.5)
          ctx.arc(((dot % 5) - 2) * s * 0.5, (Math.floor(dot / 5) - 2) * s * 0.5, s * 0.1, 0, Math.PI * 2)
        }
        ctx.fill()
        return
      case 'zigzag':
        ctx.lineJoin = 'miter'
        zigzag(ctx, s * 1.2)
        return
      case 'cross':
        ctx.fillRect(-s * 0.7, -s * 0.16, s * 1.4, s * 0.32)
        ctx.fillRect(-s * 0.16, -s * 0.7, s * 0.32, s * 1.4)
    }
  }
  return (ctx, view) => {
    for (const one of list) {
      lookAt(ctx, view, one.depth)
      const x = one.x + Math.sin(view.seconds * 0.5 * brief.pace + one.phase) * (10 + one.rank * 14) * unit
      const y = one.y + Math.cos(view.seconds * 0.6 * brief.pace + one.phase * 2) * (8 + one.rank * 16) * unit
      const angle = one.angle + one.spin * view.seconds
      const fall = (4 + one.rank * 4) * unit
      ctx.save()
      ctx.translate(x + fall, y + fall * 1.5)
      ctx.rotate(angle)
      paint(ctx, one, shade, shade)
      ctx.restore()
      ctx.translate(x, y)
      ctx.rotate(angle)
      paint(ctx, one, one.colour, one.second)
    }
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }
}
