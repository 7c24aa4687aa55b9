import { useMemo, useRef, useState } from 'react'
import { classes } from '../../ui/classes.ts'
import { useSize } from '../../ui/use-size.ts'
import type { Viewer } from '../viewer.ts'
import { firstFrame } from '../frames.ts'
import { columnsOf, stripPaths, stripScale } from '../similarity/strip-path.ts'
import { timeAtX, xOf } from '../time-axis.ts'
import { useViewer } from './use-viewer.ts'
import type { Change } from './use-change.ts'
import { useDrag } from './use-drag.ts'
import type { SimilarityState } from './use-similarity.ts'

/** Rounded down, so that only what is the same is 100 % alike. */
export const percentAlike = (change: number): number => Math.floor((1 - change) * 100 + 1e-4)

const Outline = ({ change, duration, width }: { change: Change; duration: number; width: number }) => {
  const { values, info, offset } = change
  const { known, between } = useMemo(() => {
    const columns = columnsOf(values, info, { offset, duration, columns: width })
    return stripPaths(columns, stripScale(values), 3)
  }, [values, info, offset, duration, width])
  return (
    <svg viewBox={`0 0 ${width} 100`} preserveAspectRatio="none" className="absolute inset-0 size-full" aria-hidden>
      <path d={between} className="fill-track/40" />
      <path d={known} className="fill-soft" />
    </svg>
  )
}

/** The frame under the pointer, and how alike it is. */
const Hint = ({ change, frame, duration }: { change: Change; frame: number; duration: number }) => {
  const value = change.values[frame] ?? NaN
  const at = xOf(change.timeOf(frame), duration, 100)
  const alike = Number.isNaN(value) ? 'not measured yet' : `${percentAlike(value)} % alike`
  return (
    <>
      <span className="pointer-events-none absolute inset-y-0 w-px bg-ink/60" style={{ left: `${at}%` }} />
      <span
        className={classes(
          'pointer-events-none absolute bottom-full z-30 mb-1 rounded-[3px] bg-raised px-1.5 text-xs whitespace-nowrap text-ink',
          at < 15 ? '' : at > 85 ? '-translate-x-full' : '-translate-x-1/2',
        )}
        style={{ left: `${at}%` }}
      >
        frame {frame - firstFrame(change.info)}: {alike}
      </span>
    </>
  )
}

/** Whatever there is to say while there is nothing to draw. */
const Words = ({ similarity }: { similarity: SimilarityState }) => {
  if (similarity.name === 'failed')
    return (
      <span className="truncate text-trouble" data-tip={similarity.reason}>
        What changed could not be worked out. {similarity.reason}
      </span>
    )
  return <span className="text-faint">Working out what changed…</span>
}

/**
 * How much the pair differs at every frame, on the axis of the timeline that it lies over; the higher, the more. Seeks
 * where it is clicked or dragged on: keys and buttons are in the bar, and the timeline has the slider.
 */
export const SimilarityStrip = ({
  viewer,
  similarity,
  change,
}: {
  viewer: Viewer
  similarity: SimilarityState
  change: Change | null
}) => {
  const strip = useRef<HTMLDivElement>(null)
  const size = useSize(strip)
  const duration = useViewer(viewer, (state) => state.duration)
  const [pointed, setPointed] = useState<number | null>(null)
  const frameAtX = (clientX: number): number => {
    const box = strip.current?.getBoundingClientRect()
    if (!box || !change) return -1
    return change.frameUnder(timeAtX(clientX - box.left, duration, box.width))
  }
  const scrub = useDrag(viewer, {
    move: (clientX) => {
      const frame = frameAtX(clientX)
      if (change && frame >= 0) viewer.seek(change.timeOf(frame))
    },
  })
  if (similarity.name === 'none') return null
  const shown = change && (change.biggest >= 0 || similarity.name !== 'failed') ? change : null
  const most = shown && shown.biggest >= 0 ? (shown.values[shown.biggest] ?? 0) : null
  return (
    <div
      ref={strip}
      className="change-strip"
      {...(shown ? scrub.handlers : {})}
      onPointerMove={(event) => {
        if (shown) scrub.handlers.onPointerMove?.(event)
        const frame = frameAtX(event.clientX)
        setPointed(frame < 0 ? null : frame)
      }}
      onPointerLeave={() => setPointed(null)}
    >
      {shown ? (
        <div
          role="img"
          className="absolute inset-0"
          aria-label={
            most === null
              ? 'Change of each frame, still being worked out'
              : `Change of each frame: most at frame ${shown.biggest - firstFrame(shown.info)}, ${percentAlike(most)} % alike`
          }
        >
          <Outline change={shown} duration={duration} width={Math.max(1, Math.round(size?.width || 1000))} />
        </div>
      ) : (
        <div className="absolute inset-0 flex items-center overflow-hidden px-2 text-xs">
          <Words similarity={similarity} />
        </div>
      )}
      {shown?.peaks.map((frame) => (
        <span key={frame} className="change-peak" style={{ left: `${xOf(shown.timeOf(frame), duration, 100)}%` }} />
      ))}
      {shown && pointed !== null && <Hint change={shown} frame={pointed} duration={duration} />}
    </div>
  )
}
