import type { HeatMap, Range, Report, Source, Viewport } from '../protocol.ts'
import type { View } from '../view.ts'
import { createDrawing } from './drawing.ts'
import { openFrames } from './frame-window.ts'
import { openSide } from './open-side.ts'
import { createPresenter } from './presenter.ts'
import { createScreen } from './screen.ts'
import { createSides } from './sides.ts'
import { closeSlot, openSlot, type Slot } from './slot.ts'
import { createTicker } from './ticker.ts'
import { newTransport, pausePlaying, playOn, rangeWithin, seekTo, settle, startPlaying } from './transport.ts'

type Player = {
  setView: (view: View, viewport: Viewport) => void
  /** `order` is the command's, see protocol.ts. */
  play: (rate: number, order: number) => void
  pause: (order: number) => void
  seek: (time: number, order: number) => void
  setLoop: (loop: boolean, range: Range | null) => void
  setOffset: (side: number, seconds: number) => void
  setHeat: (map: HeatMap | null) => void
  setHidden: (hidden: boolean) => void
  /** Answers how many decoded frames are still open. */
  close: () => Promise<number>
}

/** Opens the sources into `slots`, and reports of each whether it could be. `changed` is called with each that is another. */
const openSources = (
  sources: readonly Source[],
  slots: Slot[],
  report: (report: Report) => void,
  asks: { isQuick: (index: number) => boolean; filled: () => void; changed: () => void; arrived: () => void },
): { close: () => Promise<void> } => {
  let closed = false
  const fail = (index: number, reason: string) => {
    slots[index] = { name: 'none' }
    report({ name: 'side', side: index, state: { name: 'failed', reason } })
    asks.changed()
  }
  const arrived = (index: number) => {
    const slot = slots[index]
    const trouble = slot?.name === 'clip' ? slot.window.trouble() : null
    if (trouble !== null && slot?.name === 'clip') {
      void closeSlot(slot)
      fail(index, `It could not be decoded: ${trouble}.`)
    }
    asks.arrived()
  }
  const open = async (source: Source, index: number) => {
    try {
      const side = await openSide(source)
      if (closed) return side.close()
      slots[index] = openSlot(side, sources.length, source.proxy, {
        isQuick: () => asks.isQuick(index),
        filled: asks.filled,
        arrived: () => arrived(index),
      })
      report({ name: 'side', side: index, state: { name: 'ready', info: side.info } })
      asks.changed()
    } catch (error) {
      if (!closed) fail(index, error instanceof Error ? error.message : String(error))
    }
  }
  sources.forEach((source, index) => void open(source, index))
  return {
    close: async () => {
      closed = true
      for (const slot of slots) await closeSlot(slot)
    },
  }
}

/**
 * Plays the sources into the canvas. The gate: the playhead goes on only when every side that is seen holds its frame
 * for where it goes, so that what is drawn belongs together by construction.
 */
export const createPlayer = (
  canvas: OffscreenCanvas,
  sources: readonly Source[],
  first: { view: View; viewport: Viewport },
  report: (report: Report) => void,
): Player => {
  const slots: Slot[] = sources.map(() => ({ name: 'none' }))
  const offsets = sources.map(() => 0)
  let { view, viewport } = first
  const drawing = createDrawing(canvas, slots, first)
  const sides = createSides(slots, offsets, () => view)
  const screen = createScreen(drawing, sides, sources.length)
  const transport = newTransport()
  const presenter = createPresenter(transport, sides, screen, () => view, report)

  const tick = (now: number) => {
    const { playing, goal, underWay, playhead, way } = transport
    if (playing) playOn(transport, sides, presenter, now)
    else if (goal !== null || underWay !== null) {
      if (settle(transport, sides, presenter)) ticker.wake()
    } else if (screen.isInvalid() && sides.ready(playhead.time, way, 'alone')) presenter.show(playhead.time)
    if (transport.playing) ticker.wake()
  }
  const ticker = createTicker(tick, () => transport.playing !== null, screen.drawnAt)

  /** All is drawn anew: the view, the viewport or a side is another. */
  const arrange = () => {
    drawing.arrange(view, viewport)
    screen.invalidate()
  }
  const pinLoop = () => sides.pin(rangeWithin(transport.range, sides.duration()).from)
  const redraw = () => {
    sides.pauseFilling()
    screen.invalidate()
    if (!transport.playing) transport.goal ??= transport.playhead.time
    ticker.wake()
  }
  const opened = openSources(sources, slots, report, {
    isQuick: drawing.isQuick,
    filled: presenter.fill,
    arrived: ticker.wake,
    changed: () => {
      arrange()
      transport.goal ??= transport.playhead.time
      pinLoop()
      ticker.wake()
    },
  })

  return {
    setView: (viewNow, viewportNow) => {
      view = viewNow
      viewport = viewportNow
      arrange()
      redraw()
    },
    play: (rate, order) => {
      presenter.setOrder(order)
      sides.pauseFilling()
      startPlaying(transport, rate, sides.duration(), performance.now())
      ticker.wake()
    },
    pause: (order) => {
      presenter.setOrder(order)
      pausePlaying(transport)
      ticker.wake()
    },
    seek: (time, order) => {
      presenter.setOrder(order)
      sides.pauseFilling()
      seekTo(transport, time)
      ticker.wake()
    },
    setLoop: (loop, range) => {
      transport.loop = loop
      transport.range = range
      pinLoop()
      ticker.wake()
    },
    setOffset: (side, seconds) => {
      offsets[side] = seconds
      pinLoop()
      redraw()
    },
    setHeat: (map) => {
      drawing.setHeat(map)
      if (view.heat) redraw()
    },
    setHidden: (hidden) => presenter.setActive(!hidden),
    close: async () => {
      ticker.stop()
      presenter.stop()
      await opened.close()
      return openFrames
    },
  }
}
