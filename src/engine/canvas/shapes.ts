import { planesOfColour } from './colour.ts'
import type { FrameMemory, Sheet } from './frame-memory.ts'
import { type Gradient, measureOf, STEPS, type PaintColour, writeSteps } from './paints.ts'
import type { Matrix } from './path-recorder.ts'

export type Stroke = { width: number; cap: 0 | 1 | 2; join: 0 | 1 | 2; limit: number }

/** A path that is filled, or stroked; as light it adds to what is there. */
export type Shape = {
  /** As {@link PathRecorder} records it, and how many points it has at most. */
  list: Float32Array<ArrayBuffer>
  points: number
  matrix: Matrix
  paint: PaintColour | Gradient
  alpha: number
  light: boolean
  stroke: Stroke | undefined
}

/** Bytes of a paint before its colours, and of each of those; see assembly/fill.ts. */
const HEAD = 64
const COLOUR = 4
/** Edges to a point of a line: its rectangle, and a bend or an end of it, which a round one has many of. */
const EDGES = { fill: 1, straight: 8, round: 64 } as const

/** Where kernels read a matrix and a paint. */
const createPaintRoom = ({ kernels, keep }: FrameMemory) => {
  const places = { matrix: keep(24), paint: keep(HEAD + STEPS * COLOUR) }
  const viewsOf = (buffer: ArrayBufferLike) => ({
    buffer,
    matrix: new Float32Array(buffer, places.matrix, 6),
    kind: new Int32Array(buffer, places.paint, 16),
    measure: new Float32Array(buffer, places.paint, 16),
    colours: new Uint8ClampedArray(buffer, places.paint + HEAD, STEPS * COLOUR),
  })
  let views = viewsOf(kernels.memory.buffer)
  return {
    places,
    /** Writes what is filled with; answers whether it is anything. Light's chroma is that of what it adds. */
    write: ({ paint, matrix, alpha, light }: Shape): boolean => {
      // Memory that has grown is another buffer.
      if (views.buffer !== kernels.memory.buffer) views = viewsOf(kernels.memory.buffer)
      const { kind, measure, colours } = views
      const numbers = 'colour' in paint ? ([0, Math.min(1, paint.alpha * alpha)] as const) : measureOf(paint, matrix)
      if (!numbers) return false
      views.matrix.set(matrix)
      measure.set(numbers)
      kind[0] = numbers[0]
      kind[15] = light ? 1 : 0
      if ('colour' in paint) colours.set([...planesOfColour(paint.colour), 255])
      else writeSteps(paint, alpha, colours)
      if (light)
        for (let at = 0; at < ('colour' in paint ? 1 : STEPS) * 4; at += 4) {
          const lost = 128 - colours[at]! / 2
          colours[at + 1]! -= lost
          colours[at + 2]! -= lost
        }
      return true
    },
  }
}

/** Fills shapes straight in a frame's planes; see assembly/outlines.ts and assembly/fill.ts. */
export const createShapes = (
  memory: FrameMemory,
  frame: Sheet,
  { width, height, shift }: { width: number; height: number; shift: 0 | 1 },
): { draw: (shape: Shape) => void } => {
  const { kernels } = memory
  const work = memory.keep(kernels.fillRoom(width))
  const { places, write } = createPaintRoom(memory)
  return {
    draw: (shape) => {
      const { list, points, stroke } = shape
      const each = stroke ? (stroke.cap === 1 || stroke.join === 1 ? EDGES.round : EDGES.straight) : EDGES.fill
      const listBytes = (list.byteLength + 15) & ~15
      const place = memory.spare(listBytes + points * 8 + points * each * 16 + 64)
      if (!write(shape)) return
      new Float32Array(kernels.memory.buffer, place, list.length).set(list)
      const end = place + list.byteLength
      const at = place + listBytes
      const edges = (at + points * 8 + 15) & ~15
      const path = [place, end, places.matrix, at, edges] as const
      const count = stroke
        ? kernels.strokes(...path, stroke.width / 2, stroke.cap, stroke.join, stroke.limit)
        : kernels.outline(...path)
      if (count === 0) return
      const { luma, chroma, u, v } = frame
      const planes = [luma.plane, u, v, luma.stride, chroma.stride, width, height, shift] as const
      kernels.fill(edges, count, places.paint, work, ...planes)
    },
  }
}
