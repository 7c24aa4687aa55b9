import type { FrameCanvas } from '../canvas/frame-canvas.ts'
import type { Sheet } from '../canvas/frame-memory.ts'
import type { Layer, SceneContext } from './layers.ts'

/** Pixels of the frame to a side of a cell that light is gathered in, and such cells to one of the light laid over it. */
const CELL = 4
const GROUP = 4

/** A plane in the kernels' memory, its size and the length of its rows. */
type Plane = { plane: number; wide: number; tall: number; stride: number }

/** The frame's planes at a quarter of its size. */
const createQuarters = (frameCanvas: FrameCanvas) => {
  const { frame, memory, shift, width, height } = frameCanvas
  const { kernels } = memory
  const across = Math.ceil(width / CELL / 16) * 16 + 16
  const down = Math.ceil(height / CELL)
  const halved = (Math.ceil(width / 2 / 16) + 2) * 16
  const between = memory.keep(halved * (height + 2))
  const places = [0, 1, 2].map(() => memory.keep(across * (down + 2)))
  const quarter = ({ plane, wide, tall, stride }: Plane, to: number, isHalf: boolean): void => {
    if (isHalf) {
      kernels.halvePlane(plane, wide, tall, stride, to, across)
      return
    }
    kernels.halvePlane(plane, wide, tall, stride, between, halved)
    kernels.halvePlane(between, wide / 2, tall / 2, halved, to, across)
  }
  return {
    /** Their light, in cells of so many columns and rows, as RGBA. */
    light: (columns: number, rows: number, scale: number): Uint8Array => {
      const { luma, chroma, u, v } = frame
      const [forY = 0, forU = 0, forV = 0] = places
      const colour = { wide: chroma.width, tall: chroma.height, stride: chroma.stride }
      quarter({ plane: luma.plane, wide: width, tall: height, stride: luma.stride }, forY, false)
      quarter({ plane: u, ...colour }, forU, shift === 1)
      quarter({ plane: v, ...colour }, forV, shift === 1)
      const out = memory.spare(columns * rows * 4)
      kernels.lights(forY, forU, forV, across, columns, rows, GROUP, scale, out)
      return memory.bytes(out, columns * rows * 4).slice()
    },
  }
}

/** Light that spills over its edges: the bright parts of the frame, made small and laid over it again. */
export const bloomLayer = (scene: SceneContext, strength: number): Layer => {
  const { width, height } = scene
  const columns = Math.floor(width / (CELL * GROUP))
  const rows = Math.floor(height / (CELL * GROUP))
  let kept: { sheet: Sheet; quarters: ReturnType<typeof createQuarters> } | undefined
  return (_, { frameCanvas }) => {
    kept ??= { sheet: frameCanvas.memory.sheet(columns, rows), quarters: createQuarters(frameCanvas) }
    frameCanvas.settle()
    const data = kept.quarters.light(columns, rows, strength / (GROUP * GROUP * 255))
    frameCanvas.memory.fill(kept.sheet, data, columns, rows, true)
    frameCanvas.lay(kept.sheet, { x: 0, y: 0, width, height })
  }
}
