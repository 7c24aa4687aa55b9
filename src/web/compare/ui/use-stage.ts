import { type RefObject, useLayoutEffect, useState } from 'react'
import { GAP } from '../geometry.ts'
import type { Stage } from '../protocol.ts'

/** A stage on this screen. `ratio` is device pixels per CSS pixel. */
export type ScreenStage = Stage & { ratio: number }

/**
 * Where pages are scaled by a fraction only the browser knows how many pixels it gave. Browsers that imitate the screen
 * of a phone count them on the real one: then it is arithmetic that knows.
 */
const pixelsOf = (counted: number, exact: number | undefined): number =>
  exact !== undefined && Math.abs(exact - counted) < 2 ? exact : Math.round(counted)

/**
 * An element as a stage, kept up to date through resizing, zooming of the page and moving to another screen. Undefined
 * before the first layout; while it is not displayed it stays as it was.
 */
export const useStage = (ref: RefObject<HTMLElement | null>): ScreenStage | undefined => {
  const [stage, setStage] = useState<ScreenStage>()
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
  return stage
}
