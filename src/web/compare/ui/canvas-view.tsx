import { type ReactNode, type RefObject, useEffect, useEffectEvent, useRef } from 'react'
import type { Viewer } from '../viewer.ts'
import { canPan, zoomKept } from '../zoom.ts'
import { PixelReadout } from './pixel-readout.tsx'
import { roomOf } from './room.ts'
import { takesLetters } from '../typing.ts'
import { useViewer } from './use-viewer.ts'
import { type Pick, useGestures } from './use-gestures.ts'
import type { ScreenViewport } from './use-viewport.ts'
import { panByKey, zoomByKey } from './zoom-keys.ts'

/** Tells the viewer how large its canvas is; pixels that one has zoomed in to stay as large as they were. */
const useResizing = (viewer: Viewer | undefined, viewport: ScreenViewport | undefined) => {
  const last = useRef(viewport)
  useEffect(() => {
    const before = last.current
    last.current = viewport
    if (!viewer || !viewport) return
    const { width, height, gap } = viewport
    viewer.resize({ width, height, gap })
    const { view } = viewer.state()
    if (!before || before === viewport || view.zoom === 1) return
    viewer.setView(zoomKept(view, roomOf(viewer.state(), before), view, roomOf(viewer.state(), viewport)))
  }, [viewer, viewport])
}

/** + - 0 and Shift+0, wherever the focus is, but for text fields. */
const useZoomKeys = (viewer: Viewer | undefined, viewport: ScreenViewport | undefined) => {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (!viewer || !viewport || event.defaultPrevented || takesLetters(event.target)) return
    const look = zoomByKey(event, viewer.state().view, roomOf(viewer.state(), viewport))
    if (!look) return
    event.preventDefault()
    viewer.setView(look)
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event)
    document.addEventListener('keydown', listener)
    return () => document.removeEventListener('keydown', listener)
  }, [])
}

const Cursor = ({
  viewer,
  viewport,
  area,
}: {
  viewer: Viewer
  viewport: ScreenViewport
  area: RefObject<HTMLElement | null>
}) => {
  const view = useViewer(viewer, (state) => state.view)
  const sides = useViewer(viewer, (state) => state.sides)
  const pans = canPan(view, roomOf({ sides }, viewport))
  useEffect(() => {
    area.current?.toggleAttribute('data-pans', pans)
  }, [area, pans])
  return null
}

/**
 * The canvas, and what lies over it (`children`). `host` is the element that `useOpenViewer` puts the canvas into and
 * `useStage` measures. The focus can be on it: then the arrow keys move a picture that is larger than its place.
 */
export const CanvasView = ({
  host,
  viewer,
  viewport,
  label,
  pick,
  children,
}: {
  host: RefObject<HTMLDivElement | null>
  viewer: Viewer | undefined
  viewport: ScreenViewport | undefined
  label: string
  /** What a click means, where it does not play. */
  pick?: Pick | undefined
  children?: ReactNode
}) => {
  const area = useRef<HTMLDivElement>(null)
  const gestures = useGestures(area, viewer, viewport, pick)
  useResizing(viewer, viewport)
  useZoomKeys(viewer, viewport)
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
      className="viewer-canvas relative size-full overflow-hidden select-none"
      {...gestures}
      onKeyDown={(event) => {
        if (!viewer || !viewport || event.target !== event.currentTarget) return
        const look = panByKey(event.nativeEvent, viewer.state().view, roomOf(viewer.state(), viewport), viewport.ratio)
        if (!look) return
        event.preventDefault()
        event.stopPropagation()
        viewer.setView(look)
      }}
    >
      <div ref={host} className="absolute inset-0" />
      {viewer && viewport && <Cursor {...{ viewer, viewport, area }} />}
      {children}
      {viewer && viewport && <PixelReadout {...{ viewer, viewport, area }} />}
    </div>
  )
}
