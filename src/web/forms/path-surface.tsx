import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react'
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

const within = (share: number): number => Math.min(1, Math.max(0, share))
const percent = ({ x, y }: Place): string => `${Math.round(x * 100)} %, ${Math.round(y * 100)} %`

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
  const surface = useRef<HTMLDivElement>(null)
  const [stroke, setStroke] = useState<readonly Place[]>([])
  const [cursor, setCursor] = useState<Place | null>(null)
  const [said, setSaid] = useState('')

  const placeOf = ({ clientX, clientY }: PointerEvent): Place => {
    const box = surface.current?.getBoundingClientRect()
    if (!box) return { x: 0, y: 0 }
    return { x: within((clientX - box.left) / box.width), y: within((clientY - box.top) / box.height) }
  }
  const begin = (event: PointerEvent) => {
    if (event.button !== 0 || !event.isPrimary) return
    surface.current?.setPointerCapture(event.pointerId)
    setCursor(null)
    setStroke([placeOf(event)])
  }
  const goOn = (event: PointerEvent) => {
    const first = stroke[0]
    if (!first || !event.isPrimary) return
    const box = surface.current?.getBoundingClientRect()
    const place = placeOf(event)
    const slipped = Math.hypot((place.x - first.x) * (box?.width ?? 0), (place.y - first.y) * (box?.height ?? 0))
    if (stroke.length > 1 || slipped > SLIP) setStroke([...stroke, place])
  }
  const finish = () => {
    if (stroke.length > 0) onDraw(simplified(stroke, sides))
    setStroke([])
  }

  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const here = cursor ?? last ?? { x: 0.5, y: 0.5 }
    const arrow = ARROWS[event.key]
    if (arrow) {
      const step = event.shiftKey ? WIDE_STEP : STEP
      const next = { x: within(here.x + arrow.x * step), y: within(here.y + arrow.y * step) }
      setCursor(next)
      setSaid(percent(next))
    } else if (event.key === 'Enter' || event.key === ' ') {
      if (!event.repeat) {
        setCursor(here)
        onDraw([here])
        setSaid(`Point at ${percent(here)}`)
      }
    } else if (event.key === 'Backspace' || event.key === 'Delete') {
      onRemoveLast()
      setSaid('Last point taken back')
    } else return
    // What a key does here it does nowhere else in the studio.
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    // An application: its keys are its own, and it says where they lead.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      {...control}
      ref={surface}
      role="application"
      aria-label={label}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onPointerDown={begin}
      onPointerMove={goOn}
      onPointerUp={finish}
      onPointerCancel={() => setStroke([])}
      onKeyDown={press}
      onFocus={(event) => event.currentTarget.matches(':focus-visible') && setCursor(last ?? { x: 0.5, y: 0.5 })}
      onBlur={() => setCursor(null)}
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
