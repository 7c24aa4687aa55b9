import type { ClipDecoder } from './clip-decoder.ts'

/** One frame of a clip at a time, the one that was asked for last. */
export type OneFrame = {
  has: (index: number) => boolean
  /** The frame, to be closed by the caller. */
  get: (index: number) => VideoFrame | undefined
  /** Asks for a frame: what is under way for another is given up. */
  want: (index: number) => void
  /** Whether that frame is under way. */
  isComing: (index: number) => boolean
  close: () => Promise<void>
}

/**
 * `first` is the frame that the decoder calls 0; `arrived` is called when the frame is there that was asked for, or does
 * not come.
 */
export const createOneFrame = (
  decoder: Pick<ClipDecoder, 'seek' | 'next' | 'interrupt' | 'close'>,
  first: number,
  arrived: () => void,
): OneFrame => {
  let held: { index: number; frame: VideoFrame } | undefined
  let wanted: number | undefined
  let running: Promise<void> | undefined
  let state: 'open' | 'failed' | 'closed' = 'open'

  const read = async (index: number): Promise<void> => {
    await decoder.seek(index - first, index - first)
    const next = await decoder.next()
    if (next === null) throw new Error('it ends sooner than it says')
    if (!next) return
    if (state === 'closed') return next.frame.close()
    held?.frame.close()
    held = { index: next.index + first, frame: next.frame }
    if (held.index === index && wanted === index) arrived()
  }

  const run = async (): Promise<void> => {
    try {
      while (state === 'open' && wanted !== undefined && wanted !== held?.index) await read(wanted)
    } catch {
      // What it cannot show is shown when the frame itself is decoded.
      if (state === 'open') {
        state = 'failed'
        arrived()
      }
    }
    running = undefined
  }

  return {
    has: (index) => held?.index === index,
    get: (index) => (held?.index === index ? held.frame.clone() : undefined),
    want: (index) => {
      if (state !== 'open' || wanted === index) return
      wanted = index
      if (running) decoder.interrupt()
      else running = run()
    },
    isComing: (index) => state === 'open' && wanted === index && held?.index !== index,
    close: async () => {
      state = 'closed'
      decoder.close()
      await running
      held?.frame.close()
      held = undefined
    },
  }
}
