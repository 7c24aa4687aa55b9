import { drawGlow, glowImage } from '../../canvas/drawing.ts'
import { type Layer, layerAt, type SceneContext } from '../layers.ts'

/** Puffs that one thread of steam is made of, so close that they run into one another. */
const PUFFS = 10

/** Threads of steam that curl up from some cups. `size` is about a cup's breadth in pixels. */
export const steamLayer = (
  scene: SceneContext,
  cups: readonly { x: number; y: number; size: number }[],
  depth: number,
): Layer => {
  const noise = scene.noise('steam')
  // Small, for a puff that is drawn smaller than its picture is not laid but drawn, which takes far longer.
  const puff = glowImage([255, 248, 238], 16)
  return layerAt(depth, (ctx, view) => {
    cups.forEach((cup, index) => {
      for (let thread = 0; thread < 2; thread++)
        for (let step = 0; step < PUFFS; step++) {
          // Each rises, and is born anew at the cup: their strength is nothing at both ends.
          const at = (((step + view.seconds * 1.6) / PUFFS) % 1) ** 1.1
          const sway = noise(at * 1.7 - view.seconds * 0.35 + thread * 9, index * 5 + thread) * (0.1 + at * 0.9)
          const x = cup.x + ((thread - 0.5) * 0.36 + sway) * cup.size
          const radius = cup.size * (0.2 + at * 0.42)
          drawGlow(ctx, puff, [x, cup.y - at * cup.size * 3.2, radius], 0.34 * Math.sin(Math.PI * at) ** 1.2)
        }
    })
  })
}
