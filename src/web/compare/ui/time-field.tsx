import { type KeyboardEvent, useId, useState } from 'react'
import { lastMoment } from '../acts.ts'
import type { Viewer } from '../viewer.ts'
import { formatDuration, formatTime, parseTime, rateWords, TIME_FORMATS, type TimeFormat } from '../time-format.ts'
import { isComposing } from '../../ui/pressed-key.ts'
import { useViewer } from './use-viewer.ts'
import { useScale } from './use-scale.ts'

const NAMES: Record<TimeFormat, { short: string; long: string; mode: 'numeric' | 'decimal' }> = {
  timecode: { short: 'TC', long: 'timecode', mode: 'numeric' },
  frame: { short: 'frame', long: 'frame numbers', mode: 'numeric' },
  seconds: { short: 's', long: 'seconds', mode: 'decimal' },
}

/** How wide a time is, in digits: the marks between are half as wide. */
const widthOf = (text: string) => text.length - text.replaceAll(/[^:.]/g, '').length / 2

/** The playhead's time, to read and to type into: Enter goes there, Escape leaves it. */
export const TimeField = ({
  viewer,
  format,
  onFormat,
}: {
  viewer: Viewer
  format: TimeFormat
  onFormat: (format: TimeFormat) => void
}) => {
  const scale = useScale(viewer)
  const duration = useViewer(viewer, (state) => state.duration)
  // The last moment at most: at its very end a comparison would name a frame that it does not have.
  const now = useViewer(viewer, (state) =>
    formatTime(Math.min(state.target, lastMoment({ from: 0, to: state.duration })), format, scale),
  )
  const [draft, setDraft] = useState<{ text: string; problem: string | null } | null>(null)
  const problemId = useId()
  const problem = draft?.problem ?? null

  /** Goes where the draft says. False where it says nothing that can be understood. */
  const go = (text: string): boolean => {
    const typed = parseTime(text, format, scale)
    if ('problem' in typed) {
      setDraft({ text, problem: typed.problem })
      return false
    }
    viewer.seek(Math.min(typed.time, lastMoment({ from: 0, to: duration })))
    return true
  }
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (isComposing(event.nativeEvent)) return
    if (event.key === 'Enter' && draft) {
      event.preventDefault()
      if (go(draft.text)) {
        setDraft(null)
        event.currentTarget.select()
      }
    } else if (event.key === 'Escape') {
      event.preventDefault()
      setDraft(null)
      event.currentTarget.blur()
    }
  }
  const whole = formatDuration(duration, format, scale)
  const next = TIME_FORMATS[(TIME_FORMATS.indexOf(format) + 1) % TIME_FORMATS.length] ?? 'timecode'
  const counted = format === 'seconds' ? 'seconds' : `${NAMES[format].long}, ${rateWords(scale)}`
  return (
    <div className="relative flex items-center">
      <span className="flex items-center @max-[30rem]:flex-col @max-[30rem]:items-end">
        <input
          type="text"
          inputMode={NAMES[format].mode}
          enterKeyHint="go"
          autoComplete="off"
          spellCheck={false}
          aria-label="Time"
          data-tip="Type a time and press Enter"
          disabled={duration === 0}
          aria-invalid={problem !== null}
          aria-describedby={problem === null ? undefined : problemId}
          value={draft?.text ?? now}
          // Room for the longest that it will show, so that nothing beside it moves.
          style={{ width: `calc(${Math.max(widthOf(whole), widthOf(draft?.text ?? ''))}ch + 14px)` }}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => setDraft({ text: event.target.value, problem: null })}
          onKeyDown={press}
          onBlur={() => {
            if (draft && draft.problem === null && draft.text !== now) go(draft.text)
            setDraft(null)
          }}
          className="touch-target h-7 max-w-28 rounded border border-transparent bg-transparent px-1.5 text-right text-ink tabular-nums hover:border-edge/60 focus:border-edge focus:bg-sunken aria-invalid:border-trouble @max-[30rem]:h-5 pointer-coarse:text-base @max-[30rem]:pointer-coarse:h-11 @max-[30rem]:pointer-coarse:pb-3"
        />
        <span
          className="px-1 whitespace-nowrap text-faint tabular-nums @max-[30rem]:pointer-coarse:-mt-4 @max-[30rem]:px-1.5 pointer-events-none @max-[30rem]:z-10 @max-[30rem]:text-xs @max-[30rem]:leading-4"
          aria-hidden
        >
          <span className="@max-[30rem]:hidden">/ </span>
          {whole}
        </span>
      </span>
      <button
        type="button"
        aria-label={`${NAMES[format].short}: time as ${counted}. Show ${NAMES[next].long}`}
        data-tip={`Time as ${counted}. Click for ${NAMES[next].long}.`}
        onClick={() => onFormat(next)}
        className="touch-target h-7 rounded px-1.5 text-xs text-soft select-none hover:bg-raised hover:text-ink"
      >
        {NAMES[format].short}
      </button>
      {problem !== null && (
        <p
          id={problemId}
          role="alert"
          className="absolute bottom-full left-0 z-30 mb-1 w-max max-w-64 @max-[30rem]:max-w-56 rounded border border-edge/60 bg-panel px-2 py-1 text-xs text-trouble"
        >
          {problem}
        </p>
      )}
    </div>
  )
}
