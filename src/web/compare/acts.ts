import type { Viewer } from './viewer.ts'
import { type ViewerState, infosOf, type Timing, timingSide } from './viewer-state.ts'
import { frameCount } from './frames.ts'
import type { Range } from './protocol.ts'
import { countAt, type Scale, scaleOf, timeOfCount } from './time-format.ts'

/** Speeds that one can choose; playing backward has the same. */
export const RATES = [0.1, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2] as const

/** Inside of the last frame, but not at its end, where the next would begin. Seconds; more than a media time's rounding. */
const EPSILON = 2e-4
/** A playhead this near to an end stands on it. Seconds. */
const NEAR = 1e-3

/** The part that plays. */
export const playedRange = ({ range, duration }: Pick<ViewerState, 'range' | 'duration'>): Range =>
  range ?? { from: 0, to: duration }

/** The last moment of a range: its end belongs to what comes after. */
export const lastMoment = ({ from, to }: Range): number => Math.max(from, to - EPSILON)

/** What time is told by now. */
export const scaleIn = (state: Timing & Pick<ViewerState, 'offsets'>): Scale => {
  const side = timingSide(state)
  return scaleOf((side === null ? null : infosOf(state)[side]) ?? null, state.offsets[side ?? 0] ?? 0)
}

/** Plays, backward below 0. From an end that has nothing more to play, or from outside of the range, from its other end. */
export const playAt = (viewer: Viewer, rate: number): void => {
  const state = viewer.state()
  const range = playedRange(state)
  const outside = state.target < range.from - NEAR || state.target > range.to
  if (rate > 0 && (outside || state.target >= range.to - NEAR)) viewer.seek(range.from)
  if (rate < 0 && (outside || state.target <= range.from + NEAR)) viewer.seek(lastMoment(range))
  viewer.setRate(rate)
  viewer.play()
}

/** Pauses, or plays forward at the chosen speed, also after playing backward. */
export const togglePlay = (viewer: Viewer): void =>
  viewer.state().playing ? viewer.pause() : playAt(viewer, Math.abs(viewer.state().rate))

/**
 * J and L: plays that way at 1, or at a slower speed where one is chosen; when it plays that way already, the next of
 * half as fast again and more, up to 2.
 */
export const shuttle = (viewer: Viewer, way: 1 | -1): void => {
  const { playing, rate } = viewer.state()
  const speed = Math.abs(rate)
  const faster = RATES.find((each) => each >= Math.min(2, speed * 2)) ?? 2
  playAt(viewer, way * (playing && Math.sign(rate) === way ? faster : Math.min(1, speed)))
}

/** The next speed up or down; the direction stays. */
export const changeSpeed = (viewer: Viewer, by: 1 | -1): void => {
  const { rate } = viewer.state()
  const speed = Math.abs(rate)
  const next = by > 0 ? RATES.find((each) => each > speed) : RATES.findLast((each) => each < speed)
  if (next !== undefined) viewer.setRate(next * Math.sign(rate))
}

/**
 * Pauses and goes frames on or back, of the side that tells them. Where that has none, before its beginning or after
 * its end, steps go on at its usual rate.
 */
export const stepBy = (viewer: Viewer, by: number): void => {
  const state = viewer.state()
  const scale = scaleIn(state)
  if (!scale.side) return
  const now = countAt(scale, state.target)
  const has = (frame: number) => scale.side !== null && frame >= 0 && frame < frameCount(scale.side)
  if (has(now) && has(now + by)) {
    viewer.step(by)
    return
  }
  if (state.playing) viewer.pause()
  const wanted = timeOfCount(scale, now + by)
  viewer.seek(Math.min(Math.max(0, wanted), lastMoment({ from: 0, to: state.duration })))
}

export const goToStart = (viewer: Viewer): void => viewer.seek(playedRange(viewer.state()).from)
export const goToEnd = (viewer: Viewer): void => viewer.seek(lastMoment(playedRange(viewer.state())))

/** A range that can be played, or null for all: inside of the comparison, and not empty. */
export const tidyRange = ({ from, to }: Range, duration: number): Range | null => {
  const within = { from: Math.max(0, from), to: Math.min(duration, to) }
  if (within.to - within.from < NEAR) return null
  return within.from < NEAR && within.to > duration - NEAR ? null : within
}

/** When the frame at a time begins and ends. */
export const frameSpan = (scale: Scale, time: number): Range => {
  const count = countAt(scale, time)
  return { from: timeOfCount(scale, count), to: timeOfCount(scale, count + 1) }
}

/** The range begins with the frame at the playhead. One that had ended before goes to the comparison's end. */
export const setIn = (viewer: Viewer): void => {
  const state = viewer.state()
  const { from } = frameSpan(scaleIn(state), state.target)
  const { to } = playedRange(state)
  viewer.setRange(tidyRange({ from, to: to > from + NEAR ? to : state.duration }, state.duration))
}

/** The range ends with the frame at the playhead, which still belongs to it. */
export const setOut = (viewer: Viewer): void => {
  const state = viewer.state()
  const { to } = frameSpan(scaleIn(state), state.target)
  const { from } = playedRange(state)
  viewer.setRange(tidyRange({ from: from < to - NEAR ? from : 0, to }, state.duration))
}

/** The sides whose sound can be heard. */
export const sidesWithSound = (sides: ViewerState['sides']): number[] =>
  sides.flatMap((side, index) => (side.name === 'ready' && side.info.hasAudio ? [index] : []))

/** Sound off, or the sound of the reference, else of the first side that has some. */
export const toggleSound = (viewer: Viewer): void => {
  const { sound, sides, view } = viewer.state()
  const heard = sidesWithSound(sides)
  viewer.setSound(sound !== null ? null : heard.includes(view.reference) ? view.reference : (heard[0] ?? null))
}

/**
 * Pauses, and moves one side alone by its frames against the others. By whole frames where the rate is constant, so that
 * as many back lead to where it was; where it varies, to the frame's neighbour at the playhead.
 */
export const nudge = (viewer: Viewer, side: number, by: number): void => {
  const state = viewer.state()
  const moved = state.sides[side]
  if (moved?.name !== 'ready' || moved.info.kind !== 'video') return
  const offset = state.offsets[side] ?? 0
  const { fps, variable } = scaleOf(moved.info, offset)
  if (variable) {
    viewer.step(by, side)
    return
  }
  if (state.playing) viewer.pause()
  const frames = Math.round(offset * fps) + by
  viewer.setOffset(side, frames === 0 ? 0 : frames / fps)
}
