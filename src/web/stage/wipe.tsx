import { type CSSProperties, useRef, useState } from 'react'
import { Fitted, SideLabel } from './fitted.tsx'
import { MediaView } from './media-view.tsx'
import type { Comparison } from './side.ts'
import { clipOf, WIPE_STEP } from './wipe-geometry.ts'

/** A press that moves less than this is a click. CSS pixels. */
const STILL = 4

/**
 * Before and after in one frame, with an edge between them that a pointer, a finger or the arrow keys move. A click
 * plays or pauses, where there is something to play; a double click brings the edge to where it was made.
 */
export const Wipe = ({ source, result, transport, leads, onToggle }: Comparison) => {
  const [edge, setEdge] = useState(50)
  // Where the pointer went down, until it has moved enough to be dragging.
  const pressed = useRef<{ x: number; y: number; moved: boolean }>(null)
  const style: CSSProperties = { clipPath: clipOf(edge) }
  return (
    <Fitted width={result.width} height={result.height}>
      <MediaView side={source} transport={transport} part={leads === 'source' ? 'leader' : 'follower'} />
      <div className="absolute inset-0 bg-room" style={style}>
        <MediaView side={result} transport={transport} part={leads === 'result' ? 'leader' : 'follower'} />
      </div>
      <SideLabel at="left of two" side={source} />
      <SideLabel at="right of two" side={result} />
      <input
        type="range"
        aria-label="Compare: source to the left of the edge, result to the right"
        aria-valuetext={`Source ${Math.round(edge)} %`}
        min={0}
        max={100}
        step={WIPE_STEP}
        value={edge}
        onChange={(event) => {
          if (!onToggle || pressed.current?.moved !== false) setEdge(event.target.valueAsNumber)
        }}
        onPointerDown={({ clientX: x, clientY: y }) => {
          pressed.current = { x, y, moved: false }
        }}
        onPointerMove={({ clientX, clientY }) => {
          const start = pressed.current
          if (start && Math.hypot(clientX - start.x, clientY - start.y) >= STILL) start.moved = true
        }}
        onPointerCancel={() => {
          pressed.current = null
        }}
        onKeyDown={() => {
          pressed.current = null
        }}
        // Not on click, which a finger on a range input does not make.
        onPointerUp={({ button }) => {
          if (button === 0 && pressed.current?.moved === false) onToggle?.()
          // The input tells of its last change only after this.
          setTimeout(() => {
            pressed.current = null
          })
        }}
        onDoubleClick={({ clientX, currentTarget }) => {
          const box = currentTarget.parentElement?.getBoundingClientRect()
          if (box) setEdge(Math.min(100, Math.max(0, ((clientX - box.left) / box.width) * 100)))
        }}
        className="wipe"
      />
      <div className="wipe-edge" style={{ left: `${edge}%` }} aria-hidden>
        <span />
      </div>
    </Fitted>
  )
}
