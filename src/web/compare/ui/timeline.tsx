import { type ReactNode, useRef } from 'react'
import { frameSpan, lastMoment } from '../acts.ts'
import type { Viewer } from '../viewer.ts'
import { TIME_KEYS } from '../keys.ts'
import { AXIS_INSET, timeAtX, xOf } from '../time-axis.ts'
import { formatDuration, formatTime, type TimeFormat } from '../time-format.ts'
import { RangeHandles } from './range-handles.tsx'
import { useViewer } from './use-viewer.ts'
import { useDrag } from './use-drag.ts'
import { useScale } from './use-scale.ts'

/** Marks stand at one of these distances. Seconds. */
const MARKS = [1, 2, 5, 10, 30, 60, 300, 600]
/** So many marks fit on an axis of any width. */
const MAX_MARKS = 40

const percent = (time: number, duration: number) => `${xOf(time, duration, 100)}%`

/** A line over everything at what is shown, and a grip at what was asked for: they part while frames are decoded. */
const Playhead = ({ viewer }: { viewer: Viewer }) => {
  const shown = useViewer(viewer, (state) => state.shown.time)
  const target = useViewer(viewer, (state) => state.target)
  const duration = useViewer(viewer, (state) => state.duration)
  const waiting = useViewer(viewer, (state) => state.waiting)
  const apart = waiting && Math.abs(shown - target) > 1e-3
  return (
    <>
      <span className="playhead" style={{ left: percent(shown, duration) }} />
      <span className="playhead-grip" data-apart={apart} style={{ left: percent(target, duration) }} />
    </>
  )
}

const Position = ({ viewer, format, dragging }: { viewer: Viewer; format: TimeFormat; dragging: () => boolean }) => {
  const scale = useScale(viewer)
  const target = useViewer(viewer, (state) => state.target)
  const duration = useViewer(viewer, (state) => state.duration)
  return (
    <input
      type="range"
      aria-label="Position"
      aria-valuetext={`${formatTime(target, format, scale)} of ${formatDuration(duration, format, scale)}`}
      min={0}
      max={duration || 1}
      step={1 / scale.fps}
      value={Math.min(target, duration)}
      disabled={duration === 0}
      onChange={(event) => {
        if (!dragging()) viewer.seek(Math.min(event.target.valueAsNumber, lastMoment({ from: 0, to: duration })))
      }}
      className="position"
      {...TIME_KEYS}
    />
  )
}

/** The axis' line: marks at even times, and the part that is played. */
const Track = ({ viewer }: { viewer: Viewer }) => {
  const duration = useViewer(viewer, (state) => state.duration)
  const range = useViewer(viewer, (state) => state.range)
  const distance = MARKS.find((each) => duration / each <= MAX_MARKS)
  return (
    <>
      {duration > 0 && distance !== undefined && (
        <span className="time-marks" style={{ backgroundSize: `${(distance / duration) * 100}% 100%` }} />
      )}
      <span className="time-track" />
      {range && (
        <span
          className="time-track-range"
          style={{ left: percent(range.from, duration), right: `${100 - xOf(range.to, duration, 100)}%` }}
        />
      )}
    </>
  )
}

/**
 * The time axis to scrub on, with the range that is played. What is given as `above` stands over it with exactly the
 * axis' width: a time is at `xOf(time, duration, its width)` there. The playhead's line goes through both.
 */
export const Timeline = ({ viewer, format, above }: { viewer: Viewer; format: TimeFormat; above?: ReactNode }) => {
  const axis = useRef<HTMLDivElement>(null)
  const scale = useScale(viewer)
  const timeAt = (clientX: number): number => {
    const box = axis.current?.getBoundingClientRect()
    return box ? timeAtX(clientX - box.left, viewer.state().duration, box.width) : 0
  }
  const scrub = useDrag(viewer, {
    start: () => axis.current?.querySelector('input')?.focus({ preventScroll: true }),
    move: (clientX) => {
      const { duration, target } = viewer.state()
      const { from } = frameSpan(scale, Math.min(timeAt(clientX), lastMoment({ from: 0, to: duration })))
      const wanted = Math.max(0, from)
      if (wanted !== target) viewer.seek(wanted)
    },
  })
  const empty = useViewer(viewer, (state) => state.duration === 0)
  return (
    <div className="timeline" style={{ paddingInline: AXIS_INSET }}>
      <div className="relative">
        {above}
        <div ref={axis} className="time-axis">
          {/* The platform's own dragging of a slider gives way, by its mouse event, to ours, which keeps up and snaps to frames. */}
          <div
            role="presentation"
            className="absolute inset-0"
            onMouseDown={(event) => event.preventDefault()}
            {...(empty ? {} : scrub.handlers)}
          >
            <Track viewer={viewer} />
            <Position viewer={viewer} format={format} dragging={scrub.dragging} />
          </div>
          <RangeHandles viewer={viewer} format={format} scale={scale} timeAt={timeAt} />
        </div>
        <Playhead viewer={viewer} />
      </div>
    </div>
  )
}
