import type { ClipOptions } from '../../../engine/testing/messages.ts'

/**
 * What a clip made by makeClip has to show, from how it was made alone: nothing here knows how the viewer thinks. Times
 * are seconds.
 */
export type Known = {
  /** The number in each frame that is ever seen, and when it begins; ascending. */
  frames: readonly { number: number; start: number }[]
  end: number
}

/** How far a time may be from a frame's beginning and still belong to the frame before or after it. */
const EPSILON = 2e-4

/** What is known of a clip: its first frame is at 0, whatever its container says; what that rounds was meant. */
export const knownOf = (options: ClipOptions): Known => {
  const { fps = 25, seconds = 1, hidden = 0, first = 0, ticks } = options
  const count = ticks?.length ?? Math.round(seconds * fps)
  const time = (tick: number) => tick / fps
  const tickOf = (index: number) => ticks?.[index] ?? index
  return {
    frames: Array.from({ length: count }, (_, index) => ({
      number: first + hidden + index,
      start: time(tickOf(index)),
    })),
    end: time(tickOf(count - 1) + 1),
  }
}

/** A picture carries one number for ever. */
export const knownPicture = (number: number): Known => ({
  frames: [{ number, start: 0 }],
  end: Infinity,
})

const lastBegun = ({ frames }: Known, time: number): number | null =>
  frames.findLast(({ start }) => start <= time)?.number ?? null

/**
 * The numbers that may stand at a playhead: one, or two where the time is within a hair of a frame's beginning. NaN is
 * a place where nothing is drawn. `offset` is by how much the side runs ahead.
 */
export const expectedAt = (known: Known, time: number, offset = 0): number[] => {
  const own = Math.max(known.frames[0]?.start ?? 0, time + offset)
  return [...new Set([own - EPSILON, own, own + EPSILON].map((each) => lastBegun(known, each) ?? NaN))].filter(
    (number, _, all) => all.length === 1 || !Number.isNaN(number),
  )
}

/**
 * The one number that has to stand at a time; null where the time is so close to a frame's beginning that it is not
 * sure. Exactly at a beginning it is sure: the frame that begins.
 */
export const numberAt = (known: Known, time: number, offset = 0): number | null => {
  const begins = known.frames.find(({ start }) => Math.abs(start - time - offset) < 1e-9)
  if (begins) return begins.number
  const [number, ...others] = expectedAt(known, time, offset)
  return number === undefined || others.length > 0 ? null : number
}
