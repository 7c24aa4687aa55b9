import { planesOfColour } from './colour.ts'
import type { FrameMemory, Sheet } from './frame-memory.ts'
import { type Gradient, measureOf, STEPS, type Tint, writeSteps } from './paints.ts'
import type { Matrix } from './path-recorder.ts'

export type Stroke = { width: number; cap: 0 | 1 | 2; join: 0 | 1 | 2; limit: number }

/** A path that is filled, or stroked; as light it adds to what is there. */
export type Shape = {
  /** As {@link PathRecorder} records it, and how many points it has at most. */
  list: Float32Array<ArrayBuffer>
  points: number
  matrix: Matrix
  paint: Tint | Gradient
  alpha: number
  light: boolean
  stroke: Stroke | undefined
}

/** Bytes of a paint before its colours, and of each of those; see assembly/fill.ts. */
const HEAD = 64
const COLOUR = 4
/** Edges to a point of a line: its rectangle, and a bend or an end of it, which a round one has many of. */
const EDGES = { fill: 1, straight: 8, round: 64 } as const

/** Fills shapes straight in a frame's planes; see assembly/outlines.ts and assembly/fill.ts. */
export const createShapes = (
  memory: FrameMemory,
  frame: Sheet,
  size: { width: number; height: number; shift: 0 | 1 },
): { draw: (shape: Shape) => void } => {
  const { kernels } = memory
  const work = memory.keep(kernels.fillRoom(size.width))
  const matrixPlace = memory.keep(24)
  const paintPlace = memory.keep(HEAD + STEPS * COLOUR)
  let buffer = kernels.memory.buffer
  let matrices = new Float32Array(buffer, matrixPlace, 6)
  let kinds = new Int32Array(buffer, paintPlace, 16)
  let measure = new Float32Array(buffer, paintPlace, 16)
  let colours = new Uint8ClampedArray(buffer, paintPlace + HEAD, STEPS * COLOUR)
  const look = (): void => {
    if (kernels.memory.buffer === buffer) return
    buffer = kernels.memory.buffer
    matrices = new Float32Array(buffer, matrixPlace, 6)
    kinds = new Int32Array(buffer, paintPlace, 16)
    measure = new Float32Array(buffer, paintPlace, 16)
    colours = new Uint8ClampedArray(buffer, paintPlace + HEAD, STEPS * COLOUR)
  }

  /** Writes what is filled with; answers whether it is anything. Light's chroma is that of what it adds. */
  const mixPaint = (paint: Tint | Gradient, matrix: Matrix, alpha: number, light: boolean): boolean => {
    const numbers = 'colour' in paint ? ([0, Math.min(1, paint.alpha * alpha)] as const) : measureOf(paint, matrix)
    if (!numbers) return false
    measure.set(numbers)
    kinds[0] = numbers[0]
    kinds[15] = light ? 1 : 0
    if ('colour' in paint) colours.set([...planesOfColour(paint.colour), 255])
    else writeSteps(paint, alpha, colours)
    if (light)
      for (let at = 0; at < ('colour' in paint ? 1 : STEPS) * 4; at += 4) {
        const lost = 128 - colours[at]! / 2
        colours[at + 1]! -= lost
        colours[at + 2]! -= lost
      }
    return true
  }

  return {
    draw: ({ list, points, matrix, paint, alpha, light, stroke }) => {
      const each = stroke ? (stroke.cap === 1 || stroke.join === 1 ? EDGES.round : EDGES.straight) : EDGES.fill
      const listBytes = (list.byteLength + 15) & ~15
      const place = memory.spare(listBytes + points * 8 + points * each * 16 + 64)
      look()
      if (!mixPaint(paint, matrix, alpha, light)) return
      new Float32Array(buffer, place, list.length).set(list)
      matrices.set(matrix)
      const end = place + list.byteLength
      const pointsPlace = place + listBytes
      const edges = (pointsPlace + points * 8 + 15) & ~15
      const count = stroke
        ? kernels.strokes(
            place,
            end,
            matrixPlace,
            pointsPlace,
            edges,
            stroke.width / 2,
            stroke.cap,
            stroke.join,
            stroke.limit,
          )
        : kernels.outline(place, end, matrixPlace, pointsPlace, edges)
      if (count === 0) return
      const { luma, chroma } = frame
      kernels.fill(
        edges,
        count,
        paintPlace,
        work,
        luma.plane,
        frame.u,
        frame.v,
        luma.stride,
        chroma.stride,
        size.width,
        size.height,
        size.shift,
      )
    },
  }
}
