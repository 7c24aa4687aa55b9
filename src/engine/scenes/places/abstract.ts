import { createCanvas, ImageData } from '@napi-rs/canvas'
import type { Rgb } from '../../prompt/colours.ts'
import { fromLab, mix, ramp, shift } from '../colour.ts'
import { moteLayer } from '../falling.ts'
import { fbm } from '../noise.ts'
import type { Layer, Stage } from '../stage.ts'
import type { PlacePainter } from './painter.ts'

/** Three or four colours in harmony: those named, or hues that the words themselves choose. */
const harmony = (stage: Stage): Rgb[] => {
  const { colours, hash, words } = stage.brief
  const random = stage.random('harmony')
  const named = colours.slice(0, 4)
  const start = ((hash % 360) / 180) * Math.PI
  const steps = [0.3, -0.35, 0.75, -1.15]
  const drawn = steps.map((step, index): Rgb => {
    const letter = words.list[index % Math.max(1, words.list.length)] ?? ''
    const own = ((letter.length * 7 + letter.charCodeAt(0)) % 20) / 100
    const hue = start + step * (0.8 + random() * 0.4) + own
    const lightness = [0.4, 0.56, 0.72, 0.88][index]!
    return fromLab([lightness, Math.cos(hue) * 0.11, Math.sin(hue) * 0.11])
  })
  const list = named.length > 0 ? [...named, ...named.map((colour) => shift(colour, 0.12, 0.85, 0.4)), ...drawn] : drawn
  return list.slice(0, 4)
}

/** Folds of light cloth that flow into one another: noise bent by noise, lit across its slope. */
const silkLayer = (stage: Stage, colours: readonly Rgb[]): Layer => {
  const { width, height, brief } = stage
  const scale = Math.min(1, 300 / Math.max(width, height))
  const columns = Math.ceil(width * scale) + 2
  const rows = Math.ceil(height * scale) + 2
  const canvas = createCanvas(columns, rows)
  const small = canvas.getContext('2d')
  const image = new ImageData(columns, rows)
  const noise = stage.noise('silk')
  const random = stage.random('silk')
  const angle = random() * Math.PI
  const cos = Math.cos(angle)
  const sin = Math.sin(angle)
  const ground: Rgb = mix(shift(colours[0]!, -0.28, 0.9), [8, 8, 20], 0.4)
  const table = ramp(
    [
      [0, ground],
      [0.26, shift(colours[0]!, -0.08)],
      [0.5, colours[1] ?? colours[0]!],
      [0.74, colours[2] ?? colours[0]!],
      [1, shift(colours[3] ?? colours[0]!, 0.06)],
    ],
    512,
  )
  const lively = 0.07 * brief.pace
  const levels = new Float32Array(columns * rows)
  return (ctx, view) => {
    const t = view.seconds * lively
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        const x0 = (column - columns / 2) / 300 / (0.9 + view.zoom * 0.1) + view.x * 0.3
        const y0 = (row - rows / 2) / 300 + view.y * 0.3
        const x = (x0 * cos - y0 * sin) * 1.5
        const y = (x0 * sin + y0 * cos) * 3.4
        const bend = fbm(noise, x * 1.1 + t, y * 0.5 - t * 0.7, 2)
        const fold = fbm(noise, x * 0.9 + bend * 1.3 + 20, y * 1.1 + bend * 1.9 + t * 1.3, 2)
        levels[row * columns + column] = 0.5 + 0.5 * Math.sin((fold * 2.6 + bend * 1.4 + y * 0.35) * 2.1)
      }
    const { data } = image
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        const node = row * columns + column
        const level = levels[node]!
        const slope =
          level - levels[row > 0 ? node - columns : node]! + (level - levels[column > 0 ? node - 1 : node]!) * 0.6
        const shine = Math.min(1.45, Math.max(0.55, 1 + slope * 5))
        const at = ((Math.min(0.999, level * 0.94 + 0.03) * 511) | 0) * 3
        const index = node * 4
        const gloss = Math.max(0, shine - 1.12) * 150
        data[index] = table[at]! * shine + gloss
        data[index + 1] = table[at + 1]! * shine + gloss
        data[index + 2] = table[at + 2]! * shine + gloss
        data[index + 3] = 255
      }
    small.putImageData(image, 0, 0)
    ctx.drawImage(canvas, 1, 1, columns - 2, rows - 2, 0, 0, width, height)
  }
}

/** Flowing cloth in the colours of the words, with slow lights before it; also what unknown words become. */
export const paintAbstract: PlacePainter = (stage) => {
  const colours = harmony(stage)
  return {
    horizon: stage.height / 2,
    layers: [
      silkLayer(stage, colours),
      moteLayer(stage, {
        name: 'lights',
        colour: mix(colours[3] ?? colours[0]!, [255, 255, 255], 0.3),
        count: 34,
        rise: 12,
        size: 1.8,
        from: 0,
        to: 1,
        blink: 0.7,
      }),
    ],
  }
}
