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
