import type { Raster } from '../sight/raster.ts'
import type { Pose } from './moves.ts'
import { CELL, type Field } from '../sight/field.ts'

/** How much of a step from one node to the next a picture may be stretched by before one sees it. */
const STRETCH = 0.42

/**
 * Nearness made so gentle that no place is torn or folded: what is near stays whole, and what lies around it goes along
 * a little, less and less outwards (a cone over each node). `widest` is the way, in pixels, that nearness 1 moves
 * against nearness 0.
 */
export const gentle = (near: Raster, { columns, rows }: Field, widest: number): Raster => {
  const fall = (STRETCH * CELL) / Math.max(1, widest)
  const slant = fall * Math.SQRT2
  const out = Float32Array.from(near)
  const lift = (node: number, other: number, by: number): void => {
    const value = out[other]! - by
    if (value > out[node]!) out[node] = value
  }
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const node = row * columns + column
      if (column > 0) lift(node, node - 1, fall)
      if (row === 0) continue
      lift(node, node - columns, fall)
      if (column > 0) lift(node, node - columns - 1, slant)
      if (column < columns - 1) lift(node, node - columns + 1, slant)
    }
  for (let row = rows - 1; row >= 0; row--)
    for (let column = columns - 1; column >= 0; column--) {
      const node = row * columns + column
      if (column < columns - 1) lift(node, node + 1, fall)
      if (row === rows - 1) continue
      lift(node, node + columns, fall)
      if (column < columns - 1) lift(node, node + columns + 1, slant)
      if (column > 0) lift(node, node + columns - 1, slant)
    }
  return out
}

/** A value between the nodes of a field, at a place in pixels; beyond the edges it is that of the edge. */
export const atPlace = (values: Raster, { columns, rows }: Field, x: number, y: number): number => {
  const u = Math.min(columns - 1.001, Math.max(0, x / CELL))
  const v = Math.min(rows - 1.001, Math.max(0, y / CELL))
  const left = u | 0
  const top = v | 0
  const node = top * columns + left
  const fu = u - left
  const upper = values[node]! + (values[node + 1]! - values[node]!) * fu
  const lower = values[node + columns]! + (values[node + columns + 1]! - values[node + columns]!) * fu
  return upper + (lower - upper) * (v - top)
}

/**
 * Where a place of the frame lies in the picture, in pixels. It stands on its own depth, which is not known until the
 * place is: two rounds of a fixed point, which converges as the depth is gentle. Without `near` all is the farthest.
 */
export const createView = (width: number, height: number, field: Field, near: Raster | undefined) => {
  const long = Math.max(width, height)
  return (pose: Pose) => {
    const cos = Math.cos(pose.roll) / Math.max(1, pose.zoom)
    const sin = Math.sin(pose.roll) / Math.max(1, pose.zoom)
    const wide = Math.max(0, 1 / pose.zoom - 1)
    const goes = pose.goX !== 0 || pose.goY !== 0 || pose.goIn !== 0
    return (x: number, y: number, out: [number, number]): void => {
      let px = x - width / 2
      let py = y - height / 2
      const sideways = px / width
      const upwards = py / height
      // There is nothing beyond a picture's edges to pull back to: they stay in place, as through a wider lens.
      px *= 1 + wide * (1 - 4 * sideways * sideways)
      py *= 1 + wide * (1 - 4 * upwards * upwards)
      py *= 1 + pose.yaw * sideways * 2
      const vx = px * cos - py * sin + pose.x * width
      const vy = px * sin + py * cos + pose.y * height
      let qx = width / 2 + vx
      let qy = height / 2 + vy
      if (!goes) {
        out[0] = qx
        out[1] = qy
        return
      }
      const away = pose.goIn < 0
      const bendX = away ? 1 - 4 * sideways * sideways : 1
      const bendY = away ? 1 - 4 * upwards * upwards : 1
      for (let round = near ? 2 : 1; round > 0; round--) {
        const depth = near ? atPlace(near, field, qx, qy) : 0
        const nearer = pose.goIn * (0.28 + depth * 0.8)
        const off = depth - pose.focus
        qx = width / 2 + vx * (1 - nearer * bendX) + pose.goX * off * long
        qy = height / 2 + vy * (1 - nearer * bendY) + pose.goY * off * long
      }
      out[0] = qx
      out[1] = qy
    }
  }
}

/** Part of a side over which what would look past its edge is pressed back into the picture. */
const EDGE = 0.24

/** Presses a field into the picture: as much as it looks past an edge, the strip beside that edge is stretched. */
export const clampInside = ({ at, columns, rows }: Field, width: number, height: number): void => {
  for (const axis of [0, 1]) {
    const last = (axis === 0 ? width : height) - 1
    const strip = last * EDGE
    let before = 0
    let after = 0
    for (let row = 0, index = axis; row < rows; row++)
      for (let column = 0; column < columns; column++, index += 2) {
        const value = at[index]!
        if (value >= 0 && value <= last) continue
        // The last nodes lie beyond the frame themselves.
        const own = CELL * (axis === 0 ? column : row)
        before = Math.max(before, -value)
        after = Math.max(after, value - Math.max(last, own))
      }
    if (before > 0)
      for (let index = axis; index < at.length; index += 2)
        if (at[index]! < strip) at[index] = ((at[index]! + before) * strip) / (strip + before)
    if (after > 0)
      for (let index = axis; index < at.length; index += 2) {
        const rest = last - at[index]!
        if (rest < strip) at[index] = last - ((rest + after) * strip) / (strip + after)
      }
  }
}
