import type { Words32 } from '../sight/field.ts'
import { boxBlur, type Raster } from '../sight/raster.ts'
import { gridOf, matchPictures, type Motion, trust } from './match.ts'
import type { Tiny } from './features.ts'

/**
 * Motion from each cell to the other picture, in cells, how much it is to be believed (0 to 1), and the same of the thing
 * that the cell belongs to, up to its rim.
 */
export type Flow = { dx: Raster; dy: Raster; sure: Raster; found: Raster }

type Found = Omit<Flow, 'found'>

export type Flows = {
  across: number
  down: number
  there: Flow
  back: Flow
  /** How much of the two pictures belongs together, 0 to 1. */
  related: number
}

/** Gives cells whose motion is not sure that of sure ones around them, from near where there are some, else from afar. */
const filled = ({ dx, dy, sure }: Found, across: number, down: number): Found => {
  const size = sure.length
  const out = { dx: new Float32Array(size), dy: new Float32Array(size), sure }
  const whole = new Float32Array(size)
  for (const radius of [1, 3, 8, 24, 80]) {
    const mean = (raster: Raster): Raster => boxBlur(boxBlur(raster, across, down, radius), across, down, radius)
    const weight = mean(sure)
    const x = mean(dx.map((value, cell) => value * sure[cell]!))
    const y = mean(dy.map((value, cell) => value * sure[cell]!))
    for (let cell = 0; cell < size; cell++) {
      if (weight[cell]! < 1e-4) continue
      const share = ((1 - whole[cell]!) * Math.min(1, weight[cell]! / 0.2)) / weight[cell]!
      out.dx[cell]! += x[cell]! * share
      out.dy[cell]! += y[cell]! * share
      whole[cell]! += share * weight[cell]!
    }
  }
  for (let cell = 0; cell < size; cell++) {
    const own = Math.min(1, Math.max(0, (sure[cell]! - 0.2) * 4))
    out.dx[cell] = dx[cell]! * own + out.dx[cell]! * (1 - own)
    out.dy[cell] = dy[cell]! * own + out.dy[cell]! * (1 - own)
  }
  return out
}

const REACH = [-5, -2, 0, 2, 5] as const

/** Lays the edges of a motion on those of the picture: each unsure cell takes that of sure ones in its own colours. */
const onEdges = (flow: Found, { across, down, red, green, blue }: Tiny): Found => {
  const dx = Float32Array.from(flow.dx)
  const dy = Float32Array.from(flow.dy)
  for (let y = 0, cell = 0; y < down; y++)
    for (let x = 0; x < across; x++, cell++) {
      if (flow.sure[cell]! > 0.85) continue
      let [sumX, sumY, sum] = [0, 0, 0]
      for (const j of REACH)
        for (const i of REACH) {
          if (x + i < 0 || x + i >= across || y + j < 0 || y + j >= down) continue
          const other = cell + j * across + i
          const r = red[other]! - red[cell]!
          const g = green[other]! - green[cell]!
          const b = blue[other]! - blue[cell]!
          const weight = (flow.sure[other]! + 0.03) / (1 + (r * r + g * g + b * b) / 260) ** 2 / (6 + i * i + j * j)
          sumX += flow.dx[other]! * weight
          sumY += flow.dy[other]! * weight
          sum += weight
        }
      dx[cell] = sumX / sum
      dy[cell] = sumY / sum
    }
  return { dx, dy, sure: flow.sure }
}

/** Takes the trust from cells that move otherwise than the mean of those beside them: rims, and strays. */
const agreed = ({ dx, dy, sure }: Found, across: number, down: number): Flow => {
  const [meanX, meanY] = [boxBlur(dx, across, down, 1), boxBlur(dy, across, down, 1)]
  const kept = sure.map((value, cell) => {
    const off = Math.hypot(dx[cell]! - meanX[cell]!, dy[cell]! - meanY[cell]!)
    return value * Math.min(1, Math.max(0, 2.2 - off))
  })
  return { dx, dy, sure: kept, found: sure }
}

const mean = (raster: Raster): number => raster.reduce((sum, value) => sum + value, 0) / raster.length

const unrelated = ({ across, down }: { across: number; down: number }): Flows => {
  const raster = (): Raster => new Float32Array(across * down)
  const none = (): Flow => ({ dx: raster(), dy: raster(), sure: raster(), found: raster() })
  return { across, down, there: none(), back: none(), related: 0 }
}

/** The motion between two pictures of one size. Where they have little in common there is none. */
export const flowBetween = (start: Words32, end: Words32): Flows => {
  const matched = matchPictures(start, end)
  if (!matched) return unrelated(gridOf(start))
  const { there, back } = matched
  const [sureThere, sureBack] = [trust(there, back), trust(back, there)]
  const { across, down } = there
  const common = Math.min(1, Math.max(0, ((mean(sureThere) + mean(sureBack)) / 2 - 0.12) / 0.18))
  const related = common * common * (3 - 2 * common)
  if (related === 0) return unrelated(there)
  const prepare = (motion: Motion, sure: Raster): Flow => {
    // Lone cells that agree by chance are not believed.
    const company = boxBlur(sure, across, down, 3)
    const firm = sure.map((value, cell) => value * Math.min(1, Math.max(0, company[cell]! * 3 - 0.8)))
    const laid = onEdges(filled({ ...motion, sure: firm }, across, down), motion.picture)
    const { dx, dy, sure: kept, found } = agreed(laid, across, down)
    const less = (raster: Raster): Raster => raster.map((value) => value * related)
    return { dx: less(dx), dy: less(dy), sure: less(kept), found: less(found) }
  }
  return { across, down, there: prepare(there, sureThere), back: prepare(back, sureBack), related }
}
