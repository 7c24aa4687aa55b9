import { blocksPer, type FrameMemory, type Part, type Sheet } from './frame-memory.ts'

export type Rectangle = { x: number; y: number; width: number; height: number }

/** What is laid over a frame, in its order, when that is asked for: so that nothing is laid that is hidden then. */
export type LayerStack = {
  /** Puts a sheet on the stack, `share` of 255 of it, so that it fills a rectangle of the frame, not smaller than it. */
  lay: (sheet: Sheet, place: Rectangle, share: number) => void
  /** Puts anything else on it that draws over the frame. */
  draw: (act: () => void) => void
  /** Lays a sheet over the frame now. */
  put: (sheet: Sheet, place: Rectangle, share: number) => void
  /** Lays all that is on the stack. */
  flush: () => void
}

/** Where a part of a sheet lies in a plane of the frame: which rows and columns it fills, and what they show of it. */
type Spot = { top: number; bottom: number; firstY: number; stepY: number } & {
  from: number
  to: number
  firstX: number
  stepX: number
}

const spotOf = (part: Part, target: Part, place: Rectangle): Spot => {
  const stepX = part.width / place.width
  const stepY = part.height / place.height
  return {
    top: Math.max(0, Math.ceil(place.y - 0.5)),
    bottom: Math.min(target.height, Math.ceil(place.y + place.height - 0.5)),
    firstY: (0.5 - place.y) * stepY - 0.5,
    stepY,
    from: Math.max(0, Math.ceil(place.x - 0.5)),
    to: Math.min(target.width, Math.ceil(place.x + place.width - 0.5)),
    firstX: (0.5 - place.x) * stepX - 0.5,
    stepX,
  }
}

/** So many sheets are planned at a time; more than most scenes have. */
const MOST_SHEETS = 40
/** Bytes of three lines of samples; see assembly/laying.ts. */
const LINES = 352 * 3 + 64

/** Planes that are laid together: luma by itself (and 0), or both of chroma. */
type Pair = readonly [first: number, second: number]

/** What of a sheet is laid on one size of the frame's planes. */
type Source = { part: Part; cover: number; planes: Pair; colours: Pair; spot: Spot; share: number; seen: boolean }

/** One size of the frame's planes: what is hidden of it, and for each of the stack's sheets what is to be laid. */
const createPlaneSize = (
  { kernels, keep }: FrameMemory,
  target: Part,
  targets: Pair,
  { lines, table }: { lines: number; table: number },
) => {
  const perRow = (target.width + 255) >> 8
  const hiddenSize = perRow * 16 * target.height
  const hidden = keep(hiddenSize)
  const setsSize = perRow * 4 * target.height
  const sets = keep(setsSize * (MOST_SHEETS + 1))
  return {
    clear: () => kernels.flood(hidden, hiddenSize, 0),
    /** Finds whether anything of it is seen, and what. */
    plan: (source: Source, index: number): void => {
      const { part, share, spot, cover } = source
      const { top, bottom, firstY, stepY, from, to, firstX, stepX } = spot
      source.seen = false
      if (from >= to || top >= bottom) return
      const blocks = cover === 2 ? 0 : part.blocks
      const per = blocksPer(part.stride)
      const whole = share === 255 ? 1 : 0
      const [y, x] = [[top, bottom, firstY, stepY] as const, [from, to, firstX, stepX] as const]
      const out = sets + index * setsSize
      source.seen = kernels.plan(blocks, per, part.height, hidden, perRow * 16, ...y, ...x, whole, table, out) === 1
    },
    /** Lays what was found to be seen. */
    lay: ({ part, planes, colours, spot, share, seen }: Source, index: number): void => {
      if (!seen) return
      const { top, bottom, firstY, stepY, from, to, firstX, stepX } = spot
      const rows = [part.height, ...targets, target.stride, top, bottom, firstY, stepY] as const
      kernels.steps(table, from, to, firstX, stepX)
      const at = sets + index * setsSize
      kernels.lay(...planes, part.alpha, part.stride, ...rows, from, to, table, at, perRow, share, ...colours, lines)
    },
  }
}

type Laid = { luma: Source; chroma: Source }

const laidOf = (frame: Sheet, shift: 0 | 1, sheet: Sheet, place: Rectangle, share: number): Laid => {
  const { cover, luma, chroma } = sheet
  const [y, u, v] = sheet.colour ?? [0, 0, 0]
  const half = {
    x: place.x / (1 << shift),
    y: place.y / (1 << shift),
    // A row or column more than half of an odd size lies beyond the rectangle.
    width: (place.width * chroma.width) / sheet.width,
    height: (place.height * chroma.height) / sheet.height,
  }
  const how = { cover, share, seen: false }
  const spots = [spotOf(luma, frame.luma, place), spotOf(chroma, frame.chroma, half)] as const
  return {
    luma: { ...how, part: luma, planes: [luma.plane, 0], colours: [y, 0], spot: spots[0] },
    chroma: { ...how, part: chroma, planes: [sheet.u, sheet.v], colours: [u, v], spot: spots[1] },
  }
}

export const createLayerStack = (memory: FrameMemory, frame: Sheet, shift: 0 | 1): LayerStack => {
  const scratch = { lines: memory.keep(LINES), table: memory.keep((frame.width + 272) * 4) }
  const luma = createPlaneSize(memory, frame.luma, [frame.luma.plane, 0], scratch)
  const chroma = createPlaneSize(memory, frame.chroma, [frame.u, frame.v], scratch)
  const clear = (): void => {
    luma.clear()
    chroma.clear()
  }
  const plan = (laid: Laid, index: number): void => {
    luma.plan(laid.luma, index)
    chroma.plan(laid.chroma, index)
  }
  const show = (laid: Laid, index: number): void => {
    luma.lay(laid.luma, index)
    chroma.lay(laid.chroma, index)
  }

  let stack: (Laid | (() => void))[] = []
  let sheets = 0
  const flush = (): void => {
    if (stack.length === 0) return
    clear()
    let index = sheets
    for (const one of stack.toReversed()) if (typeof one !== 'function') plan(one, --index)
    for (const one of stack) {
      if (typeof one === 'function') one()
      else show(one, index++)
    }
    stack = []
    sheets = 0
  }
  return {
    lay: (sheet, place, share) => {
      if (sheet.cover === 0 || share === 0) return
      if (sheets === MOST_SHEETS) flush()
      sheets++
      stack.push(laidOf(frame, shift, sheet, place, share))
    },
    draw: (act) => void stack.push(act),
    put: (sheet, place, share) => {
      if (sheet.cover === 0 || share === 0) return
      const laid = laidOf(frame, shift, sheet, place, share)
      clear()
      plan(laid, MOST_SHEETS)
      show(laid, MOST_SHEETS)
    },
    flush,
  }
}
