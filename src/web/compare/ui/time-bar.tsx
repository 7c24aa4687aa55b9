import {
  AlignHorizontalDistributeStart,
  ArrowLeftFromLine,
  ArrowRightFromLine,
  ChevronLeft,
  ChevronRight,
  Pause,
  Play,
  Repeat,
  X,
} from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { IconButton } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { setIn, setOut, stepBy, togglePlay } from '../acts.ts'
import type { Viewer } from '../viewer.ts'
import { TIME_KEYS } from '../keys.ts'
import type { TimeFormat } from '../time-format.ts'
import { Offsets } from './offsets.tsx'
import { Readout } from './readout.tsx'
import { SoundChoice } from './sound-choice.tsx'
import { Speed } from './speed.tsx'
import { TimeField } from './time-field.tsx'
import { Timeline } from './timeline.tsx'
import { useViewer } from './use-viewer.ts'

const PlayButton = ({ viewer }: { viewer: Viewer }) => {
  const playing = useViewer(viewer, (state) => state.playing)
  return (
    <IconButton
      label={playing ? 'Pause' : 'Play'}
      data-tip="Play or pause"
      data-keys="space"
      onClick={() => togglePlay(viewer)}
    >
      {playing ? <Pause size={16} aria-hidden /> : <Play size={16} aria-hidden />}
    </IconButton>
  )
}

const LoopAndRange = ({ viewer }: { viewer: Viewer }) => {
  const loop = useViewer(viewer, (state) => state.loop)
  const ranged = useViewer(viewer, (state) => state.range !== null)
  return (
    <span className="flex items-center">
      <IconButton label="Loop" data-keys="r" pressed={loop} onClick={() => viewer.setLoop(!loop)}>
        <Repeat size={16} aria-hidden />
      </IconButton>
      <IconButton label="Start the range here" data-keys="i" onClick={() => setIn(viewer)}>
        <ArrowRightFromLine size={15} aria-hidden />
      </IconButton>
      <IconButton label="End the range here" data-keys="o" onClick={() => setOut(viewer)}>
        <ArrowLeftFromLine size={15} aria-hidden />
      </IconButton>
      {ranged && (
        <IconButton label="Clear the range" data-keys="shift+i" onClick={() => viewer.setRange(null)}>
          <X size={15} aria-hidden />
        </IconButton>
      )}
    </span>
  )
}

/**
 * Everything about time: the timeline with what is given as `above` on the same axis, and one row of controls that
 * breaks into two where it is narrow. `names` are the sides', `format` is remembered by whoever calls. Nothing where
 * there are only pictures.
 */
export const TimeBar = ({
  viewer,
  names,
  kinds,
  format,
  onFormat,
  above,
}: {
  viewer: Viewer
  names: readonly string[]
  /** What each side is, where that is known before it is open. */
  kinds?: readonly ('image' | 'video')[]
  format: TimeFormat
  onFormat: (format: TimeFormat) => void
  above?: ReactNode
}) => {
  const [aligning, setAligning] = useState(false)
  const alignId = useId()
  const clips = useViewer(
    viewer,
    (state) => state.sides.filter((side) => side.name === 'ready' && side.info.kind === 'video').length,
  )
  // A picture is not given controls that go again once it is there.
  const opening = useViewer(viewer, (state) =>
    state.sides.some((side, index) => side.name === 'opening' && kinds?.[index] !== 'image'),
  )
  if (clips === 0 && !opening) return null
  return (
    <div role="group" aria-label="Playback" className="@container min-w-0" {...TIME_KEYS}>
      <Timeline viewer={viewer} format={format} above={above} />
      <div className="flex flex-wrap items-center gap-x-2 px-1 pb-1">
        <span className="flex items-center">
          <PlayButton viewer={viewer} />
          <span className="fine contents">
            <IconButton label="Previous frame" data-keys="," onClick={() => stepBy(viewer, -1)}>
              <ChevronLeft size={16} aria-hidden />
            </IconButton>
            <IconButton label="Next frame" data-keys="." onClick={() => stepBy(viewer, 1)}>
              <ChevronRight size={16} aria-hidden />
            </IconButton>
          </span>
        </span>
        <TimeField viewer={viewer} format={format} onFormat={onFormat} />
        <span className="fine contents">
          <Speed viewer={viewer} />
          <LoopAndRange viewer={viewer} />
        </span>
        <SoundChoice viewer={viewer} names={names} />
        <span className="fine contents">
          <Readout viewer={viewer} />
          {clips > 1 && (
            <IconButton
              label="Align"
              data-tip="Align the clips against each other"
              aria-expanded={aligning}
              aria-controls={aligning ? alignId : undefined}
              onClick={() => setAligning(!aligning)}
              className={classes('order-2', aligning && 'bg-raised text-ink')}
            >
              <AlignHorizontalDistributeStart size={16} aria-hidden />
            </IconButton>
          )}
        </span>
      </div>
      {aligning && <Offsets viewer={viewer} names={names} id={alignId} />}
    </div>
  )
}
