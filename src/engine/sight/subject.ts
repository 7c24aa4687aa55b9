import type { Words32 } from './field.ts'
import {
  agreementOf,
  type Candidate,
  candidateAt,
  cellAt,
  covers,
  isGround,
  middleOf,
  SURE,
  UNIT,
  viewOf,
  worthOf,
} from './candidates.ts'
import { cutGrid } from './cut.ts'
import { filled, grown, type Mask, partAt } from './mask.ts'
import { type Box, histogramOf, overlapOf, type Window } from './window.ts'

/** What stands at a place: a window around it, and which of its cells it covers. */
export type Subject = Pick<Candidate, 'window' | 'mask'>

/** Radii that it is looked for in, as shares of the picture's shorter side; in pixels at least so many. */
const RADII = [0.03, 0.055, 0.1, 0.17, 0.27, 0.4]
const LEAST_RADIUS = 4
/** A whole may be so much less convincing than a part of it. */
const WHOLE = 0.68
/** Less than this is not worth a closer look. */
const FAINT = 0.14
/** It is a thing of its own where it is as convincing as this from afar, or as this from afar and close by on average. */
const CLEAR = 0.29
const ENOUGH = 0.225

/** Cells along the longer side of a close look, and rounds of it. */
const CELLS = 200
const ROUNDS = 3
/** How much sooner what was found from afar is part of it than what is further away, in units of likelihood. */
const FOUND = 1.5
const BESIDE = 0.3
const FURTHER = -0.6
/** So much less than what is further away is what is close by taken for background. */
const NEAR = 0.4
/** How often a thing shows a colour that it has not shown so far: what is unlike all that lies behind is sooner part of it. */
const NEW = 0.05 / 4096
/** How far what was missed from afar may reach, as a share of the window. */
const MISSED = 0.13
/** A hole that looks as much like what lies around is one through which one sees that. */
const THROUGH = 0.5

/** The pixels that candidates cover, and as much around them as is needed to tell what is behind. */
const boxOf = ({ width, height }: Words32, parts: readonly Candidate[]): Box => {
  let [left, top, right, bottom] = [width, height, 0, 0]
  for (const { window, mask } of parts)
    mask.forEach((there, cell) => {
      if (!there) return
      const [x, y] = middleOf(window, cell)
      const half = window.box.width / window.across / 2
      left = Math.min(left, x - half)
      right = Math.max(right, x + half)
      top = Math.min(top, y - half)
      bottom = Math.max(bottom, y + half)
    })
  const reach = 0.35 * Math.max(right - left, bottom - top) + 8
  const box = { left: Math.max(0, Math.floor(left - reach)), top: Math.max(0, Math.floor(top - reach)) }
  return {
    ...box,
    width: Math.min(width, Math.ceil(right + reach)) - box.left,
    height: Math.min(height, Math.ceil(bottom + reach)) - box.top,
  }
}

/** The mask with those of its holes through which one does not see what lies around it. */
const withoutHoles = (mask: Mask, { across, down }: Window, classes: Uint16Array): Mask => {
  const out = Uint8Array.from(mask)
  const holes = filled(mask, across, down).map((there, cell) => (there && !mask[cell] ? 1 : 0))
  const around = grown(mask, across, down, 6)
  const behind = histogramOf(classes, (cell) => (around[cell] && !mask[cell] && !holes[cell] ? 1 : 0))
  for (let first = 0; first < holes.length; first++) {
    if (!holes[first]) continue
    const hole = partAt(holes, across, down, first)
    const isThrough =
      overlapOf(
        histogramOf(classes, (cell) => hole[cell]!),
        behind,
      ) > THROUGH
    hole.forEach((there, cell) => {
      if (!there) return
      holes[cell] = 0
      if (!isThrough) out[cell] = 1
    })
  }
  return out
}

/** Looks closer at what several candidates show of one thing: finer, and for what belongs to it and was missed. */
const lookCloser = (source: Words32, parts: readonly Candidate[], x: number, y: number): Candidate => {
  const { window, classes, bonds } = viewOf(source, boxOf(source, parts), CELLS)
  const { across, down } = window
  const found: Mask = Uint8Array.from({ length: across * down }, (_, cell) => {
    const place = middleOf(window, cell)
    return parts.some((part) => covers(part, ...place)) ? 1 : 0
  })
  const coarse = Math.max(
    ...parts.map((part) => (part.window.box.width / part.window.across / window.box.width) * across),
  )
  const slack = Math.max(2, Math.round(coarse * 1.5))
  const beside = grown(found, across, down, slack)
  const reached = grown(found, across, down, Math.max(slack, Math.round(MISSED * Math.max(across, down))))
  const seed = cellAt(window, x, y)
  let mask = found
  for (let round = 0; round < ROUNDS; round++) {
    const inside = histogramOf(classes, (cell) => mask[cell]!)
    // What is close by may be a part that was missed: what is further away is background for certain.
    const outside = histogramOf(classes, (cell) => (mask[cell] ? 0 : reached[cell] ? (round === 0 ? 0 : NEAR) : 1))
    const leans = Int32Array.from(found, (there, cell) => {
      if (cell === seed) return SURE
      if (!reached[cell]) return -SURE
      const like = Math.max(-6, Math.min(6, Math.log((inside[classes[cell]!]! + NEW) / outside[classes[cell]!]!)))
      return Math.round(UNIT * (like + (there ? FOUND : beside[cell] ? BESIDE : FURTHER)))
    })
    mask = partAt(cutGrid(across, down, leans, bonds), across, down, seed)
  }
  return { window, classes, mask: withoutHoles(mask, window, classes) }
}

/**
 * Finds what stands at a place (pixels) as a thing of its own, or undefined where nothing does. It is looked for at several
 * sizes: what is found at two of them alike is more convincing, and a whole is better than a part of it.
 */
export const findSubject = (source: Words32, x: number, y: number): Subject | undefined => {
  const short = Math.min(source.width, source.height)
  const looks = RADII.map((share) => candidateAt(source, x, y, Math.max(LEAST_RADIUS, share * short)))
  const agreed = looks.slice(1).map((look, index) => agreementOf(looks[index]!, look).share)
  const marks = looks.map(
    (look, index) => worthOf(source, look) * (0.6 + 0.4 * Math.max(agreed[index - 1] ?? 0, agreed[index] ?? 0)),
  )
  let best: number | undefined
  for (const [index, mark] of marks.entries()) {
    if (best === undefined) {
      if (mark > FAINT) best = index
      continue
    }
    const isWhole = agreementOf(looks[best]!, looks[index]!).ofFirst > 0.85
    if (mark > marks[best]! * (isWhole ? WHOLE : 1)) best = index
  }
  if (best === undefined) return undefined
  const [chosen, most] = [looks[best]!, Math.max(...marks.slice(0, best + 1))]
  const parts = looks.filter(
    (look, index) => index <= best && marks[index]! > 0.4 * most && agreementOf(look, chosen).ofFirst > 0.6,
  )
  const close = lookCloser(source, parts, x, y)
  if (isGround(source, close)) return undefined
  return most >= CLEAR || (most + worthOf(source, close)) / 2 >= ENOUGH ? close : undefined
}
