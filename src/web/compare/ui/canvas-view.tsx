import { type ReactNode, type RefObject, useEffect, useEffectEvent, useRef } from 'react'
import type { Bench } from '../bench.ts'
import { canPan, lookKept } from '../viewport.ts'
import { PixelReadout } from './pixel-readout.tsx'
import { roomOf } from './room.ts'
import { takesLetters } from '../typing.ts'
import { useBench } from './use-bench.ts'
import { type Pick, useGestures } from './use-gestures.ts'
import type { ScreenStage } from './use-stage.ts'
import { panByKey, zoomByKey } from './zoom-keys.ts'

/** Tells the bench how large its canvas is; pixels that one has zoomed in to stay as large as they were. */
const useResizing = (bench: Bench | undefined, stage: ScreenStage | undefined) => {
  const last = useRef(stage)
  useEffect(() => {
    const before = last.current
    last.current = stage
    if (!bench || !stage) return
    const { width, height, gap } = stage
    bench.resize({ width, height, gap })
    const { view } = bench.state()
    if (!before || before === stage || view.zoom === 1) return
    bench.setView(lookKept(view, roomOf(bench.state(), before), view, roomOf(bench.state(), stage)))
  }, [bench, stage])
}

/** + - 0 and Shift+0, wherever the focus is, but for text fields. */
const useZoomKeys = (bench: Bench | undefined, stage: ScreenStage | undefined) => {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (!bench || !stage || event.defaultPrevented || takesLetters(event.target)) return
    const look = zoomByKey(event, bench.state().view, roomOf(bench.state(), stage))
    if (!look) return
    event.preventDefault()
    bench.setView(look)
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event)
    document.addEventListener('keydown', listener)
    return () => document.removeEventListener('keydown', listener)
  }, [])
}

const Cursor = ({ bench, stage, area }: { bench: Bench; stage: ScreenStage; area: RefObject<HTMLElement | null> }) => {
  const view = useBench(bench, (state) => state.view)
  const sides = useBench(bench, (state) => state.sides)
  const pans = canPan(view, roomOf({ sides }, stage))
  useEffect(() => {
    area.current?.toggleAttribute('data-pans', pans)
  }, [area, pans])
  return null
}

/**
 * The canvas, and what lies over it (`children`). `host` is the element that `useOpenBench` puts the canvas into and
 * `useStage` measures. The focus can be on it: then the arrow keys move a picture that is larger than its place.
 */
export const CanvasView = ({
  host,
  bench,
  stage,
  label,
  pick,
  children,
}: {
  host: RefObject<HTMLDivElement | null>
  bench: Bench | undefined
  stage: ScreenStage | undefined
  label: string
  /** What a click means, where it does not play. */
  pick?: Pick | undefined
  children?: ReactNode
}) => {
  const area = useRef<HTMLDivElement>(null)
  const gestures = useGestures(area, bench, stage, pick)
  useResizing(bench, stage)
  useZoomKeys(bench, stage)
  return (
    // Keys move the picture, and what lies over it has keys of its own: no control of the platform is that.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={area}
      role="application"
      aria-label={label}
      aria-keyshortcuts="+ - 0 Shift+0"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className="bench-canvas relative size-full overflow-hidden select-none"
      {...gestures}
      onKeyDown={(event) => {
        if (!bench || !stage || event.target !== event.currentTarget) return
        const look = panByKey(event.nativeEvent, bench.state().view, roomOf(bench.state(), stage), stage.ratio)
        if (!look) return
        event.preventDefault()
        event.stopPropagation()
        bench.setView(look)
      }}
    >
      <div ref={host} className="absolute inset-0" />
      {bench && stage && <Cursor {...{ bench, stage, area }} />}
      {children}
      {bench && stage && <PixelReadout {...{ bench, stage, area }} />}
    </div>
  )
}
