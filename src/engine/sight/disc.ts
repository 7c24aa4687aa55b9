import type { Look } from './look.ts'
import type { Raster } from './raster.ts'
import { type Region, regionsOf } from './regions.ts'

/** The sun or the moon: its middle in shares of the width and of the height, its radius in shares of the width. */
export type Disc = { x: number; y: number; radius: number }

/** The largest disc, in shares of the longer side; a cloud is larger. */
const LARGEST = 0.16
/** How much lighter than the sky around it a disc is on every side. */
const LIGHTER = 0.05
/** How far below the brightest luma it is looked for: a disc hardly grows from one to the next, a cloud does. */
const LEVELS = [0.03, 0.07, 0.11, 0.15]

/** How much lighter a region is than the cells around it at so many radii, on the side where it is least so. */
const standsOut = (
  { across, down, luma }: Look,
  middle: { x: number; y: number },
  reach: number,
  own: number,
): number => {
  const sides = [0, 0, 0, 0, 0, 0, 0, 0].map((_, side) => {
    const angle = (side * Math.PI) / 4
    const x = Math.round(middle.x + Math.cos(angle) * reach)
    const y = Math.round(middle.y + Math.sin(angle) * reach)
    // Past the picture's edge nothing speaks against it.
    return x < 0 || y < 0 || x >= across || y >= down ? 0 : luma[y * across + x]!
  })
  return own - Math.max(...sides)
}

/** How round a region is: the share of the circle around it that it fills, 0 to 1. */
const roundness = ({ cells, left, right, top, bottom }: Region): number => {
  const long = Math.max(right - left, bottom - top) + 1
  return Math.min(1, cells.length / ((Math.PI / 4) * long * long))
}

/**
 * Finds the sun or the moon: a round spot beside or in the sky, lighter than all that is around it. Clouds are as light,
 * but neither round nor alone.
 */
export const findDisc = (look: Look, sky: Raster): Disc | undefined => {
  const { across, down, luma } = look
  const most = LARGEST * Math.max(across, down)
  let brightest = 0
  // A moon is often taken for something before the sky: what has sky above it counts.
  const open = new Uint8Array(luma.length)
  for (let x = 0; x < across; x++) {
    let free = 0
    for (let y = 0; y < down; y++) {
      const cell = y * across + x
      free = sky[cell]! > 0.5 ? most : free - 1
      if (free <= 0) continue
      open[cell] = 1
      brightest = Math.max(brightest, luma[cell]!)
    }
  }
  if (brightest < 0.45) return undefined
  let found: (Disc & { worth: number }) | undefined
  const levels = LEVELS.map((below) =>
    regionsOf((cell) => open[cell] === 1 && luma[cell]! > brightest - below, across, down),
  )
  for (const [level, regions] of levels.slice(0, -1).entries())
    for (const region of regions) {
      const { cells, left, right, top, bottom } = region
      const [wide, tall] = [right - left + 1, bottom - top + 1]
      if (cells.length < 4 || Math.max(wide, tall) > most || roundness(region) < 0.62) continue
      const wider = levels[level + 1]?.find((other) => other.cells.includes(cells[0]!))
      if (wider && wider.cells.length > 2 * cells.length + 8) continue
      const middle = { x: (left + right) / 2, y: (top + bottom) / 2 }
      const own = cells.reduce((sum, cell) => sum + luma[cell]!, 0) / cells.length
      const worth = standsOut(look, middle, Math.max(wide, tall) * 0.5 + 2.5, own) * roundness(region)
      if (worth < LIGHTER || worth <= (found?.worth ?? 0)) continue
      const radius = Math.sqrt(cells.length / Math.PI) / across
      found = { x: (middle.x + 0.5) / across, y: (middle.y + 0.5) / down, radius, worth }
    }
  return found && { x: found.x, y: found.y, radius: found.radius }
}

/** A sky with its sun or moon in it: it is often taken for something before the sky. */
export const skyWith = (disc: Disc, sky: Raster, { across, down }: Look): Raster =>
  sky.map((value, cell) => {
    const x = (cell % across) + 0.5 - disc.x * across
    const y = Math.floor(cell / across) + 0.5 - disc.y * down
    return Math.hypot(x, y) < 1.4 * disc.radius * across + 1.5 ? 1 : value
  })
