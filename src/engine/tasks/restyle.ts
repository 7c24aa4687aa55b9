import type { Planes } from '../kernels/planes.ts'
import { narrowed, widened } from '../kernels/planes-range.ts'
import { createStyle } from '../styles/create-style.ts'
import type { EditFrame, EditOrder } from './drawer-messages.ts'

/** What restyles an edit's frames, one after another. */
export const openRestyle = async ({
  order,
  width,
  height,
}: EditOrder): Promise<(frame: EditFrame) => Uint8Array<ArrayBuffer>> => {
  const reference = order.sources['reference_image']
  // Reading pictures takes a library of its own, and a tenth of a second to load it.
  const palette = reference && (await (await import('../media/palette.ts')).readPalette(reference.path))
  const style = createStyle({ ...order, width, height, palette })
  let source: Planes | undefined
  return ({ video, time, index }) => {
    if (video) source = widened(width, height, video)
    if (!source) throw new Error('the first frame has no picture')
    // The frame's own memory takes what was made of it.
    return narrowed(style.apply(source, time, index), video)
  }
}
