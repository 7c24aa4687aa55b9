/** A sweep to the right and back takes about this long where the clip has room for several. Seconds. */
const SWEEP = 8

/** Where the moving wipe's edge is, 0 to 1, at a part (0 to 1) of a file that takes `seconds`: eased, and it loops. */
export const sweptEdge = (part: number, seconds: number): number => {
  const sweeps = Math.max(1, Math.round(seconds / SWEEP))
  return (1 - Math.cos(2 * Math.PI * part * sweeps)) / 2
}

/** Whether a blinking comparison shows its reference after so many seconds: every other one, beginning with the first. */
export const blinksAt = (seconds: number): boolean => Math.floor(seconds + 1e-4) % 2 === 0
