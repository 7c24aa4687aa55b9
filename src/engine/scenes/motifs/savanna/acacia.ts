import type { Rgb } from '../../../rgb.ts'
import type { Random } from '../../../random.ts'
import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import { fillEllipse, strokeLine } from '../../../canvas/paths.ts'
import { css, mix } from '../../../canvas/colour.ts'
import { strokeCurve } from '../../../canvas/curves.ts'

/** An umbrella thorn: a forked trunk and flat tiers of leaves, its foot at x, y. */
export const paintAcacia = (
  ctx: DrawingContext,
  random: Random,
  tree: { x: number; y: number; tall: number; dark: Rgb; lit: Rgb; side: number },
): void => {
  const { x, y, tall, dark, lit, side } = tree
  ctx.strokeStyle = css(dark)
  ctx.lineCap = 'round'
  const lean = (random() - 0.5) * 0.2
  const tops: { x: number; y: number; wide: number }[] = []
  const stems = 3 + Math.floor(random() * 2)
  const fork = y - tall * (0.3 + random() * 0.12)
  const forkX = x + lean * tall * 0.5
  ctx.lineWidth = tall * 0.05
  strokeCurve(ctx, [x, y], [x, (y + fork) / 2, forkX, fork])
  for (let stem = 0; stem < stems; stem++) {
    const out = (stem / (stems - 1) - 0.5) * 0.9 + (random() - 0.5) * 0.14
    const endX = forkX + out * tall
    const endY = y - tall * (0.84 + random() * 0.12 - Math.abs(out) * 0.14)
    ctx.lineWidth = tall * 0.024
    strokeCurve(ctx, [forkX, fork], [forkX + out * tall * 0.2, fork - tall * 0.26, endX, endY])
    for (const twig of [-0.5, 0.5]) {
      const [fromX, fromY] = [forkX + out * tall * 0.6, (fork + endY) / 2 - tall * 0.08]
      strokeLine(ctx, [fromX, fromY, endX + twig * tall * 0.2, endY], tall * 0.009)
    }
    tops.push({ x: endX, y: endY, wide: tall * (0.26 + random() * 0.12) })
  }
  for (const pass of [0, 1, 2])
    for (const top of tops)
      for (let leaf = 0; leaf < 60; leaf++) {
        const across = (random() + random() - 1) * top.wide * 1.15
        const level = 1 - Math.abs(across) / (top.wide * 1.3)
        const up = random() * level
        const shine = Math.min(1, pass * 0.3 + up * 0.4 + (across * side > 0 ? 0.12 : 0))
        const [leafX, leafY] = [top.x + across, top.y + tall * 0.03 - up * tall * (0.05 + pass * 0.025)]
        const radii = [tall * (0.014 + random() * 0.022), tall * (0.007 + random() * 0.01)] as const
        fillEllipse(ctx, css(mix(dark, lit, shine), 0.9), [leafX, leafY, ...radii])
      }
}
