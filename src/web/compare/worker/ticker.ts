/** No more is drawn than screens show. Milliseconds. */
const FRAME = 12

export type Ticker = {
  /** Ticks once more, soon. */
  wake: () => void
  stop: () => void
}

/**
 * Calls `tick` with the screen's next frame; at once where nothing plays and nothing was drawn for that long: what stands
 * still need not wait for the screen to be drawn on, it is shown with its next frame. `drawnAt` as by performance.now().
 */
export const createTicker = (tick: (now: number) => void, isPlaying: () => boolean, drawnAt: () => number): Ticker => {
  let frame = 0
  let stopped = false
  const run = (now: number) => {
    frame = 0
    if (!stopped) tick(now)
  }
  return {
    wake: () => {
      if (frame !== 0 || stopped) return
      if (!isPlaying() && performance.now() - drawnAt() > FRAME) {
        frame = -1
        queueMicrotask(() => run(performance.now()))
      } else frame = requestAnimationFrame(run)
    },
    stop: () => {
      stopped = true
      cancelAnimationFrame(frame)
    },
  }
}
