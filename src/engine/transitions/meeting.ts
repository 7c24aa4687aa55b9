import { boxBlur, type Raster } from '../sight/raster.ts'
import type { Flow, Flows } from './flow.ts'

/** The motion through each cell at a moment, how sure it is, and whether the start or the end shows that place. */
type Meeting = {
  dx: Raster
  dy: Raster
  sure: Raster
  /** 1 where surely only the end shows it, -1 where only the start does, 0 where both do, neither, or who knows. */
  side: Raster
}

type Grid = { across: number; down: number }

/** Carries a picture's motions a part of their way: into `meeting`, where they come before what has landed there (`rank`). */
const land = (
  { across, down }: Grid,
  flow: Flow,
  way: { part: number; sign: number },
  meeting: Meeting,
  rank: Raster,
) => {
  for (let y = 0, cell = 0; y < down; y++)
    for (let x = 0; x < across; x++, cell++) {
      const sure = flow.sure[cell]!
      if (sure < 0.5) continue
      const dx = flow.dx[cell]!
      const dy = flow.dy[cell]!
      const fx = x + dx * way.part
      const fy = y + dy * way.part
      const placed = sure + 0.02 * (Math.abs(dx) + Math.abs(dy))
      const left = Math.floor(fx)
      const top = Math.floor(fy)
      for (let j = top; j <= top + 1; j++)
        for (let i = left; i <= left + 1; i++) {
          if (i < 0 || j < 0 || i >= across || j >= down) continue
          const off = Math.abs(i - fx) + Math.abs(j - fy)
          if (off > 1.01) continue
          const at = j * across + i
          const worth = placed - 0.1 * off
          if (worth <= rank[at]!) continue
          rank[at] = worth
          meeting.dx[at] = way.sign * dx
          meeting.dy[at] = way.sign * dy
          meeting.sure[at] = sure
        }
    }
}

/** How surely a place of a picture belongs to something that goes elsewhere than the motion that led there. */
const createGone = ({ across, down }: Grid, flow: Flow) => {
  return (x: number, y: number, dx: number, dy: number): number => {
    const column = Math.min(across - 1, Math.max(0, Math.round(x)))
    const row = Math.min(down - 1, Math.max(0, Math.round(y)))
    const at = row * across + column
    const found = flow.found[at]!
    if (found < 0.02) return 0
    const [offX, offY] = [flow.dx[at]! - dx, flow.dy[at]! - dy]
    const room = 1 + 0.12 * (Math.abs(dx) + Math.abs(dy))
    const far = (offX * offX + offY * offY) / (room * room)
    return far < 0.01 ? 0 : (1 - Math.exp(-far)) * Math.min(1, 1.8 * found)
  }
}

/**
 * Carries the motions of both pictures to the moment between them (after Baker et al., 2011, "A Database and Evaluation
 * Methodology for Optical Flow"): what moves farthest lies in front. Cells that nothing lands on are uncovered ground,
 * and move as the picture does in which they are not hidden. What a picture hides is told by where its own motion leads.
 */
export const createMeeting = ({ across, down, there, back, related }: Flows) => {
  const grid = { across, down }
  const size = across * down
  const meeting = {
    dx: new Float32Array(size),
    dy: new Float32Array(size),
    sure: new Float32Array(size),
    side: new Float32Array(size),
  }
  const rank = new Float32Array(size)
  const goneThere = createGone(grid, there)
  const goneBack = createGone(grid, back)
  /** `time` is 0 at the start and 1 at the end. */
  return (time: number): Meeting => {
    if (related === 0) return meeting
    rank.fill(0)
    meeting.sure.fill(0)
    land(grid, there, { part: time, sign: 1 }, meeting, rank)
    land(grid, back, { part: 1 - time, sign: -1 }, meeting, rank)
    for (let y = 0, cell = 0; y < down; y++)
      for (let x = 0; x < across; x++, cell++) {
        if (rank[cell] === 0) {
          // Of two motions the smaller one is the ground's.
          const one = (1.02 - there.sure[cell]!) ** 4 / (1 + there.dx[cell]! ** 2 + there.dy[cell]! ** 2)
          const other = (1.02 - back.sure[cell]!) ** 4 / (1 + back.dx[cell]! ** 2 + back.dy[cell]! ** 2)
          meeting.dx[cell] = (there.dx[cell]! * one - back.dx[cell]! * other) / (one + other)
          meeting.dy[cell] = (there.dy[cell]! * one - back.dy[cell]! * other) / (one + other)
        }
        const dx = meeting.dx[cell]!
        const dy = meeting.dy[cell]!
        const noStart = goneThere(x - time * dx, y - time * dy, dx, dy)
        const noEnd = goneBack(x + (1 - time) * dx, y + (1 - time) * dy, -dx, -dy)
        meeting.side[cell] = Math.max(-1, Math.min(1, 1.3 * (noStart - noEnd)))
      }
    return { ...meeting, side: boxBlur(meeting.side, across, down, 1) }
  }
}
