import { createOnward } from '../worker/onward.ts'
import type { OpenSide } from '../worker/open-side.ts'
import type { Drawable } from '../worker/paint.ts'

/** Frames of one side, in the order in which a file needs them. One is held at a time. */
export type SideFrames = {
  side: OpenSide
  /** Undefined before the side's first frame. The drawable is good until the next call. */
  drawableOf: (frame: number) => Promise<Drawable | undefined>
  close: () => void
}

/** Takes over the side: closing the frames closes it. */
export const createSideFrames = (side: OpenSide): SideFrames => {
  const { info, rotation, pictures } = side
  const decoder = pictures.kind === 'video' ? pictures.decoder('draw') : undefined
  const frames =
    decoder &&
    createOnward(info.keyframes, {
      seek: (index) => decoder.seek(index, index),
      next: decoder.next,
      close: decoder.close,
    })
  return {
    side,
    drawableOf: async (wanted) => {
      if (pictures.kind === 'image') return { image: pictures.bitmap, rotation, size: info }
      if (!frames || wanted < 0) return undefined
      const found = await frames.frameOf(wanted)
      if (!found) throw new Error('A clip ends sooner than it says. Make it anew, or export without it.')
      return { image: found.frame, rotation, size: info }
    },
    close: () => {
      void frames?.close()
      side.close()
    },
  }
}
