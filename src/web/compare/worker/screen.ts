import type { Drawing } from './drawing.ts'
import type { Sides } from './sides.ts'

/** What stands on the canvas. */
export type Screen = {
  /** Draws a time, all of whose frames are decoded or have a copy; `fine` as well as can be. */
  draw: (time: number, fine: boolean) => void
  /** All is to be drawn anew the next time. */
  invalidate: () => void
  isInvalid: () => boolean
  /** The frame of each side that is drawn; -1 where nothing is drawn of it. */
  frames: () => readonly number[]
  /** The sides of which small copies are drawn. */
  proxies: () => readonly number[]
  /** When something was drawn last, by `performance.now()`. */
  drawnAt: () => number
}

/** Draws what changed, and remembers what it drew. */
export const createScreen = (drawing: Pick<Drawing, 'draw'>, sides: Sides, count: number): Screen => {
  let frames: readonly number[] = Array.from({ length: count }, () => -1)
  let proxies: readonly number[] = []
  let isFine = false
  let isInvalid = true
  let drawnAt = 0
  return {
    draw: (time, fine) => {
      const next = sides.framesAt(time)
      const small = sides.standIns(time) ?? []
      const seen = sides.seen().map(({ index }) => index)
      const isSame = (side: number) => next[side] === frames[side] && small.includes(side) === proxies.includes(side)
      const changed = new Set(seen.filter((side) => !isSame(side)))
      if (isInvalid || changed.size > 0 || fine !== isFine) {
        drawing.draw(next, isInvalid || fine !== isFine ? null : changed, fine)
        isInvalid = false
        isFine = fine
        drawnAt = performance.now()
      }
      frames = next.map((frame, side) => (seen.includes(side) ? frame : -1))
      proxies = small
    },
    invalidate: () => {
      isInvalid = true
    },
    isInvalid: () => isInvalid,
    frames: () => frames,
    proxies: () => proxies,
    drawnAt: () => drawnAt,
  }
}
