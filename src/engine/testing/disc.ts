import type { Pixels } from '../frames.ts'
import { createNoise, fbm } from '../canvas/noise.ts'

/** A place in pixels. */
type Spot = { x: number; y: number }

/** A red disc with a pattern of its own on green, textured ground. */
export const drawDisc = (
  width: number,
  height: number,
  { x: cx, y: cy, radius }: Spot & { radius: number },
): Pixels & { data: Uint8Array } => {
  const noise = createNoise(5, 'ground')
  const data = new Uint8Array(width * height * 4)
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at += 4) {
      const grass = fbm(noise, x / 24, y / 18, 4) * 70
      const much = Math.min(1, Math.max(0, radius + 0.5 - Math.hypot(x - cx, y - cy)))
      const spots = fbm(noise, x / 11 + 90, y / 11, 2) * 30
      const ground = [110 + grass, 120 + grass * 0.9, 84 + grass * 0.7]
      const disc = [200 + spots, 48 + spots, 40 + spots]
      for (let channel = 0; channel < 3; channel++)
        data[at + channel] = Math.min(255, Math.max(0, ground[channel]! * (1 - much) + disc[channel]! * much))
      data[at + 3] = 255
    }
  return { width, height, data }
}

/** Where the red in a picture is: its middle, and of how many pixels it is. */
export const findDisc = ({ width, height, data }: Pixels): Spot & { area: number } => {
  let [sumX, sumY, area] = [0, 0, 0]
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at += 4) {
      // The share of the disc in a pixel, by how much redder than green it is.
      const share = Math.min(1, Math.max(0, (data[at]! - data[at + 1]! - 20) / 120))
      sumX += x * share
      sumY += y * share
      area += share
    }
  return { x: sumX / area, y: sumY / area, area }
}
