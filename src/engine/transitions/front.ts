import type { Words32 } from '../sight/field.ts'
import { createNoise, fbm } from '../canvas/noise.ts'
import { findNear } from '../sight/depth.ts'
import { lookAt } from '../sight/look.ts'
import { type Raster, sample, softBlur } from '../sight/raster.ts'
import { findSky } from '../sight/sky.ts'

/** Numbers made even: each becomes its place in the order of all, 0 to 1. */
const evened = (values: Raster): Raster => {
  const order = new Float32Array(values).sort()
  return values.map((value) => {
    let [low, high] = [0, order.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (order[middle]! < value) low = middle + 1
      else high = middle
    }
    return low / Math.max(1, order.length - 1)
  })
}

/**
 * When one picture gives way to another in each place, 0 first to 1 last, as a raster of `across` by `down`: from what is
 * far in the two pictures to what is near, things as wholes, what is light in the end before what is dark. Broad noise
 * keeps it from being a straight line over level ground.
 */
export const frontBetween = (start: Words32, end: Words32, seed: number, across: number, down: number): Raster => {
  const [from, to] = [lookAt(start), lookAt(end)]
  const noise = createNoise(seed, 'front')
  const [before, after] = [from, to].map((look) => findNear(look, findSky(look)))
  const long = Math.max(from.across, from.down)
  const light = softBlur(to.luma, from.across, from.down, 2)
  const rough = from.luma.map((_, cell) => {
    const x = (cell % from.across) / long
    const y = Math.floor(cell / from.across) / long
    return 0.6 * before![cell]! + 0.3 * after![cell]! + 0.2 * fbm(noise, x * 2.4, y * 2.4, 3) - 0.16 * light[cell]!
  })
  const even = evened(rough)
  return new Float32Array(across * down).map((_, cell) =>
    sample(even, from.across, from.down, ((cell % across) + 0.5) / across, (Math.floor(cell / across) + 0.5) / down),
  )
}
