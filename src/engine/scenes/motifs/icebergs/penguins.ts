import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import { css } from '../../../canvas/colour.ts'
import { fillEllipse, fillPath, readPath } from '../../../canvas/paths.ts'
import { toneOf, type Tone } from '../../tone.ts'
import { type Layer, layerAt, type SceneContext } from '../../layers.ts'
import { drawAt } from '../../../canvas/curves.ts'

const BACK = readPath(
  'M -0.2 -0.02 C -0.32 -0.4 -0.22 -0.66 -0.1 -0.78 C -0.13 -1 0.1 -1.04 0.13 -0.88 ' +
    'C 0.14 -0.76 0.2 -0.7 0.22 -0.5 C 0.26 -0.26 0.2 -0.06 0.12 -0.01',
)
const BELLY = readPath(
  'M -0.04 -0.03 C -0.14 -0.36 -0.06 -0.66 0.06 -0.75 C 0.16 -0.7 0.21 -0.5 0.205 -0.34 C 0.2 -0.14 0.12 -0.03 0.06 -0.02',
)
const BEAK = readPath('M 0.1 -0.93 Q 0.24 -0.91 0.28 -0.86 Q 0.18 -0.85 0.11 -0.85')
const WING = readPath('M -0.03 0 C -0.16 0.12 -0.14 0.36 -0.06 0.44 C 0 0.36 0.05 0.14 0.05 0')

/** A penguin one unit tall, its feet at the origin, that looks to the right. */
const drawPenguin = (ctx: DrawingContext, tone: Tone, sway: number, flap: number): void => {
  ctx.rotate(sway * 0.06)
  const black = css(tone([34, 38, 50], 0.5))
  const orange = css(tone([240, 160, 60], 0.6))
  for (const foot of [-0.08, 0.1]) fillEllipse(ctx, orange, [foot + 0.03, -0.01, 0.09, 0.03])
  fillPath(ctx, black, BACK)
  fillPath(ctx, css(tone([250, 250, 246], 0.8)), BELLY)
  fillEllipse(ctx, css(tone([246, 192, 72], 0.8)), [0.045, -0.79, 0.055, 0.075, 0.5])
  fillPath(ctx, black, BEAK)
  drawAt(ctx, { x: -0.08, y: -0.68, turn: 0.2 + flap * 0.25 }, () => fillPath(ctx, css(tone([64, 72, 90], 0.8)), WING))
}

/** Penguins that stand about on the ice, shift from foot to foot and now and then lift a wing. */
export const penguinLayer = (
  scene: SceneContext,
  ground: { x: number; y: number; spread: number; size: number; depth: number; count: number },
): Layer => {
  const tone = toneOf(scene)
  const random = scene.random('penguins')
  const birds = Array.from({ length: ground.count }, (_, index) => {
    const down = (random() - 0.5) * 2
    return {
      x: ground.x + (index - (ground.count - 1) / 2 + (random() - 0.5) * 0.7) * ((ground.spread * 2) / ground.count),
      y: ground.y + down * ground.size * 0.22,
      size: ground.size * (0.86 + random() * 0.2) * (1 + down * 0.06) * (index > 2 && random() < 0.25 ? 0.6 : 1),
      side: random() < 0.5 ? -1 : 1,
      phase: random() * 7,
      pace: 1 + random() * 0.8,
    }
  }).sort((a, b) => a.y - b.y)
  return layerAt(ground.depth, (ctx, view) => {
    for (const bird of birds) {
      drawAt(ctx, { x: bird.x, y: bird.y }, () => {
        fillEllipse(ctx, 'rgba(40,80,120,0.26)', [0, 0, bird.size * 0.34, bird.size * 0.06])
        ctx.scale(bird.side * bird.size, bird.size)
        const flap = Math.max(0, Math.sin(view.seconds * 0.7 * bird.pace + bird.phase) - 0.6) * 2.5
        const sway = Math.sin(view.seconds * 1.9 * bird.pace + bird.phase)
        drawPenguin(ctx, tone, sway, flap * Math.sin(view.seconds * 14 + bird.phase))
      })
    }
  })
}
