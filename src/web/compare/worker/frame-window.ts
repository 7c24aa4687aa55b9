import type { SideInfo } from '../protocol.ts'
import type { ClipDecoder } from './clip-decoder.ts'
import { planesOf } from './quick-picture.ts'
import type { Planes } from './scale-planes.ts'

/** A decoded frame, as it comes: not turned. `planes` where they were wanted and could be had. */
export type DecodedFrame = { index: number; image: VideoFrame | ImageBitmap; planes: Planes | null }

/**
 * Which frames are decoded besides the one that is wanted: none, for others wait as well; those that come next, for
 * playing; or those on both sides, for whoever stands still may step either way.
 */
export type Reach = 'alone' | 'onward' | 'around'

/** What of a clip is decoded: the frame that is wanted, and those around it. */
export type FrameWindow = {
  get: (index: number) => DecodedFrame | undefined
  /** Asks for a frame, and for what else `reach` says; `direction` is where it goes on from there. */
  want: (index: number, direction: 1 | -1, reach: Reach) => void
  /** Frames to hold besides: those that a loop goes on with. */
  pin: (from: number) => void
  /** Why nothing more is decoded. */
  trouble: () => string | null
  close: () => Promise<void>
}

const AHEAD = 8
const BEHIND = 12
/** So many frames are decoded at once when going back. */
const CHUNK = 24
/** A loop's first frames are held, so that there is something to show until the decoder has gone back there. */
const PINNED = 6
/** Decoding on to a frame that is no further than this is quicker than beginning anew. */
const NEAR = 12

/** Frames that are open in all windows together. Zero after all are closed: what is not zero is a leak. */
export let openFrames = 0

/** Memory of planes that were let go of, for those that come next. So many of a window. */
const SPARES = 4

const keep = async (
  index: number,
  frame: VideoFrame,
  wantsPlanes: boolean,
  spares: Uint8Array<ArrayBuffer>[],
): Promise<DecodedFrame> => {
  openFrames += 1
  // A decoder in hardware has few surfaces and stands still while they are held; a bitmap is a copy.
  if (frame.format !== null && frame.format.startsWith('I4')) {
    // What cannot be copied is drawn as it is.
    const planes = wantsPlanes ? await planesOf(frame, spares.pop()).catch(() => null) : null
    return { index, image: frame, planes }
  }
  return { index, image: await createImageBitmap(frame).finally(() => frame.close()), planes: null }
}

const letGo = ({ image, planes }: DecodedFrame, spares: Uint8Array<ArrayBuffer>[]) => {
  image.close()
  openFrames -= 1
  if (planes && spares.length < SPARES) spares.push(planes.data)
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
  wantsPlanes: () => boolean,
  passed: (index: number, frame: VideoFrame) => void,
  arrived: () => void,
): FrameWindow => {
  const last = starts.length - 1
  const room = Math.min(48, Math.max(8, Math.floor(budget / (width * height * 1.5))))
  const ahead = Math.min(AHEAD, room >> 1)
  const behind = Math.min(BEHIND, room - ahead - 1)
  const chunk = Math.min(CHUNK, room >> 1)
  const held = new Map<number, DecodedFrame>()
  const spares: Uint8Array<ArrayBuffer>[] = []
  let wanted: { index: number; direction: 1 | -1; reach: Reach } = { index: 0, direction: 1, reach: 'alone' }
  let pinned: number | null = null
  /** The frame that the decoder gives next; null before it was sent anywhere. */
  let position: number | null = null
  let running: Promise<void> | undefined
  let trouble: string | null = null
  let closed = false

  const isPinned = (index: number) => pinned !== null && index >= pinned && index < pinned + PINNED
  const forwards = () => wanted.direction === 1
  const nearest = (index: number) => Math.min(last, Math.max(0, index))
  const lowest = () => nearest(wanted.index - (forwards() ? behind : 2 * chunk))
  const highest = () => nearest(wanted.index + (forwards() ? ahead : 2))

  const keyframeOf = (index: number) => keyframes.findLast((each) => each <= index) ?? 0

  const evict = () => {
    for (const [index, frame] of held) {
      if ((index >= lowest() && index <= highest()) || isPinned(index)) continue
      held.delete(index)
      letGo(frame, spares)
    }
  }

  /** A chunk costs the way from its keyframe, so that it is fetched whole, up to a frame that is missing. */
  const chunkTo = (index: number) => ({ from: Math.max(keyframeOf(index), index - chunk + 1, lowest()), to: index })

  const missingAfter = (from: number, to: number): number | undefined => {
    for (let index = from; index <= Math.min(last, to); index++) if (!held.has(index)) return index
    return undefined
  }
  const missingBefore = (from: number, to: number): number | undefined => {
    for (let index = from; index >= Math.max(0, to); index--) if (!held.has(index)) return index
    return undefined
  }

  /** The frames to decode next, the first and the last of them; null when all that is wanted is held. */
  const missing = (): { from: number; to: number } | null => {
    const { index, reach } = wanted
    if (forwards()) {
      const next = missingAfter(index, reach === 'alone' ? index : highest())
      if (next !== undefined) return { from: next, to: next }
      if (reach === 'alone') return null
      const looped = pinned === null ? undefined : missingAfter(pinned, pinned + PINNED - 1)
      if (looped !== undefined) return { from: looped, to: looped }
      const before = reach === 'around' ? missingBefore(index - 1, lowest()) : undefined
      return before === undefined ? null : chunkTo(before)
    }
    // Half of a chunk is used up before the next is fetched.
    const before = missingBefore(index, index - (chunk >> 1))
    return before === undefined ? null : chunkTo(before)
  }

  const read = async (index: number, restartAt: number, target: number): Promise<void> => {
    if (position === null || position > index || index - position > Math.max(NEAR, behind)) {
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
    const useful = at >= lowest() && at <= Math.max(highest(), index)
    if ((!useful && !isPinned(at)) || held.has(at)) return frame.close()
    const kept = await keep(at, frame, at >= wanted.index && wantsPlanes(), spares)
    if (closed || held.has(at)) return letGo(kept, spares)
    held.set(at, kept)
    if (kept.image instanceof VideoFrame && held.has(wanted.index)) passed(at, kept.image)
  }

  const run = async () => {
    try {
      for (let next = missing(); next && !closed; next = missing()) {
        for (let index = next.from; index <= next.to && !closed; index++) {
          if (held.has(index)) continue
          // What is decoded on the way from the keyframe is held for a step back; not after a leap, which waits for one.
          const isAlone = next.from === next.to
          const holdsWay = isAlone && !isPinned(index) && wanted.reach !== 'alone'
          const way = holdsWay ? Math.max(keyframeOf(index), index - behind) : index
          await read(index, way, isAlone ? index : way)
          // What is waited for comes first.
          if (!held.has(wanted.index) && (wanted.index < next.from || wanted.index > next.to)) break
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
    if (running || closed || trouble !== null) return
    running = run().finally(() => {
      running = undefined
      if (!closed && trouble === null && missing()) wake()
    })
  }

  return {
    get: (index) => held.get(index),
    want: (index, direction, reach) => {
      const far = Math.abs(index - wanted.index) > NEAR
      wanted = { index: nearest(index), direction, reach }
      evict()
      // What is being waited for is no longer wanted.
      if (far && running && !held.has(wanted.index)) decoder.interrupt()
      wake()
    },
    pin: (from) => {
      pinned = from
      wake()
    },
    trouble: () => trouble,
    close: async () => {
      closed = true
      decoder.close()
      await running?.catch(() => undefined)
      for (const frame of held.values()) letGo(frame, spares)
      held.clear()
    },
  }
}
