import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from 'react'
import { FRAME_STEPS } from '../../ui/frame-steps.ts'
import { edgeNear, formatMoment, type Frames, momentOf, movedBy, type Part, withEdge } from './part.ts'
import type { DrawFrame } from './use-clip.ts'

type Edge = keyof Part

/** Stills of the clip, evenly spread. */
const STILLS = 10
/** The width of each, as it is drawn. Pixels. */
const STILL_WIDTH = 160

const Strip = ({ frames, draw }: { frames: Frames; draw: DrawFrame }) => {
  const strip = useRef<HTMLDivElement>(null)
  useEffect(() => {
    let over = false
    const fill = async () => {
      const stills = [...(strip.current?.querySelectorAll('canvas') ?? [])]
      for (const [index, canvas] of stills.entries()) {
        if (over) return
        const at = Math.floor(((index + 0.5) / STILLS) * frames.starts.length)
        await draw(canvas, at, STILL_WIDTH)
      }
    }
    // What cannot be drawn stays dark: the handles tell the times.
    fill().catch(() => undefined)
    return () => {
      over = true
    }
  }, [frames, draw])
  return (
    <div ref={strip} className="flex h-full w-full overflow-hidden rounded" aria-hidden>
      {Array.from({ length: STILLS }, (_, index) => (
        <canvas key={index} className="h-full min-w-0 flex-1 object-cover" />
      ))}
    </div>
  )
}

const hold = (event: PointerEvent<HTMLElement>) => {
  event.preventDefault()
  event.currentTarget.focus()
  event.currentTarget.setPointerCapture(event.pointerId)
}

const isHeld = ({ currentTarget, pointerId }: PointerEvent<HTMLElement>): boolean =>
  currentTarget.hasPointerCapture(pointerId)

/** How far along the clip a frame begins. Percent. */
const shareOf = (frames: Frames, frame: number): number => (momentOf(frames, frame) / frames.end) * 100

type EdgeProps = {
  edge: Edge
  frames: Frames
  part: Part
  frameAt: (clientX: number) => number
  /** Moves the edge to a frame. */
  onMove: (frame: number) => void
}

/** An edge of the part, which goes from frame to frame by keys and by dragging. */
const EdgeHandle = ({ edge, frames, part, frameAt, onMove }: EdgeProps) => {
  const moment = momentOf(frames, part[edge])
  const press = (event: KeyboardEvent) => {
    const by = FRAME_STEPS[event.key]
    if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    onMove(part[edge] + by * (event.shiftKey ? 10 : 1))
  }
  const share = shareOf(frames, part[edge])
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={edge === 'first' ? 'Start of the part' : 'End of the part'}
      aria-valuemin={0}
      aria-valuemax={frames.end}
      aria-valuenow={moment}
      aria-valuetext={formatMoment(moment)}
      onKeyDown={press}
      onPointerDown={hold}
      onPointerMove={(event) => isHeld(event) && onMove(frameAt(event.clientX))}
      style={edge === 'first' ? { right: `${100 - share}%` } : { left: `${share}%` }}
      className="absolute inset-y-0 z-10 flex w-6 cursor-ew-resize touch-none items-center justify-center bg-amber pointer-coarse:w-11"
    >
      <span className="h-5 w-0.5 rounded-full bg-on-amber" aria-hidden />
    </div>
  )
}

/**
 * The part of a clip that is taken, over a strip of its frames: two handles at its edges, which go from frame to frame,
 * and all between them to be moved at once.
 */
export const PartRange = ({
  frames,
  part,
  draw,
  onChange,
}: {
  frames: Frames
  part: Part
  draw: DrawFrame | null
  /** `edge` is the one that was moved. */
  onChange: (part: Part, edge: Edge) => void
}) => {
  const axis = useRef<HTMLDivElement>(null)
  const grabbed = useRef<{ part: Part; at: number } | null>(null)
  const [before, after] = [shareOf(frames, part.first), shareOf(frames, part.after)]
  const frameAt = (clientX: number) => {
    const { left = 0, width = 1 } = axis.current?.getBoundingClientRect() ?? {}
    return edgeNear(frames, (Math.max(0, Math.min(1, (clientX - left) / width)) || 0) * frames.end)
  }
  const holdAll = (event: PointerEvent<HTMLElement>) => {
    hold(event)
    grabbed.current = { part, at: frameAt(event.clientX) }
  }
  const moveAll = (event: PointerEvent<HTMLElement>) => {
    if (!grabbed.current || !isHeld(event)) return
    const { part: held, at } = grabbed.current
    onChange(movedBy(frames, held, frameAt(event.clientX) - at), 'first')
  }
  const handleOf = (edge: Edge) => ({
    edge,
    frames,
    part,
    frameAt,
    onMove: (frame: number) => onChange(withEdge(frames, part, edge, frame), edge),
  })
  return (
    <div className="px-6 pointer-coarse:px-11">
      <div ref={axis} className="relative h-14 bg-room">
        {draw && <Strip frames={frames} draw={draw} />}
        <div className="absolute inset-y-0 left-0 bg-room/75" style={{ width: `${before}%` }} aria-hidden />
        <div className="absolute inset-y-0 right-0 bg-room/75" style={{ left: `${after}%` }} aria-hidden />
        <div
          aria-hidden
          className="absolute inset-y-0 cursor-grab touch-none border-y-2 border-amber active:cursor-grabbing"
          style={{ left: `${before}%`, right: `${100 - after}%` }}
          onPointerDown={holdAll}
          onPointerMove={moveAll}
        />
        <EdgeHandle {...handleOf('first')} />
        <EdgeHandle {...handleOf('after')} />
      </div>
    </div>
  )
}
