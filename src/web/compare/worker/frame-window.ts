import type { SideInfo } from '../protocol.ts'
import type { ClipDecoder } from './clip-decoder.ts'
import { boundsOf, isPinned, keyframeBefore, nextToDecode, type Reach, type Wanted, windowSize } from './frame-plan.ts'
import { planesOf } from './quick-picture.ts'
import type { Planes } from './scale-planes.ts'

/** A decoded frame, as it comes: not turned. `planes` where they were wanted and could be had. */
export type DecodedFrame = { index: number; image: VideoFrame | ImageBitmap; planes: Planes | null }

/** What of a clip is decoded: the frame that is wanted, and those around it. */
export type FrameWindow = {
  get: (index: number) => DecodedFrame | undefined
  /** Asks for a frame, and for what else `reach` says; `direction` is where it goes on from there. */
  want: (index: number, direction: 1 | -1, reach: Reach) => void
  /** Decodes nothing until a frame is asked for again. */
  pause: () => void
  /** Frames to hold besides: those that a loop goes on with. */
  pin: (from: number) => void
  /** Why nothing more is decoded. */
  trouble: () => string | null
  close: () => Promise<void>
}

/** Decoding on to a frame that is no further than this is quicker than beginning anew. */
const NEAR = 12

/** Frames that are open in all windows together. Zero after all are closed: what is not zero is a leak. */
export let openFrames = 0

/** A window keeps so much memory of planes that were released, for those that come next. */
const MAX_FREE_BUFFERS = 4

const keepFrame = async (
  index: number,
  frame: VideoFrame,
  wantsPlanes: boolean,
  freeBuffers: Uint8Array<ArrayBuffer>[],
): Promise<DecodedFrame> => {
  openFrames += 1
  // A decoder in hardware has few surfaces and stands still while they are held; a bitmap is a copy.
  if (frame.format !== null && frame.format.startsWith('I4')) {
    // What cannot be copied is drawn as it is.
    const planes = wantsPlanes ? await planesOf(frame, freeBuffers.pop()).catch(() => null) : null
    return { index, image: frame, planes }
  }
  return { index, image: await createImageBitmap(frame).finally(() => frame.close()), planes: null }
}

const release = ({ image, planes }: DecodedFrame, freeBuffers: Uint8Array<ArrayBuffer>[]) => {
  image.close()
  openFrames -= 1
  if (planes && freeBuffers.length < MAX_FREE_BUFFERS) freeBuffers.push(planes.data)
}

/**
 * `budget` is how many bytes of decoded frames may be held; `wantsPlanes` whether their planes are. `passed` is told of
 * frames that were decoded in software while none is waited for; `arrived` is called after each decoded frame, and when
 * decoding ends in trouble.
 */
export const createFrameWindow = (
  { starts, keyframes, width, height }: SideInfo,
  decoder: ClipDecoder,
  budget: number,
  {
    wantsPlanes,
    passed,
    arrived,
  }: {
    wantsPlanes: () => boolean
    passed: (index: number, frame: VideoFrame) => void
    arrived: () => void
  },
): FrameWindow => {
  const clip = { last: starts.length - 1, keyframes }
  const size = windowSize(budget, { width, height })
  const decoded = new Map<number, DecodedFrame>()
  const freeBuffers: Uint8Array<ArrayBuffer>[] = []
  let wanted: Wanted = { index: 0, direction: 1, reach: 'alone' }
  let pinned: number | null = null
  /** The frame that the decoder gives next; null before it was sent anywhere. */
  let position: number | null = null
  let running: Promise<void> | undefined
  let trouble: string | null = null
  let state: 'open' | 'paused' | 'closed' = 'open'

  const isKept = (index: number, { from, to } = boundsOf(wanted, size, clip)) =>
    (index >= from && index <= to) || isPinned(index, pinned)
  const missing = () => nextToDecode(wanted, pinned, size, clip, (index) => decoded.has(index))

  const evict = () => {
    for (const [index, frame] of decoded) {
      if (isKept(index)) continue
      decoded.delete(index)
      release(frame, freeBuffers)
    }
  }

  const read = async (index: number, restartAt: number, target: number): Promise<void> => {
    if (position === null || position > index || index - position > Math.max(NEAR, size.behind)) {
      position = restartAt
      await decoder.seek(restartAt, target)
    }
    const next = await decoder.next()
    if (next === undefined) {
      position = null
      return
    }
    if (next === null) throw new Error(`it ends before frame ${index}, sooner than it says`)
    const { index: at, frame } = next
    position = at + 1
    const { from, to } = boundsOf(wanted, size, clip)
    if (!isKept(at, { from, to: Math.max(to, index) }) || decoded.has(at)) return frame.close()
    const kept = await keepFrame(at, frame, at >= wanted.index && wantsPlanes(), freeBuffers)
    if (state === 'closed' || decoded.has(at)) return release(kept, freeBuffers)
    decoded.set(at, kept)
    if (kept.image instanceof VideoFrame && decoded.has(wanted.index)) passed(at, kept.image)
  }

  const run = async () => {
    try {
      for (let next = missing(); next && state === 'open'; next = missing()) {
        for (let index = next.from; index <= next.to && state === 'open'; index++) {
          if (decoded.has(index)) continue
          // What is decoded on the way from the keyframe is held for a step back; not after a leap, which waits for one.
          const isAlone = next.from === next.to
          const holdsWay = isAlone && !isPinned(index, pinned) && wanted.reach !== 'alone'
          const way = holdsWay ? Math.max(keyframeBefore(keyframes, index), index - size.behind) : index
          await read(index, way, isAlone ? index : way)
          // What is waited for comes first.
          if (!decoded.has(wanted.index) && (wanted.index < next.from || wanted.index > next.to)) break
        }
        evict()
        arrived()
      }
    } catch (error) {
      trouble = error instanceof Error ? error.message : String(error)
      arrived()
    }
  }

  const wake = () => {
    if (running || state !== 'open' || trouble !== null) return
    running = run().finally(() => {
      running = undefined
      if (missing()) wake()
    })
  }

  return {
    get: (index) => decoded.get(index),
    want: (index, direction, reach) => {
      if (state === 'paused') state = 'open'
      const far = Math.abs(index - wanted.index) > NEAR
      wanted = { index: Math.min(clip.last, Math.max(0, index)), direction, reach }
      evict()
      // What is being waited for is no longer wanted.
      if (far && running && !decoded.has(wanted.index)) decoder.interrupt()
      wake()
    },
    pause: () => {
      if (state === 'open') state = 'paused'
      if (running) decoder.interrupt()
    },
    pin: (from) => {
      pinned = from
      wake()
    },
    trouble: () => trouble,
    close: async () => {
      state = 'closed'
      decoder.close()
      await running?.catch(() => undefined)
      for (const frame of decoded.values()) release(frame, freeBuffers)
      decoded.clear()
    },
  }
}
