import { rgb, type Rgb } from '../../../rgb.ts'
import { fillEllipse, fillPolygon, fillRectangle } from '../../../canvas/paths.ts'
import { toneOf } from '../../tone.ts'
import { css } from '../../../canvas/colour.ts'
import { coverBox, type Layer, type SceneContext, still } from '../../layers.ts'
import { paintSprite } from '../../../canvas/sprite.ts'
import { drawAt, fillCurve } from '../../../canvas/curves.ts'

const STRIPES: readonly (readonly [Rgb, Rgb])[] = [
  [rgb(0xde4a3e), rgb(0xfaf6ec)],
  [rgb(0x2a7ab4), rgb(0xfaf6ec)],
  [rgb(0xf6b842), rgb(0xfaf6ec)],
  [rgb(0x349a84), rgb(0xfaf0d6)],
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
      drawAt(ctx, { x, y }, () => {
        const sunny = light.sun.x > 0.5
        fillEllipse(ctx, css([40, 34, 40], 0.22), [(sunny ? -0.5 : 0.5) * size, size * 0.04, size * 0.8, size * 0.12])
        const towel = [0.2, -0.02, 1.1, -0.08, 1.2, 0.04, 0.3, 0.12].map((share) => size * share)
        fillPolygon(ctx, css(tone(random() < 0.5 ? second : first, 0.8)), towel)
        ctx.rotate(lean * 0.4)
        fillRectangle(ctx, css(tone([240, 236, 226], 0.7)), [-size * 0.018, -size * 1.3, size * 0.036, size * 1.3])
        const panels = 8
        for (let panel = 0; panel < panels; panel++) {
          const at = (share: number): number => -Math.cos((share / panels) * Math.PI) * size * 0.86
          const [from, to] = [at(panel), at(panel + 1)]
          const shine = 0.45 + (sunny ? panel / panels : 1 - panel / panels) * 0.5
          fillCurve(
            ctx,
            css(tone(panel % 2 ? second : first, shine)),
            [0, -size * 1.34],
            [from * 0.9, -size * 1.24, from, -size * 0.86],
            [(from + to) / 2, -size * 0.8, to, -size * 0.86],
            [to * 0.9, -size * 1.24, 0, -size * 1.34],
          )
        }
      })
    }
  })
  return still(sprite)
}
