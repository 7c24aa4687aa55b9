import type { Rgb } from '../prompt/colours.ts'
import { fbm } from './noise.ts'
import { coverBox, drawPlate, pixelPlate } from './plate.ts'
import type { Layer, Stage } from './stage.ts'

/** A band of drifting mist around a height of the frame, `thick` pixels to each side, at most `strength` opaque. */
export const mistLayer = (
  stage: Stage,
  band: { name: string; y: number; thick: number; depth: number; strength: number; colour: Rgb; speed?: number },
): Layer => {
  if (band.strength <= 0.01) return () => {}
  const speed = band.speed ?? 0.009
  const travel = Math.abs(speed) * Math.max(1, stage.seconds) * stage.width
  const flat = coverBox(stage, band.depth, band.y - band.thick, band.y + band.thick)
  const box = { ...flat, x: flat.x - travel, width: flat.width + travel * 2 }
  const scale = 0.25
  const columns = Math.ceil(box.width * scale)
  const rows = Math.ceil(box.height * scale)
  const noise = stage.noise(`mist ${band.name}`)
  const grain = stage.random(`mist ${band.name}`)
  const data = new Uint8ClampedArray(columns * rows * 4)
  for (let row = 0; row < rows; row++) {
    const rise = Math.abs((row + 0.5) / rows - 0.5) * 2
    const fall = (1 - rise * rise) ** 2
    for (let column = 0; column < columns; column++) {
      const x = column / scale / (260 * stage.unit)
      const y = row / scale / (90 * stage.unit)
      const body = 0.62 + fbm(noise, x, y, 4) * 0.85
      const index = (row * columns + column) * 4
      data[index] = band.colour[0]
      data[index + 1] = band.colour[1]
      data[index + 2] = band.colour[2]
      data[index + 3] = Math.min(1, Math.max(0, body)) * fall * band.strength * 255 + grain() - 0.5
    }
  }
  const plate = pixelPlate(box, band.depth, { width: columns, height: rows, data })
  return (ctx, view) => drawPlate(ctx, view, plate, speed * view.seconds * stage.width)
}
