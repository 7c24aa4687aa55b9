import { type KeyboardEvent, useRef } from 'react'
import { FRAME_STEPS } from '../../ui/frame-steps.ts'
import { frameSpan, lastMoment, playedRange, tidyRange } from '../acts.ts'
import type { Viewer } from '../viewer.ts'
import type { Range } from '../protocol.ts'
import { xOf } from '../time-axis.ts'
import { countAt, formatTime, type Scale, type TimeFormat, timeOfCount } from '../time-format.ts'
import { useViewer } from './use-viewer.ts'
import { useDrag } from './use-drag.ts'

type End = 'from' | 'to'

/** The range with one end at a frame's edge near a time; at least one frame is left of it. */
const withEnd = (range: Range, end: End, time: number, scale: Scale, duration: number): Range => {
  const edge = timeOfCount(scale, Math.round(countAt(scale, time)))
  const frame = 1 / scale.fps
  return end === 'from'
    ? { from: Math.max(0, Math.min(edge, range.to - frame)), to: range.to }
    : { from: range.from, to: Math.min(duration, Math.max(edge, range.from + frame)) }
}

const Handle = ({
  viewer,
  end,
  format,
  scale,
  timeAt,
}: {
  viewer: Viewer
  end: End
  format: TimeFormat
  scale: Scale
  timeAt: (clientX: number) => number
}) => {
  const duration = useViewer(viewer, (state) => state.duration)
  const set = useViewer(viewer, (state) => state.range !== null)
  const from = useViewer(viewer, (state) => playedRange(state).from)
  const to = useViewer(viewer, (state) => playedRange(state).to)
  const stoodAt = useRef(0)

  const place = (time: number): Range => {
    const range = withEnd(playedRange(viewer.state()), end, time, scale, duration)
    viewer.setRange(tidyRange(range, duration))
    return range
  }
  const drag = useDrag(viewer, {
    start: () => {
      stoodAt.current = viewer.state().target
    },
    // The frame that the range begins or ends with is seen while one looks for it.
    move: (clientX) => {
      const time = timeAt(clientX)
      const { from: begin, to: finish } = frameSpan(scale, time)
      const range = place(time - begin < finish - time ? begin : finish)
      viewer.seek(end === 'from' ? range.from : lastMoment(range))
    },
    end: () => viewer.seek(stoodAt.current),
  })
  const press = (event: KeyboardEvent) => {
    const by = FRAME_STEPS[event.key]
    if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    const now = playedRange(viewer.state())[end]
    if (!Number.isFinite(by)) place(by < 0 ? 0 : duration)
    else place(timeOfCount(scale, countAt(scale, now) + by * (event.shiftKey ? 10 : 1)))
  }
  const edge = { [end === 'from' ? 'left' : 'right']: `${xOf(end === 'from' ? from : duration - to, duration, 100)}%` }
  return (
    <>
      <div
        role="slider"
        tabIndex={0}
        aria-label={end === 'from' ? 'Range start' : 'Range end'}
        aria-valuemin={0}
        aria-valuemax={duration}
        aria-valuenow={end === 'from' ? from : to}
        aria-valuetext={formatTime(end === 'from' ? from : lastMoment({ from, to }), format, scale)}
        className="range-handle"
        style={{
          ...edge,
          // Lies inside of the range, as far as its half has room, so that the other handle can be taken too.
          [end === 'from' ? 'marginLeft' : 'marginRight']:
            `min(0px, ${xOf((to - from) / 2, duration, 100)}% - var(--handle))`,
        }}
        onKeyDown={press}
        {...drag.handlers}
      />
      <span className="range-flag" data-end={end} data-set={set} style={edge} />
    </>
  )
}

/** Two handles under the axis, at the ends of what is played; those of all of it wait at its ends to be taken inwards. */
export const RangeHandles = (props: {
  viewer: Viewer
  format: TimeFormat
  scale: Scale
  timeAt: (clientX: number) => number
}) => {
  const empty = useViewer(props.viewer, (state) => state.duration === 0)
  if (empty) return null
  return (
    <>
      <Handle {...props} end="from" />
      <Handle {...props} end="to" />
    </>
  )
}
