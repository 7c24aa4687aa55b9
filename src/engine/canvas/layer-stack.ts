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

/** So many sheets are told of at a time; more than most scenes have. */
const MOST = 40
/** Bytes of three lines of samples; see assembly/laying.ts. */
const LINES = 352 * 3 + 64

export const createLayerStack = (memory: FrameMemory, frame: Sheet, shift: 0 | 1): LayerStack => {
  const { kernels } = memory
  const groups = (width: number): number => (width + 255) >> 8
  const lines = memory.keep(LINES)
  const table = memory.keep((frame.width + 272) * 4)

  /** One size of the frame's planes: what is hidden of it, and for each of the stack's sheets what is to be laid. */
  const sizeOf = (target: Part) => {
    const perRow = groups(target.width)
    const hiddenSize = perRow * 16 * target.height
    const hidden = memory.keep(hiddenSize)
    const setsSize = perRow * 4 * target.height
    const sets = memory.keep(setsSize * (MOST + 1))
    return {
      clear: () => kernels.flood(hidden, hiddenSize, 0),
      /** Whether anything of it is seen. */
      plan: (part: Part, cover: number, spot: Spot, share: number, index: number): boolean => {
        const { top, bottom, firstY, stepY, from, to, firstX, stepX } = spot
        if (from >= to || top >= bottom) return false
        const blocks = cover === 2 ? 0 : part.blocks
        const per = blocksPer(part.stride)
        const out = sets + index * setsSize
        const rows = part.height
        const whole = share === 255 ? 1 : 0
        const [y, x] = [[top, bottom, firstY, stepY] as const, [from, to, firstX, stepX] as const]
        return kernels.plan(blocks, per, rows, hidden, perRow * 16, ...y, ...x, whole, table, out) === 1
      },
      lay: (
        part: Part,
        planes: readonly [first: number, second: number],
        targets: readonly [first: number, second: number],
        spot: Spot,
        share: number,
        index: number,
        colours: readonly [number, number],
      ): void => {
        const { top, bottom, firstY, stepY, from, to, firstX, stepX } = spot
        const rows = [part.height, ...targets, target.stride, top, bottom, firstY, stepY] as const
        kernels.steps(table, from, to, firstX, stepX)
        const at = sets + index * setsSize
        kernels.lay(...planes, part.alpha, part.stride, ...rows, from, to, table, at, perRow, share, ...colours, lines)
      },
    }
  }
  const luma = sizeOf(frame.luma)
  const chroma = sizeOf(frame.chroma)

  type Laid = { sheet: Sheet; share: number; spots: readonly [luma: Spot, chroma: Spot]; seen: boolean[] }
  const laidOf = (sheet: Sheet, place: Rectangle, share: number): Laid => {
    const half = {
      x: place.x / (1 << shift),
      y: place.y / (1 << shift),
      // A row or column more than half of an odd size lies beyond the rectangle.
      width: (place.width * sheet.chroma.width) / sheet.width,
      height: (place.height * sheet.chroma.height) / sheet.height,
    }
    const spots = [spotOf(sheet.luma, frame.luma, place), spotOf(sheet.chroma, frame.chroma, half)] as const
    return { sheet, share, spots, seen: [] }
  }
  const plan = (laid: Laid, index: number): void => {
    const { sheet, share, spots } = laid
    laid.seen = [
      luma.plan(sheet.luma, sheet.cover, spots[0], share, index),
      chroma.plan(sheet.chroma, sheet.cover, spots[1], share, index),
    ]
  }
  const show = ({ sheet, share, spots, seen }: Laid, index: number): void => {
    const [y, u, v] = sheet.colour ?? [0, 0, 0]
    if (seen[0]) luma.lay(sheet.luma, [sheet.luma.plane, 0], [frame.luma.plane, 0], spots[0], share, index, [y, 0])
    if (seen[1]) chroma.lay(sheet.chroma, [sheet.u, sheet.v], [frame.u, frame.v], spots[1], share, index, [u, v])
  }

  let stack: (Laid | (() => void))[] = []
  let sheets = 0
  const flush = (): void => {
    if (stack.length === 0) return
    luma.clear()
    chroma.clear()
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
      if (sheets === MOST) flush()
      sheets++
      stack.push(laidOf(sheet, place, share))
    },
    draw: (act) => void stack.push(act),
    put: (sheet, place, share) => {
      if (sheet.cover === 0 || share === 0) return
      const laid = laidOf(sheet, place, share)
      luma.clear()
      chroma.clear()
      plan(laid, MOST)
      show(laid, MOST)
    },
    flush,
  }
}
