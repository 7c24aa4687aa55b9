import type { Look } from './look.ts'
import { boxBlur, guided, type Raster, softBlur } from './raster.ts'
import { findSkin } from './skin.ts'

/** Guesses of what a picture is of, 0 to 1 for each cell. */
export type Matter = {
  /** Still or running water: low, smooth or drawn in level lines, blue, grey or in the colours of the sky. */
  water: Raster
  /** Leaves, grass, needles: green or autumnal, and busy. */
  foliage: Raster
  /** Faces, hands, fur of that colour: what must not bend. */
  skin: Raster
  /** Hair and the hems of clothes: dark or brown and busy, beside skin. */
  hair: Raster
  /** Lamps, windows at night, flames, the sun: much brighter than what is around them. */
  lights: Raster
}

const clamp = (value: number): number => Math.min(1, Math.max(0, value))
const step = (from: number, to: number, value: number): number => {
  const t = clamp((value - from) / (to - from))
  return t * t * (3 - 2 * t)
}

export const findMatter = (look: Look, sky: Raster, near: Raster): Matter => {
  const { across, down, red, green, blue, luma, chroma, texture } = look
  const size = across * down
  const raster = (): Raster => new Float32Array(size)
  const [water, foliage, dark, bright] = [raster(), raster(), raster(), raster()]
  const around = softBlur(luma, across, down, Math.max(3, Math.round(across / 16)))
  const busy = boxBlur(texture, across, down, 1)
  // Along and across: level lines change downwards more than sideways.
  const [level, upright] = [raster(), raster()]
  for (let cell = 0; cell < size; cell++) {
    const x = cell % across
    level[cell] = cell + across < size ? Math.abs(luma[cell + across]! - luma[cell]!) : 0
    upright[cell] = x + 1 < across ? Math.abs(luma[cell + 1]! - luma[cell]!) : 0
  }
  const lines = softBlur(level, across, down, 2)
  const posts = softBlur(upright, across, down, 2)
  for (let cell = 0; cell < size; cell++) {
    const row = Math.floor(cell / across) / down
    const [r, g, b] = [red[cell]!, green[cell]!, blue[cell]!]
    const open = 1 - sky[cell]!
    const flat = step(1.35, 0.7, (posts[cell]! + 0.004) / (lines[cell]! + 0.004))
    const leafy = step(-0.01, 0.06, g - Math.max(r * 0.9, b))
    const earth = step(0.02, 0.1, r - b) * step(0, 0.04, g - b)
    const level_ = step(0.36, 0.5, row)
    water[cell] = level_ * open * (0.35 + 0.65 * flat) * (1 - leafy) * (1 - 0.8 * earth) * step(0.12, 0.05, busy[cell]!)
    const autumn = step(0.22, 0.4, chroma[cell]!) * step(0.05, 0.2, r - b)
    foliage[cell] = open * Math.max(leafy, autumn * 0.8) * step(0.012, 0.05, busy[cell]!)
    dark[cell] = step(0.5, 0.3, luma[cell]!) * step(-0.02, 0.02, r - b) * step(0.015, 0.04, busy[cell]!) * open
    const alone = luma[cell]! - around[cell]!
    bright[cell] = step(0.12, 0.32, alone) * step(0.45, 0.75, Math.max(luma[cell]!, r * 0.9))
  }
  const skin = findSkin(look, sky)
  const onEdges = (raster_: Raster, radius: number): Raster =>
    guided(raster_, luma, across, down, { radius, epsilon: 0.004 }).map(clamp)
  const people = softBlur(skin, across, down, Math.max(2, Math.round(across / 40)))
  const reach = softBlur(skin, across, down, Math.max(3, Math.round(across / 22)))
  const hair = dark.map((value, cell) => value * step(0.05, 0.22, reach[cell]!) * (1 - step(0.3, 0.7, people[cell]!)))
  return {
    water: onEdges(boxBlur(water, across, down, 2), 4).map((value, cell) => value * step(1.2, 0.95, near[cell]!)),
    foliage: onEdges(boxBlur(foliage, across, down, 1), 3).map(
      (value, cell) => value * (1 - step(0.2, 0.5, people[cell]!)),
    ),
    skin: people,
    hair: onEdges(boxBlur(hair, across, down, 1), 2),
    lights: bright,
  }
}
