import { createNoise } from '../scenes/noise.ts'
import type { Regions } from './regions.ts'
import { CELL, type Field } from './warp.ts'

/** Warm light that wanders over a picture and breathes, strongest where the picture is bright already. */
export const lightPass = (regions: Regions, field: Field, seed: number, width: number, height: number) => {
  const noise = createNoise(seed, 'light')
  const gain = new Float32Array(field.columns * field.rows)
  return (out: Uint8Array, seconds: number, on: number): void => {
    const breath = 0.75 + 0.25 * Math.sin(seconds * 1.7) + noise(seconds * 2.1, 4) * 0.15
    for (let node = 0; node < gain.length; node++) {
      const x = (node % field.columns) / field.columns
      const y = Math.floor(node / field.columns) / field.rows
      // Slanting bands that slide sideways, as light between moving leaves or clouds does.
      const ray = noise((x + y * 0.6) * 3.2 - seconds * 0.22, y * 0.5 + seconds * 0.06)
      gain[node] = on * breath * Math.max(0, 0.32 + ray * 0.9) * (0.12 + regions.bright[node]! * 0.5)
    }
    for (let y = 0; y < height; y++) {
      const row = (y / CELL) | 0
      const down = (y - row * CELL) / CELL
      for (let cell = 0, x = 0; x < width; cell++) {
        const a = row * field.columns + cell
        const b = a + field.columns
        const left = gain[a]! + (gain[b]! - gain[a]!) * down
        const right = gain[a + 1]! + (gain[b + 1]! - gain[a + 1]!) * down
        const step = (right - left) / CELL
        let value = left
        const end = Math.min(width, x + CELL)
        for (let index = (y * width + x) * 4; x < end; x++, index += 4, value += step) {
          const red = out[index]!
          const green = out[index + 1]!
          const blue = out[index + 2]!
          // Screened, never clipped: light adds less where there is much already.
          out[index] = red + (255 - red) * value * 0.62
          out[index + 1] = green + (255 - green) * value * 0.48
          out[index + 2] = blue + (255 - blue) * value * 0.26
        }
      }
    }
  }
}
