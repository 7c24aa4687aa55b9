import type { Rgb } from '../../../rgb.ts'
import { fillShape } from '../../../canvas/drawing.ts'
import { toneOf } from '../../tone.ts'
import { css } from '../../../canvas/colour.ts'
import { coverBox, still, type Layer } from '../../layers.ts'
import { paintSprite } from '../../../canvas/sprite.ts'
import type { SceneContext } from '../../context.ts'

const STRIPES: readonly (readonly [Rgb, Rgb])[] = [
  [
    [222, 74, 62],
    [250, 246, 236],
  ],
  [
    [42, 122, 180],
    [250, 246, 236],
  ],
  [
    [246, 184, 66],
    [250, 246, 236],
  ],
  [
    [52, 154, 132],
    [250, 240, 214],
  ],
]

/** Striped parasols and towels on the sand of a beach. */
export const parasols = (scene: SceneContext, line: number): Layer => {
  const { width, height, unit, light } = scene
  const tone = toneOf(scene)
  const random = scene.random('parasols')
  const count = light.dark > 0.5 || light.season === 'winter' ? 0 : 2 + Math.floor(random() * 4)
  const sprite = paintSprite(coverBox(scene, 1, line - 150 * unit), 1, (ctx) => {
    const places = Array.from({ length: count }, () => ({ x: width * random(), near: random() })).sort(
      (a, b) => a.near - b.near,
    )
    for (const { x, near } of places) {
      const y = line + (52 + near * 60) * unit * ((height - line) / (140 * unit))
      const size = (54 + near * 60) * unit
      const [first, second] = STRIPES[Math.floor(random() * STRIPES.length)]!
      const lean = (random() - 0.5) * 0.5
      ctx.save()
      ctx.translate(x, y)
      ctx.fillStyle = css([40, 34, 40], 0.22)
      ctx.beginPath()
      ctx.ellipse((light.sun.x > 0.5 ? -0.5 : 0.5) * size, size * 0.04, size * 0.8, size * 0.12, 0, 0, Math.PI * 2)
      ctx.fill()
      fillShape(
        ctx,
        [
          [size * 0.2, -size * 0.02],
          [size * 1.1, -size * 0.08],
          [size * 1.2, size * 0.04],
          [size * 0.3, size * 0.12],
        ],
        css(tone(random() < 0.5 ? second : first, 0.8)),
      )
      ctx.rotate(lean * 0.4)
      ctx.fillStyle = css(tone([240, 236, 226], 0.7))
      ctx.fillRect(-size * 0.018, -size * 1.3, size * 0.036, size * 1.3)
      const panels = 8
      for (let panel = 0; panel < panels; panel++) {
        const at = (share: number): number => -Math.cos((share / panels) * Math.PI) * size * 0.86
        const [from, to] = [at(panel), at(panel + 1)]
        ctx.fillStyle = css(
          tone(panel % 2 ? second : first, 0.45 + (light.sun.x > 0.5 ? panel / panels : 1 - panel / panels) * 0.5),
        )
        ctx.beginPath()
        ctx.moveTo(0, -size * 1.34)
        ctx.quadraticCurveTo(from * 0.9, -size * 1.24, from, -size * 0.86)
        ctx.quadraticCurveTo((from + to) / 2, -size * 0.8, to, -size * 0.86)
        ctx.quadraticCurveTo(to * 0.9, -size * 1.24, 0, -size * 1.34)
        ctx.fill()
      }
      ctx.restore()
    }
  })
  return still(sprite)
}
