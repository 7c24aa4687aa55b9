import {
  type Frames,
  firstFrame,
  frameAt,
  frameCount,
  frameRate,
  frameUnder,
  isVariable,
  timeOfFrame,
} from './frames.ts'

/** Ways to tell the time. */
export const TIME_FORMATS = ['timecode', 'frame', 'seconds'] as const
export type TimeFormat = (typeof TIME_FORMATS)[number]

/** Rounding of media times must not fall into the frame before. Seconds. As in frames.ts. */
const EPSILON = 1e-4

/** What time is told by: the side that tells frames, and what is worked out of it once. */
export type Scale = {
  /** Null where there are only pictures. */
  side: Frames | null
  /** By how much the side runs ahead of the playhead. Seconds. */
  offset: number
  /** Frames per second; the usual ones where they vary. */
  fps: number
  /** The whole number of frames that timecode counts as a second. */
  perSecond: number
  variable: boolean
}

/** What time is told by where no side has frames. */
const PLAIN: Scale = { side: null, offset: 0, fps: 25, perSecond: 25, variable: false }

/** Rates this near to a whole number are that number: 23.976 is the nearest to one that is none. */
const NEARLY = 0.02

/** The scale of a side. */
export const scaleOf = (side: Frames | null, offset: number): Scale => {
  const rate = side && frameRate(side)
  if (!side || rate === null) return { ...PLAIN, side: side?.kind === 'video' ? side : null, offset }
  const variable = isVariable(side)
  const whole = Math.max(1, Math.round(rate))
  const fps = !variable && Math.abs(rate - whole) < NEARLY ? whole : rate
  return { side, offset, fps, perSecond: whole, variable }
}

/** `25 fps`, `29.97 fps, non-drop`, `about 24 fps, variable` */
export const rateWords = ({ side, fps, perSecond, variable }: Scale): string => {
  if (!side) return 'no frames'
  if (variable) return `about ${perSecond} fps, variable`
  return `${Math.round(fps * 1000) / 1000} fps${fps !== perSecond ? ', non-drop' : ''}`
}

/**
 * Which frame of the scale's side stands at a playhead, counted on at the usual rate before the side's beginning and after its end; 0 is
 * the first that is ever seen.
 */
export const countAt = ({ side, offset, fps }: Scale, time: number): number => {
  const own = time + offset
  if (!side || own < 0) return Math.floor((own + EPSILON) * fps)
  if (own + EPSILON < side.end) return frameAt(side, own) - firstFrame(side)
  return frameCount(side) + Math.floor((own - side.end + EPSILON) * fps)
}

const pad = (part: number) => String(part).padStart(2, '0')

/**
 * `00:02:13`, and `01:00:02:13` from an hour on. Counts frames of the scale from the playhead's 0, as many to a second
 * as the rate rounded, and drops no number: at 29.97 and 23.976 fps it runs behind the seconds by one in a thousand,
 * and every frame has its own. Where the rate varies it is the real second, divided by the usual rate.
 */
const timecode = (time: number, scale: Scale): string => {
  const { perSecond, variable, offset, fps } = scale
  const count = variable ? Math.floor((time + EPSILON) * perSecond) : countAt(scale, time) - Math.round(offset * fps)
  const frames = Math.max(0, count)
  const seconds = Math.floor(frames / perSecond)
  const hours = Math.floor(seconds / 3600)
  return [...(hours > 0 ? [hours] : []), Math.floor(seconds / 60) % 60, seconds % 60, frames % perSecond]
    .map(pad)
    .join(':')
}

/**
 * The playhead as one reads it. A frame number is that of the scale's side on screen, counted from 0, the first that is
 * ever seen; it is the true one also where the rate varies.
 */
export const formatTime = (time: number, format: TimeFormat, scale: Scale): string => {
  if (format === 'timecode') return timecode(time, scale)
  if (format === 'seconds') return (Math.floor(time * 1000 + 0.01) / 1000).toFixed(3)
  const { side, offset } = scale
  return String(side ? Math.max(0, frameUnder(side, time, offset) - firstFrame(side)) : 0)
}

/** How long all of it is: as a frame number, how many frames the scale's side has. */
export const formatDuration = (duration: number, format: TimeFormat, scale: Scale): string =>
  format === 'frame' ? String(scale.side ? frameCount(scale.side) : 0) : formatTime(duration, format, scale)

/** What was typed: a playhead, which may lie outside of the comparison, or why it is none, as a whole sentence. */
export type Typed = { time: number } | { problem: string }

const wrong = (problem: string): Typed => ({ problem })

/** The playhead at which a frame begins, the reverse of `countAt`. Seconds; may be below 0. */
export const timeOfCount = ({ side, offset, fps }: Scale, count: number): number => {
  if (!side) return count / fps
  const beyond = count - frameCount(side)
  return beyond < 0 && count >= 0
    ? timeOfFrame(side, count + firstFrame(side), offset)
    : (beyond < 0 ? count / fps : side.end + beyond / fps) - offset
}

const parseTimecode = (text: string, scale: Scale): Typed => {
  const { perSecond, variable, offset, fps } = scale
  // Without marks, the digits are read from the right, as editing desks do.
  const digits = text.padStart(8, '0')
  const parts = /^\d{1,8}$/.test(text)
    ? [0, 2, 4, 6].map((from) => digits.slice(from, from + 2))
    : /^\d{1,3}([:;.,]\d{1,2}){1,3}$/.test(text)
      ? text.split(/[:;.,]/)
      : []
  if (parts.length === 0) return wrong('Type minutes, seconds and frames, as 00:02:13 or 213.')
  const [frames = 0, seconds = 0, minutes = 0, hours = 0] = parts.map(Number).reverse()
  if (frames >= perSecond) return wrong(`Frames go from 00 to ${pad(perSecond - 1)} here: a second has ${perSecond}.`)
  if (seconds > 59) return wrong('Seconds go from 00 to 59.')
  if (minutes > 59 && parts.length > 3) return wrong('Minutes go from 00 to 59.')
  const whole = (hours * 60 + minutes) * 60 + seconds
  if (variable) return { time: whole + frames / perSecond }
  return { time: Math.max(0, timeOfCount(scale, whole * perSecond + frames + Math.round(offset * fps))) }
}

const parseFrame = (text: string, scale: Scale): Typed => {
  if (!/^\d{1,9}$/.test(text)) return wrong('Type the number of a frame, as 63.')
  const { side, offset } = scale
  if (!side) return wrong('There are only pictures here, and no frames.')
  const last = frameCount(side) - 1
  if (Number(text) > last) return wrong(`The last frame is ${last}.`)
  return { time: Math.max(0, timeOfFrame(side, Number(text) + firstFrame(side), offset)) }
}

const parseSeconds = (text: string): Typed =>
  /^(\d{1,7}([.,]\d*)?|[.,]\d+)\s*s?$/.test(text)
    ? { time: Number.parseFloat(text.replace(',', '.')) }
    : wrong('Type seconds, as 2.52.')

/** Reads what a person typed into the time field. Spaces around it do not matter. */
export const parseTime = (text: string, format: TimeFormat, scale: Scale): Typed => {
  const bare = text.trim()
  if (format === 'timecode') return parseTimecode(bare, scale)
  return format === 'frame' ? parseFrame(bare, scale) : parseSeconds(bare)
}
