import { type Place, placesOf } from '../geometry.ts'
import type { HeatMap, Viewport } from '../protocol.ts'
import { heatSide, sidesIn, type View } from '../view.ts'
import { type Drawable, heatPicture, paint } from './paint.ts'
import { type Clip, infoOf, type Slot } from './slot.ts'

/** A canvas that takes longer than this for a frame is drawn by no GPU. Milliseconds. */
const SLOW = 2.5
/** Sides that are shown this small, as part of their size, are scaled quickly. */
const SMALL = 0.6

export type Drawing = {
  /** Works out anew where the sides stand: the view, the viewport or what is open is another. */
  arrange: (view: View, viewport: Viewport) => void
  setHeat: (map: HeatMap | null) => void
  /** Whether a side is shown so small, by so slow a canvas, that scaling its planes ourselves is quicker. */
  isQuick: (side: number) => boolean
  /** Draws the frames of that number of each side; `only` those sides that changed, or all; `fine` as well as can be. */
  draw: (frames: readonly number[], only: ReadonlySet<number> | null, fine: boolean) => void
}

/** Draws what is open of the sides on a canvas. `slots` is read at each drawing. */
export const createDrawing = (
  canvas: OffscreenCanvas,
  slots: readonly Slot[],
  first: { view: View; viewport: Viewport },
): Drawing => {
  const context = canvas.getContext('2d')
  if (!context) throw new Error('This browser cannot draw')
  let { view, viewport } = first
  /** Worked out once for each view, viewport and set of open sides. */
  let places: readonly Place[] = []
  let heat: HeatMap | null = null
  let heatShown: { of: Uint8Array; picture: OffscreenCanvas } | undefined
  /** What drawing a frame takes, by and large. Milliseconds. */
  let slowness = 0

  const infos = () => slots.map(infoOf)
  const seen = () => sidesIn(view).filter((side) => infoOf(slots[side]) !== undefined)
  const placeOf = (index: number) => places.find(({ side }) => side === index)

  const isQuick = (index: number): boolean => {
    const info = infoOf(slots[index])
    const place = info && slowness > SLOW ? placeOf(index) : undefined
    return info !== undefined && place !== undefined && place.picture.width <= info.width * SMALL
  }

  const quickImage = ({ side, window, quick }: Clip, index: number, wanted: number): OffscreenCanvas | null => {
    const planes = window.get(wanted)?.planes
    const place = planes && isQuick(index) ? placeOf(index) : undefined
    if (!planes || !place) return null
    const { width, height } = place.picture
    const lies = side.rotation === 90 || side.rotation === 270
    return quick(planes, lies ? { width: height, height: width } : { width, height })
  }

  /** `copies` are those that are opened for one drawing. */
  const drawableOf = (index: number, wanted: number, fine: boolean, copies: VideoFrame[]): Drawable | undefined => {
    const slot = slots[index]
    if (!slot || slot.name === 'none') return undefined
    const { rotation, info } = slot.side
    if (slot.name === 'picture') return { image: slot.bitmap, rotation, size: info }
    const image = (fine ? null : quickImage(slot, index, wanted)) ?? slot.window.get(wanted)?.image
    if (image) return { image, rotation, size: info }
    const copy = slot.proxies.get(wanted)
    if (copy) copies.push(copy)
    return copy && { image: copy, rotation, size: info }
  }

  const heatUnder = (wanted: number): OffscreenCanvas | undefined => {
    const blocks = view.heat && heat ? heat.frames[wanted] : undefined
    if (!heat || !blocks) return undefined
    if (heatShown?.of !== blocks) heatShown = { of: blocks, picture: heatPicture(heat, blocks) }
    return heatShown.picture
  }

  const resize = () => {
    if (canvas.width === viewport.width && canvas.height === viewport.height) return
    canvas.width = Math.max(1, viewport.width)
    canvas.height = Math.max(1, viewport.height)
  }
  resize()

  return {
    arrange: (viewNow, viewportNow) => {
      view = viewNow
      viewport = viewportNow
      resize()
      places = placesOf(view, viewport, infos(), viewport.gap)
    },
    setHeat: (map) => {
      heat = map
    },
    isQuick,
    draw: (frames, only, fine) => {
      const isDrawn = (index: number) => only === null || view.mode !== 'grid' || only.has(index)
      const begun = performance.now()
      const copies: VideoFrame[] = []
      const scene = {
        view,
        viewport,
        sides: slots.map((_, index) =>
          isDrawn(index) ? drawableOf(index, frames[index] ?? -1, fine, copies) : undefined,
        ),
        places,
        heat: heatUnder(frames[heatSide(view, infos())] ?? -1),
        fine,
      }
      paint(context, scene, only)
      for (const copy of copies) copy.close()
      const took = (performance.now() - begun) / Math.max(1, only ? only.size : seen().length)
      // What is drawn from planes or copies says nothing of how slow the canvas is with frames.
      if (!fine && copies.length === 0 && !seen().some(isQuick)) slowness += (took - slowness) / 4
    },
  }
}
