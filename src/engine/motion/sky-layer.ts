import type { Look } from '../sight/look.ts'
import { boxBlur, type Raster, sample } from '../sight/raster.ts'
import { clearCells } from './compose.ts'
import type { Words32 } from '../sight/field.ts'

/**
 * A sky by itself, with what stands before it taken away, and the picture with the sky made clear, which it is in none of
 * the rows from `lowest` on, and wholly in the cells that `clear` marks (see {@link clearCells}).
 */
export type SkyLayer = { scene: Words32; plate: Words32; clear: Uint8Array; lowest: number }

type Colours = { red: Raster; green: Raster; blue: Raster; weight: Raster }

/** Colours of the cells that count, spread into those that do not: from near where there are some, else from afar. */
const spread = (look: Look, counts: Raster): Colours => {
  const { across, down } = look
  const size = counts.length
  const [red, green, blue] = [new Float32Array(size), new Float32Array(size), new Float32Array(size)]
  const filled = new Float32Array(size)
  const weighed = [look.red, look.green, look.blue].map((channel) =>
    channel.map((value, cell) => value * counts[cell]!),
  )
  for (const radius of [1, 3, 8, 20, 60, 160]) {
    const weight = boxBlur(boxBlur(counts, across, down, radius), across, down, radius)
    const [r, g, b] = weighed.map((channel) => boxBlur(boxBlur(channel, across, down, radius), across, down, radius))
    for (let cell = 0; cell < size; cell++) {
      if (weight[cell]! < 1e-5) continue
      const part = (1 - filled[cell]!) * Math.min(1, weight[cell]! / 0.25)
      const share = part / weight[cell]!
      red[cell]! += r![cell]! * share
      green[cell]! += g![cell]! * share
      blue[cell]! += b![cell]! * share
      filled[cell]! += part
    }
  }
  for (let cell = 0; cell < size; cell++) {
    const share = 255 / Math.max(1e-4, filled[cell]!)
    red[cell]! *= share
    green[cell]! *= share
    blue[cell]! *= share
  }
  return { red, green, blue, weight: filled }
}

/**
 * Parts the sky from what is before it. Along their border each pixel's share is where its colour lies on the way from
 * the sky's colour there to that of the thing (both from pixels around it that are surely one or the other).
 */
export const partSky = ({ width, height, words }: Words32, look: Look, sky: Raster): SkyLayer => {
  const { across, down } = look
  const surely = sky.map((value) => Math.max(0, (value - 0.9) * 10))
  const surelyNot = sky.map((value) => Math.max(0, (0.1 - value) * 10))
  const behind = spread(look, surely)
  const before = spread(look, surelyNot)
  const wide = boxBlur(sky, across, down, 1)
  const scene = new Uint32Array(words.length)
  const plate = new Uint32Array(words.length)
  const end = Math.ceil(((sky.findLastIndex((value) => value > 0.004) / across + 3) * height) / down)
  const lowest = Math.min(height, end)
  scene.set(words.subarray(lowest * width), lowest * width)
  plate.set(words.subarray(lowest * width), lowest * width)
  for (let y = 0; y < lowest; y++) {
    const v = (y + 0.5) / height
    for (let x = 0; x < width; x++) {
      const at = y * width + x
      const word = words[at]!
      const u = (x + 0.5) / width
      const share = sample(wide, across, down, u, v)
      if (share > 0.995) {
        scene[at] = word & 0xffffff
        plate[at] = word
        continue
      }
      const r = sample(behind.red, across, down, u, v)
      const g = sample(behind.green, across, down, u, v)
      const b = sample(behind.blue, across, down, u, v)
      plate[at] = (0xff000000 | (b << 16) | (g << 8) | r) >>> 0
      if (share < 0.005) {
        scene[at] = word
        continue
      }
      const dr = sample(before.red, across, down, u, v) - r
      const dg = sample(before.green, across, down, u, v) - g
      const db = sample(before.blue, across, down, u, v) - b
      const way = ((word & 255) - r) * dr + (((word >>> 8) & 255) - g) * dg + (((word >>> 16) & 255) - b) * db
      const along = way / (dr * dr + dg * dg + db * db + 60)
      // A colour in between leans towards what the cell around it was taken for.
      const part = Math.min(1, Math.max(0, (along - 0.08) * 1.25 + (0.5 - share) * 0.5))
      const off = Math.abs((word & 255) - r) + Math.abs(((word >>> 8) & 255) - g) + Math.abs(((word >>> 16) & 255) - b)
      // Where it is nothing like the sky, it is before it, whatever it is.
      const solid = Math.min(1, Math.max(0, (off - 60) / 60)) * Math.min(1, (1 - share) * 5)
      scene[at] = ((word & 0xffffff) | (Math.round(255 * Math.max(part, solid)) << 24)) >>> 0
    }
  }
  const parted = { width, height, words: scene }
  return { scene: parted, plate: { width, height, words: plate }, clear: clearCells(parted), lowest }
}
