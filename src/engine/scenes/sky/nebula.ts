import type { Rgb } from '../../rgb.ts'
import { css, mix, ramp } from '../../canvas/colour.ts'
import { wavesOf } from '../../canvas/noise-field.ts'
import { coverBox, type Layer, type SceneContext, still } from '../layers.ts'
import { paintSprite, pixelSprite, type Sprite } from '../../canvas/sprite.ts'
import { radialGradient } from '../../canvas/gradients.ts'
import { fillRectangle } from '../../canvas/paths.ts'

type Row = Float32Array<ArrayBuffer>

/** From the dark of space through the colours of a scheme, which has three. */
const nebulaRamp = (scheme: readonly Rgb[]) =>
  ramp(
    [
      [0, [4, 5, 14]],
      [0.3, mix([6, 8, 22], scheme[0]!, 0.45)],
      [0.55, mix(scheme[0]!, scheme[1]!, 0.5)],
      [0.8, scheme[1]!],
      [1, scheme[2]!],
    ],
    512,
  )

/** Clouds of gas along a slanting band, in the colours of a scheme. */
export const nebula = (scene: SceneContext, scheme: readonly Rgb[]): Sprite => {
  const { width, height } = scene
  const depth = 0.12
  const box = coverBox(scene, depth)
  const scale = 0.5
  const columns = Math.ceil(box.width * scale)
  const rows = Math.ceil(box.height * scale)
  const noise = scene.noise('nebula')
  const random = scene.random('nebula')
  const long = Math.max(width, height)
  const angle = (random() - 0.5) * 1.6
  const midX = 0.35 + random() * 0.3
  const midY = 0.35 + random() * 0.3
  const table = nebulaRamp(scheme)
  const data = new Uint8ClampedArray(columns * rows * 4)
  const grain = scene.random('nebula grain')
  const xs = Float32Array.from({ length: columns }, (_, column) => (column / scale / long) * 2.3)
  const across = xs.map((_, column) => (column / columns - midX) * Math.sin(angle))
  const [ys, lower, bentX, bentY] = [0, 1, 2, 3].map(() => new Float32Array(columns)) as [Row, Row, Row, Row]
  const warps = wavesOf(noise, { x: 1, z: 1, moveX: 7, octaves: 3 })
  const folds = wavesOf(noise, { x: 1, z: 1, octaves: 3 })
  const clouds = wavesOf(noise, { x: 1, z: 1, octaves: 5 })
  const dusts = wavesOf(noise, { x: 1, z: 1, moveX: 40, octaves: 4 })
  for (let row = 0; row < rows; row++) {
    const y = (row / scale / long) * 2.3
    const down = (row / rows - midY) * (rows / columns) * Math.cos(angle)
    const wx = warps(xs, ys.fill(y), columns)
    const wy = folds(xs, lower.fill(y + 19), columns)
    for (let column = 0; column < columns; column++) {
      bentX[column] = xs[column]! * 1.1 + wx[column]! * 1.5
      bentY[column] = y * 1.1 + wy[column]! * 1.5
    }
    const cloud = clouds(bentX, bentY, columns)
    for (let column = 0; column < columns; column++) {
      bentX[column] = xs[column]! * 2 + wy[column]! * 2
      bentY[column] = y * 2 + wx[column]! * 1.4
    }
    const dust = dusts(bentX, bentY, columns)
    for (let column = 0; column < columns; column++) {
      const off = across[column]! + down
      const band = Math.exp(-(off * off) / 0.045)
      const thick = (0.3 + cloud[column]! * 0.85) * band * 1.05 + 0.04 - Math.max(0, dust[column]!) * 0.75 * band
      const bright = Math.min(1, Math.max(0, thick))
      const at = ((bright * 511) | 0) * 3
      const index = (row * columns + column) * 4
      // Warm and cool regions within one cloud.
      const warmth = 1 + wx[column]! * 0.35
      const dither = grain() + grain() - 1
      data[index] = table[at]! * warmth + dither
      data[index + 1] = table[at + 1]! + dither
      data[index + 2] = table[at + 2]! * (2 - warmth) + dither
      data[index + 3] = 255
    }
  }
  return pixelSprite(box, depth, { width: columns, height: rows, data })
}

/** Stars at a depth, the brightest with a glow and a cross. `size` is that of the largest, in units. */
export const starfield = (scene: SceneContext, name: string, depth: number, count: number, size: number): Layer => {
  const random = scene.random(name)
  const box = coverBox(scene, depth)
  const sprite = paintSprite(box, depth, (ctx) => {
    for (let index = 0; index < count; index++) {
      const x = box.x + random() * box.width
      const y = box.y + random() * box.height
      const bright = random() ** 4
      const warm = random()
      const colour: Rgb = warm < 0.22 ? [255, 214, 180] : warm < 0.5 ? [186, 208, 255] : [250, 250, 255]
      ctx.fillStyle = css(colour, 0.25 + bright * 0.75)
      const r = (0.4 + bright * size) * scene.unit
      ctx.beginPath()
      ctx.arc(x, y, r, 0, Math.PI * 2)
      ctx.fill()
      if (bright < 0.72) continue
      const glow = radialGradient(ctx, [x, y, r * 7], [0, colour, 0.34], [1, colour, 0])
      fillRectangle(ctx, glow, [x - r * 7, y - r * 7, r * 14, r * 14])
      fillRectangle(ctx, css(colour, 0.3), [x - r * 8, y - 0.3 * scene.unit, r * 16, 0.6 * scene.unit])
      ctx.fillRect(x - 0.3 * scene.unit, y - r * 8, 0.6 * scene.unit, r * 16)
    }
  })
  return still(sprite)
}
