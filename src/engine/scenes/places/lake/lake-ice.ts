import { css, mix } from '../../../canvas/colour.ts'
import { toneOf } from '../../tone.ts'
import { coverBox, still, type Layer } from '../../layers.ts'
import { paintSprite } from '../../../canvas/sprite.ts'
import type { SceneContext } from '../../context.ts'

/** A sheet of ice over a lake, to lie on its mirrored picture: milky, veined with cracks that run to the eye, snow blown over it. */
export const iceSheet = (scene: SceneContext, line: number): Layer => {
  const { light, width, height, unit } = scene
  const random = scene.random('ice sheet')
  const tone = toneOf(scene)
  const depth = 0.5
  const box = coverBox(scene, depth, line)
  const fall = height - line
  // A place on the ice: across in frames at the eye's feet, and away, 0 at the feet to 1 at the far shore.
  const at = (across: number, away: number): [number, number] => {
    const near = 1 / (1 + away * 9)
    return [width / 2 + across * width * (0.16 + near * 1.1), line + fall * ((near - 0.1) / 0.9)]
  }
  return still(
    paintSprite(box, depth, (ctx) => {
      const milk = ctx.createLinearGradient(0, line, 0, height)
      milk.addColorStop(0, css(tone([232, 242, 250], 0.8, 0.2), 0.86))
      milk.addColorStop(0.25, css(tone([176, 208, 226], 0.7), 0.66))
      milk.addColorStop(1, css(tone([96, 148, 178], 0.5), 0.6))
      ctx.fillStyle = milk
      ctx.fillRect(box.x, line, box.width, box.height)
      const pale = tone([244, 250, 255], 0.85)
      const vein = (across: number, away: number, angle: number, long: number, wide: number, rank: number): void => {
        let [u, v, turn] = [across, away, angle]
        const steps = 12
        for (let step = 0; step < steps; step++) {
          const [x1, y1] = at(u, v)
          u += (Math.cos(turn) * long) / steps
          v += (Math.sin(turn) * long) / steps
          turn += (random() - 0.5) * 0.7
          if (v < -0.02 || v > 1) return
          const [x2, y2] = at(u, v)
          const near = 1 / (1 + Math.max(0, v) * 9)
          ctx.strokeStyle = css(tone([40, 92, 124], 0.4), 0.3 * near)
          ctx.lineWidth = wide * near * 3 * unit
          ctx.beginPath()
          ctx.moveTo(x1 + 1.5 * unit * near, y1 + 2 * unit * near)
          ctx.lineTo(x2 + 1.5 * unit * near, y2 + 2 * unit * near)
          ctx.stroke()
          ctx.strokeStyle = css(pale, 0.25 + near * 0.6)
          ctx.lineWidth = Math.max(0.5, wide * near * 1.7 * unit)
          ctx.beginPath()
          ctx.moveTo(x1, y1)
          ctx.lineTo(x2, y2)
          ctx.stroke()
          if (rank < 2 && random() < 0.3)
            vein(u, v, turn + (random() < 0.5 ? 1 : -1) * (0.6 + random() * 0.6), long * 0.45, wide * 0.55, rank + 1)
        }
      }
      for (let crack = 0; crack < 17; crack++)
        vein(
          (random() - 0.5) * 1.1,
          random() ** 2 * 0.6,
          random() * Math.PI * 2,
          0.3 + random() * 0.5,
          1 + random() * 1.4,
          0,
        )
      for (let bubble = 0; bubble < 420; bubble++) {
        const away = random() ** 2 * 0.7
        const [x, y] = at((random() - 0.5) * 1.1, away)
        const near = 1 / (1 + away * 9)
        ctx.fillStyle = css(pale, 0.1 + random() * 0.22)
        ctx.beginPath()
        ctx.ellipse(x, y, (1 + random() * 7) * near * unit, (0.5 + random() * 2.4) * near * unit, 0, 0, Math.PI * 2)
        ctx.fill()
      }
      for (let drift = 0; drift < 46; drift++) {
        const away = random() ** 1.2
        const [x, y] = at((random() - 0.5) * 1.2, away)
        const near = 1 / (1 + away * 9)
        const snow = mix(tone([248, 251, 255], 0.9), light.haze, (1 - near) * 0.3)
        const wide = (90 + random() * 300) * (0.12 + near * 0.7) * unit
        for (const [grow, alpha] of [
          [1, 0.22],
          [0.72, 0.3],
          [0.4, 0.4],
        ] as const) {
          ctx.fillStyle = css(snow, alpha)
          ctx.beginPath()
          ctx.ellipse(x, y, wide * grow, wide * 0.09 * grow, 0, 0, Math.PI * 2)
          ctx.fill()
        }
      }
    }),
  )
}
