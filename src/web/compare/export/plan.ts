import { durationOf } from '../frames.ts'
import { placesOf } from '../geometry.ts'
import type { SideInfo, Size, Viewport } from '../protocol.ts'
import { sidesIn, type View } from '../view.ts'
import { blinksAt, sweptEdge } from './motion.ts'
import type { ExportOrder, Format, Layout } from './order.ts'
import { gifRate, highestRate, type Rate } from './rate.ts'

/** How long pictures last that move only because the edge does or because they blink. Seconds. */
const PICTURES_LAST = 4
/** No side of a clip is longer: the most that encoders and players take. Pixels. */
const LONGEST_OF_CLIP = 3840
/** No side of a still is longer: half of what canvases take. Pixels. */
const LONGEST_OF_STILL = 8192

/** All that a file shows, worked out before its first frame is drawn. */
export type Plan = {
  viewport: Viewport
  /** The sides that are drawn. */
  sides: readonly number[]
  rate: Rate
  /** Frames of the file. */
  count: number
  /** What the playhead is at for a frame of the file. Seconds. */
  timeAt: (frame: number) => number
  viewAt: (frame: number) => View
}

/** The view that a layout makes of the one on screen. A grid leaves out the sides that are not `showable`. */
export const viewOf = (view: View, layout: Layout, showable: readonly number[]): View => {
  const pair = view.reference === view.other ? showable : [view.reference, view.other]
  const shown = (sides: readonly number[]) => sides.filter((side) => showable.includes(side))
  switch (layout) {
    case 'seen':
      return { ...view, order: shown(view.order) }
    case 'side-by-side':
      return {
        ...view,
        mode: 'grid',
        arrangement: 'beside',
        order: shown(view.mode === 'grid' ? view.order : pair),
      }
    case 'moving-wipe': {
      const [first = 0, second = first] = pair
      return { ...view, mode: 'wipe', reference: first, other: second }
    }
    default:
      return layout satisfies never
  }
}

/** Columns and rows as on screen. */
const gridOf = (view: View, screen: Viewport, sizes: readonly (Size | undefined)[]) => {
  const count = view.mode === 'grid' ? view.order.length : 1
  if (count < 2) return { columns: 1, rows: 1 }
  const places = placesOf(view, screen, sizes, screen.gap)
  const columns = places.filter(({ cell }) => cell.y === places[0]?.cell.y).length
  return { columns, rows: Math.ceil(count / columns) }
}

const even = (pixels: number): number => Math.max(2, 2 * Math.round(pixels / 2))

/**
 * The size of the file: every side has the pixels of its source, where neither side becomes longer than `longest`. It
 * does not depend on the window. Sides are even, as encoders want them.
 */
const sizeFor = (view: View, screen: Viewport, sizes: readonly (Size | undefined)[], longest: Size): Viewport => {
  const shown = sidesIn(view).flatMap((side) => sizes[side] ?? [])
  const shape = sizes[view.mode === 'single' ? view.other : view.reference] ?? shown[0] ?? { width: 16, height: 9 }
  // Pictures are fitted into boxes of the reference's shape: a larger one makes all boxes larger.
  const scale =
    view.fit === 'one'
      ? 1
      : Math.max(...shown.map(({ width, height }) => Math.max(width / shape.width, height / shape.height)))
  const { columns, rows } = gridOf(view, screen, sizes)
  const whole = { width: columns * shape.width * scale, height: rows * shape.height * scale }
  const cap = Math.min(1, longest.width / whole.width, longest.height / whole.height)
  const cell = (pixels: number) => even(pixels * scale * cap)
  return { width: columns * cell(shape.width), height: rows * cell(shape.height), gap: 0 }
}

const longestOf = ({ format, gifWidth }: Pick<ExportOrder, 'format' | 'gifWidth'>): Size => {
  if (format === 'gif') return { width: gifWidth, height: 2 * gifWidth }
  const longest = format === 'png' ? LONGEST_OF_STILL : LONGEST_OF_CLIP
  return { width: longest, height: longest }
}

type Asked = Omit<ExportOrder, 'sources' | 'labels' | 'sound' | 'heat'>

/** `infos` are those of the sides by index, undefined where one could not be opened. */
export const planExport = (order: Asked, infos: readonly (SideInfo | undefined)[]): Plan => {
  const showable = infos.flatMap((info, side) => (info ? [side] : []))
  const view = viewOf(order.view, order.layout, showable)
  const sides = sidesIn(view)
  const viewport = sizeFor(view, order.screen, infos, longestOf(order))
  if (order.format === 'png')
    return { viewport, sides, rate: { num: 1, den: 1 }, count: 1, timeAt: () => order.time, viewAt: () => view }

  const shown = sides.flatMap((side) => infos[side] ?? [])
  const highest = highestRate(shown)
  const rate = order.format === 'gif' ? gifRate(highest) : highest
  const duration = durationOf(infos, order.offsets)
  const whole = { from: 0, to: duration === 0 ? PICTURES_LAST : duration }
  const from = duration === 0 ? 0 : Math.max(0, order.range?.from ?? 0)
  const to = duration === 0 ? whole.to : Math.min(whole.to, order.range?.to ?? whole.to)
  const count = Math.max(1, Math.round(((to - from) * rate.num) / rate.den))
  const seconds = (count * rate.den) / rate.num
  const after = (frame: number) => (frame * rate.den) / rate.num
  return {
    viewport,
    sides,
    rate,
    count,
    timeAt: (frame) => from + after(frame),
    viewAt: (frame) => {
      if (order.layout === 'moving-wipe') return { ...view, edge: sweptEdge(frame / count, seconds) }
      if (view.mode === 'blink') return { ...view, blinking: blinksAt(after(frame)) }
      return view
    },
  }
}

/** The file is held in memory until it is saved, so that there is a most. Minutes. */
const MAX_MINUTES = { mp4: 15, webm: 15, gif: 1, png: Infinity } as const satisfies Record<Format, number>

/** Why that much does not go into one file, in whole sentences; null where it does. */
export const tooLong = ({ count, rate }: Plan, format: Format): string | null => {
  const most = MAX_MINUTES[format]
  if ((count * rate.den) / rate.num <= most * 60 + 0.5) return null
  const minutes = most === 1 ? 'one minute' : `${most} minutes`
  return `No more than ${minutes} go into one ${format === 'gif' ? 'GIF' : 'file'}. Loop a part: only that is exported.`
}
