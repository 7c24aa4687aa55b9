import { colourMatrix } from '../colour-matrix.ts'
import type { Size } from '../protocol.ts'
import { createPlaneScaler, type Planes } from './scale-planes.ts'

/**
 * Copies a frame's planes, where it is one that `createQuickPicture` can draw: decoded in software, eight bits, of
 * ordinary colours. Null for others. `buffer` is memory for the planes that may be used again.
 */
export const planesOf = async (frame: VideoFrame, buffer?: Uint8Array<ArrayBuffer>): Promise<Planes | null> => {
  const { matrix, primaries, transfer, fullRange } = frame.colorSpace
  const known = colourMatrix(matrix ?? '')
  if (frame.format !== 'I420' || !known || primaries !== 'bt709' || transfer !== 'bt709') return null
  const size = frame.allocationSize()
  const data = buffer?.length === size ? buffer : new Uint8Array(size)
  const layout = await frame.copyTo(data)
  const { width = frame.codedWidth, height = frame.codedHeight } = frame.visibleRect ?? {}
  return { data, layout, width, height, matrix: known, fullRange: fullRange ?? false }
}

/** Draws planes much smaller than they are onto a canvas of its own, which is good until the next drawing. */
export const createQuickPicture = (): ((planes: Planes, size: Size) => OffscreenCanvas | null) => {
  const canvas = new OffscreenCanvas(1, 1)
  const context = canvas.getContext('2d', { alpha: false })
  const scale = createPlaneScaler()
  let image: ImageData | undefined
  return (planes, { width, height }) => {
    if (!context) return null
    if (image?.width !== width || image.height !== height) {
      image = new ImageData(width, height)
      canvas.width = width
      canvas.height = height
    }
    scale(planes, new Uint32Array(image.data.buffer), width, height)
    context.putImageData(image, 0, 0)
    return canvas
  }
}
