/**
 * The frames of a clip by which it is cut: when each begins, from the first that is shown at 0, and when the last ends.
 * Ascending, seconds.
 */
export type Frames = { starts: Float64Array; end: number }

/** Some frames of a clip, one at least: `first` is the first of them, `after` the one that is no more among them. */
export type Part = { first: number; after: number }

/** What was typed for a time: seconds, or why it is none, as a whole sentence. */
export type Typed = { seconds: number } | { problem: string }

/** Rounding of times must not fall into the frame before. Seconds. */
const EPSILON = 1e-4

const TIME = /^(?:(\d{1,3}):(?=\d{1,2}(?:[.,]|$)))?(\d{1,5})(?:[.,](\d{0,3}))?$/

/** `0:02.48`: minutes, seconds and hundredths. A time is cut off, not rounded, so that it names the frame it is in. */
export const formatMoment = (seconds: number): string => {
  const hundredths = Math.floor(seconds * 100 + 0.01)
  const rest = (hundredths % 6000) / 100
  return `${Math.floor(hundredths / 6000)}:${rest.toFixed(2).padStart(5, '0')}`
}

/** Reads what a person types as a time: `2.48`, `0:02.48` or `1:05`. */
export const parseMoment = (text: string): Typed => {
  const [whole, minutes = '0', seconds = '', part = ''] = TIME.exec(text.trim()) ?? []
  if (whole === undefined || (whole.includes(':') && Number(seconds) > 59))
    return { problem: 'Type minutes and seconds, as 0:02.48, or seconds, as 2.48.' }
  return { seconds: Number(minutes) * 60 + Number(`${seconds}.${part}`) }
}

/** When a frame begins; the end of the clip for the one after the last. Seconds. */
export const momentOf = ({ starts, end }: Frames, frame: number): number => starts[frame] ?? end

/** The edge between two frames that lies nearest to a time: the frame that begins there, or, at the end, none. */
export const edgeNear = (frames: Frames, seconds: number): number => {
  const { starts } = frames
  let [low, high] = [0, starts.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((starts[middle] ?? 0) < seconds - EPSILON) low = middle + 1
    else high = middle
  }
  const before = Math.max(0, low - 1)
  return seconds - momentOf(frames, before) < momentOf(frames, low) - seconds ? before : low
}

/** The part with one of its edges elsewhere, as near as it goes: one frame at least is left of it. */
export const withEdge = ({ starts }: Frames, part: Part, edge: keyof Part, frame: number): Part =>
  edge === 'first'
    ? { ...part, first: Math.max(0, Math.min(frame, part.after - 1)) }
    : { ...part, after: Math.min(starts.length, Math.max(frame, part.first + 1)) }

/** The part with edges at keyframes alone, the next in the direction in which each was moved; `keys` ascend. */
export const atKeyframes = ({ starts }: Frames, keys: readonly number[], before: Part, after: Part): Part => {
  const next = (from: number, to: number, edges: readonly number[]): number =>
    (to > from ? edges.find((edge) => edge >= to) : edges.findLast((edge) => edge <= to)) ?? from
  const first = next(before.first, after.first, keys)
  const end = next(before.after, after.after, [...keys.filter((key) => key > first), starts.length])
  return end > first ? { first, after: end } : before
}

/** The part moved by so many frames, as far as there is room. */
export const movedBy = ({ starts }: Frames, { first, after }: Part, by: number): Part => {
  const far = Math.max(-first, Math.min(by, starts.length - after))
  return { first: first + far, after: after + far }
}

export const secondsOf = (frames: Frames, { first, after }: Part): number =>
  momentOf(frames, after) - momentOf(frames, first)

/** The beginning of a clip, no longer than so many seconds where there is a most. */
export const beginningOf = (frames: Frames, most: number | null): Part => {
  const edge = most === null ? frames.starts.length : edgeNear(frames, most)
  const isOver = most !== null && momentOf(frames, edge) > most + EPSILON
  return withEdge(frames, { first: 0, after: frames.starts.length }, 'after', isOver ? edge - 1 : edge)
}
