/** Peaks are no closer together than this. Frames. */
const APART = 5
/** A change that stands out by less than this is noise of the encoding. */
const MIN_CHANGE = 0.01
const OF_ALL = 0.15
/** A rise from one frame to the next by so much of the most is a jump. */
const JUMP = 0.3

/** How much has changed at each frame: 0 nothing to 1 everything; NaN where it is not known. */
export const changeOf = (similarities: Float32Array): Float32Array => similarities.map((value) => 1 - value)

/** The frame that has changed most, the first of several; -1 where none is known. */
export const biggestChange = (change: Float32Array): number => {
  let biggest = -1
  for (const [frame, value] of change.entries())
    if (!Number.isNaN(value) && (biggest < 0 || value > (change[biggest] ?? 0))) biggest = frame
  return biggest
}

type Known = { frame: number; value: number }

/** Every top that is `least` higher than the valleys on both of its sides. What comes before the clip is 0. */
const tops = (known: readonly Known[], least: number): Known[] => {
  const found: Known[] = []
  let top: Known | undefined
  let valley = 0
  for (const each of known) {
    if (top === undefined) {
      valley = Math.min(valley, each.value)
      if (each.value >= valley + least) top = each
    } else if (each.value > top.value) {
      top = each
    } else if (each.value <= top.value - least) {
      found.push(top)
      top = undefined
      valley = each.value
    }
  }
  return top ? [...found, top] : found
}

/**
 * Frames worth a look, ascending: where the change is larger than around, and where it begins from one frame to the
 * next. A height that such a jump leads to is one place, its beginning. The higher ones win where they lie too close.
 */
export const peaks = (change: Float32Array): number[] => {
  const known = Array.from(change, (value, frame) => ({ frame, value })).filter(({ value }) => !Number.isNaN(value))
  const most = known.reduce((highest, { value }) => Math.max(highest, value), 0)
  const least = Math.max(MIN_CHANGE, most * OF_ALL)
  const jumps = known.filter(({ frame, value }, index) => {
    const before = known[index - 1]
    return before?.frame === frame - 1 && value - before.value >= Math.max(MIN_CHANGE, most * JUMP)
  })
  const isLedTo = (top: Known) =>
    jumps.some(
      (jump) =>
        jump.frame <= top.frame &&
        top.value - jump.value < least &&
        known.every(({ frame, value }) => frame < jump.frame || frame > top.frame || top.value - value < least),
    )
  const places = [...jumps, ...tops(known, least).filter((top) => !isLedTo(top))]
  const kept: Known[] = []
  for (const place of places.toSorted((a, b) => b.value - a.value || a.frame - b.frame))
    if (kept.every(({ frame }) => Math.abs(frame - place.frame) >= APART)) kept.push(place)
  return kept.map(({ frame }) => frame).sort((a, b) => a - b)
}
