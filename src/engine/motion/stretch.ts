/** The ends of a side at which a cut-out is cut off by the picture's edge: there is nothing more of it beyond. */
type Pinned = { low: boolean; high: boolean }

/** A cut-out's side in the picture, in pixels, and the place on it that has to go all the way. */
export type Side = { start: number; length: number; anchor: number }

/** Nearer to the edge than this nothing is left to stretch. */
const LEAST = 4

/**
 * Where a frame's side, `side` pixels long, looks in a cut-out that has moved by `way`: the first pixel that may show any of it,
 * and from there on the place in the cut-out, in pixels. A cut-out that is cut off at an edge and moves away from it stays there
 * with its end, and stretches between there and its anchor.
 */
export const alongSide = (
  side: number,
  { start, length, anchor }: Side,
  pinned: Pinned,
  way: number,
): { first: number; sources: Float32Array } => {
  const stays = way > 0 ? pinned.low : way < 0 && pinned.high
  const low = stays && way > 0 ? start : start + way
  const high = start + length + (stays && way < 0 ? 0 : way)
  const first = Math.min(side, Math.max(0, Math.floor(low) - 1))
  const last = Math.max(first, Math.min(side, Math.ceil(high) + 1))
  const sources = new Float32Array(last - first)
  if (!stays) {
    for (let at = 0; at < sources.length; at++) sources[at] = first + at - start - way
    return { first, sources }
  }
  const give = Math.max(LEAST, way > 0 ? anchor : length - 1 - anchor)
  const placeOf = (source: number): number => {
    const off = Math.min(1, Math.max(0, way > 0 ? source : length - 1 - source) / give)
    return source + way * off * (2 - off)
  }
  // Both rise together: each place is found from the one before.
  let source = -1 - Math.abs(way)
  for (let at = 0; at < sources.length; at++) {
    const place = first + at - start
    while (placeOf(source + 0.25) <= place) source += 0.25
    const [here, next] = [placeOf(source), placeOf(source + 0.25)]
    sources[at] = source + (0.25 * (place - here)) / (next - here)
  }
  return { first, sources }
}
