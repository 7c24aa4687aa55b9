import { ownRoom } from '../kernels/wasm/kernels.ts'
import type { CutOut } from '../sight/cut-out.ts'
import type { Box } from '../sight/window.ts'
import { alongSide } from './stretch.ts'
import { bytesOf } from './warp.ts'
import type { Words32 } from '../sight/field.ts'

/** Pixels around a cut-out that are there to be sampled. */
const RIM = 3
/** Bytes of a column's or a row's record: see the kernel. */
const RECORD = 16

/** Weights of 64 parts of four pixels in a row at a place between the second and the third (Catmull and Rom, 1974). */
const weightsAt = (part: number): readonly [number, number, number, number] => {
  const [two, three] = [part * part, part * part * part]
  const first = Math.round(32 * (-three + 2 * two - part))
  const second = Math.round(32 * (3 * three - 5 * two + 2))
  const last = Math.round(32 * (three - two))
  return [first, second, 64 - first - second - last, last]
}

/** A cut-out's pixels with a rim: beyond the picture's own edge there is more of it, elsewhere nothing. */
const writeLayer = ({ box, rgba }: CutOut, { width, height }: Words32, layer: Uint8Array, wide: number): void => {
  const [atLeft, atTop] = [box.left === 0, box.top === 0]
  const [atRight, atBottom] = [box.left + box.width === width, box.top + box.height === height]
  for (let y = -RIM; y < box.height + RIM; y++) {
    if ((y < 0 && !atTop) || (y >= box.height && !atBottom)) continue
    const row = Math.min(box.height - 1, Math.max(0, y)) * box.width
    const to = ((y + RIM) * wide + RIM) * 4
    layer.set(rgba.subarray(row * 4, (row + box.width) * 4), to)
    for (let rim = 1; rim <= RIM; rim++) {
      if (atLeft) layer.copyWithin(to - rim * 4, to, to + 4)
      const end = to + box.width * 4
      if (atRight) layer.copyWithin(end + (rim - 1) * 4, end - 4, end)
    }
  }
}

/**
 * A cut-out before a plate (the picture without it). What it answers draws the frame in which the cut-out has moved by so many pixels from where it was
 * cut out of `still`, which is shown while it has not moved at all; `anchor` is the place in `still` that goes all the way. The
 * frame is its own, and holds until the next call.
 */
export const createCutOutMover = (still: Words32, plate: Words32, cutOut: CutOut, anchor: { x: number; y: number }) => {
  const { width, height } = still
  const { box } = cutOut
  const [wide, tall] = [box.width + 2 * RIM, box.height + 2 * RIM]
  // The kernel loads four pixels at a time, up to the end of the last row.
  const size = wide * tall * 4 + RECORD
  const { own, places } = ownRoom(width * height * 4, size, width * RECORD, height * RECORD)
  const [frame, layer, columns, rows] = places
  writeLayer(cutOut, still, layer, wide)
  const pinned = {
    x: { low: box.left === 0, high: box.left + box.width === width },
    y: { low: box.top === 0, high: box.top + box.height === height },
  }
  const sides = {
    x: { start: box.left, length: box.width, anchor: anchor.x - box.left },
    y: { start: box.top, length: box.height, anchor: anchor.y - box.top },
  }
  const record = (into: Uint8Array, sources: Float32Array, length: number, unit: number): void => {
    const words = new DataView(into.buffer, into.byteOffset)
    sources.forEach((source, index) => {
      const place = Math.min(length + RIM - 3, Math.max(1 - RIM, source)) + RIM - 1
      const first = Math.floor(place)
      words.setInt32(index * RECORD, first * unit, true)
      weightsAt(place - first).forEach((weight, tap) => words.setInt16(index * RECORD + 8 + tap * 2, weight, true))
    })
  }
  const all: Box = { left: 0, top: 0, width, height }
  /** What has been drawn over since the plate was laid. */
  let dirty = all
  const lay = (plate: Uint8Array, { left, top, ...size }: Box): void => {
    for (let y = top; y < top + size.height; y++) {
      const at = (y * width + left) * 4
      frame.set(plate.subarray(at, at + size.width * 4), at)
    }
  }
  return (wayX: number, wayY: number): Uint8Array<ArrayBuffer> => {
    if (wayX === 0 && wayY === 0) {
      lay(bytesOf(still.words), all)
      dirty = all
      return frame
    }
    lay(bytesOf(plate.words), dirty)
    const x = alongSide(width, sides.x, pinned.x, wayX)
    const y = alongSide(height, sides.y, pinned.y, wayY)
    record(columns, x.sources, box.width, 4)
    record(rows, y.sources, box.height, 1)
    dirty = { left: x.first, top: y.first, width: x.sources.length, height: y.sources.length }
    const [right, bottom] = [x.first + x.sources.length, y.first + y.sources.length]
    const tables = [columns.byteOffset, rows.byteOffset, frame.byteOffset] as const
    own.place(layer.byteOffset, wide * 4, ...tables, width, x.first, y.first, right, bottom)
    return frame
  }
}
