import { type ReactNode, useRef } from 'react'
import { frameSpan, lastMoment } from '../acts.ts'
import type { Bench } from '../bench.ts'
import { TIME_KEYS } from '../keys.ts'
import { AXIS_INSET, timeAtX, xOf } from '../time-axis.ts'
import { formatDuration, formatTime, type TimeFormat } from '../time-format.ts'
import { RangeHandles } from './range-handles.tsx'
import { useBench } from './use-bench.ts'
import { useDrag } from './use-drag.ts'
import { useScale } from './use-scale.ts'

/** Marks stand at one of these distances. Seconds. */
const MARKS = [1, 2, 5, 10, 30, 60, 300, 600]
/** So many marks fit on an axis of any width. */
const MAX_MARKS = 40

const percent = (time: number, duration: number) => `${xOf(time, duration, 100)}%`

/** A line over everything at what is shown, and a grip at what was asked for: they part while frames are decoded. */
const Playhead = ({ bench }: { bench: Bench }) => {
  const shown = useBench(bench, (state) => state.shown.time)
  const target = useBench(bench, (state) => state.target)
  const duration = useBench(bench, (state) => state.duration)
  const waiting = useBench(bench, (state) => state.waiting)
  const apart = waiting && Math.abs(shown - target) > 1e-3
  return (
    <>
      <span className="playhead" style={{ left: percent(shown, duration) }} />
      <span className="playhead-grip" data-apart={apart} style={{ left: percent(target, duration) }} />
    </>
  )
}

const Position = ({ bench, format, dragging }: { bench: Bench; format: TimeFormat; dragging: () => boolean }) => {
  const scale = useScale(bench)
  const target = useBench(bench, (state) => state.target)
  const duration = useBench(bench, (state) => state.duration)
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
        if (!dragging()) bench.seek(Math.min(event.target.valueAsNumber, lastMoment({ from: 0, to: duration })))
      }}
      className="position"
      {...TIME_KEYS}
    />
  )
}

/** The axis' line: marks at even times, and the part that is played. */
const Track = ({ bench }: { bench: Bench }) => {
  const duration = useBench(bench, (state) => state.duration)
  const range = useBench(bench, (state) => state.range)
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
export const Timeline = ({ bench, format, above }: { bench: Bench; format: TimeFormat; above?: ReactNode }) => {
  const axis = useRef<HTMLDivElement>(null)
  const scale = useScale(bench)
  const timeAt = (clientX: number): number => {
    const box = axis.current?.getBoundingClientRect()
    return box ? timeAtX(clientX - box.left, bench.state().duration, box.width) : 0
  }
  const scrub = useDrag(bench, {
    start: () => axis.current?.querySelector('input')?.focus({ preventScroll: true }),
    move: (clientX) => {
      const { duration, target } = bench.state()
      const { from } = frameSpan(scale, Math.min(timeAt(clientX), lastMoment({ from: 0, to: duration })))
      const wanted = Math.max(0, from)
      if (wanted !== target) bench.seek(wanted)
    },
  })
  const empty = useBench(bench, (state) => state.duration === 0)
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
            <Track bench={bench} />
            <Position bench={bench} format={format} dragging={scrub.dragging} />
          </div>
          <RangeHandles bench={bench} format={format} scale={scale} timeAt={timeAt} />
        </div>
        <Playhead bench={bench} />
      </div>
    </div>
  )
}
