import { advance, type Playhead } from '../clock.ts'
import type { Range } from '../protocol.ts'
import type { Reach } from './frame-plan.ts'
import { leftOutBetween, type Sides } from './sides.ts'

/** A seek on its way: where to, and how what it finds may be gone on from. */
export type Seek = { time: number; way: 1 | -1; reach: Reach }

/** Where the playhead is and where it goes. Times are seconds. */
export type Transport = {
  playhead: Playhead
  /** Where a seek goes next; what it finds is shown before another one is begun. */
  goal: number | null
  underWay: Seek | null
  /** `fresh` until the first frame since the beginning or the last leap has been shown. */
  playing: { rate: number; since: number; fresh: boolean } | null
  loop: boolean
  range: Range | null
  /** Where stepping went last, which is where it may go on. */
  way: 1 | -1
  /** Whether something is waited for. */
  waiting: boolean
  /** How many frames were left out while playing. */
  skipped: number
}

/** What the transport has shown. */
export type TransportOutput = {
  /** The frame of each side that is drawn. */
  frames: () => readonly number[]
  /** Whether that time is on screen as small copies. */
  isSmall: (time: number) => boolean
  show: (time: number) => void
  /** Shows copies of what is still to be decoded, where that may be. */
  showSmall: (time: number) => void
  setWaiting: (waiting: boolean) => void
}

/** At the beginning, where the first frames are still to be shown. */
export const newTransport = (): Transport => ({
  playhead: { time: 0, late: 0 },
  goal: 0,
  underWay: null,
  playing: null,
  loop: true,
  range: null,
  way: 1,
  waiting: false,
  skipped: 0,
})

/** The part that plays: the range, as far as there is something of it, or all. Seconds. */
export const rangeWithin = (range: Range | null, duration: number): Range =>
  range ? { from: Math.max(0, range.from), to: Math.min(duration, range.to) } : { from: 0, to: duration }

/** Whether nothing plays and no seek is on its way. */
export const isStill = ({ playing, goal, underWay }: Transport): boolean =>
  playing === null && goal === null && underWay === null

/** Where playing at a rate begins: where one is, but from an end, and outside of the range, anew. */
export const startOf = (at: number, rate: number, { from, to }: Range): number => {
  const atEnd = rate > 0 ? at >= to - 0.002 : at <= from
  if (at >= from && at <= to && !atEnd) return at
  return rate > 0 ? from : Math.max(from, to - 2e-4)
}

/** A seek from one time to another: a step back wants the frames before it next; further off there is no telling. */
export const seekBetween = (from: number, time: number): Seek => {
  const back = from - time
  const isStep = Math.abs(back) < 0.5
  return { time, way: back > 0 && isStep ? -1 : 1, reach: isStep ? 'onward' : 'alone' }
}

/** `now` by `performance.now()`; `duration` in seconds. */
export const startPlaying = (transport: Transport, rate: number, duration: number, now: number): void => {
  const at = transport.goal ?? transport.underWay?.time ?? transport.playhead.time
  const time = startOf(at, rate, rangeWithin(transport.range, duration))
  transport.playing = { rate, since: now, fresh: true }
  transport.playhead = { time, late: 0 }
  transport.goal = transport.underWay = null
}

/** Stands still at a time, which is sought anew: what was skipped on the way to it is not shown. */
const stopAt = (transport: Transport, time: number): void => {
  transport.playing = null
  transport.playhead = { time, late: 0 }
  transport.goal = time
}

export const pausePlaying = (transport: Transport): void => {
  if (transport.playing) stopAt(transport, transport.playhead.time)
  else transport.goal ??= transport.playhead.time
}

/** While it plays, it goes on from there at once. */
export const seekTo = (transport: Transport, time: number): void => {
  if (transport.playing) {
    transport.playhead = { time, late: 0 }
    transport.playing.fresh = true
  } else transport.goal = time
}

/** Plays on by the time that went by, where all that is seen has its frames for where that leads. */
export const playOn = (transport: Transport, sides: Sides, output: TransportOutput, now: number): void => {
  const { playing, playhead, loop } = transport
  if (!playing) return
  const { rate } = playing
  const elapsed = (now - playing.since) / 1000
  playing.since = now
  const range = rangeWithin(transport.range, sides.duration())
  const seen = sides.seen()
  const step = advance(playhead, elapsed, { rate, range, loop, sides: seen })
  if (!sides.ready(step.next.time, rate > 0 ? 1 : -1, 'onward')) {
    transport.playhead = { time: playhead.time, late: playhead.late + elapsed * rate }
    output.setWaiting(true)
    if (playing.fresh) output.showSmall(playhead.time)
    return
  }
  transport.waiting = false
  if (!step.wrapped && !playing.fresh)
    transport.skipped += leftOutBetween(seen, output.frames(), sides.framesAt(step.next.time))
  playing.fresh = false
  transport.playhead = step.next
  if (step.ended) stopAt(transport, step.next.time)
  output.show(step.next.time)
}

/** Goes on with the seek that is on its way, or begins the next. Returns whether there is more to do at once. */
export const settle = (transport: Transport, sides: Sides, output: TransportOutput): boolean => {
  const { goal } = transport
  // What is on screen as copies need not be waited for by who is already elsewhere.
  const isFree =
    transport.underWay === null || (goal !== transport.underWay.time && output.isSmall(transport.underWay.time))
  if (goal !== null && isFree) transport.underWay = seekBetween(transport.playhead.time, goal)
  if (transport.underWay === null) return false
  const { time, way, reach } = transport.underWay
  transport.way = way
  if (!sides.ready(time, way, reach)) {
    output.setWaiting(true)
    output.showSmall(time)
    return goal !== null && goal !== time && output.isSmall(time)
  }
  transport.waiting = goal !== time
  transport.underWay = null
  if (goal === time) transport.goal = null
  output.show(time)
  return transport.goal !== null
}
