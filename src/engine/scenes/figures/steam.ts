import type { Layer, Stage } from '../stage.ts'
import { lookAt } from '../view.ts'

/** Threads of steam that curl up from some cups. `size` is about a cup's breadth in pixels. */
export const steamLayer = (
  stage: Stage,
  cups: readonly { x: number; y: number; size: number }[],
  depth: number,
): Layer => {
  const noise = stage.noise('steam')
  return (ctx, view) => {
    lookAt(ctx, view, depth)
    ctx.lineCap = 'round'
    cups.forEach((cup, index) => {
      for (let thread = 0; thread < 3; thread++) {
        const steps = 14
        let last: readonly [number, number] | undefined
        for (let step = 0; step <= steps; step++) {
          const at = step / steps
          const sway =
            noise(at * 1.7 - view.seconds * 0.5 + thread * 9, index * 5 + thread) * cup.size * (0.15 + at * 1.1)
          const x = cup.x + (thread - 1) * cup.size * 0.28 + sway
          const y = cup.y - at * cup.size * 3.6
          if (last) {
            ctx.strokeStyle = `rgba(255,248,238,${(0.3 * Math.sin(Math.PI * at)).toFixed(3)})`
            ctx.lineWidth = cup.size * (0.1 + at * 0.24)
            ctx.beginPath()
            ctx.moveTo(last[0], last[1])
            ctx.lineTo(x, y)
            ctx.stroke()
          }
          last = [x, y]
        }
      }
    })
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }
}
