/** Bytes that must move, and the milliseconds in which they must. */
export type Pace = { bytes: number; within: number }

/** What of a transfer is watched: bytes moved so far, and whether it is this side that keeps it waiting. */
export type Moving = { moved: () => number; waitsForUs: () => boolean }

/**
 * Looks after each stretch of time how far a transfer came, and calls back with a clause once it was too little: a limit
 * on silence and on dripping that lets a long transfer over a slow but live line go on. Answers how to stop looking.
 */
export const watchPace = (
  { moved, waitsForUs }: Moving,
  { bytes, within }: Pace,
  tooSlow: (clause: string) => void,
): (() => void) => {
  let before = moved()
  let waited = waitsForUs()
  const timer = setInterval(() => {
    const [now, waits] = [moved(), waitsForUs()]
    const came = now - before
    const isTheirs = !waited && !waits
    before = now
    waited = waits
    if (came >= bytes || !isTheirs) return
    clearInterval(timer)
    tooSlow(came === 0 ? `nothing moved for ${within / 1000} seconds` : 'it is too slow')
  }, within)
  return () => clearInterval(timer)
}
