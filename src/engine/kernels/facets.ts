import { inPlace, kernels, room } from './wasm/kernels.ts'
import type { Planes } from './planes.ts'

/** Bytes of a triangle in a list of them. */
const BYTES = 32

/** Triangles to be filled: corners in pixels of luma, and a colour. */
export const createTriangles = (most: number) => {
  const bytes = new Uint8Array(most * BYTES)
  const corners = new Float32Array(bytes.buffer)
  let count = 0
  return {
    clear: () => {
      count = 0
    },
    add: (ax: number, ay: number, bx: number, by: number, cx: number, cy: number, y: number, u: number, v: number) => {
      if (count === most) return
      const at = count * (BYTES / 4)
      corners[at] = ax
      corners[at + 1] = ay
      corners[at + 2] = bx
      corners[at + 3] = by
      corners[at + 4] = cx
      corners[at + 5] = cy
      bytes[count * BYTES + 24] = y
      bytes[count * BYTES + 25] = u
      bytes[count * BYTES + 26] = v
      count++
    },
    /** Fills them, the later ones over the earlier ones. */
    fill: ({ bytes: picture, width, height, shift, chromaWidth, chromaHeight }: Planes): void => {
      inPlace(picture, [bytes.subarray(0, count * BYTES)], (y, list) => {
        const u = y + width * height
        kernels().triangles(y, u, u + chromaWidth * chromaHeight, width, height, shift, list, count)
      })
    },
  }
}

/**
 * Panes around points, one to each square of `side` pixels, in rows of `columns` that begin a square outside of the
 * picture. Answers which pane each pixel is in, and how far from the border to the next, in eighths of a pixel.
 */
export const panesAround = (
  points: Float32Array,
  columns: number,
  side: number,
  width: number,
  height: number,
): { of: Uint16Array; border: Uint8Array } => {
  const [from, of, border] = room(points.byteLength, width * height * 2, width * height)
  from.set(new Uint8Array(points.buffer, points.byteOffset, points.byteLength))
  const rows = points.length / 2 / columns
  kernels().panes(from.byteOffset, columns, rows, side, width, height, of.byteOffset, border.byteOffset)
  return { of: new Uint16Array(of.slice().buffer), border: border.slice() }
}

/** What each pixel's piece has for it. */
export const spreadOver = (of: Uint16Array, values: Uint8Array, to: Uint8Array): void => {
  const [pieces, from, plane] = room(of.byteLength, values.length, to.length)
  pieces.set(new Uint8Array(of.buffer, of.byteOffset, of.byteLength))
  from.set(values)
  kernels().spread(pieces.byteOffset, from.byteOffset, plane.byteOffset, to.length)
  to.set(plane)
}
