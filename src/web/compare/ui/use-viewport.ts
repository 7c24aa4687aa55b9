import { type RefObject, useLayoutEffect, useState } from 'react'
import { GAP } from '../geometry.ts'
import type { Viewport } from '../protocol.ts'

/** A viewport on this screen. `ratio` is device pixels per CSS pixel. */
export type ScreenViewport = Viewport & { ratio: number }

/**
 * Where pages are scaled by a fraction only the browser knows how many pixels it gave. Browsers that imitate the screen
 * of a phone count them on the real one: then it is arithmetic that knows.
 */
const pixelsOf = (counted: number, exact: number | undefined): number =>
  exact !== undefined && Math.abs(exact - counted) < 2 ? exact : Math.round(counted)

/**
 * An element as a viewport, kept up to date through resizing, zooming of the page and moving to another screen. Undefined
 * before the first layout; while it is not displayed it stays as it was.
 */
export const useViewport = (ref: RefObject<HTMLElement | null>): ScreenViewport | undefined => {
  const [viewport, setStage] = useState<ScreenViewport>()
  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return
    const measure = (exact?: ResizeObserverSize) => {
      const ratio = devicePixelRatio
      const width = pixelsOf(element.clientWidth * ratio, exact?.inlineSize)
      const height = pixelsOf(element.clientHeight * ratio, exact?.blockSize)
      if (width < 1 || height < 1) return
      setStage((before) =>
        before?.width === width && before.height === height && before.ratio === ratio
          ? before
          : { width, height, gap: GAP * ratio, ratio },
      )
    }
    measure()
    const observer = new ResizeObserver(([entry]) => measure(entry?.devicePixelContentBoxSize?.[0]))
    try {
      observer.observe(element, { box: 'device-pixel-content-box' })
    } catch {
      // Safari does not know that box.
      observer.observe(element)
    }
    const remeasure = () => measure()
    if (!('devicePixelContentBoxSize' in ResizeObserverEntry.prototype)) addEventListener('resize', remeasure)
    return () => {
      observer.disconnect()
      removeEventListener('resize', remeasure)
    }
  }, [ref])
  return viewport
}
