/** Where frames come from: a decoder that is sent somewhere and goes on from there. */
type Decoding<Frame> = {
  /** Goes to where `next` gives that frame, or one before it, first. */
  seek: (index: number) => Promise<void>
  /** Nothing after the last. */
  next: () => Promise<{ index: number; frame: Frame } | null | undefined>
  close: () => void | Promise<void>
}

/** Frames of a clip, quickest when asked for in order. One is held at a time. */
export type Onward<Frame> = {
  /**
   * The frame, or the clip's last where it ends sooner than its tables say; null where it has none. Good until the next
   * call.
   */
  frameOf: (wanted: number) => Promise<{ index: number; frame: Frame } | null>
  close: () => Promise<void>
}

/** Beyond a keyframe, decoding on to a frame that is no further than this is quicker than beginning anew. */
const NEAR = 30

/** Decoded frames that are open in all readers together. Zero after all are closed: what is not zero is a leak. */
export let openFrames = 0

export const createOnward = <Frame extends { close: () => void }>(
  keyframes: Uint32Array,
  decoding: Decoding<Frame>,
): Onward<Frame> => {
  let current: { index: number; frame: Frame } | undefined
  let ended = false
  const release = () => {
    if (!current) return
    current.frame.close()
    openFrames -= 1
    current = undefined
  }
  const isFar = (from: number, to: number) =>
    to < from || (to - from > NEAR && keyframes.some((key) => key > from && key <= to))
  return {
    frameOf: async (wanted) => {
      if (current && isFar(current.index, wanted)) release()
      if (!current) {
        await decoding.seek(wanted)
        ended = false
      }
      while (!ended && (!current || current.index < wanted)) {
        const next = await decoding.next()
        ended = !next
        if (!next) break
        release()
        current = next
        openFrames += 1
      }
      return current ?? null
    },
    close: async () => {
      release()
      await decoding.close()
    },
  }
}
