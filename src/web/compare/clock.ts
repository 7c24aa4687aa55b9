import { type Frames, frameUnder, timeOfFrame } from './frames.ts'
import type { Range } from './protocol.ts'

/** By how much playing may be late before it lets go of the lateness, and goes on slower instead. Seconds of real time. */
const MAX_STEP = 0.1
/** Screens draw this often; slower playing than that shows every frame. */
const REFRESH = 60
const EPSILON = 1e-6
/** More than the rounding that frames.ts allows for: nearer to an end, the frame behind it would be shown. Seconds. */
const EDGE = 2e-4

/** Where the playhead is, and how far behind real time it is; the same unit, signed like the rate. */
export type Playhead = { time: number; late: number }

/** What playing depends on. `sides` are those that are seen. */
export type Playing = {
  rate: number
  range: Range
  loop: boolean
  sides: readonly { frames: Frames; offset: number }[]
}

/** How far the playhead may go from a time so that no side's frame is left out that could be shown. */
const reach = (time: number, { rate, sides }: Playing): number => {
  let furthest = rate > 0 ? Infinity : -Infinity
  for (const { frames, offset } of sides) {
    if (frames.kind === 'image') continue
    const now = frameUnder(frames, time, offset)
    const usual = (frames.starts.length - 1) / Math.max(EPSILON, (frames.starts.at(-1) ?? 0) - (frames.starts[0] ?? 0))
    const several = Math.max(1, Math.ceil((Math.abs(rate) * usual) / REFRESH - 0.05))
    if (rate > 0) {
      if (now + several + 1 >= frames.starts.length) continue
      furthest = Math.min(furthest, timeOfFrame(frames, now + several + 1, offset) - EDGE)
    } else {
      if (now - several < 0) continue
      furthest = Math.max(furthest, timeOfFrame(frames, now - several, offset))
    }
  }
  return furthest
}

/**
 * Where the playhead wants to be after `elapsed` seconds of real time. It goes no further than one frame of any side
 * (two and more only where the rate asks for more frames than screens show), and makes up for a late tick by quicker
 * ones; what is later than `MAX_STEP` is given up. `ended` is true at an end of the range that is not looped.
 */
export const advance = (
  { time, late }: Playhead,
  elapsed: number,
  playing: Playing,
): { next: Playhead; wrapped: boolean; ended: boolean } => {
  const { rate, range, loop } = playing
  const debt = Math.sign(rate) * Math.min(Math.abs(late), MAX_STEP * Math.abs(rate))
  const wanted = time + Math.min(elapsed, MAX_STEP) * rate + debt
  const furthest = reach(time, playing)
  const next = rate > 0 ? Math.min(wanted, Math.max(time, furthest)) : Math.max(wanted, Math.min(time, furthest))
  const out = rate > 0 ? next >= range.to - EDGE : next < range.from
  if (!out) return { next: { time: next, late: wanted - next }, wrapped: false, ended: false }
  if (!loop) {
    const end = rate > 0 ? Math.max(range.from, range.to - EDGE) : range.from
    return { next: { time: end, late: 0 }, wrapped: false, ended: true }
  }
  return {
    next: { time: rate > 0 ? range.from : Math.max(range.from, range.to - EDGE), late: 0 },
    wrapped: true,
    ended: false,
  }
}
