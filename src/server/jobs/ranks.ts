import type { Lane } from './active.ts'
import type { Waiting } from './line.ts'

/** Between two ranks that are given anew: room for ten moves to the same place before they are given again. */
const RANK_STEP = 1000
/** Ranks nearer than this are given anew. Jobs that were made in the same millisecond have the same. */
const MIN_RANK_STEP = 1

type Lanes = ReadonlyMap<string, Pick<Lane, 'line'>>

const lowest = (ranks: readonly (number | undefined)[]): number | undefined =>
  ranks.reduce((best, rank) => (rank !== undefined && (best === undefined || rank < best) ? rank : best), undefined)
const highest = (ranks: readonly (number | undefined)[]): number | undefined =>
  ranks.reduce((best, rank) => (rank !== undefined && (best === undefined || rank > best) ? rank : best), undefined)

/** The rank before all that wait. */
export const rankAtHead = (lanes: Lanes): number =>
  (lowest([...lanes.values()].map(({ line }) => line.at(0)?.rank)) ?? Date.now()) - RANK_STEP

/** The rank behind all that wait; never before a time, by which what is not moved stands. */
export const rankAtEnd = (lanes: Lanes, time: number): number =>
  Math.max(time, ...[...lanes.values()].map(({ line }) => line.at(line.length() - 1)?.rank ?? -Infinity))

/** The first that wait, of all renderers, in the order of their ranks. */
export const firstOf = (lanes: Lanes, count: number): Waiting[] =>
  [...lanes.values()]
    .flatMap(({ line }) => line.first(count))
    .toSorted((one, other) => one.rank - other.rank)
    .slice(0, count)

/** The rank just before a job; undefined where there is no room for one. */
const rankBefore = (lanes: Lanes, { rank }: Waiting): number | undefined => {
  const before = highest([...lanes.values()].map(({ line }) => line.at(line.firstFrom(rank) - 1)?.rank))
  // Others of the same rank may stand before it.
  const isAlone = [...lanes.values()].reduce((same, { line }) => {
    const at = line.firstFrom(rank)
    return same + (line.at(at)?.rank === rank ? (line.at(at + 1)?.rank === rank ? 2 : 1) : 0)
  }, 0)
  if (isAlone > 1) return undefined
  if (before === undefined) return rank - RANK_STEP
  return rank - before < MIN_RANK_STEP ? undefined : (rank + before) / 2
}

/** Gives all that wait ranks with room between them, downwards from the last one's: what comes later stands behind. */
const spread = (lanes: Lanes): void => {
  const all = [...lanes.values()]
    .flatMap((lane) => lane.line.clear().map((job) => ({ lane, job })))
    .toSorted((one, other) => one.job.rank - other.job.rank)
  const last = all.at(-1)?.job.rank ?? 0
  all.forEach(({ lane, job }, index) =>
    lane.line.put({ ...job, rank: last - (all.length - 1 - index) * RANK_STEP, moved: true }),
  )
}

/** Puts a job of a lane before another, or last. Answers all that have another rank from then on. */
export const moveBefore = (
  lanes: Lanes,
  lane: Pick<Lane, 'line'>,
  job: Waiting,
  before: Waiting | null,
  now: number,
): Waiting[] => {
  lane.line.remove(job.id)
  if (before === null) {
    const moved = { ...job, rank: rankAtEnd(lanes, now), moved: true }
    lane.line.put(moved)
    return [moved]
  }
  const rank = rankBefore(lanes, before)
  if (rank !== undefined) {
    const moved = { ...job, rank, moved: true }
    lane.line.put(moved)
    return [moved]
  }
  spread(lanes)
  const again = [...lanes.values()].map(({ line }) => line.get(before.id)).find((found) => found !== undefined)
  const moved = { ...job, rank: (again?.rank ?? now) - RANK_STEP / 2, moved: true }
  lane.line.put(moved)
  return [...lanes.values()].flatMap(({ line }) => line.first(Infinity))
}
