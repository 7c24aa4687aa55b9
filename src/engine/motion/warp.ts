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

/**
 * Where a place (-0.5 to 0.5 from the middle) looks when the middle shrinks to `zoom` (above 2/3, at most 1) and the
 * edges stay where they are, as through a wider lens: there is nothing beyond a picture's edges to pull back to.
 */
export const wideAngle = (zoom: number): ((place: number) => number) => {
  const more = 1 / zoom - 1
  return (place) => place * (1 + more * (1 - 4 * place * place))
}

const LOW = 0x00ff00ff

/** A coordinate mirrored back into 0..last: beyond its edge a picture goes on as its own reflection, never black. */
const mirrored = (value: number, last: number): number => {
  const span = last * 2
  const folded = value < 0 ? -value % span : value % span
  return folded > last ? span - folded : folded
}

/** Samples the source along the field with bilinear weights of 8 bits. `out` must not be the source. */
export const warp = (source: Words32, field: Field, out: Uint32Array): void => {
  const { width, height, words } = source
  const lastX = width - 1
  const lastY = height - 1
  for (let y = 0; y < height; y++) {
    const row = (y / CELL) | 0
    const down = (y - row * CELL) / CELL
    const upper = row * field.columns
    const lower = upper + field.columns
    for (let cell = 0, x = 0; x < width; cell++) {
      const a = (upper + cell) * 2
      const b = (lower + cell) * 2
      const leftX = field.at[a]! + (field.at[b]! - field.at[a]!) * down
      const leftY = field.at[a + 1]! + (field.at[b + 1]! - field.at[a + 1]!) * down
      const rightX = field.at[a + 2]! + (field.at[b + 2]! - field.at[a + 2]!) * down
      const rightY = field.at[a + 3]! + (field.at[b + 3]! - field.at[a + 3]!) * down
      const stepX = (rightX - leftX) / CELL
      const stepY = (rightY - leftY) / CELL
      let sx = leftX
      let sy = leftY
      const end = Math.min(width, x + CELL)
      for (; x < end; x++) {
        let fx = sx
        let fy = sy
        sx += stepX
        sy += stepY
        if (fx < 0 || fx > lastX) fx = mirrored(fx, lastX)
        if (fy < 0 || fy > lastY) fy = mirrored(fy, lastY)
        const ix = fx | 0
        const iy = fy | 0
        const wx = ((fx - ix) * 256) | 0
        const wy = ((fy - iy) * 256) | 0
        const at = iy * width + ix
        const aside = ix < lastX ? 1 : 0
        const below = iy < lastY ? width : 0
        const p = words[at]!
        const q = words[at + aside]!
        const r = words[at + below]!
        const s = words[at + below + aside]!
        const ux = 256 - wx
        const topLow = ((Math.imul(p & LOW, ux) + Math.imul(q & LOW, wx) + 0x800080) >>> 8) & LOW
        const topHigh = ((Math.imul((p >>> 8) & LOW, ux) + Math.imul((q >>> 8) & LOW, wx) + 0x800080) >>> 8) & LOW
        const lowLow = ((Math.imul(r & LOW, ux) + Math.imul(s & LOW, wx) + 0x800080) >>> 8) & LOW
        const lowHigh = ((Math.imul((r >>> 8) & LOW, ux) + Math.imul((s >>> 8) & LOW, wx) + 0x800080) >>> 8) & LOW
        const uy = 256 - wy
        const low = ((Math.imul(topLow, uy) + Math.imul(lowLow, wy) + 0x800080) >>> 8) & LOW
        const high = (Math.imul(topHigh, uy) + Math.imul(lowHigh, wy) + 0x800080) & 0xff00ff00
        out[y * width + x] = low | high
      }
    }
  }
}

/** One word between two, by 0 to 256 parts of the second. */
export const blendWord = (from: number, to: number, parts: number): number => {
  const rest = 256 - parts
  const low = ((Math.imul(from & LOW, rest) + Math.imul(to & LOW, parts) + 0x800080) >>> 8) & LOW
  const high = (Math.imul((from >>> 8) & LOW, rest) + Math.imul((to >>> 8) & LOW, parts) + 0x800080) & 0xff00ff00
  return (low | high) >>> 0
}
