import type { Rgb } from '../../../rgb.ts'
import { ramp } from '../../../canvas/colour.ts'
import { createDabs } from '../../../canvas/dabs.ts'
import { type NoiseField, wavesOf } from '../../../canvas/noise-field.ts'
import type { Sheet } from '../../../canvas/frame-memory.ts'
import { coverBox, type Layer, type SceneContext, still } from '../../layers.ts'
import { pixelSprite } from '../../../canvas/sprite.ts'
import { xAt, yAt } from '../../../canvas/camera-view.ts'
import type { Sea } from './reef.ts'

/** The water behind everything: lightest about the sun, darker with depth. */
export const waterLayer = (scene: SceneContext, sea: Sea): Layer => {
  const { width, height } = scene
  const box = coverBox(scene, 0.05)
  const table = ramp(
    [
      [0, sea.light],
      [0.16, sea.top],
      [0.6, sea.mid],
      [1, sea.low],
    ],
    512,
  )
  const sunX = width * scene.light.sun.x
  const data = new Uint8ClampedArray(box.width * box.height * 4)
  const grain = scene.random('water grain')
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
  return still(pixelSprite(box, 0.05, { width: box.width, height: box.height, data }))
}

/** Points of noise that are worked out at a time, and as how many waves their places are given. */
const STRIP = 3600
const PLAIN = { x: 1, z: 1, octaves: 1 }

/** The net of light that waves throw on the sand. */
export const causticLayer = (scene: SceneContext, from: number, colour: Rgb): Layer => {
  const { width, height } = scene
  const columns = 200
  const rows = 54
  const rgba = new Uint8ClampedArray(columns * rows * 4)
  const fades = new Float32Array(columns * rows)
  // Where each point of the picture lies on the sand, in waves.
  const [xs, zs] = [new Float32Array(columns * rows), new Float32Array(columns * rows)]
  for (let at = 0; at < columns * rows; at++) {
    const row = Math.floor(at / columns)
    const z = 1 / (0.1 + row / rows)
    xs[at] = ((at % columns) / columns - 0.5) * z * 5 * 1.3
    zs[at] = z * 2.2
    fades[at] = Math.min(1, row / rows / 0.3) * 110
    rgba.set(colour, at * 4)
  }
  const [movedX, movedZ] = [new Float32Array(STRIP), new Float32Array(STRIP)]
  const noise = scene.noise('caustics')
  const [first, second] = [wavesOf(noise, PLAIN), wavesOf(noise, PLAIN)]
  const moved = (field: NoiseField, begin: number, count: number, byX: number, byZ: number): Float32Array => {
    for (let at = 0; at < count; at++) {
      movedX[at] = xs[begin + at]! + byX
      movedZ[at] = zs[begin + at]! + byZ
    }
    return field(movedX, movedZ, count)
  }
  let kept: Sheet | undefined
  return (_, view) => {
    const t = view.seconds * 0.4
    for (let begin = 0; begin < columns * rows; begin += STRIP) {
      const count = Math.min(STRIP, columns * rows - begin)
      const a = moved(first, begin, count, t, -t * 0.6)
      const b = moved(second, begin, count, 9 - t * 0.8, 4 + t * 0.7)
      for (let at = 0; at < count; at++) {
        // An octave alone is half a noise.
        const net = Math.max(0, 1 - Math.abs(a[at]! + b[at]! * 0.7) * 6.8)
        rgba[(begin + at) * 4 + 3] = net * net * net * fades[begin + at]!
      }
    }
    const { frameCanvas } = view
    kept ??= frameCanvas.memory.sheet(columns, rows)
    frameCanvas.memory.fill(kept, rgba, columns, rows, true)
    const top = yAt(view, from, 0.6)
    frameCanvas.lay(kept, { x: -width * 0.05, y: top, width: width * 1.1, height: height - top + 10 })
  }
}

/** Bubbles that rise in strings and grow. */
export const bubbleLayer = (scene: SceneContext, sea: Sea): Layer => {
  const { width, height, unit } = scene
  const random = scene.random('bubbles')
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
    dabs.lay(view.frameCanvas)
  }
}
