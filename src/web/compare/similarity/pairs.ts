import { type Frames, firstFrame, frameUnder, timeOfFrame } from '../frames.ts'

/** Above so many frames a few from all over the clip come first, so that the strip has its shape early. */
const LONG = 1500
const FIRST_LOOK = 60

/**
 * For each frame of `lead` the frame of `follower` that stands beside it when it comes on screen; -1 where there is
 * none, or where the frame of `lead` is never seen (an edit list's lead-in, or what an offset pushes out in front).
 * Pairs are made by time alone. Offsets are by how much a side runs ahead of the playhead. Seconds.
 */
export const pairFrames = (lead: Frames, follower: Frames, offsets: { lead: number; follower: number }): Int32Array => {
  const first = firstFrame(lead)
  return Int32Array.from(lead.starts, (_, frame) => {
    const endsAt = (lead.starts[frame + 1] ?? lead.end) - offsets.lead
    if (frame < first || endsAt <= 0) return -1
    return frameUnder(follower, Math.max(0, timeOfFrame(lead, frame, offsets.lead)), offsets.follower)
  })
}

/** The frames to measure, in this order; each once. Of a long clip first some keyframes, which are quick to reach. */
export const measuringOrder = (pairs: Int32Array, keyframes: Uint32Array): Uint32Array => {
  const seen = Array.from(pairs.keys()).filter((frame) => (pairs[frame] ?? -1) >= 0)
  if (seen.length <= LONG) return Uint32Array.from(seen)
  const keys = Array.from(keyframes).filter((frame) => (pairs[frame] ?? -1) >= 0)
  const every = Math.max(1, Math.ceil(keys.length / FIRST_LOOK))
  const firstLook = new Set(keys.filter((_, index) => index % every === 0))
  return Uint32Array.from([...firstLook, ...seen.filter((frame) => !firstLook.has(frame))])
}
