import type { Rgb } from '../../rgb.ts'
import type { Random } from '../../random.ts'
import type { DrawingContext } from '../../canvas/drawing-context.ts'
import { fillShape } from '../../canvas/drawing.ts'
import type { Tone } from '../tone.ts'
import { css, mix } from '../../canvas/colour.ts'
import { setPen } from '../../canvas/curves.ts'

export type Spot = readonly [x: number, y: number]
type Corners = readonly [Spot, Spot, Spot, Spot]

/** The corners of a cell of a net, clockwise from the upper left. */
export const cornersOf = (net: readonly (readonly Spot[])[], row: number, column: number): Corners => [
  net[row]![column]!,
  net[row]![column + 1]!,
  net[row + 1]![column + 1]!,
  net[row + 1]![column]!,
]

/** Fills a cell as two broken faces, with an edge that closes the seams between them. */
export const paintFaces = (ctx: DrawingContext, [a, b, c, d]: Corners, colour: () => string): void => {
  for (const face of [
    [a, b, c],
    [a, c, d],
  ]) {
    const fill = colour()
    fillShape(ctx, face, fill)
    setPen(ctx, fill, 1)
    ctx.stroke()
  }
}

/** A wall of rock in broken faces between an upper and a lower edge, moss on its ledges, darker towards its foot. */
export const paintCliff = (
  ctx: DrawingContext,
  random: Random,
  wall: {
    from: number
    to: number
    top: (x: number) => number
    foot: (x: number) => number
    size: number
    rock: Rgb
    moss: Rgb
    far: number
    /** How much of the light a place across gets, 0 to 1. */
    shine: (x: number) => number
  },
  tone: Tone,
): void => {
  const columns = Math.max(3, Math.round((wall.to - wall.from) / wall.size))
  const tallest = Math.max(wall.foot(wall.from) - wall.top(wall.from), wall.foot(wall.to) - wall.top(wall.to))
  const rows = Math.max(4, Math.round(tallest / (wall.size * 1.5)))
  const net: Spot[][] = Array.from({ length: rows + 1 }, (_, row) =>
    Array.from({ length: columns + 1 }, (_cell, column): Spot => {
      const edge = column === 0 || column === columns
      const x = wall.from + ((column + (edge ? 0 : (random() - 0.5) * 0.8)) / columns) * (wall.to - wall.from)
      const level = (row + (row === 0 || row === rows ? 0 : (random() - 0.5) * 0.8)) / rows
      const [top, foot] = [wall.top(x), wall.foot(x)]
      return [x, top + (foot - top) * level + (row === 0 ? (random() - 0.5) * wall.size * 0.3 : 0)]
    }),
  )
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const corners = cornersOf(net, row, column)
      const grown = row === 0 || random() < 0.12
      paintFaces(ctx, corners, () => {
        const shine = wall.shine(corners[0][0]) + (random() - 0.5) * 0.42 - (row / rows) * 0.2
        const light = Math.min(1, Math.max(0, shine))
        const stone = grown && random() < 0.7 ? wall.moss : mix(wall.rock, wall.moss, random() * 0.16)
        return css(tone(stone, light, wall.far))
      })
    }
}
