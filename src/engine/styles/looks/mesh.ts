import type { LookContext } from '../look-context.ts'

/** How often a triangle can be cut into four. */
export const CUTS = 3
/** Side of a large triangle in pixels at 720p. */
const SIDE = 66

/**
 * A mesh of triangles, each cut into four and those again. Corners of a level lie after those of the levels above; each
 * beyond the first level is halfway between two others. Nodes are triangles of all levels, a level after the other: the
 * four parts of the n-th of a level are the ones from 4n on of the next.
 */
export type Mesh = {
  x: Float32Array
  y: Float32Array
  /** Two parents for each corner beyond the first level. */
  parents: Uint32Array
  /** Where each level's corners begin, and the end. */
  corners: readonly number[]
  /** Three corners for each triangle. */
  nodes: Uint32Array
  /** Where each level's triangles begin, and the end. */
  levels: readonly number[]
  /** Side of the triangles of the first level, in pixels. */
  side: number
}

/** A mesh over the picture, its first corners moved about by the seed. */
export const meshOf = (context: LookContext): Mesh => {
  const { width, height, unit } = context
  const random = context.random('mesh')
  const side = Math.max(12, SIDE * unit, Math.sqrt((width * height) / 420))
  const columns = Math.ceil(width / side) + 3
  const rows = Math.ceil(height / (side * 0.87)) + 3
  const xs: number[] = []
  const ys: number[] = []
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      xs.push((column - 1 - (row % 2) * 0.5 + (random() - 0.5) * 0.4) * side)
      ys.push((row - 1 + (random() - 0.5) * 0.4) * side * 0.87)
    }
  const parents: number[] = Array.from({ length: xs.length * 2 }, () => 0)
  const corners = [0, xs.length]
  let level: number[] = []
  for (let row = 0; row + 1 < rows; row++)
    for (let column = 0; column + 1 < columns; column++) {
      const at = row * columns + column
      const below = at + columns
      if (row % 2 === 0) level.push(at, at + 1, below + 1, at, below + 1, below)
      else level.push(at, at + 1, below, at + 1, below + 1, below)
    }
  const nodes = [...level]
  const levels = [0, level.length / 3]
  for (let cut = 0; cut < CUTS; cut++) {
    const known = new Map<number, number>()
    const between = (a: number, b: number): number => {
      const key = Math.min(a, b) * 2 ** 26 + Math.max(a, b)
      const found = known.get(key)
      if (found !== undefined) return found
      const made = xs.length
      known.set(key, made)
      xs.push(((xs[a] ?? 0) + (xs[b] ?? 0)) / 2)
      ys.push(((ys[a] ?? 0) + (ys[b] ?? 0)) / 2)
      parents.push(a, b)
      return made
    }
    const next: number[] = []
    for (let at = 0; at < level.length; at += 3) {
      const [a = 0, b = 0, c = 0] = [level[at], level[at + 1], level[at + 2]]
      const [ab, bc, ca] = [between(a, b), between(b, c), between(c, a)]
      next.push(a, ab, ca, ab, b, bc, ca, bc, c, ab, bc, ca)
    }
    for (const corner of next) nodes.push(corner)
    level = next
    corners.push(xs.length)
    levels.push(nodes.length / 3)
  }
  return {
    x: Float32Array.from(xs),
    y: Float32Array.from(ys),
    parents: Uint32Array.from(parents),
    corners,
    nodes: Uint32Array.from(nodes),
    levels,
    side,
  }
}
