import { frameUnder } from '../frames.ts'
import { placesOf } from '../geometry.ts'
import type { Source } from '../protocol.ts'
import { CannotShow } from '../worker/cannot-show.ts'
import { openSide } from '../worker/open-side.ts'
import { heatPicture, paint } from '../worker/paint.ts'
import { drawMarks } from './draw-marks.ts'
import { loadFont } from './load-font.ts'
import type { ExportOrder } from './order.ts'
import { type Plan, planExport, viewOf } from './plan.ts'
import { openFrames } from '../worker/onward.ts'
import { createSideFrames, type SideFrames } from './side-frames.ts'
import { heatSide, sidesIn } from '../view.ts'

/** What an export draws, frame by frame, on a canvas of its own. */
export type Film = {
  plan: Plan
  canvas: OffscreenCanvas
  context: OffscreenCanvasRenderingContext2D
  /** What is missing, in whole sentences. */
  notes: readonly string[]
  /** The sound's source, where one was asked for and is there. */
  sound: { media: Source['media']; from: number } | null
  draw: (frame: number) => Promise<void>
  /** Answers how many decoded frames are still open: 0. */
  close: () => number
}

const openAll = async (order: ExportOrder, signal: AbortSignal): Promise<(SideFrames | CannotShow)[]> => {
  // Sides that a view does not show may still be the longest, so all are opened; they cost no frame.
  const opened = await Promise.allSettled(order.sources.map(async (source) => createSideFrames(await openSide(source))))
  const sides = opened.map((result) =>
    result.status === 'fulfilled' ? result.value : new CannotShow(String(result.reason?.message ?? result.reason)),
  )
  if (signal.aborted) {
    for (const side of sides) if (!(side instanceof CannotShow)) side.close()
    signal.throwIfAborted()
  }
  return sides
}

/**
 * Opens all sides of an order.
 * @throws CannotShow where what is to be shown cannot be
 */
export const openFilm = async (order: ExportOrder, signal: AbortSignal): Promise<Film> => {
  const sides = await openAll(order, signal)
  const close = () => {
    for (const side of sides) if (!(side instanceof CannotShow)) side.close()
    return openFrames
  }
  try {
    const infos = sides.map((side) => (side instanceof CannotShow ? undefined : side.side.info))
    const nameOf = (side: number) => order.labels?.[side] ?? `Side ${side + 1}`
    const everySide = sides.map((_, side) => side)
    const asked = sidesIn(viewOf(order.view, order.layout, everySide))
    const notes: string[] = []
    const plan = planExport(order, infos)
    for (const side of asked) {
      const trouble = sides[side]
      if (!(trouble instanceof CannotShow)) continue
      const words = `${nameOf(side)} cannot be shown: ${trouble.message}`
      if (plan.sides.length === 0 || plan.sides.includes(side)) throw new CannotShow(words)
      notes.push(`${words} It is left out.`)
    }
    if (plan.sides.length === 0) throw new CannotShow('There is nothing to export: no side is shown.')

    const canvas = new OffscreenCanvas(plan.viewport.width, plan.viewport.height)
    // Opaque: what is around the pictures is black in a file.
    const context = canvas.getContext('2d', { alpha: false, willReadFrequently: order.format === 'gif' })
    if (!context)
      throw new Error(`A picture of ${plan.viewport.width} × ${plan.viewport.height} is too large to be drawn.`)

    if (order.labels) await loadFont()
    const heatAt = (frame: number) => {
      const blocks = order.view.heat ? order.heat?.frames[frame] : undefined
      return order.heat && blocks ? heatPicture(order.heat, blocks) : undefined
    }
    const listening = order.sound === null ? undefined : sides[order.sound]
    const source = order.sound === null ? undefined : order.sources[order.sound]
    return {
      plan,
      canvas,
      context,
      notes,
      sound:
        source && listening && !(listening instanceof CannotShow) && listening.side.info.hasAudio
          ? {
              media: listening.side.info.isPreview && source.preview ? source.preview : source.media,
              from: plan.timeAt(0) + (order.offsets[order.sound ?? 0] ?? 0) + listening.side.info.origin,
            }
          : null,
      draw: async (frame) => {
        const view = plan.viewAt(frame)
        const time = plan.timeAt(frame)
        const drawn = await Promise.all(
          sides.map(async (side, index) => {
            if (side instanceof CannotShow || !plan.sides.includes(index)) return undefined
            const { info } = side.side
            return side.drawableOf(frameUnder(info, time, order.offsets[index] ?? 0))
          }),
        )
        const counted = heatSide(view, infos)
        const info = infos[counted]
        const heat = info && heatAt(frameUnder(info, time, order.offsets[counted] ?? 0))
        const places = placesOf(view, plan.viewport, infos, plan.viewport.gap)
        paint(context, { view, viewport: plan.viewport, sides: drawn, places, heat, fine: true }, null)
        drawMarks(context, view, places, order.labels)
      },
      close,
    }
  } catch (error) {
    close()
    throw error
  }
}
