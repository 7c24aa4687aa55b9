/** How a picture is to be turned to stand upright: filters for FFmpeg, and whether its sides swap. */
export type Turn = { filters: string[]; swaps: boolean }

const UPRIGHT: Turn = { filters: [], swaps: false }

/**
 * Reads a display matrix (nine 32-bit fixed-point numbers of the machine's order), by the rules by which ffmpeg's own
 * `-autorotate` chooses its filters. Turns that are no quarter are left out: phones write none.
 */
export const turnOf = (matrix: Buffer | null): Turn => {
  if (!matrix || matrix.length < 36) return UPRIGHT
  const at = (index: number): number => matrix.readInt32LE(index * 4) / 65536
  const across = Math.hypot(at(0), at(3))
  const down = Math.hypot(at(1), at(4))
  if (across === 0 || down === 0) return UPRIGHT
  const degrees = (Math.atan2(at(1) / down, at(0) / across) * 180) / Math.PI
  const turn = ((Math.round(degrees) % 360) + 360) % 360
  if (Math.abs(turn - 90) < 2) return { filters: [`transpose=${at(3) > 0 ? 'cclock_flip' : 'clock'}`], swaps: true }
  if (Math.abs(turn - 270) < 2) return { filters: [`transpose=${at(3) < 0 ? 'clock_flip' : 'cclock'}`], swaps: true }
  const filters = [...(at(0) < 0 ? ['hflip'] : []), ...(at(4) < 0 ? ['vflip'] : [])]
  return Math.abs(turn) < 2 || Math.abs(turn - 180) < 2 ? { filters, swaps: false } : UPRIGHT
}
