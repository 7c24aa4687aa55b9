import { type RefObject, useEffect, useState } from 'react'
import type { Bench } from '../bench.ts'
import { pixelScale, pixelsUnder, type Point } from '../viewport.ts'
import { roomOf } from './room.ts'
import { useBench } from './use-bench.ts'
import type { ScreenStage } from './use-stage.ts'

/** From this size on pixels are looked at one by one. Device pixels. */
const LARGE = 4

/** Which pixel is under the pointer, where pixels are large enough to be pointed at. */
export const PixelReadout = ({
  area,
  bench,
  stage,
}: {
  area: RefObject<HTMLElement | null>
  bench: Bench
  stage: ScreenStage
}) => {
  const view = useBench(bench, (state) => state.view)
  const sides = useBench(bench, (state) => state.sides)
  const [pointer, setPointer] = useState<Point | null>(null)
  const room = roomOf({ sides }, stage)
  const isLarge = pixelScale(view, room) >= LARGE
  const { ratio } = stage
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
