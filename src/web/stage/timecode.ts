/** Rounding of media times must not fall into the frame before. Seconds. */
const EPSILON = 1e-4

/** The frame on screen at a time, from 0. */
export const frameAt = (seconds: number, fps: number): number => Math.max(0, Math.floor((seconds + EPSILON) * fps))

/** A time that is surely inside a frame: its middle, since players round to either side of an edge. */
export const timeInFrame = (frame: number, fps: number): number => (Math.max(0, frame) + 0.5) / fps

/** The time to seek to for one frame on or back, kept inside the clip. */
export const stepTime = (seconds: number, by: 1 | -1, fps: number, duration: number): number => {
  const last = Math.max(0, Math.round(duration * fps) - 1)
  return timeInFrame(Math.min(last, Math.max(0, frameAt(seconds, fps) + by)), fps)
}

/** `00:02:13`: minutes, seconds, frames. */
export const timecode = (seconds: number, fps: number): string => {
  const frame = frameAt(seconds, fps)
  const rate = Math.max(1, Math.round(fps))
  const whole = Math.floor(frame / fps + EPSILON)
  const rest = Math.min(rate - 1, Math.max(0, Math.round(frame - whole * fps)))
  return [Math.floor(whole / 60), whole % 60, rest].map((part) => String(part).padStart(2, '0')).join(':')
}
