import { Trash2, Undo2 } from 'lucide-react'
import { type CSSProperties, useState } from 'react'
import { routes } from '../../shared/routes.ts'
import type { ControlProps } from '../state/control-props.ts'
import { isFile } from '../state/draft.ts'
import { useStudio } from '../state/studio.ts'
import { IconButton } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { formatSeconds } from '../ui/format.ts'
import { PathDrawing } from './path-drawing.tsx'
import { arrivalOf, arrivingAt, pointsOf, valueOf, withoutLast, withPlaces } from './path-points.ts'
import { PathSurface } from './path-surface.tsx'

const HOW =
  'Draw or click over the picture. With the keyboard, arrows move, Enter sets a point, Backspace takes one back.'

/** The shortest way, in seconds. */
const SHORTEST = 0.2

/** How far a scrubber is. */
const shownAt = (share: number): CSSProperties => ({ '--at': `${share * 100}%` }) as CSSProperties

const countWords = (count: number): string =>
  count === 0 ? 'Begin on what is to move' : count === 1 ? '1 point: where does it go?' : `${count} points`

type Points = ReturnType<typeof pointsOf>

/** Setting another path, and taking steps back, as far back as this page has drawn. */
const useSteps = (points: Points, frames: number, onChange: (value: string | undefined) => void) => {
  const [past, setPast] = useState<readonly (string | undefined)[]>([])
  return {
    canStepBack: points.length > 0 || past.length > 0,
    change: (next: string | undefined) => {
      setPast([...past, valueOf(points)])
      onChange(next)
    },
    stepBack: () => {
      if (past.length === 0) return onChange(valueOf(withoutLast(points, frames)))
      setPast(past.slice(0, -1))
      onChange(past.at(-1))
    },
  }
}

/** When the path is at its end. */
const Arrival = ({
  points,
  timing: { frames, fps },
  onChange,
}: {
  points: Points
  timing: { frames: number; fps: number }
  onChange: (value: string | undefined) => void
}) => {
  const earliest = Math.round(fps * SHORTEST)
  const arrival = Math.min(arrivalOf(points, frames), frames - 1)
  return (
    <label className="flex items-center gap-2 text-xs text-faint">
      <span className="whitespace-nowrap">Arrives after</span>
      <input
        type="range"
        min={earliest}
        max={frames - 1}
        value={arrival}
        aria-valuetext={formatSeconds(arrival / fps)}
        onChange={(event) => onChange(valueOf(arrivingAt(points, Number(event.target.value))))}
        className="scrubber min-w-0 flex-1 touch-none pointer-coarse:h-11"
        style={shownAt((arrival - earliest) / (frames - 1 - earliest))}
      />
      <span className="w-10 text-right text-soft tabular-nums">{formatSeconds(arrival / fps)}</span>
    </label>
  )
}

/** A path over the picture in another field, with when it arrives. */
export const PathControl = ({ field, meta, value, error, onChange }: ControlProps<'path'>) => {
  const picture = useStudio((state) => state.draft[`${meta.over}:image`])
  const { frames, fps } = meta
  const points = pointsOf(value)
  const { canStepBack, change, stepBack } = useSteps(points, frames, onChange)
  const file = isFile(picture) ? picture : undefined
  const sides = file?.media ?? { width: 16, height: 9 }
  return (
    <Field label={meta.title} hint={`${meta.description} ${HOW}`} optional={!field.required} error={error}>
      {(props) =>
        !file ? (
          <p id={props.id} className="flex h-12 items-center justify-center rounded border border-edge/60 text-faint">
            Add the image: the path is drawn over it.
          </p>
        ) : (
          <div className="flex flex-col gap-1">
            <PathSurface
              label={`${meta.title} over the image`}
              control={props}
              sides={sides}
              last={points.at(-1)}
              onDraw={(places) => change(valueOf(withPlaces(points, places, frames, sides)))}
              onRemoveLast={stepBack}
            >
              <img
                src={routes.fileThumbnail(file.id)}
                alt=""
                draggable={false}
                className="pointer-events-none size-full bg-white object-fill opacity-85"
              />
              <PathDrawing points={points} frames={frames} fps={fps} sides={sides} />
            </PathSurface>
            <div className="flex items-center gap-1">
              <p className="min-w-0 flex-1 text-xs text-faint">{countWords(points.length)}</p>
              <IconButton label="Take back the last point" onClick={stepBack} disabled={!canStepBack}>
                <Undo2 size={16} aria-hidden />
              </IconButton>
              <IconButton label="Clear the path" onClick={() => change(undefined)} disabled={points.length === 0}>
                <Trash2 size={16} aria-hidden />
              </IconButton>
            </div>
            {points.length > 1 && <Arrival points={points} timing={meta} onChange={onChange} />}
          </div>
        )
      }
    </Field>
  )
}
