import { inPlace, kernels, room } from '../kernels/wasm/kernels.ts'
import { bytesOf } from './warp.ts'
import { CELL, type Field, type Words32 } from '../sight/field.ts'

/** A colour or a share for each of red, green and blue. */
export type Triple = readonly [number, number, number]

/**
 * Light over a picture: for each node of the field a share of `gain` (a share for each channel, added to 1) and a share
 * of a veil in `colour` (0 to 255).
 */
export type Relight = { nodes: Float32Array; gain: Triple; colour: Triple }

/** Numbers of one capsule: see the kernel. */
export const CAPSULE = 12

/** Soft strokes and dots, `count` of them, {@link CAPSULE} numbers each. */
export type Capsules = { list: Float32Array; count: number }

export type Layers = {
  /** Its alpha says where it covers the plate. */
  scene: Words32
  sceneField: Field
  /** What lies behind, opaque, in the first `rows` of the frame; where the scene is clear (see {@link clearCells}). */
  plate: { source: Words32; field: Field; rows: number; clear: Uint8Array } | undefined
  relights: readonly Relight[]
  capsules: readonly Capsules[]
}

/** For each cell of 8 by 8 pixels 1 where it and the cells around it are wholly clear, otherwise 0. */
export const clearCells = ({ width, height, words }: Words32): Uint8Array => {
  const [across, down] = [Math.ceil(width / CELL), Math.ceil(height / CELL)]
  const clear = new Uint8Array(across * down).fill(1)
  const filled = (column: number, row: number): boolean => {
    const right = Math.min(width, (column + 1) * CELL)
    for (let y = row * CELL; y < Math.min(height, (row + 1) * CELL); y++)
      for (let x = column * CELL; x < right; x++) if (words[y * width + x]! > 0xffffff) return true
    return false
  }
  for (let row = 0; row < down; row++)
    for (let column = 0; column < across; column++)
      if (filled(column, row))
        for (let near = Math.max(0, row - 1); near <= Math.min(down - 1, row + 1); near++)
          clear.fill(0, near * across + Math.max(0, column - 1), near * across + Math.min(across, column + 2))
  return clear
}

const put = (place: Uint8Array, values: Uint32Array | Float32Array): void => place.set(bytesOf(values))

/**
 * Lets stray light fall on a picture, as on film. `nodes` has two numbers for each node of a field of `columns`: light
 * and heat, from 0. Of what a channel is short of white, 1 - light · (base + heat · more) is left.
 */
export const flareOver = (
  { width, height, words }: Words32,
  { nodes, columns }: { nodes: Float32Array; columns: number },
  base: Triple,
  more: Triple,
): void => {
  inPlace(bytesOf(words), [bytesOf(nodes)], (frame, at) =>
    kernels().flare(frame, width, height, at, columns, ...base, ...more),
  )
}

/** Draws a frame, all of it in the kernels' memory: warped layers, one over the other, their light, what falls. */
export const compose = (layers: Layers, out: Uint32Array): void => {
  const { scene, sceneField, plate, relights, capsules } = layers
  const { width, height } = scene
  const size = width * height * 4
  const drops = capsules.reduce((sum, { count }) => sum + count * CAPSULE * 4, 0)
  const [frame, from, at, behind, behindAt, clear, nodes, list] = room(
    size,
    size,
    sceneField.at.byteLength,
    plate ? plate.rows * width * 4 : 0,
    plate?.field.at.byteLength ?? 0,
    plate?.clear.length ?? 0,
    relights[0]?.nodes.byteLength ?? 0,
    drops,
  )
  const run = kernels()
  put(from, scene.words)
  put(at, sceneField.at)
  const places = [from.byteOffset, width, height, at.byteOffset, sceneField.columns] as const
  if (plate) {
    put(behind, plate.source.words.subarray(0, plate.rows * width))
    put(behindAt, plate.field.at)
    clear.set(plate.clear)
    const under = [clear.byteOffset, behind.byteOffset, behindAt.byteOffset, plate.rows] as const
    run.parted(...places, ...under, frame.byteOffset)
  } else run.warp(...places, frame.byteOffset)
  for (const relight of relights) {
    put(nodes, relight.nodes)
    const place = nodes.byteOffset
    run.relight(frame.byteOffset, width, height, place, sceneField.columns, ...relight.gain, ...relight.colour)
  }
  let start = 0
  for (const { list: strokes, count } of capsules) {
    list.set(bytesOf(strokes).subarray(0, count * CAPSULE * 4), start)
    run.capsules(frame.byteOffset, width, height, list.byteOffset + start, count)
    start += count * CAPSULE * 4
  }
  bytesOf(out).set(frame)
}
