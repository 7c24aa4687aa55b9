import type { FrameCanvas } from './frame-canvas.ts'
import type { FrameMemory } from './frame-memory.ts'

export type Mirror = {
  /** What a row below the shore shows: a row of the frame, how far to the right it is moved, and the tone over it. */
  set: (row: number, source: number, sway: number, tone: readonly number[]) => void
  /** Fills so many rows from the shore on. */
  lay: (top: number, rows: number) => void
}

/** Bytes of a row in a list, and tables of positions within a pixel; see assembly/sprites.ts. */
const ROW = 16
const PHASES = 8

/** Which columns a row shows at each position within a pixel, `edge` of them beyond each of its ends. */
const createTables = ({ kernels, keep }: FrameMemory, wide: number, edge: number) => {
  const size = (Math.ceil(wide / 16) + 1) * 64
  const place = keep(size * PHASES)
  const step = wide / (wide + edge * 2)
  for (let phase = 0; phase < PHASES; phase++)
    kernels.steps(place + phase * size, 0, wide, (0.5 + edge) * step - 0.5 + phase / PHASES, step)
  return { place, size, step }
}

/** Rows of the frame shown again below them, a little wider than it is so that they can be moved by up to `margin`. */
export const createMirror = (frameCanvas: FrameCanvas, margin: number, most: number): Mirror => {
  const { memory, frame, width, shift } = frameCanvas
  const { kernels } = memory
  const luma = createTables(memory, width, margin)
  const chroma = shift === 1 ? createTables(memory, width / 2, margin / 2) : luma
  const lists = [0, 1, 2].map(() => memory.keep(ROW * (most + 1)))
  const sources = new Float64Array(most)
  const sways = new Float64Array(most)
  const tones: (readonly number[])[] = []

  const write = (which: 0 | 1 | 2, rows: number, halved: 0 | 1, step: number): number => {
    const place = lists[which] ?? 0
    const list = new Int32Array(memory.kernels.memory.buffer, place, rows * 4)
    const edge = (margin - 2) * step
    for (let row = 0; row < rows; row++) {
      const from = row << halved
      const moved = Math.min(edge, Math.max(-edge, -sways[from]! * step)) / (1 << halved)
      list[row * 4] = Math.max(0, (sources[from]! / (1 << halved)) * 65_536)
      list[row * 4 + 1] = Math.floor(moved * PHASES)
      list[row * 4 + 2] = tones[from]![3]!
      list[row * 4 + 3] = tones[from]![which]!
    }
    return place
  }
  return {
    set: (row, source, sway, tone) => {
      sources[row] = source
      sways[row] = sway
      tones[row] = tone
    },
    lay: (top, rows) => {
      const { plane, stride } = frame.luma
      kernels.mirror(plane, stride, width, top, rows, write(0, rows, 0, luma.step), luma.place, luma.size)
      const halfTop = (top + shift) >> shift
      const halfRows = Math.min(frame.chroma.height - halfTop, (rows + shift) >> shift)
      const half = [frame.chroma.stride, frame.chroma.width, halfTop, halfRows] as const
      const { step, place, size } = chroma
      kernels.mirror(frame.u, ...half, write(1, halfRows, shift, step), place, size)
      kernels.mirror(frame.v, ...half, write(2, halfRows, shift, step), place, size)
    },
  }
}
