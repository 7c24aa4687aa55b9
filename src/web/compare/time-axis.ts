/**
 * How far the time axis keeps from either end of its row, so that the playhead's grip is never cut off. CSS pixels;
 * everything that lies on the axis (`Timeline`, and what it has above) has this padding.
 */
export const AXIS_INSET = 8

/** Where a time stands on an axis of `width`: 0 to `width`, the same unit. Times outside of the axis are its ends. */
export const xOf = (time: number, duration: number, width: number): number =>
  duration > 0 ? (Math.min(Math.max(0, time), duration) / duration) * width : 0

/** The time at a place on an axis of `width`, the reverse of `xOf`. Seconds, 0 to `duration`. */
export const timeAtX = (x: number, duration: number, width: number): number =>
  width > 0 ? (Math.min(Math.max(0, x), width) / width) * duration : 0
