import { smoother, swell } from '../motion/ease.ts'
import { CELL, createField, wideAngle } from '../sight/field.ts'
import { warpBoth } from '../motion/warp.ts'
import { boxBlur, createLookUp, type Raster } from '../sight/raster.ts'
import { flowBetween, type Flows } from './flow.ts'
import { frontBetween } from './front.ts'
import { createMeeting } from './meeting.ts'
import type { Mixer, Pair } from './mixers.ts'

/** How much of the clip passes while a place goes over by the front. */
const SOFT = 0.3
/** How far, in pixels, two nodes' motions may differ and still be those of one thing. */
const ONE_THING = 5
/** How much unrelated pictures come nearer on the way, as a share of their size. */
const PUSH = 0.07

type Five = [Raster, Raster, Raster, Raster, Raster]

/**
 * A front that passes what was not found in one go: half a face is worse than a short crossfade. Where little was found
 * at all it stays as it is.
 */
const gathered = (front: Raster, { across, down, there, back, related }: Flows): Raster => {
  const lost = there.sure.map((sure, cell) => 1.001 - Math.max(sure, back.sure[cell]!))
  const mean = (raster: Raster): Raster => boxBlur(boxBlur(raster, across, down, 12), across, down, 12)
  const [sum, weight] = [mean(front.map((value, cell) => value * lost[cell]!)), mean(lost)]
  return front.map((value, cell) => value + (0.25 + (0.5 * sum[cell]!) / weight[cell]! - value) * related)
}

/**
 * Each place of the start moves to where it is found in the end, and takes on its colours on the way; what is found in
 * one of them only is shown by that one, and what is found in neither goes over as a front passes, so that one sees one
 * picture or the other and hardly ever both.
 */
export const morph = ({ start, end, seed }: Pair): Mixer => {
  const { width, height } = start
  const flows = flowBetween(start, end)
  const { across, down, related } = flows
  const meetingAt = createMeeting(flows)
  // What little a matched pair has left over goes in one go, whatever its depth.
  const front =
    related > 0.98
      ? new Float32Array(across * down).fill(0.5)
      : gathered(frontBetween(start, end, seed, across, down), flows)
  const fields = [createField(width, height), createField(width, height)] as const
  const [first, second] = fields
  const { columns, rows } = first
  const size = columns * rows
  const parts = new Float32Array(size)
  const lookUp = createLookUp(across, down, { columns, rows, apart: CELL / width, apartDown: CELL / height })
  const [goX, goY, known, only, late] = [0, 1, 2, 3, 4].map(() => new Float32Array(size)) as Five
  lookUp(front, late)
  const cellX = width / across
  const cellY = height / down
  const push = PUSH * (1 - related)
  return (share, out) => {
    const time = share * 0.35 + swell(share) * 0.65
    const { dx, dy, sure, side } = meetingAt(time)
    lookUp(dx, goX)
    lookUp(dy, goY)
    lookUp(sure, known)
    lookUp(side, only)
    const near = 1 / (1 + push * time)
    const wide = wideAngle(1 - push * 0.8 * (1 - time))
    // What is found in both is shown by one alone, and sharper, until the middle of the way.
    const turned = smoother((time - 0.2) / 0.6)
    // At both ends there is only one picture, whatever was found.
    const middle = Math.min(1, 8 * time, 8 * (1 - time))
    for (let row = 0, node = 0; row < rows; row++)
      for (let column = 0; column < columns; column++, node++) {
        const x = column * CELL
        const y = row * CELL
        const sideways = goX[node]! * cellX
        const along = goY[node]! * cellY
        first.at[node * 2] = width / 2 + (x - width / 2) * near - sideways * time
        first.at[node * 2 + 1] = height / 2 + (y - height / 2) * near - along * time
        second.at[node * 2] = (wide(x / width - 0.5) + 0.5) * width + sideways * (1 - time)
        second.at[node * 2 + 1] = (wide(y / height - 0.5) + 0.5) * height + along * (1 - time)
        const passed = smoother((time * (1 + SOFT) - late[node]!) / SOFT)
        const mixed = passed + (turned - passed) * known[node]!
        const here = only[node]! * middle
        parts[node] = 256 * (here > 0 ? mixed + (1 - mixed) * here : mixed * (1 + here))
      }
    warpBoth({ source: start, field: first }, { source: end, field: second }, parts, ONE_THING, out)
  }
}
