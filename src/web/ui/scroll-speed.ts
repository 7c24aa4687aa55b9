/** Pixels a millisecond from which on nothing is looked at that passes: a screen of 900 in 0.6 s. */
const FAST = 1.5
/** Milliseconds after which one looks again at what stands there. */
const RESTS = 120

let last = { element: null as Element | null, top: 0, at: 0 }
let fastAt = -Infinity

/** Told of every step by which something is scrolled. `at`: the event's time stamp. */
export const noteScroll = (element: Element, at: number): void => {
  const { scrollTop: top } = element
  const passed = at - last.at
  const isOneMove = element === last.element && passed > 0 && passed < RESTS
  if (isOneMove && Math.abs(top - last.top) / passed > FAST) fastAt = at
  last = { element, top, at }
}

/** Whether something is scrolled so quickly that nobody sees what moves in it. */
export const isScrolledFast = (): boolean => performance.now() - fastAt < RESTS
