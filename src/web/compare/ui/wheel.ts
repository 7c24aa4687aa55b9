/** What a turn of the wheel means. Distances in CSS pixels. */
export type WheelIntent = { kind: 'zoom'; factor: number } | { kind: 'pan'; dx: number; dy: number }

type Turn = Pick<WheelEvent, 'deltaX' | 'deltaY' | 'deltaMode' | 'ctrlKey' | 'metaKey'>

/** What a pinch of one unit zooms by, and the most that one event may: a notch of a wheel is a hundred units. */
const ZOOM_PER_UNIT = 0.01
const MAX_UNITS = 30
/** How Chromium and Safari count the turns of a wheel with notches. */
const NOTCH = 120
const LINE = 20

/**
 * A wheel with notches turns in wholes of 120. A touchpad tells three times its distance in the same place, and now
 * and then hits a whole by chance. Firefox counts a wheel in lines, and a touchpad in pixels.
 */
const hasNotches = (turn: Turn): boolean => {
  if (turn.deltaMode !== 0) return true
  const old = 'wheelDeltaY' in turn && typeof turn.wheelDeltaY === 'number' ? turn.wheelDeltaY : 0
  return old !== 0 && old % NOTCH === 0 && old !== -3 * turn.deltaY
}

const zoom = (delta: number): WheelIntent => ({
  kind: 'zoom',
  factor: Math.exp(-Math.min(Math.max(delta, -MAX_UNITS), MAX_UNITS) * ZOOM_PER_UNIT),
})

/**
 * A pinch, or a wheel with Ctrl or Cmd, zooms; so does a plain wheel unless it scrolls the page. Two fingers on a
 * touchpad pan what is larger than its place. Null leaves the turn to the page.
 */
export const wheelIntent = (turn: Turn, canPan: boolean, pageScrolls: boolean): WheelIntent | null => {
  const unit = turn.deltaMode === 0 ? 1 : LINE
  if (turn.ctrlKey || turn.metaKey) return zoom(turn.deltaY * unit)
  if (turn.deltaY !== 0 && turn.deltaX === 0 && hasNotches(turn) && (canPan || !pageScrolls))
    return zoom(turn.deltaY * unit)
  return canPan ? { kind: 'pan', dx: -turn.deltaX * unit, dy: -turn.deltaY * unit } : null
}

/** Whether anything around an element could scroll up or down. */
export const scrollsAround = (element: Element): boolean => {
  for (let around = element.parentElement; around; around = around.parentElement) {
    if (around.scrollHeight <= around.clientHeight + 1) continue
    if (around === document.documentElement || /auto|scroll/.test(getComputedStyle(around).overflowY)) return true
  }
  return false
}
