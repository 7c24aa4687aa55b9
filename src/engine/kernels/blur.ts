import { enter, kernels, leave, room } from './wasm/kernels.ts'

/** Blurs one plane into another by the mean over a square of side 2·radius + 1; edges are repeated. */
export type Blur = (source: Uint8Array, target: Uint8Array, radius: number) => void

/** The sums of a column fit into 16 bits. */
const WIDEST = 127

/** A blur for planes of one size. Running sums: its cost does not grow with the radius. */
export const createBlur =
  (width: number, height: number): Blur =>
  (source, target, radius) => {
    const size = width * height
    const [place, rows, sums] = room(size, size, width * 2 + 64)
    if (target !== source) target.set(source)
    const plane = enter(target, place)
    const at = plane.byteOffset
    kernels().blur(at, at, rows.byteOffset, sums.byteOffset, width, height, Math.min(radius, WIDEST))
    leave(target, plane)
  }
