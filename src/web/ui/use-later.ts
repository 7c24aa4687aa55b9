import { useEffect } from 'react'
import { loadAtLast } from './load-at-last.ts'

/** How much of what the page starts later is not there yet. At none, the page says so: see `data-ready`. */
let missing = 0

/**
 * Starts something for as long as the component stands, whose code is not part of the first load: `load` brings what
 * starts it, which gives its undoing.
 */
export const useLater = (load: () => Promise<() => () => void>): void =>
  useEffect(() => {
    let stop: (() => void) | undefined
    let over = false
    missing++
    void loadAtLast(load).then((start) => {
      if (!over) stop = start()
      missing--
      if (missing === 0) document.documentElement.dataset['ready'] = ''
    })
    return () => {
      over = true
      stop?.()
    }
  }, [load])
