import { type RefObject, useEffect, useState } from 'react'
import type { Viewer } from '../viewer.ts'
import { pixelScale, pixelsUnder, type Point } from '../zoom.ts'
import { roomOf } from './room.ts'
import { useViewer } from './use-viewer.ts'
import type { ScreenViewport } from './use-viewport.ts'

/** From this size on pixels are looked at one by one. Device pixels. */
const LARGE = 4

/** Which pixel is under the pointer, where pixels are large enough to be pointed at. */
export const PixelReadout = ({
  area,
  viewer,
  viewport,
}: {
  area: RefObject<HTMLElement | null>
  viewer: Viewer
  viewport: ScreenViewport
}) => {
  const view = useViewer(viewer, (state) => state.view)
  const sides = useViewer(viewer, (state) => state.sides)
  const [pointer, setPointer] = useState<Point | null>(null)
  const room = roomOf({ sides }, viewport)
  const isLarge = pixelScale(view, room) >= LARGE
  const { ratio } = viewport
  useEffect(() => {
    const element = area.current
    if (!element || !isLarge) return
    const move = ({ clientX, clientY }: PointerEvent) => {
      const corner = element.getBoundingClientRect()
      setPointer({ x: (clientX - corner.left) * ratio, y: (clientY - corner.top) * ratio })
    }
    const leave = () => setPointer(null)
    element.addEventListener('pointermove', move)
    element.addEventListener('pointerleave', leave)
    return () => {
      element.removeEventListener('pointermove', move)
      element.removeEventListener('pointerleave', leave)
    }
  }, [area, isLarge, ratio])
  const pixel = isLarge && pointer ? pixelsUnder(view, room, pointer)[0] : undefined
  if (!pixel) return null
  return (
    <p className="side-tag pointer-events-none absolute right-2 bottom-2 z-10 px-1.5 text-xs leading-5" aria-hidden>
      x {pixel.x}, y {pixel.y}
    </p>
  )
}
