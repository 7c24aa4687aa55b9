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

/** A path over the picture in another field, with when it arrives. */
export const PathControl = ({ field, meta, value, error, onChange }: ControlProps<'path'>) => {
  const picture = useStudio((state) => state.draft[`${meta.over}:image`])
  const [past, setPast] = useState<readonly (string | undefined)[]>([])
  const { frames, fps } = meta
  const points = pointsOf(value)
  const file = isFile(picture) ? picture : undefined
  const sides = file?.media ?? { width: 16, height: 9 }
  const change = (next: string | undefined) => {
    setPast([...past, valueOf(points)])
    onChange(next)
  }
  const removeLast = () => {
    if (past.length === 0) return onChange(valueOf(withoutLast(points, frames)))
    setPast(past.slice(0, -1))
    onChange(past.at(-1))
  }
  const earliest = Math.round(fps * SHORTEST)
  const arrival = Math.min(arrivalOf(points, frames), frames - 1)
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
              onRemoveLast={removeLast}
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
              <IconButton
                label="Take back the last point"
                onClick={removeLast}
                disabled={points.length === 0 && past.length === 0}
              >
                <Undo2 size={16} aria-hidden />
              </IconButton>
              <IconButton label="Clear the path" onClick={() => change(undefined)} disabled={points.length === 0}>
                <Trash2 size={16} aria-hidden />
              </IconButton>
            </div>
            {points.length > 1 && (
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
            )}
          </div>
        )
      }
    </Field>
  )
}
