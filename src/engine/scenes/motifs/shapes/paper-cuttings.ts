import { pick, type Random } from '../../../random.ts'
import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import { css, mix } from '../../../canvas/colour.ts'
import type { Palette } from './paper.ts'
import type { Layer, SceneContext } from '../../layers.ts'
import { lookAt } from '../../../canvas/camera-view.ts'
import { drawAt, fillCircle, setPen } from '../../../canvas/curves.ts'

/** Draws a shape about the origin, `s` to its edge, in the context's `colour`; `second` is that of what lies on it. */
type DrawShape = (ctx: DrawingContext, s: number, second: string, colour: string) => void

const GRID = Array.from({ length: 25 }, (_, index) => [(index % 5) - 2, Math.floor(index / 5) - 2] as const)

/** What is cut: what is twice in the list is twice as frequent. */
const KINDS = [
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

const SHAPES: Readonly<Record<(typeof KINDS)[number], DrawShape>> = {
  disc: (ctx, s) => {
    ctx.arc(0, 0, s, 0, Math.PI * 2)
    ctx.fill()
  },
  half: (ctx, s) => {
    ctx.arc(0, 0, s, 0, Math.PI)
    ctx.fill()
  },
  quarter: (ctx, s) => {
    ctx.moveTo(-s / 2, -s / 2)
    ctx.arc(-s / 2, -s / 2, s * 1.3, 0, Math.PI / 2)
    ctx.fill()
  },
  triangle: (ctx, s) => {
    for (const corner of [0, 1, 2])
      ctx.lineTo(Math.cos(corner * 2.0944 - 0.5236) * s, Math.sin(corner * 2.0944 - 0.5236) * s)
    ctx.fill()
  },
  bar: (ctx, s) => {
    ctx.roundRect(-s * 1.5, -s * 0.18, s * 3, s * 0.36, s * 0.18)
    ctx.fill()
  },
  ring: (ctx, s, second, colour) => {
    ctx.lineWidth = s * 0.3
    ctx.arc(0, 0, s * 0.8, 0, Math.PI * 2)
    ctx.stroke()
    if (colour === second) return
    fillCircle(ctx, second, [0, 0, s * 0.3])
  },
  dots: (ctx, s) => {
    for (const [column, row] of GRID) {
      ctx.moveTo(column * s * 0.5 + s * 0.1, row * s * 0.5)
      ctx.arc(column * s * 0.5, row * s * 0.5, s * 0.1, 0, Math.PI * 2)
    }
    ctx.fill()
  },
  zigzag: (ctx, s) => {
    const size = s * 1.2
    ctx.lineJoin = 'miter'
    for (let step = 0; step <= 7; step++) ctx.lineTo(-size + step * size * 0.286, step % 2 ? -size * 0.2 : size * 0.2)
    ctx.stroke()
  },
  cross: (ctx, s) => {
    ctx.fillRect(-s * 0.7, -s * 0.16, s * 1.4, s * 0.32)
    ctx.fillRect(-s * 0.16, -s * 0.7, s * 0.32, s * 1.4)
  },
}

const COUNT = 26

/** Four large shapes far off, nine of a middle size, and the rest small and near. */
const createCuttings = ({ width, height, brief }: SceneContext, random: Random, { paints }: Palette) => {
  const long = Math.max(width, height)
  return Array.from({ length: COUNT }, (_, index) => {
    const rank = index < 4 ? 0 : index < 13 ? 1 : 2
    const at = (index * 0.618034 + random() * 0.1) % 1
    const kind = index < 2 ? 'disc' : index < 4 ? 'half' : pick(random, KINDS)
    return {
      draw: SHAPES[kind],
      x: width * at,
      y: height * ((index * 0.7548777 + random() * 0.12) % 1),
      size:
        (rank === 0 ? 0.2 + random() * 0.08 : rank === 1 ? 0.055 + random() * 0.05 : 0.022 + random() * 0.03) * long,
      colour: css(pick(random, paints)),
      second: css(pick(random, paints)),
      angle: (Math.floor(random() * 8) * Math.PI) / 4,
      spin: (random() - 0.5) * (rank === 0 ? 0.12 : 0.5) * brief.pace,
      phase: random() * 7,
      depth: 0.25 + rank * 0.35,
      rank,
    }
  })
}

/** Loose shapes of cut paper at several depths, each with its shadow, that turn and sway. */
export const cuttingLayer = (scene: SceneContext, palette: Palette): Layer => {
  const { unit, brief } = scene
  const cuttings = createCuttings(scene, scene.random('cuttings'), palette)
  const shade = css(mix(palette.ink, [0, 0, 0], 0.4), 0.16)
  const paint = (
    ctx: DrawingContext,
    { draw, size }: (typeof cuttings)[number],
    colour: string,
    second: string,
  ): void => {
    ctx.fillStyle = colour
    setPen(ctx, colour, size * 0.16)
    ctx.beginPath()
    draw(ctx, size, second, colour)
  }
  return (ctx, view) => {
    for (const one of cuttings) {
      lookAt(ctx, view, one.depth)
      const x = one.x + Math.sin(view.seconds * 0.5 * brief.pace + one.phase) * (10 + one.rank * 14) * unit
      const y = one.y + Math.cos(view.seconds * 0.6 * brief.pace + one.phase * 2) * (8 + one.rank * 16) * unit
      const angle = one.angle + one.spin * view.seconds
      const fall = (4 + one.rank * 4) * unit
      drawAt(ctx, { x: x + fall, y: y + fall * 1.5, turn: angle }, () => paint(ctx, one, shade, shade))
      ctx.translate(x, y)
      ctx.rotate(angle)
      paint(ctx, one, one.colour, one.second)
    }
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }
}
