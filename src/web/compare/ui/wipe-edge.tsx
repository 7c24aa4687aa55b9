import { type KeyboardEvent, useRef } from 'react'
import type { Viewer } from '../viewer.ts'
import { wipeBand } from '../geometry.ts'
import type { View } from '../view.ts'
import { usePlayClick } from './play-click.ts'
import { boxStyle } from './box-style.ts'
import { usePlaces } from './room.ts'
import { useViewer } from './use-viewer.ts'
import { STILL } from './use-gestures.ts'
import type { ScreenViewport } from './use-viewport.ts'

/** What one press of an arrow key moves the edge by, with Shift and without, and Page Up and Down. */
const STEP = 0.005
const LONG_STEP = 0.05
const PAGE = 0.1

const KEYS: Record<string, (edge: number, shift: boolean) => number> = {
  ArrowLeft: (edge, shift) => edge - (shift ? LONG_STEP : STEP),
  ArrowUp: (edge, shift) => edge - (shift ? LONG_STEP : STEP),
  ArrowRight: (edge, shift) => edge + (shift ? LONG_STEP : STEP),
  ArrowDown: (edge, shift) => edge + (shift ? LONG_STEP : STEP),
  PageUp: (edge) => edge - PAGE,
  PageDown: (edge) => edge + PAGE,
  Home: () => 0,
  End: () => 1,
}

const within = (edge: number) => Math.min(1, Math.max(0, edge))

/**
 * The edge between the reference and the other side, which a pointer, a finger or the arrow keys move. A click plays
 * or pauses, where there is something to play; a double click brings the edge to where it was made. Zoomed in, only
 * the edge itself can be taken hold of: beside it one moves the picture.
 */
export const WipeEdge = ({
  viewer,
  viewport,
  names,
}: {
  viewer: Viewer
  viewport: ScreenViewport
  names: readonly string[]
}) => {
  const view = useViewer(viewer, (state) => state.view)
  if (view.mode !== 'wipe' || view.reference === view.other) return null
  return <Edge {...{ viewer, viewport, names, view }} />
}

const Edge = ({
  viewer,
  viewport,
  names,
  view,
}: {
  viewer: Viewer
  viewport: ScreenViewport
  names: readonly string[]
  view: View
}) => {
  const plays = useViewer(viewer, (state) => state.duration > 0)
  const [reference] = usePlaces(viewer, viewport)
  const play = usePlayClick(viewer)
  // Where the pointer went down, until it has moved enough to be dragging.
  const pressed = useRef<{ x: number; y: number; moved: boolean }>(null)
  // Two of them pinch.
  const fingers = useRef(new Set<number>())
  if (!reference) return null
  const band = wipeBand(reference)
  const isLevel = view.edgeStands === 'level'
  const [first, second] = [names[view.reference] ?? 'Reference', names[view.other] ?? 'other']
  const move = (edge: number) => viewer.setView({ edge: within(edge) })
  const onKeyDown = (event: KeyboardEvent) => {
    pressed.current = null
    const next = KEYS[event.key]
    if (!next || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    // They are this edge's now, and nobody else's.
    event.stopPropagation()
    move(next(view.edge, event.shiftKey))
  }
  return (
    <div className="pointer-events-none absolute" style={boxStyle(band)}>
      <input
        type="range"
        aria-label={`Compare: ${first} ${isLevel ? 'above' : 'to the left of'} the edge, ${second} ${isLevel ? 'below' : 'to the right'}`}
        aria-valuetext={`${first} ${Math.round(view.edge * 100)} %`}
        aria-orientation={isLevel ? 'vertical' : 'horizontal'}
        min={0}
        max={1}
        step="any"
        value={view.edge}
        onChange={(event) => {
          if (fingers.current.size > 1) return
          if (!plays || pressed.current?.moved !== false) move(event.target.valueAsNumber)
        }}
        onPointerDown={({ clientX: x, clientY: y, pointerId }) => {
          fingers.current.add(pointerId)
          pressed.current = { x, y, moved: fingers.current.size > 1 }
        }}
        onPointerMove={({ clientX, clientY }) => {
          const start = pressed.current
          if (start && Math.hypot(clientX - start.x, clientY - start.y) >= STILL) start.moved = true
        }}
        onPointerCancel={({ pointerId }) => {
          fingers.current.delete(pointerId)
          pressed.current = null
        }}
        onKeyDown={onKeyDown}
        // Not on click, which a finger on a range input does not make.
        onPointerUp={({ button, pointerId }) => {
          fingers.current.delete(pointerId)
          const press = pressed.current
          if (button === 0 && press?.moved === false) play.click()
          // The input tells of its last change only after this.
          setTimeout(() => {
            if (pressed.current === press) pressed.current = null
          })
        }}
        onDoubleClick={({ clientX, clientY, currentTarget }) => {
          play.undo()
          const box = currentTarget.parentElement?.getBoundingClientRect()
          if (!box) return
          move(isLevel ? (clientY - box.top) / box.height : (clientX - box.left) / box.width)
        }}
        className={isLevel ? 'wipe wipe-level' : 'wipe'}
      />
      <div
        className={isLevel ? 'wipe-edge wipe-edge-level' : 'wipe-edge'}
        style={isLevel ? { top: `${view.edge * 100}%` } : { left: `${view.edge * 100}%` }}
        aria-hidden
      >
        <span />
      </div>
    </div>
  )
}
