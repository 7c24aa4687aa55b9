import { ChevronLeft, ChevronRight, Pause, Play, Repeat, Volume2, VolumeX } from 'lucide-react'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useStudio } from '../state/studio.ts'
import { IconButton } from '../ui/button.tsx'
import { wantsSpace } from '../ui/wants-space.ts'
import { stepTime, timecode } from './timecode.ts'
import type { Transport } from './transport.ts'

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  target.matches('input:not([type=range], [type=radio], [type=checkbox]), textarea, select')

/** Play, step, scrub, timecode, loop, sound. `fps` is the leading clip's. */
export const TransportBar = ({
  transport,
  fps,
  hasAudio,
}: {
  transport: Transport
  fps: number
  hasAudio: boolean
}) => {
  const { playing, time, duration } = useSyncExternalStore(transport.subscribe, transport.state)
  const loop = useStudio((state) => state.loop)
  const setLoop = useStudio((state) => state.setLoop)
  const [muted, setMuted] = useState(true)
  useEffect(() => transport.setLoop(loop), [transport, loop])
  useEffect(() => transport.setMuted(muted), [transport, muted])

  useEffect(() => {
    const step = (by: 1 | -1) => {
      transport.pause()
      const now = transport.state()
      transport.seek(stepTime(now.time, by, fps, now.duration))
    }
    const press = (event: KeyboardEvent) => {
      if (isTyping(event.target) || event.metaKey || event.ctrlKey || event.altKey) return
      if (event.key === ',') step(-1)
      else if (event.key === '.') step(1)
      else if (event.key === ' ' && !event.repeat && !wantsSpace(event.target)) {
        event.preventDefault()
        transport.toggle()
      }
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [transport, fps])

  const step = (by: 1 | -1) => {
    transport.pause()
    transport.seek(stepTime(transport.state().time, by, fps, transport.state().duration))
  }
  return (
    <div role="group" aria-label="Playback" className="@container min-w-[min(100%,20rem)] flex-1">
      <div className="flex items-center gap-1">
        <IconButton label={playing ? 'Pause' : 'Play'} onClick={transport.toggle}>
          {playing ? <Pause size={16} aria-hidden /> : <Play size={16} aria-hidden />}
        </IconButton>
        <IconButton label="Previous frame (,)" onClick={() => step(-1)}>
          <ChevronLeft size={16} aria-hidden />
        </IconButton>
        <IconButton label="Next frame (.)" onClick={() => step(1)}>
          <ChevronRight size={16} aria-hidden />
        </IconButton>
        <input
          type="range"
          aria-label="Position"
          aria-valuetext={`${timecode(time, fps)} of ${timecode(duration, fps)}`}
          min={0}
          max={duration || 1}
          step={1 / fps}
          value={Math.min(time, duration)}
          disabled={duration === 0}
          onChange={(event) => transport.seek(event.target.valueAsNumber)}
          className="scrubber mx-1 min-w-0 flex-1"
          style={{ '--at': `${duration === 0 ? 0 : (time / duration) * 100}%` } as React.CSSProperties}
        />
        {/* Where there is little room the whole stands under what has passed. */}
        <span
          className="px-1 whitespace-nowrap tabular-nums @max-[30rem]:flex @max-[30rem]:flex-col @max-[30rem]:text-xs @max-[30rem]:leading-4"
          aria-hidden
        >
          {timecode(time, fps)}{' '}
          <span className="text-faint">
            <span className="@max-[30rem]:hidden">/ </span>
            {timecode(duration, fps)}
          </span>
        </span>
        <IconButton label="Loop" pressed={loop} onClick={() => setLoop(!loop)}>
          <Repeat size={16} aria-hidden />
        </IconButton>
        {hasAudio && (
          <IconButton label="Sound" pressed={!muted} onClick={() => setMuted(!muted)}>
            {muted ? <VolumeX size={16} aria-hidden /> : <Volume2 size={16} aria-hidden />}
          </IconButton>
        )}
      </div>
    </div>
  )
}
