import { createRandom, type Random } from '../random.ts'
import { grown, type Mask } from '../sight/mask.ts'

/** Half a patch's side, in cells. */
const HALF = 3
/** Rounds of looking for like patches and of filling by them: at the finest level fewer, for it begins with most of it done. */
const ROUNDS = 5
const LAST_ROUNDS = 2
/** The coarsest pictures have sides of at least so many cells. */
const COARSEST = 20
/** Fewer patches than this are nothing to fill a hole with. */
const FEW = 30

type Level = {
  across: number
  down: number
  /** Red, green and blue by turns, 0 to 255. */
  colours: Float32Array
  hole: Mask
  /** Whether the patch around a cell has nothing of the hole and of what lies beyond the picture. */
  whole: Mask
  /** The cells that are to be filled, or whose patches reach into the hole. */
  near: Int32Array
}

const levelOf = (across: number, down: number, colours: Float32Array, hole: Mask): Level => {
  const close = grown(hole, across, down, HALF)
  const inner = (cell: number): boolean => {
    const x = cell % across
    const y = Math.floor(cell / across)
    return x >= HALF && y >= HALF && x < across - HALF && y < down - HALF
  }
  const whole = close.map((there, cell) => (!there && inner(cell) ? 1 : 0))
  const near: number[] = []
  for (let cell = 0; cell < hole.length; cell++) if (close[cell]) near.push(cell)
  return { across, down, colours, hole, whole, near: Int32Array.from(near) }
}

/** Half as many cells each way; a cell with any hole in it is one. */
const halved = ({ across, down, colours, hole }: Level): Level => {
  const [wide, tall] = [across >> 1, down >> 1]
  const small = new Float32Array(wide * tall * 3)
  const gone = new Uint8Array(wide * tall)
  for (let y = 0, cell = 0; y < tall; y++)
    for (let x = 0; x < wide; x++, cell++) {
      const first = 2 * y * across + 2 * x
      let count = 0
      for (const from of [first, first + 1, first + across, first + across + 1]) {
        if (hole[from]) gone[cell] = 1
        const weight = hole[from] ? 0.001 : 1
        for (let channel = 0; channel < 3; channel++)
          small[cell * 3 + channel]! += colours[from * 3 + channel]! * weight
        count += weight
      }
      for (let channel = 0; channel < 3; channel++) small[cell * 3 + channel]! /= count
    }
  return levelOf(wide, tall, small, gone)
}

/** Fills a hole softly from its rim inwards: a first guess. */
const soften = ({ across, down, colours, hole }: Level): void => {
  const known = hole.map((gone) => (gone ? 0 : 1))
  let rest = hole.reduce((sum, gone) => sum + gone, 0)
  while (rest > 0) {
    const found: number[] = []
    for (let cell = 0; cell < hole.length; cell++) {
      if (known[cell]) continue
      const x = cell % across
      const y = Math.floor(cell / across)
      const sum = [0, 0, 0]
      let count = 0
      for (let j = Math.max(0, y - 1); j <= Math.min(down - 1, y + 1); j++)
        for (let i = Math.max(0, x - 1); i <= Math.min(across - 1, x + 1); i++) {
          const other = j * across + i
          if (!known[other]) continue
          count++
          for (let channel = 0; channel < 3; channel++) sum[channel]! += colours[other * 3 + channel]!
        }
      if (count === 0) continue
      found.push(cell)
      for (let channel = 0; channel < 3; channel++) colours[cell * 3 + channel] = sum[channel]! / count
    }
    if (found.length === 0) return
    for (const cell of found) known[cell] = 1
    rest -= found.length
  }
}

/** How unlike two patches are: the sum of squares over their cells inside the picture, per cell; stops beyond `most`. */
const unlike = ({ across, down, colours }: Level, to: number, from: number, most: number): number => {
  const x = to % across
  const y = (to - x) / across
  const left = Math.max(-HALF, -x)
  const right = Math.min(HALF, across - 1 - x)
  const top = Math.max(-HALF, -y)
  const bottom = Math.min(HALF, down - 1 - y)
  const count = (right - left + 1) * (bottom - top + 1)
  const limit = most * count
  let sum = 0
  for (let j = top; j <= bottom; j++) {
    let one = (to + j * across + left) * 3
    let other = (from + j * across + left) * 3
    for (const end = one + (right - left + 1) * 3; one < end; one++, other++) {
      const difference = colours[one]! - colours[other]!
      sum += difference * difference
    }
    if (sum > limit) return Infinity
  }
  return sum / count
}

/** For each near cell the whole patch that its own is most like, and how unlike that still is. */
type Match = { from: Int32Array; cost: Float32Array }

/** Looks for better matches: those of the cells beside, and by chance nearer and nearer to the one that there is. */
const matchPatches = (level: Level, match: Match, random: Random): void => {
  const { across, down, whole, near } = level
  const { from, cost } = match
  for (const cell of near) cost[cell] = unlike(level, cell, from[cell]!, Infinity)
  const attempt = (cell: number, source: number): void => {
    if (!whole[source] || source === from[cell]) return
    const price = unlike(level, cell, source, cost[cell]!)
    if (price < cost[cell]!) {
      cost[cell] = price
      from[cell] = source
    }
  }
  for (const back of [false, true])
    for (let turn = 0; turn < near.length; turn++) {
      const cell = near[back ? near.length - 1 - turn : turn]!
      const step = back ? 1 : -1
      const x = cell % across
      if (back ? x < across - 1 : x > 0) {
        const other = from[cell + step]!
        if (other >= 0) attempt(cell, other - step)
      }
      const row = cell + step * across
      if (row >= 0 && row < whole.length && from[row]! >= 0) {
        const source = from[row]! - step * across
        if (source >= 0 && source < whole.length) attempt(cell, source)
      }
      const best = from[cell]!
      const bx = best % across
      const by = (best - bx) / across
      for (let reach = Math.max(across, down) / 2; reach >= 1; reach /= 2) {
        const sx = Math.round(bx + (random() * 2 - 1) * reach)
        const sy = Math.round(by + (random() * 2 - 1) * reach)
        if (sx >= 0 && sy >= 0 && sx < across && sy < down) attempt(cell, sy * across + sx)
      }
    }
}

/** Gives each cell of the hole the mean of what the patches over it say, the better ones more. */
const vote = (level: Level, { from, cost }: Match): void => {
  const { across, down, colours, hole, near } = level
  const sorted = Float32Array.from(near, (cell) => cost[cell]!).sort()
  const usual = Math.max(1, sorted[Math.floor(sorted.length * 0.6)] ?? 1)
  const sum = new Float32Array(hole.length * 4)
  for (const cell of near) {
    const x = cell % across
    const y = Math.floor(cell / across)
    const weight = Math.exp(-cost[cell]! / usual) + 1e-4
    const shift = from[cell]! - cell
    for (let j = Math.max(-HALF, -y); j <= Math.min(HALF, down - 1 - y); j++)
      for (let i = Math.max(-HALF, -x); i <= Math.min(HALF, across - 1 - x); i++) {
        const to = cell + j * across + i
        if (!hole[to]) continue
        const source = (to + shift) * 3
        sum[to * 4]! += colours[source]! * weight
        sum[to * 4 + 1]! += colours[source + 1]! * weight
        sum[to * 4 + 2]! += colours[source + 2]! * weight
        sum[to * 4 + 3]! += weight
      }
  }
  for (let cell = 0; cell < hole.length; cell++) {
    if (!hole[cell]) continue
    for (let channel = 0; channel < 3; channel++)
      colours[cell * 3 + channel] = sum[cell * 4 + channel]! / sum[cell * 4 + 3]!
  }
}

const sourcesOf = ({ whole }: Level): Int32Array => {
  const found: number[] = []
  whole.forEach((there, cell) => {
    if (there) found.push(cell)
  })
  return Int32Array.from(found)
}

/** The matches of a coarser level, with each cell's place within its own. */
const refined = (level: Level, coarser: { level: Level; match: Match }, cell: number): number => {
  const { across, down, whole } = level
  const [x, y] = [cell % across, Math.floor(cell / across)]
  const column = Math.min(coarser.level.across - 1, x >> 1)
  const row = Math.min(coarser.level.down - 1, y >> 1)
  const rough = coarser.match.from[row * coarser.level.across + column]!
  if (rough < 0) return -1
  const sx = 2 * (rough % coarser.level.across) + (x & 1)
  const sy = 2 * Math.floor(rough / coarser.level.across) + (y & 1)
  return sx < across && sy < down && whole[sy * across + sx] ? sy * across + sx : -1
}

/** Fills a level's hole, beginning with what a coarser level was filled with where there is one. */
const fillLevel = (
  level: Level,
  coarser: { level: Level; match: Match } | undefined,
  rounds: number,
  random: Random,
): Match => {
  const sources = sourcesOf(level)
  const match: Match = { from: new Int32Array(level.hole.length).fill(-1), cost: new Float32Array(level.hole.length) }
  for (const cell of level.near) {
    const known = coarser ? refined(level, coarser, cell) : -1
    match.from[cell] = known >= 0 ? known : sources[Math.floor(random() * sources.length)]!
  }
  if (coarser) vote(level, match)
  else soften(level)
  for (let round = 0; round < rounds; round++) {
    matchPatches(level, match, random)
    vote(level, match)
  }
  return match
}

/**
 * Fills the hole in a picture's colours (red, green and blue by turns, 0 to 255), in place, with patches of the rest of it:
 * from coarse to fine, by turns looking for what is most like each patch (Barnes et al., 2009) and taking over what the
 * patches over each place agree on (Wexler, Shechtman and Irani, 2007). Answers for each cell in and beside the hole the
 * cell that it is like, -1 for others; or undefined where there is too little around it, and the hole is filled softly.
 */
export const fillWithPatches = (
  { across, down, colours, hole }: Pick<Level, 'across' | 'down' | 'colours' | 'hole'>,
  seed: number,
): Int32Array | undefined => {
  const finest = levelOf(across, down, colours, hole)
  if (sourcesOf(finest).length < FEW) {
    soften(finest)
    return undefined
  }
  const levels = [finest]
  for (let last = finest; Math.min(last.across, last.down) >= 2 * COARSEST; last = levels.at(-1)!) {
    const next = halved(last)
    if (sourcesOf(next).length < FEW) break
    levels.push(next)
  }
  const random = createRandom(seed, 'fill')
  let done: { level: Level; match: Match } | undefined
  for (const level of levels.toReversed())
    done = { level, match: fillLevel(level, done, level === finest ? LAST_ROUNDS : ROUNDS, random) }
  return done?.match.from
}
