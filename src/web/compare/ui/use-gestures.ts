import { type PointerEvent as ReactPointerEvent, type RefObject, useEffect, useEffectEvent, useRef } from 'react'
import type { Viewer } from '../viewer.ts'
import type { Room } from '../geometry.ts'
import { canPan, type ZoomAndCentre, panBy, pixelScale, type Point, WHOLE, zoomAt, zoomToPixels } from '../zoom.ts'
import type { View } from '../view.ts'
import { usePlayClick } from './play-click.ts'
import { roomOf } from './room.ts'
import type { ScreenViewport } from './use-viewport.ts'
import { scrollsAround, wheelIntent } from './wheel.ts'

/** A press that moves less than this is a click. CSS pixels. */
export const STILL = 4

/** A finger or a button that is down. What has a use of its own for it, such as the wipe's edge, keeps it. */
type Press = { start: Point; now: Point; moved: boolean; own: boolean; button: number }

const OWN = 'input, button, select, a'

const middleOf = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 })

/** What a click at a point means instead of playing. CSS pixels from the canvas' corner; false where it means nothing. */
export type Pick = (point: Point, alternative: boolean) => boolean

const toDevice = ({ x, y }: Point, ratio: number): Point => ({ x: x * ratio, y: y * ratio })

/** What two fingers make of the view: one went from `from` to `to`, the other stays. CSS pixels. */
const pinched = (
  view: View,
  room: Room,
  ratio: number,
  { from, to, still }: { from: Point; to: Point; still: Point },
): ZoomAndCentre => {
  const [before, after] = [middleOf(from, still), middleOf(to, still)]
  const distance = (a: Point) => Math.max(1, Math.hypot(a.x - still.x, a.y - still.y))
  const zoomed = zoomAt(view, room, toDevice(before, ratio), distance(to) / distance(from))
  return panBy({ ...view, ...zoomed }, room, (after.x - before.x) * ratio, (after.y - before.y) * ratio)
}

/** The whole picture from pixel for pixel, and the other way about, around a point. */
const zoomToggled = (view: View, room: Room, point: Point): ZoomAndCentre =>
  view.zoom === 1 && Math.abs(pixelScale(view, room) - 1) > 1e-3 ? zoomToPixels(view, room, 1, point) : WHOLE

/** Hears the wheel on `area`. React listens passively, and then the page zooms along. */
const useWheel = (area: RefObject<HTMLElement | null>, onWheel: (event: WheelEvent) => void) => {
  const turn = useEffectEvent(onWheel)
  useEffect(() => {
    const element = area.current
    const listener = (event: WheelEvent) => turn(event)
    element?.addEventListener('wheel', listener, { passive: false })
    return () => element?.removeEventListener('wheel', listener)
  }, [area])
}

/**
 * Zoom and pan by wheel, drag and fingers, play by click where `pick` makes nothing of it, whole picture or pixel for
 * pixel by double click: all on `area`, in which the canvas fills everything.
 */
export const useGestures = (
  area: RefObject<HTMLElement | null>,
  viewer: Viewer | undefined,
  viewport: ScreenViewport | undefined,
  pick?: Pick,
) => {
  const presses = useRef(new Map<number, Press>())
  // Two fingers have been down: what is left when one of them goes is no click.
  const wasPinched = useRef(false)
  const play = usePlayClick(viewer)

  const look = (work: (view: View, room: Room, ratio: number) => ZoomAndCentre) => {
    if (!viewer || !viewport) return
    const { view } = viewer.state()
    viewer.setView(work(view, roomOf(viewer.state(), viewport), viewport.ratio))
  }
  const pannable = () =>
    viewer !== undefined && viewport !== undefined && canPan(viewer.state().view, roomOf(viewer.state(), viewport))
  /** CSS pixels from the canvas' corner. */
  const pointOf = ({ clientX, clientY }: { clientX: number; clientY: number }): Point => {
    const corner = area.current?.getBoundingClientRect()
    return { x: clientX - (corner?.left ?? 0), y: clientY - (corner?.top ?? 0) }
  }

  useWheel(area, (event) => {
    if (!viewer || !viewport || !area.current) return
    const intent = wheelIntent(event, pannable(), scrollsAround(area.current))
    if (!intent) return
    event.preventDefault()
    const point = pointOf(event)
    look((view, room, ratio) =>
      intent.kind === 'zoom'
        ? zoomAt(view, room, toDevice(point, ratio), intent.factor)
        : panBy(view, room, intent.dx * ratio, intent.dy * ratio),
    )
  })

  const pinch = (moved: Press, from: Point, other: Press) =>
    look((view, room, ratio) => pinched(view, room, ratio, { from, to: moved.now, still: other.now }))

  const lift = ({ pointerId }: { pointerId: number }) => {
    const press = presses.current.get(pointerId)
    presses.current.delete(pointerId)
    const isPart = wasPinched.current
    if (presses.current.size === 0) wasPinched.current = false
    return isPart ? undefined : press
  }

  return {
    onPointerDown: (event: ReactPointerEvent<HTMLElement>) => {
      if (event.button > 1) return
      const own = event.button === 0 && event.target instanceof Element && event.target.closest(OWN) !== null
      const start = pointOf(event)
      presses.current.set(event.pointerId, { start, now: start, moved: false, own, button: event.button })
      if (presses.current.size > 1) wasPinched.current = true
      // A drag goes on beyond the canvas.
      if (!own) event.currentTarget.setPointerCapture(event.pointerId)
    },
    onPointerMove: (event: ReactPointerEvent<HTMLElement>) => {
      const press = presses.current.get(event.pointerId)
      if (!press) return
      const from = press.now
      press.now = pointOf(event)
      const [other] = [...presses.current.values()].filter((one) => one !== press)
      if (other) return pinch(press, from, other)
      if (press.own || wasPinched.current) return
      if (!press.moved && Math.hypot(press.now.x - press.start.x, press.now.y - press.start.y) < STILL) {
        // Kept back until it is a drag, and then made up for.
        press.now = from
        return
      }
      press.moved = true
      if (!pannable()) return
      look((view, room, ratio) => panBy(view, room, (press.now.x - from.x) * ratio, (press.now.y - from.y) * ratio))
    },
    onPointerUp: (event: ReactPointerEvent<HTMLElement>) => {
      const press = lift(event)
      if (!press || press.own || press.moved || press.button !== 0) return
      if (!pick?.(pointOf(event), event.altKey)) play.click()
    },
    onPointerCancel: (event: ReactPointerEvent<HTMLElement>) => void lift(event),
    // The middle button pans everywhere; without this the page would scroll by itself.
    onMouseDown: (event: { button: number; preventDefault: () => void }) => {
      if (event.button === 1) event.preventDefault()
    },
    onDoubleClick: (event: { target: EventTarget; clientX: number; clientY: number }) => {
      if (event.target instanceof Element && event.target.closest(OWN)) return
      play.undo()
      const point = pointOf(event)
      look((view, room, ratio) => zoomToggled(view, room, toDevice(point, ratio)))
    },
  }
}
