import type { Page } from '@playwright/test'

/** What a page of the bench keeps of itself, in milliseconds of its own clock. */
declare global {
  interface Window {
    seen: {
      /** When every card of the library that is in sight had its picture on screen; null before. */
      firstCards: number | null
      longTasks: { start: number; duration: number }[]
      interactions: { name: string; start: number; duration: number }[]
    }
  }
}

/** Runs in the page before anything of its own. */
export const watchPage = (): void => {
  window.seen = { firstCards: null, longTasks: [], interactions: [] }
  const observe = (
    options: PerformanceObserverInit & { durationThreshold?: number },
    note: (each: PerformanceEntry) => void,
  ) => new PerformanceObserver((list) => list.getEntries().forEach(note)).observe(options)
  observe({ type: 'longtask' }, ({ startTime, duration }) => window.seen.longTasks.push({ start: startTime, duration }))
  // Sixteen milliseconds is the least that browsers tell of.
  observe({ type: 'event', durationThreshold: 16 }, (entry) => {
    if (Number(Reflect.get(entry, 'interactionId')) > 0)
      window.seen.interactions.push({ name: entry.name, start: entry.startTime, duration: entry.duration })
  })
  const look = (): void => {
    const cards = [...document.querySelectorAll('[role=grid] [data-take]')].filter((card) => {
      const { top, bottom } = card.getBoundingClientRect()
      return bottom > 0 && top < innerHeight
    })
    const pictures = cards.flatMap((card) => [...card.querySelectorAll('img')])
    const times = pictures.map((picture) => drawn.get(picture))
    if (pictures.length > 0 && times.every((time) => time !== undefined)) window.seen.firstCards = Math.max(...times)
    else requestAnimationFrame(look)
  }
  // That a picture has come says nothing of when it is seen: it is decoded and drawn later, beside all that comes then.
  const drawn = new Map<unknown, number>()
  observe({ type: 'element' }, (entry) => {
    drawn.set(Reflect.get(entry, 'element'), Number(Reflect.get(entry, 'renderTime')))
  })
  new MutationObserver(() => {
    for (const picture of document.querySelectorAll('[role=grid] [data-take] img:not([elementtiming])'))
      picture.setAttribute('elementtiming', 'card')
  }).observe(document, { subtree: true, childList: true })
  requestAnimationFrame(look)
}

export const nowIn = (page: Page): Promise<number> => page.evaluate(() => performance.now())

/** The tasks of the page's own thread longer than 50 ms since that time, in milliseconds. */
export const longTasksSince = (page: Page, since: number): Promise<number[]> =>
  page.evaluate(
    (from) => window.seen.longTasks.filter(({ start }) => start >= from).map(({ duration }) => duration),
    since,
  )

/** Waits until so many pictures were drawn one after the other. */
export const frames = (page: Page, count: number): Promise<void> =>
  page.evaluate(
    (many) =>
      new Promise<void>((resolve) => {
        const next = (left: number): void => (left === 0 ? resolve() : void requestAnimationFrame(() => next(left - 1)))
        next(many)
      }),
    count,
  )

/** How many cards stand in the window, and how many of them move. */
export const cardsSeen = (page: Page): Promise<{ all: number; moving: number }> =>
  page.evaluate(() => {
    const seen = [...document.querySelectorAll('[role=grid] [data-take]')].filter((card) => {
      const { top, bottom } = card.getBoundingClientRect()
      return bottom > 0 && top < innerHeight
    })
    return { all: seen.length, moving: seen.filter((card) => card.querySelector('.sprite')).length }
  })
