import type { Report } from '../protocol.ts'
import type { View } from '../view.ts'
import type { Screen } from './screen.ts'
import { driftOf, type Sides } from './sides.ts'
import { isStill, type Transport, type TransportOutput } from './transport.ts'

/** What stands still for so long is drawn anew, as well as can be. Milliseconds. */
const REST_AFTER = 150

/** So many sides at once make copies: a pair's come together, and more decoders would only hold memory. */
const MAX_FILLING = 2

/** Shows what the transport leads to, tells the page, and does what is to be done while nothing moves. */
export const createPresenter = (
  transport: Transport,
  sides: Sides,
  screen: Screen,
  view: () => View,
  report: (report: Report) => void,
) => {
  let order = 0
  let isActive = true
  let resting: ReturnType<typeof setTimeout> | undefined

  const tell = () => {
    const { playhead, playing, waiting, skipped } = transport
    const frames = screen.frames()
    const drift = driftOf(sides.seen(), frames, playhead.time)
    const shown = { time: playhead.time, frames: [...frames], proxies: screen.proxies(), drift }
    report({ name: 'tick', shown, playing: playing !== null, waiting, skipped, order })
  }
  const isSmall = (time: number) => screen.proxies().length > 0 && transport.playhead.time === time

  const show = (time: number, fine = false) => {
    screen.draw(time, fine)
    transport.playhead = { ...transport.playhead, time }
    tell()
    clearTimeout(resting)
    if (!transport.playing && !fine) resting = setTimeout(rest, REST_AFTER)
  }
  /** Makes copies while nothing else is to be done. */
  const fill = () => {
    if (!isActive || !isStill(transport)) return
    for (const filler of sides.fillers().slice(0, MAX_FILLING)) filler.fill()
  }
  /** Nothing has been asked for in a while: draws as well as can be, and decodes what may be asked for next. */
  const rest = () => {
    if (!isStill(transport) || !sides.ready(transport.playhead.time, transport.way, 'around')) return
    show(transport.playhead.time, true)
    fill()
  }
  const output: TransportOutput = {
    frames: screen.frames,
    isSmall,
    show,
    showSmall: (time) => {
      // The difference of copies would not be that of the pictures.
      if (view().mode === 'difference' || (!screen.isInvalid() && isSmall(time))) return
      if (sides.standIns(time) !== null) show(time)
    },
    setWaiting: (waiting) => {
      if (transport.waiting === waiting) return
      transport.waiting = waiting
      tell()
    },
  }
  return {
    ...output,
    fill,
    /** The command that the page is told to have been done. */
    setOrder: (now: number) => {
      order = now
    },
    /** Whether copies may be made. */
    setActive: (active: boolean) => {
      isActive = active
      if (active) fill()
      else sides.pauseFilling()
    },
    stop: () => {
      isActive = false
      clearTimeout(resting)
    },
  }
}
