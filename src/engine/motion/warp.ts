import { inPlace, kernels, room } from '../compiled/kernels.ts'
import type { Pixels } from '../frames.ts'

/** Pixels as 32-bit words, for speed: one read and one write a pixel. */
export type Words32 = { width: number; height: number; words: Uint32Array }

/** Copies where the bytes do not lie on a word boundary. */
export const asWords = ({ width, height, data }: Pixels): Words32 => {
  const bytes = width * height * 4
  const aligned = data.byteOffset % 4 === 0 ? data : data.slice(0, bytes)
  return { width, height, words: new Uint32Array(aligned.buffer, aligned.byteOffset, bytes / 4) }
}

/** Side of a cell of the displacement field, in pixels. */
export const CELL = 8

/** Where each node of a grid looks in the source, in pixels: x and y by turns. Between nodes it is interpolated. */
export type Field = { columns: number; rows: number; at: Float32Array }

export const createField = (width: number, height: number): Field => {
  const columns = Math.ceil(width / CELL) + 1
  const rows = Math.ceil(height / CELL) + 1
  return { columns, rows, at: new Float32Array(columns * rows * 2) }
}

/** Sets every node; `where` writes the source position of a frame position into `out`. */
export const fillField = (
  field: Field,
  where: (x: number, y: number, out: [number, number], node: number) => void,
): void => {
  const out: [number, number] = [0, 0]
  let node = 0
  for (let row = 0; row < field.rows; row++)
    for (let column = 0; column < field.columns; column++) {
      where(column * CELL, row * CELL, out, node)
      field.at[node * 2] = out[0]
      field.at[node * 2 + 1] = out[1]
      node++
    }
}

/** Sets every node of what changes slowly: every second one is asked for, those between are their means. */
export const fillSmooth = (
  { columns, rows, at }: Field,
  where: (x: number, y: number, out: [number, number]) => void,
): void => {
  const out: [number, number] = [0, 0]
  const pitch = columns * 2
  const mean = (index: number, apart: number): void => {
    at[index] = (at[index - apart]! + at[index + apart]!) / 2
    at[index + 1] = (at[index + 1 - apart]! + at[index + 1 + apart]!) / 2
  }
  for (let row = 0; row < rows; row += row + 2 < rows ? 2 : 1) {
    for (let column = 0; column < columns; column += column + 2 < columns ? 2 : 1) {
      where(column * CELL, row * CELL, out)
      at[row * pitch + column * 2] = out[0]
      at[row * pitch + column * 2 + 1] = out[1]
    }
    for (let column = 1; column < columns - 1; column += 2) mean(row * pitch + column * 2, 2)
  }
  for (let row = 1; row < rows - 1; row += 2)
    for (let column = 0; column < columns; column++) mean(row * pitch + column * 2, pitch)
}

/**
 * Where a place (-0.5 to 0.5 from the middle) looks when the middle shrinks to `zoom` (above 2/3, at most 1) and the
 * edges stay where they are, as through a wider lens: there is nothing beyond a picture's edges to pull back to.
 */
export const wideAngle = (zoom: number): ((place: number) => number) => {
  const more = 1 / zoom - 1
  return (place) => place * (1 + more * (1 - 4 * place * place))
}

const LOW = 0x00ff00ff

export const bytesOf = ({ buffer, byteOffset, byteLength }: Uint32Array | Float32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength)

/**
 * Samples the source along the field with bilinear weights of 8 bits. `out` must not be the source. Beyond its edges a
 * picture goes on as its own reflection, never black.
 */
export const warp = (source: Words32, field: Field, out: Uint32Array): void => {
  const { width, height, words } = source
  const size = words.length * 4
  const [from, at, to] = room(size, field.at.byteLength, size)
  from.set(bytesOf(words))
  at.set(bytesOf(field.at))
  kernels().warp(from.byteOffset, width, height, at.byteOffset, field.columns, to.byteOffset)
  bytesOf(out).set(to)
}

/** Writes a mix of two pictures, by 0 to 256 parts of the second. */
export const blendBoth = (first: Uint32Array, second: Uint32Array, parts: number, out: Uint32Array): void => {
  const [from, to] = room(first.byteLength, second.byteLength)
  from.set(bytesOf(first))
  to.set(bytesOf(second))
  kernels().blend(from.byteOffset, to.byteOffset, first.length, parts)
  bytesOf(out).set(from)
}

/** Mixes a picture half and half with itself as it is seen along a field. */
export const exposeAgain = (
  picture: Uint32Array,
  { width, height }: { width: number; height: number },
  field: Field,
): void => {
  inPlace(bytesOf(picture), [bytesOf(field.at), picture.byteLength], (from, at, to) => {
    kernels().warp(from, width, height, at, field.columns, to)
    kernels().blend(from, to, picture.length, 128)
  })
}

/**
 * Two pictures, each warped along a field of its own, mixed by shares (0 to 256) of the second that are given for each
 * node. Where one of them has no share it is not looked at. Where a field jumps by more than `oneThing` pixels from one
 * node to the next, two things part there, and the field is not stretched between them.
 */
export const warpBoth = (
  first: { source: Words32; field: Field },
  second: { source: Words32; field: Field },
  parts: Float32Array,
  oneThing: number,
  out: Uint32Array,
): void => {
  const { width, height, words } = first.source
  const size = words.length * 4
  const fields = first.field.at.byteLength
  const [one, other, oneAt, otherAt, shares, to] = room(size, size, fields, fields, parts.byteLength, size)
  one.set(bytesOf(words))
  other.set(bytesOf(second.source.words))
  oneAt.set(bytesOf(first.field.at))
  otherAt.set(bytesOf(second.field.at))
  shares.set(bytesOf(parts))
  kernels().morph(
    one.byteOffset,
    other.byteOffset,
    width,
    height,
    oneAt.byteOffset,
    otherAt.byteOffset,
    shares.byteOffset,
    first.field.columns,
    oneThing,
    to.byteOffset,
  )
  bytesOf(out).set(to)
}

/** One word between two, by 0 to 256 parts of the second. */
export const blendWord = (from: number, to: number, parts: number): number => {
  const rest = 256 - parts
  const low = ((Math.imul(from & LOW, rest) + Math.imul(to & LOW, parts) + 0x800080) >>> 8) & LOW
  const high = (Math.imul((from >>> 8) & LOW, rest) + Math.imul((to >>> 8) & LOW, parts) + 0x800080) & 0xff00ff00
  return (low | high) >>> 0
}
