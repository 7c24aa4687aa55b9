import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from 'react'
import { classes } from '../ui/classes.ts'
import type { FieldControlProps } from '../ui/field.tsx'
import { Crosshair, StrokeDrawing } from './path-drawing.tsx'
import { type Place, type Sides, simplified } from './path-points.ts'

/** Shares of the picture's sides that an arrow key goes. */
const STEP = 0.02
const WIDE_STEP = 0.1
/** CSS pixels that a finger may slip on a tap. */
const SLIP = 5

/** Never so tall that a finger, which draws here, finds no place to scroll. */
const TALLEST = 'min(320px, 40dvh)'

const ARROWS: Partial<Record<string, Place>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
}

const MIDDLE: Place = { x: 0.5, y: 0.5 }

const within = (share: number): number => Math.min(1, Math.max(0, share))
const percent = ({ x, y }: Place): string => `${Math.round(x * 100)} %, ${Math.round(y * 100)} %`

const placeOf = ({ clientX, clientY, currentTarget }: PointerEvent): Place => {
  const box = currentTarget.getBoundingClientRect()
  return { x: within((clientX - box.left) / box.width), y: within((clientY - box.top) / box.height) }
}

/** Whether a pointer has gone farther from a place than a finger slips. */
const hasLeft = (place: Place, event: PointerEvent): boolean => {
  const { width, height } = event.currentTarget.getBoundingClientRect()
  const { x, y } = placeOf(event)
  return Math.hypot((x - place.x) * width, (y - place.y) * height) > SLIP
}

/** What a pointer draws, and the props that hear it; `onEnd` is given the stroke when it is done. */
const useStroke = ({ onBegin, onEnd }: { onBegin: () => void; onEnd: (stroke: readonly Place[]) => void }) => {
  const [stroke, setStroke] = useState<readonly Place[]>([])
  const props = {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0 || !event.isPrimary) return
      event.currentTarget.setPointerCapture(event.pointerId)
      onBegin()
      setStroke([placeOf(event)])
    },
    onPointerMove: (event: PointerEvent) => {
      const [first] = stroke
      if (!first || !event.isPrimary) return
      if (stroke.length > 1 || hasLeft(first, event)) setStroke([...stroke, placeOf(event)])
    },
    onPointerUp: () => {
      if (stroke.length > 0) onEnd(stroke)
      setStroke([])
    },
    onPointerCancel: () => setStroke([]),
  }
  return { stroke, props }
}

/**
 * Drawing by the keyboard: arrows move a crosshair, Enter sets a point, Backspace takes one back. `said` is what is to be
 * told aloud.
 */
const useCrosshair = (
  last: Place | undefined,
  { onDraw, onRemoveLast }: { onDraw: (places: readonly Place[]) => void; onRemoveLast: () => void },
) => {
  const [cursor, setCursor] = useState<Place | null>(null)
  const [said, setSaid] = useState('')
  const here = cursor ?? last ?? MIDDLE
  const move = (by: Place, step: number) => {
    const next = { x: within(here.x + by.x * step), y: within(here.y + by.y * step) }
    setCursor(next)
    setSaid(percent(next))
  }
  const setPoint = () => {
    setCursor(here)
    onDraw([here])
    setSaid(`Point at ${percent(here)}`)
  }
  const takeBack = () => {
    onRemoveLast()
    setSaid('Last point taken back')
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const { key, repeat, shiftKey } = event
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const arrow = ARROWS[key]
    if (arrow) move(arrow, shiftKey ? WIDE_STEP : STEP)
    else if (key === 'Enter' || key === ' ') {
      if (!repeat) setPoint()
    } else if (key === 'Backspace' || key === 'Delete') takeBack()
    else return
    // What a key does here it does nowhere else in the studio.
    event.preventDefault()
    event.stopPropagation()
  }
  return { cursor, said, onKeyDown, show: () => setCursor(last ?? MIDDLE), hide: () => setCursor(null) }
}

/**
 * A picture to draw on: a tap or click sets a point, a stroke many, and so do arrow keys and Enter. `children` lie over the
 * picture; `last` is the point that the keyboard goes on from.
 */
export const PathSurface = ({
  label,
  control,
  sides,
  last,
  onDraw,
  onRemoveLast,
  children,
}: {
  label: string
  control: FieldControlProps
  sides: Sides
  last: Place | undefined
  onDraw: (places: readonly Place[]) => void
  onRemoveLast: () => void
  children: ReactNode
}) => {
  const { cursor, said, onKeyDown, show, hide } = useCrosshair(last, { onDraw, onRemoveLast })
  const { stroke, props } = useStroke({ onBegin: hide, onEnd: (drawn) => onDraw(simplified(drawn, sides)) })
  return (
    // An application: its keys are its own, and it says where they lead.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      {...control}
      role="application"
      aria-label={label}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      {...props}
      onKeyDown={onKeyDown}
      onFocus={(event) => event.currentTarget.matches(':focus-visible') && show()}
      onBlur={hide}
      className={classes(
        'relative mx-auto cursor-crosshair touch-none overflow-hidden rounded bg-room select-none',
        control['aria-invalid'] && 'outline-1 outline-trouble',
      )}
      style={{
        aspectRatio: `${sides.width} / ${sides.height}`,
        width: `min(100%, ${sides.width / sides.height} * ${TALLEST})`,
      }}
    >
      {/* What lies over a picture has to be seen on it, whatever colours the page has to be in. */}
      <div className="contents forced-color-adjust-none">
        {children}
        {stroke.length > 1 && <StrokeDrawing places={stroke} />}
        {cursor && <Crosshair place={cursor} />}
      </div>
      <span role="status" className="sr-only">
        {said}
      </span>
    </div>
  )
}
