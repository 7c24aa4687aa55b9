import type { Easel } from './easel.ts'
import type { Sheet } from './frame-memory.ts'
import type { Layer, Stage } from './stage.ts'

/** Pixels of the frame to a side of a cell that light is gathered in, and such cells to one of the light laid over it. */
const CELL = 4
const GROUP = 4

/** The frame's planes at a quarter of its size. */
const createQuarters = (easel: Easel) => {
  const { frame, memory, shift, width, height } = easel
  const { kernels } = memory
  const across = Math.ceil(width / CELL / 16) * 16 + 16
  const down = Math.ceil(height / CELL)
  const halved = (Math.ceil(width / 2 / 16) + 2) * 16
  const between = memory.keep(halved * (height + 2))
  const places = [0, 1, 2].map(() => memory.keep(across * (down + 2)))
  const quarter = (plane: number, wide: number, tall: number, stride: number, to: number, half: boolean): void => {
    if (half) {
      kernels.halvePlate(plane, wide, tall, stride, to, across)
      return
    }
    kernels.halvePlate(plane, wide, tall, stride, between, halved)
    kernels.halvePlate(between, wide / 2, tall / 2, halved, to, across)
  }
  return {
    across,
    read: (): Uint8Array[] => {
      const { luma, chroma, u, v } = frame
      const [forY = 0, forU = 0, forV = 0] = places
      quarter(luma.plane, width, height, luma.stride, forY, false)
      quarter(u, chroma.width, chroma.height, chroma.stride, forU, shift === 1)
      quarter(v, chroma.width, chroma.height, chroma.stride, forV, shift === 1)
      return places.map((place) => memory.bytes(place, across * down))
    },
  }
}

/** Light that spills over its edges: the bright parts of the frame, made small and laid over it again. */
export const bloomLayer = (stage: Stage, strength: number): Layer => {
  const { width, height } = stage
  const columns = Math.floor(width / (CELL * GROUP))
  const rows = Math.floor(height / (CELL * GROUP))
  const data = new Uint8ClampedArray(columns * rows * 4)
  let kept: { sheet: Sheet; quarters: ReturnType<typeof createQuarters> } | undefined
  return (_, { easel }) => {
    kept ??= { sheet: easel.memory.sheet(columns, rows), quarters: createQuarters(easel) }
    easel.settle()
    const { across } = kept.quarters
    const [y, u, v] = kept.quarters.read()
    if (!y || !u || !v) return
    const scale = strength / (GROUP * GROUP * 255)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        let red = 0
        let green = 0
        let blue = 0
        for (let cell = 0; cell < GROUP * GROUP; cell++) {
          const at = (row * GROUP + (cell >> 2)) * across + column * GROUP + (cell & 3)
          const [luma, b, r] = [y[at]!, u[at]! - 128, v[at]! - 128]
          // Light multiplied with itself keeps its brightest parts and loses the rest.
          red += Math.max(0, luma + 1.5748 * r) ** 2
          green += Math.max(0, luma - 0.187324 * b - 0.468124 * r) ** 2
          blue += Math.max(0, luma + 1.8556 * b) ** 2
        }
        const index = (row * columns + column) * 4
        data[index] = red * scale
        data[index + 1] = green * scale
        data[index + 2] = blue * scale
        data[index + 3] = 255
      }
    easel.memory.fill(kept.sheet, data, columns, rows, true)
    easel.lay(kept.sheet, { x: 0, y: 0, width, height })
  }
}
