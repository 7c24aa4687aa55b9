import { pick } from '../../../random.ts'
import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import { fillPolygon, fillRectangle } from '../../../canvas/paths.ts'
import { css, mix } from '../../../canvas/colour.ts'
import type { Palette } from './paper.ts'
import type { Layer, SceneContext } from '../../layers.ts'
import { lookAt } from '../../../canvas/camera-view.ts'

const ease = (share: number): number => share * share * share * (share * (share * 6 - 15) + 10)

/** Quarter turns made by a moment: rests, then turns at once, as a shutter does. */
const turnsAt = (seconds: number, pace: number, phase: number): number => {
  const time = seconds * pace + phase
  const done = Math.floor(time)
  return done + ease(Math.min(1, Math.max(0, (time - done - 0.45) / 0.55)))
}

type Draw = (ctx: DrawingContext, colours: readonly [first: string, second: string, third: string]) => void

const TURN = Math.PI * 2

/** Fills a part of a disc between two angles, from its middle; or all of it. */
const fillDisc = (
  ctx: DrawingContext,
  [x, y, radius]: readonly [x: number, y: number, radius: number],
  fill: string,
  from = 0,
  to = TURN,
): void => {
  ctx.fillStyle = fill
  ctx.beginPath()
  ctx.moveTo(x, y)
  ctx.arc(x, y, radius, from, to)
  ctx.fill()
}

/** What a tile of one unit (from -0.5 to 0.5) may hold. */
const TILES: readonly Draw[] = [
  (ctx, [first, second]) =>
    [1, 0.75, 0.5, 0.25].forEach((radius, index) =>
      fillDisc(ctx, [-0.5, -0.5, radius], index % 2 ? second : first, 0, Math.PI / 2),
    ),
  (ctx, [first]) => fillDisc(ctx, [-0.5, 0, 0.5], first, -Math.PI / 2, Math.PI / 2),
  (ctx, [first, second]) => {
    fillDisc(ctx, [0, 0, 0.42], first)
    fillDisc(ctx, [0, 0, 0.2], second)
  },
  (ctx, [first, second]) => {
    fillPolygon(ctx, first, [-0.5, 0.5, 0.5, 0.5, -0.5, -0.5])
    fillDisc(ctx, [0.18, -0.18, 0.16], second)
  },
  (ctx, [first]) => {
    for (let bar = 0; bar < 4; bar++) fillRectangle(ctx, first, [-0.5 + bar * 0.25, -0.5, 0.125, 1])
  },
  (ctx, [first, second]) => {
    fillDisc(ctx, [-0.5, -0.5, 1], first, 0, Math.PI / 2)
    fillDisc(ctx, [0.5, 0.5, 0.5], second, Math.PI, Math.PI * 1.5)
  },
  (ctx, [first]) => {
    for (let row = 0; row < 4; row++)
      for (let column = 0; column < 4; column++)
        fillDisc(ctx, [-0.375 + column * 0.25, -0.375 + row * 0.25, 0.07], first)
  },
  (ctx, [first, second, third]) => {
    fillRectangle(ctx, first, [-0.5, -0.5, 1, 0.5])
    fillDisc(ctx, [0, 0, 0.5], second, 0, Math.PI)
    fillDisc(ctx, [0, 0, 0.5], third, Math.PI, TURN)
  },
  (ctx, [first, second]) => {
    fillDisc(ctx, [-0.5, 0, 0.5], first, -Math.PI / 2, Math.PI / 2)
    fillDisc(ctx, [0, 0, 0.5], second, -Math.PI / 2, Math.PI / 2)
  },
]

/** A wall of tiles that turn by quarters, a wave of them at a time. */
export const tileLayer = (scene: SceneContext, palette: Palette): Layer => {
  const { width, height, brief } = scene
  const random = scene.random('tiles')
  const across = Math.max(3, Math.round((width / Math.min(width, height)) * (3 + Math.floor(random() * 3))))
  const size = width / across
  const rows = Math.ceil(height / size) + 1
  const anyPaint = (): string => css(pick(random, palette.paints))
  const list = Array.from({ length: (across + 2) * rows }, (_, index) => {
    const column = index % (across + 2)
    const row = Math.floor(index / (across + 2))
    const ground = random() < 0.55 ? palette.paper : pick(random, palette.paints)
    const colours = [anyPaint(), anyPaint(), anyPaint()] as const
    return {
      x: (column - 0.5) * size,
      y: (row + 0.5) * size - (rows * size - height) / 2,
      ground: css(mix(ground, palette.paper, 0.25)),
      colours,
      draw: pick(random, TILES),
      start: Math.floor(random() * 4),
      way: random() < 0.5 ? 1 : -1,
      phase: (column + row) * 0.13 + random() * 0.12,
      turns: random() < 0.62,
    }
  })
  const pace = 0.42 * brief.pace
  return (ctx, view) => {
    for (const tile of list) {
      lookAt(ctx, view, 0.6)
      ctx.translate(tile.x, tile.y)
      ctx.scale(size, size)
      fillRectangle(ctx, tile.ground, [-0.502, -0.502, 1.004, 1.004])
      ctx.save()
      ctx.beginPath()
      ctx.rect(-0.5, -0.5, 1, 1)
      ctx.clip()
      ctx.rotate(((tile.start + (tile.turns ? tile.way * turnsAt(view.seconds, pace, tile.phase) : 0)) * Math.PI) / 2)
      tile.draw(ctx, tile.colours)
      ctx.restore()
    }
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }
}
