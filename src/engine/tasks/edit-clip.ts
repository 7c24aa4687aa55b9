import type { EditFrame, EditOrder } from './drawer-messages.ts'
import { takeDrawer } from './drawing-thread.ts'

export type Editor = {
  /** Hands a frame over, as 4:2:0 planes at television range; its memory goes with it. */
  give: (frame: EditFrame) => void
  /** The next restyled frame, in the order in which they were given. */
  take: () => Promise<Uint8Array<ArrayBuffer>>
}

/**
 * Restyles frames in a thread of its own, between the decoder and the encoder.
 *
 * @throws RushesError from `take` where there is something to tell a person.
 */
export const startEditor = (order: EditOrder): Editor => {
  const drawer = takeDrawer()
  drawer.tell({ kind: 'edit', ...order })
  return {
    give: (frame) => drawer.tell({ kind: 'frame', ...frame }),
    take: async () => {
      const report = await drawer.next()
      if (report.kind !== 'frame') throw new Error('a restyled frame is missing')
      return report.bytes
    },
  }
}
