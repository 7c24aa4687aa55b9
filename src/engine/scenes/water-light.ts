import { createCanvas, ImageData } from '@napi-rs/canvas'
import type { Rgb } from '../prompt/colours.ts'
import { ramp } from './colour.ts'
import { createDabs } from './dabs.ts'
import { coverBox, pixelPlate, still } from './plate.ts'
import type { Layer, Stage } from './stage.ts'
import { xAt, yAt } from './view.ts'
import type { Sea } from './reef.ts'

export const waterLayer = (stage: Stage, sea: Sea): Layer => {
  const { width, height } = stage
  const box = coverBox(stage, 0.05)
  const table = ramp(
    [
      [0, sea.light],
      [0.16, sea.top],
      [0.6, sea.mid],
      [1, sea.low],
    ],
    512,
  )
  const sunX = width * stage.light.sun.x
  const data = new Uint8ClampedArray(box.width * box.height * 4)
  const grain = stage.random('water grain')
  for (let row = 0; row < box.height; row++)
    for (let column = 0; column < box.width; column++) {
      const off = (column + box.x - sunX) / width
      const level = Math.min(1, Math.max(0, (row + box.y) / height + off * off * 0.5 - 0.02))
      const at = ((level * 511) | 0) * 3
      const dither = grain() + grain() - 1
      const index = (row * box.width + column) * 4
      data[index] = table[at]! + dither
      data[index + 1] = table[at + 1]! + dither
      data[index + 2] = table[at + 2]! + dither
      data[index + 3] = 255
    }
  return still(pixelPlate(box, 0.05, { width: box.width, height: box.height, data }))
}

/** The net of light that waves throw on the sand. */
export const causticLayer = (stage: Stage, from: number, colour: Rgb): Layer => {
  const { width, height } = stage
  const columns = 200
  const rows = 54
  const canvas = createCanvas(columns, rows)
  const small = canvas.getContext('2d')
  const image = new ImageData(columns, rows)
  const noise = stage.noise('caustics')
  return (ctx, view) => {
    const { data } = image
    for (let row = 0; row < rows; row++) {
      const z = 1 / (0.1 + row / rows)
      for (let column = 0; column < columns; column++) {
        const x = (column / columns - 0.5) * z * 5
        const t = view.seconds * 0.4
        const a = noise(x * 1.3 + t, z * 2.2 - t * 0.6)
        const b = noise(x * 1.3 - t * 0.8 + 9, z * 2.2 + t * 0.7 + 4)
        const net = Math.max(0, 1 - Math.abs(a + b * 0.7) * 3.4) ** 3
        const index = (row * columns + column) * 4
        const fade = Math.min(1, row / rows / 0.3)
        data[index] = colour[0]
        data[index + 1] = colour[1]
        data[index + 2] = colour[2]
        data[index + 3] = net * 110 * fade
      }
    }
    small.putImageData(image, 0, 0)
    ctx.globalCompositeOperation = 'screen'
    const top = yAt(view, from, 0.6)
    ctx.drawImage(canvas, -width * 0.05, top, width * 1.1, height - top + 10)
    ctx.globalCompositeOperation = 'source-over'
  }
}

/** Bubbles that rise in strings and grow. */
export const bubbleLayer = (stage: Stage, sea: Sea): Layer => {
  const { width, height, unit } = stage
  const random = stage.random('bubbles')
  const bubbles = Array.from({ length: 64 }, (_, index) => {
    const string = Math.floor(index / 16)
    return {
      x: width * (0.16 + string * 0.23) + (random() - 0.5) * 30 * unit,
      at: random(),
      size: (1.2 + random() * 4) * unit,
      speed: 0.1 + random() * 0.08,
      phase: random() * 6,
    }
  })
  const dabs = createDabs(bubbles.length * 3)
  return (_, view) => {
    for (const bubble of bubbles) {
      const run = (bubble.at + view.seconds * bubble.speed) % 1
      const x = xAt(view, bubble.x + Math.sin(view.seconds * 2 + bubble.phase + run * 8) * 8 * unit, 0.9)
      const y = yAt(view, height * (1.02 - run * 1.06), 0.9)
      const size = bubble.size * (0.6 + run * 0.8)
      // A pale rim, and the water again within it.
      dabs.paint([228, 249, 255], 0.36)
      dabs.disc(x, y, size + 0.5 * unit)
      dabs.paint(sea.mid, 0.22)
      dabs.disc(x, y, Math.max(0, size - 0.6 * unit))
      dabs.paint([255, 255, 255], 0.75)
      dabs.disc(x - size * 0.35, y - size * 0.35, size * 0.22)
    }
    dabs.lay(view.easel)
  }
}
