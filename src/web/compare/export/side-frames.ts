import type { ClipDecoder } from '../worker/clip-decoder.ts'
import type { OpenSide } from '../worker/open-side.ts'
import type { Drawable } from '../worker/paint.ts'

/** Frames of one side, in the order in which a file needs them. One is held at a time. */
export type SideFrames = {
  side: OpenSide
  /** Undefined before the side's first frame. The drawable is good until the next call. */
  drawableOf: (frame: number) => Promise<Drawable | undefined>
  close: () => void
}

/** Decoding on to a frame that is no further than this is quicker than beginning anew. */
const NEAR = 60

/** Decoded frames that are open in all sides together. */
export let openFrames = 0

/** Decoded by the bench's own decoder: another one may see other colours in a clip that does not tell its own. */
const createReader = (decoder: ClipDecoder) => {
  let held: { index: number; frame: VideoFrame } | undefined
  let ended = false
  const letGo = () => {
    if (!held) return
    held.frame.close()
    openFrames -= 1
    held = undefined
  }
  return {
    frameOf: async (wanted: number): Promise<VideoFrame> => {
      if (held && (wanted < held.index || wanted > held.index + NEAR)) letGo()
      if (!held) {
        await decoder.seek(wanted, wanted)
        ended = false
      }
      while (!ended && (!held || held.index < wanted)) {
        const next = await decoder.next()
        // Shorter than its tables say: its last frame stands on.
        ended = !next
        if (!next) break
        letGo()
        held = next
        openFrames += 1
      }
      if (!held) throw new Error('A clip ends sooner than it says. Make it anew, or export without it.')
      return held.frame
    },
    close: () => {
      letGo()
      decoder.close()
    },
  }
}

/** Takes over the side: closing the frames closes it. */
export const createSideFrames = (side: OpenSide): SideFrames => {
  const { info, rotation, pictures } = side
  const reader = pictures.kind === 'video' ? createReader(pictures.decoder()) : undefined
  return {
    side,
    drawableOf: async (wanted) => {
      if (pictures.kind === 'image') return { image: pictures.bitmap, rotation, size: info }
      const image = wanted < 0 ? undefined : await reader?.frameOf(wanted)
      return image && { image, rotation, size: info }
    },
    close: () => {
      reader?.close()
      side.close()
    },
  }
}
