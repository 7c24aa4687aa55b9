import { colourSteps, type Look, stepsOver } from './look.ts'
import { boxBlur, geodesic, guided, type Raster } from './raster.ts'
import { regionsOf } from './regions.ts'

const clamp = (value: number): number => Math.min(1, Math.max(0, value))
const step = (from: number, to: number, value: number): number => {
  const t = clamp((value - from) / (to - from))
  return t * t * (3 - 2 * t)
}

/**
 * Where there is sky, 0 to 1: what is smooth and blue, pale or glowing, and hangs together with the upper edge. Clouds
 * belong to it, what stands or flies before it does not. Nearly nothing where the top of the picture is no sky.
 */
export const findSky = (look: Look): Raster => {
  const { across, down, red, green, blue, luma, chroma, texture } = look
  const size = across * down
  const like = new Float32Array(size)
  for (let cell = 0; cell < size; cell++) {
    const row = Math.floor(cell / across) / down
    const smooth = step(0.075, 0.022, texture[cell]!)
    const high = step(0.86, 0.56, row)
    if (smooth * high === 0) continue
    const r = red[cell]!
    const g = green[cell]!
    const b = blue[cell]!
    const cool = step(-0.02, 0.1, b - Math.max(r * 0.98, g * 0.94))
    const pale = step(0.3, 0.1, chroma[cell]!) * step(0.42, 0.7, luma[cell]!)
    // Evening: red and yellow with some blue or much light in it, never green, and never as pure as paint.
    const evening = step(-0.02, 0.1, r - g) * step(0.06, 0.16, Math.max(b - g * 0.6, luma[cell]! - 0.42)) * 0.9
    // A mauve evening is a little of each.
    like[cell] = (1 - (1 - cool * step(0.04, 0.2, b)) * (1 - pale) * (1 - evening)) * smooth * high
  }
  const calm = boxBlur(like, across, down, 1)
  const start = new Float32Array(size).fill(1e6)
  for (let x = 0; x < across; x++) start[x] = 0.25 * (1 - calm[x]!)
  const steps = stepsOver(look, colourSteps(look), (change, into) => {
    // At night the outline of a hill is as faint as all else.
    const jump = Math.max(0, change - 0.016 * Math.min(1, 0.4 + luma[into]!))
    return (jump * 3.2) / (0.3 + luma[into]!) + (1 - step(0.1, 0.8, calm[into]!)) * 0.16 + 0.0012
  })
  const far = geodesic(start, across, down, steps)
  const rough = far.map((way, cell) => step(0.48, 0.24, way) * (0.25 + 0.75 * step(0.12, 0.5, calm[cell]!)))
  // A cloud with hard edges is an island of sky's colours; what stands on the ground, or is of another colour, is none.
  for (const { cells, bottom } of regionsOf((cell) => rough[cell]! < 0.5, across, down))
    if (bottom < down - 1 && cells.reduce((sum, cell) => sum + calm[cell]!, 0) > 0.4 * cells.length)
      for (const cell of cells) rough[cell] = 1
  const whole = rough.reduce((sum, value) => sum + value, 0) / size
  // A few pale cells at the top are a wall or a lamp.
  const there = step(0.03, 0.08, whole)
  return guided(rough, luma, across, down, { radius: 2, epsilon: 0.0008 }).map((value) => step(0.2, 0.8, value) * there)
}
