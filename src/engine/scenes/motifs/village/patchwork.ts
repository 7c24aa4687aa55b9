import { rgb } from '../../../rgb.ts'
import { toneOf } from '../../tone.ts'
import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import { css, shift } from '../../../canvas/colour.ts'
import { strokeLine } from '../../../canvas/paths.ts'
import { pick } from '../../../random.ts'
import { growthColour } from '../../land/relief.ts'
import type { SceneContext } from '../../layers.ts'

/** One fold of the land, from the furthest (`share` 0) to the nearest (1); `wide` is how broad a house stands on it. */
export type Rank = { depth: number; far: number; crest: (x: number) => number; wide: number; share: number }

/** Fields laid out over a slope, each in its own green or gold, with hedges between. */
export const patchwork = (
  ctx: DrawingContext,
  scene: SceneContext,
  rank: Rank,
  box: { x: number; width: number; bottom: number },
  snowy: boolean,
): void => {
  const { unit, width } = scene
  const random = scene.random(`fields ${rank.share}`)
  const tone = toneOf(scene)
  const grass = growthColour(scene.light)
  const golds = [grass, shift(grass, 0.06), rgb(0xceba60), shift(grass, -0.05), rgb(0x96a054), rgb(0xba9660)]
  const step = width * (0.12 + rank.share * 0.2)
  const tall = box.bottom - rank.crest(width / 2)
  for (let x = box.x - step; x < box.x + box.width; x += step * (0.6 + random() * 0.7)) {
    const wide = step * (0.7 + random() * 0.8)
    const lean = (x - width / 2) * 0.35 + (random() - 0.5) * step * 0.5
    const top = (0.06 + random() * 0.2) * tall
    const low = top + (0.16 + random() * 0.3) * tall
    const at = (u: number, down: number): [number, number] => {
      const px = x + u * wide + lean * (down / tall)
      return [px, rank.crest(px) + down]
    }
    const colour = snowy ? shift([232, 238, 248], (random() - 0.5) * 0.05) : pick(random, golds)
    ctx.fillStyle = css(tone(colour, 0.5 + random() * 0.4, rank.far), 0.55)
    ctx.beginPath()
    for (let u = 0; u <= 8; u++) ctx.lineTo(...at(u / 8, top))
    for (let u = 8; u >= 0; u--) ctx.lineTo(...at(u / 8, low))
    ctx.fill()
    ctx.strokeStyle = css(tone(shift(colour, snowy ? -0.08 : -0.14), 0.4, rank.far), 0.4)
    ctx.lineWidth = Math.max(0.8, 1.6 * unit * rank.share + 0.6)
    if (random() < 0.6)
      for (let furrow = 1; furrow < 9; furrow++) strokeLine(ctx, [...at(furrow / 9, top), ...at(furrow / 9, low)])
  }
}
