import type { Rgb } from '../../rgb.ts'
import { toneOf } from '../tone.ts'
import { css, mix } from '../../canvas/colour.ts'
import { paintSprite } from '../../canvas/sprite.ts'
import { type Layer, type SceneContext, still } from '../layers.ts'
import { cornersOf, paintFaces, type Spot } from './cliff.ts'

/** A rock of broken faces that rises out of the sea; `x`, `y` the middle of its foot, `top` its flat height for a house. */
export const cragLayer = (
  scene: SceneContext,
  at: { x: number; y: number; wide: number; tall: number; depth: number; far: number },
): Layer => {
  const random = scene.random('crag')
  const tone = toneOf(scene)
  const side = scene.light.sun.x * scene.width > at.x ? 1 : -1
  const rock: Rgb = [96, 90, 92]
  const columns = 16
  const rows = 5
  const rise = (share: number): number => {
    const off = Math.abs(share - 0.5) * 2
    return off < 0.34 ? 1 : Math.max(0, 1 - (off - 0.34) / 0.66) ** 1.3
  }
  const net: Spot[][] = Array.from({ length: rows + 1 }, (_, row) =>
    Array.from({ length: columns + 1 }, (_, column): Spot => {
      const share = column / columns
      const level = row / rows
      const jog = (random() - 0.5) * 0.7
      const top = rise(share) * at.tall * (0.9 + random() * 0.16)
      return [
        at.x + (share - 0.5 + (row > 0 ? jog / columns : jog / columns / 2)) * at.wide * (0.8 + level * 0.3),
        at.y - top * (1 - level) + (random() - 0.5) * at.tall * (row === 0 ? 0.03 : 0.08) + level * at.tall * 0.14,
      ]
    }),
  )
  const box = { x: at.x - at.wide, y: at.y - at.tall * 1.4, width: at.wide * 2, height: at.tall * 1.8 }
  return still(
    paintSprite(box, at.depth, (ctx) => {
      for (let row = 0; row < rows; row++)
        for (let column = 0; column < columns; column++) {
          const lean = (column / columns - 0.5) * side
          const wet = row > rows - 3 ? 0.3 : 0
          paintFaces(ctx, cornersOf(net, row, column), () => {
            const shine = Math.min(1, Math.max(0, 0.4 + lean * 0.9 + (random() - 0.5) * 0.5 - row * 0.1))
            const stone: Rgb = row === 0 && random() < 0.6 ? [92, 106, 72] : rock
            return css(mix(tone(stone, shine, at.far), [10, 14, 20], wet))
          })
        }
    }),
  )
}
