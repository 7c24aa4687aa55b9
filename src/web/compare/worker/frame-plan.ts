import type { Size } from '../protocol.ts'

/**
 * Which frames are decoded besides the one that is wanted: none, for others wait as well; those that come next, for
 * playing; or those on both sides, for whoever stands still may step either way.
 */
export type Reach = 'alone' | 'onward' | 'around'

/** A frame that is wanted, and where it goes on from there. */
export type Wanted = { index: number; direction: 1 | -1; reach: Reach }

/** How many frames are kept after and before the one that is wanted, and how many are decoded at once when going back. */
export type WindowSize = { ahead: number; behind: number; chunk: number }

/** What of a clip decides: its last frame and its keyframes, by index. */
export type ClipFrames = { last: number; keyframes: Uint32Array }

/** Frames, the first and the last of them. */
export type Span = { from: number; to: number }

const AHEAD = 8
const BEHIND = 12
const CHUNK = 24
/** A loop's first frames are kept, so that there is something to show until the decoder has gone back there. */
const PINNED = 6

/** The window that fits into `budget` bytes of frames as I420. */
export const windowSize = (budget: number, { width, height }: Size): WindowSize => {
  const room = Math.min(48, Math.max(8, Math.floor(budget / (width * height * 1.5))))
  const ahead = Math.min(AHEAD, room >> 1)
  return { ahead, behind: Math.min(BEHIND, room - ahead - 1), chunk: Math.min(CHUNK, room >> 1) }
}

/** `pinned` is where a loop begins; null where none does. */
export const isPinned = (index: number, pinned: number | null): boolean =>
  pinned !== null && index >= pinned && index < pinned + PINNED

export const keyframeBefore = (keyframes: Uint32Array, index: number): number =>
  keyframes.findLast((each) => each <= index) ?? 0

/** The frames around the wanted one that are kept. */
export const boundsOf = (
  { index, direction }: Wanted,
  { ahead, behind, chunk }: WindowSize,
  { last }: ClipFrames,
): Span => {
  const within = (frame: number) => Math.min(last, Math.max(0, frame))
  return direction === 1
    ? { from: within(index - behind), to: within(index + ahead) }
    : { from: within(index - 2 * chunk), to: within(index + 2) }
}

/** The frames to decode next; null when all that is wanted is there. `has` tells whether a frame is decoded. */
export const nextToDecode = (
  wanted: Wanted,
  pinned: number | null,
  size: WindowSize,
  clip: ClipFrames,
  has: (index: number) => boolean,
): Span | null => {
  const { index, direction, reach } = wanted
  const bounds = boundsOf(wanted, size, clip)
  const missingAfter = (from: number, to: number): number | undefined => {
    for (let frame = from; frame <= Math.min(clip.last, to); frame++) if (!has(frame)) return frame
    return undefined
  }
  const missingBefore = (from: number, to: number): number | undefined => {
    for (let frame = from; frame >= Math.max(0, to); frame--) if (!has(frame)) return frame
    return undefined
  }
  // A chunk costs the way from its keyframe, so that all of it is decoded, up to a frame that is missing.
  const chunkTo = (to: number): Span => ({
    from: Math.max(keyframeBefore(clip.keyframes, to), to - size.chunk + 1, bounds.from),
    to,
  })
  if (direction === 1) {
    const next = missingAfter(index, reach === 'alone' ? index : bounds.to)
    if (next !== undefined) return { from: next, to: next }
    if (reach === 'alone') return null
    const looped = pinned === null ? undefined : missingAfter(pinned, pinned + PINNED - 1)
    if (looped !== undefined) return { from: looped, to: looped }
    const before = reach === 'around' ? missingBefore(index - 1, bounds.from) : undefined
    return before === undefined ? null : chunkTo(before)
  }
  // Half of a chunk is used up before the next is decoded.
  const before = missingBefore(index, index - (size.chunk >> 1))
  return before === undefined ? null : chunkTo(before)
}
