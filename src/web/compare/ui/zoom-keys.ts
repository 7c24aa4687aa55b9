import { pressedKey } from '../../ui/pressed-key.ts'
import type { Room } from '../geometry.ts'
import type { View } from '../view.ts'
import { canPan, type ZoomAndCentre, panBy, WHOLE, ZOOM_STEP, zoomBy, zoomToPixels } from '../zoom.ts'

type Key = Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>

/** What one press of an arrow key moves the picture by, with Shift and without. CSS pixels. */
const FAR = 200
const NEAR = 40

const ARROWS: Record<string, readonly [x: number, y: number]> = {
  ArrowLeft: [1, 0],
  ArrowRight: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
}

/** Where a key looks: + and - zoom, 0 shows the whole picture, Shift and 0 pixel for pixel. Null for other keys. */
export const zoomByKey = (key: Key, view: View, room: Room): ZoomAndCentre | null => {
  if (key.ctrlKey || key.metaKey || key.altKey) return null
  // By its place: with Shift the key says something else on every keyboard.
  if (key.code === 'Digit0' && key.shiftKey) return zoomToPixels(view, room, 1)
  const pressed = pressedKey(key)
  if (pressed === '+' || pressed === '=') return zoomBy(view, room, ZOOM_STEP)
  if (pressed === '-' || pressed === '_') return zoomBy(view, room, 1 / ZOOM_STEP)
  return pressed === '0' ? WHOLE : null
}

/** Where an arrow key moves what is larger than its place; null where there is nothing to move. */
export const panByKey = (key: Key, view: View, room: Room, ratio: number): ZoomAndCentre | null => {
  const direction = ARROWS[key.key]
  if (!direction || key.ctrlKey || key.metaKey || key.altKey || !canPan(view, room)) return null
  const step = (key.shiftKey ? FAR : NEAR) * ratio
  return panBy(view, room, direction[0] * step, direction[1] * step)
}
