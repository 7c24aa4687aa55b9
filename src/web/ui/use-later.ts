import { useEffect } from 'react'

/** Milliseconds until code that did not come, since the server was away, is asked for again. */
const AGAIN_AFTER = 2000

/** How much of what the page starts later is not there yet. At none, the page says so: see `data-ready`. */
let missing = 0

/**
 * Starts something for as long as the component stands, whose code is not part of the first load: `load` brings what
 * starts it, which gives its undoing. While the server is away, it is asked for again every two seconds.
 */
export const useLater = (load: () => Promise<() => () => void>): void =>
  useEffect(() => {
    let stop: (() => void) | undefined
    let over = false
    missing++
    const come = async (): Promise<void> => {
      while (!over)
        try {
          const start = await load()
          if (!over) stop = start()
          break
        } catch {
          await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER))
        }
      missing--
      if (missing === 0) document.documentElement.dataset['ready'] = ''
    }
    void come()
    return () => {
      over = true
      stop?.()
    }
  }, [load])
