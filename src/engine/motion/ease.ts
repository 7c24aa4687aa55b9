/** Slow at both ends, 0 to 1 (Perlin's smootherstep: speed and its change are zero at the ends). */
export const smoother = (share: number): number => {
  const t = Math.min(1, Math.max(0, share))
  return t * t * t * (t * (t * 6 - 15) + 10)
}

/** Starts softly, then goes on evenly until it slows a little at the end. */
export const cruise = (share: number): number => {
  const t = Math.min(1, Math.max(0, share))
  const eased = t * t * (3 - 2 * t)
  return t * 0.6 + eased * 0.4
}

/** Half a cosine wave: as soft at the ends, but with less of its way crowded into the middle. */
export const swell = (share: number): number => 0.5 - 0.5 * Math.cos(Math.PI * Math.min(1, Math.max(0, share)))
