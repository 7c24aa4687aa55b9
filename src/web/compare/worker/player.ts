import { advance, type Playhead } from '../clock.ts'
import { durationOf, frameUnder, sideTime } from '../frames.ts'
import type { HeatMap, Range, Report, Source, Viewport } from '../protocol.ts'
import { sidesIn, type View } from '../view.ts'
import { createDrawing } from './drawing.ts'
import { openFrames, type Reach } from './frame-window.ts'
import { openSide } from './open-side.ts'
import { closeSlot, infoOf, openSlot, type Slot } from './slot.ts'

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

/** No more is drawn than screens show. Milliseconds. */
const FRAME = 12

/** What stands still for so long is drawn anew, as well as can be. Milliseconds. */
const REST = 150

/** So many sides at once make copies: a pair's come together, and more decoders would only hold memory. */
const FILLING = 2

/** A seek on its way: where to, and how what it finds may be gone on from. */
type Seek = { time: number; way: 1 | -1; reach: Reach }

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
  const drawing = createDrawing(canvas, slots, first)
  let { view, viewport } = first
  let playhead: Playhead = { time: 0, late: 0 }
  /** Where a seek goes next; what it finds is shown before another one is begun. */
  let goal: number | null = 0
  let underWay: Seek | null = null
  /** `fresh` until the first frame since the beginning or the last leap has been shown. */
  let playing: { rate: number; since: number; fresh: boolean } | null = null
  let loop = true
  let range: Range | null = null
  let shown: number[] = sources.map(() => -1)
  /** The sides of which small copies are on screen. */
  let proxies: readonly number[] = []
  let hidden = false
  let drawnFine = false
  let drawn = 0
  let everything = true
  let skipped = 0
  let waiting = false
  let order = 0
  let frame = 0
  /** Where stepping went last, which is where it may go on. */
  let way: 1 | -1 = 1
  let resting: ReturnType<typeof setTimeout> | undefined
  let closed = false

  const infoAt = (index: number) => infoOf(slots[index])
  const seen = () => sidesIn(view).filter((index) => infoAt(index) !== undefined)
  const duration = () => durationOf(slots.map(infoOf), offsets)
  const played = (): Range => {
    const whole = { from: 0, to: duration() }
    return range ? { from: Math.max(0, range.from), to: Math.min(whole.to, range.to) } : whole
  }
  const offsetOf = (index: number) => offsets[index] ?? 0
  const frameOf = (index: number, time: number): number => {
    const info = infoAt(index)
    return info ? frameUnder(info, time, offsetOf(index)) : -1
  }

  /** Whether all that is seen can be drawn for a time; asks for what is missing. */
  const ready = (time: number, direction: 1 | -1, reach: Reach): boolean => {
    let all = true
    for (const index of seen()) {
      const slot = slots[index]
      if (slot?.name !== 'clip') continue
      const wanted = frameOf(index, time)
      if (wanted < 0) continue
      slot.window.want(wanted, direction, reach)
      if (!slot.window.get(wanted)) all = false
    }
    return all
  }

  /** The sides of which a copy has to stand in, for their frame of a time is not held; null where one has none. */
  const standIns = (time: number): readonly number[] | null => {
    const needed: number[] = []
    for (const index of seen()) {
      const slot = slots[index]
      const wanted = frameOf(index, time)
      if (slot?.name !== 'clip' || wanted < 0 || slot.window.get(wanted)) continue
      if (!slot.proxies.has(wanted)) return null
      needed.push(index)
    }
    return needed
  }

  /** Draws the time, all of whose frames are held or have a copy, and tells the page. */
  const show = (time: number, fine = false) => {
    const frames = sources.map((_, index) => frameOf(index, time))
    const small = standIns(time) ?? []
    const isSame = (index: number) =>
      frames[index] === shown[index] && small.includes(index) === proxies.includes(index)
    const changed = new Set(seen().filter((index) => !isSame(index)))
    if (everything || changed.size > 0 || fine !== drawnFine) {
      drawing.draw(frames, everything || fine !== drawnFine ? null : changed, fine)
      everything = false
      drawnFine = fine
      drawn = performance.now()
    }
    const visible = new Set(seen())
    shown = frames.map((index, side) => (visible.has(side) ? index : -1))
    proxies = small
    playhead = { ...playhead, time }
    tell()
    clearTimeout(resting)
    if (!playing && !fine) resting = setTimeout(rest, REST)
  }

  /** Shows copies of what is still to be decoded. The difference of copies would not be that of the pictures. */
  const showSmall = (time: number) => {
    if (view.mode === 'difference' || (!everything && isSmall(time)) || standIns(time) === null) return
    show(time)
  }
  const isSmall = (time: number) => proxies.length > 0 && playhead.time === time

  /** Makes copies while nothing else is to be done. */
  const fill = () => {
    if (closed || hidden || playing || goal !== null || underWay !== null) return
    const clips = [...new Set([...seen(), ...slots.keys()])].flatMap((index) => {
      const slot = slots[index]
      return slot?.name === 'clip' && !slot.filler.isDone() ? [slot.filler] : []
    })
    for (const filler of clips.slice(0, FILLING)) filler.fill()
  }
  const pauseFilling = () => {
    for (const slot of slots) if (slot.name === 'clip') slot.filler.pause()
  }

  /** Nothing has been asked for in a while: draws as well as can be, and decodes what may be asked for next. */
  const rest = () => {
    if (closed || playing || goal !== null || underWay !== null) return
    if (!ready(playhead.time, way, 'around')) return
    show(playhead.time, true)
    fill()
  }

  /** How far what is drawn is away from what belongs to the playhead, by the times of the frames themselves. */
  const drift = (): number => {
    let most = 0
    for (const index of seen()) {
      const info = infoAt(index)
      const frameNow = shown[index] ?? -1
      if (!info || frameNow < 0) continue
      const due = sideTime(info, playhead.time, offsetOf(index))
      const [start, next] = [info.starts[frameNow] ?? 0, info.starts[frameNow + 1] ?? Infinity]
      most = Math.max(most, start - due - 1e-4, due - next)
    }
    return most
  }

  const tell = () =>
    report({
      name: 'tick',
      shown: { time: playhead.time, frames: [...shown], proxies, drift: drift() },
      playing: playing !== null,
      waiting,
      skipped,
      order,
    })

  const setWaiting = (now: boolean) => {
    if (waiting === now) return
    waiting = now
    tell()
  }

  const stop = (time: number) => {
    playing = null
    playhead = { time, late: 0 }
    goal = time
  }

  const playOn = (now: number) => {
    if (!playing) return
    const { rate } = playing
    const direction = rate > 0 ? 1 : -1
    const elapsed = (now - playing.since) / 1000
    playing.since = now
    const sides = seen().flatMap((index) => {
      const info = infoAt(index)
      return info ? [{ frames: info, offset: offsetOf(index) }] : []
    })
    const step = advance(playhead, elapsed, { rate, range: played(), loop, sides })
    if (!ready(step.next.time, direction, 'onward')) {
      playhead = { time: playhead.time, late: playhead.late + elapsed * rate }
      setWaiting(true)
      if (playing.fresh) showSmall(playhead.time)
      return
    }
    waiting = false
    if (!step.wrapped && !playing.fresh)
      for (const index of seen()) {
        const jump = Math.abs(frameOf(index, step.next.time) - (shown[index] ?? -1)) - 1
        if (jump > 0 && (shown[index] ?? -1) >= 0) skipped += jump
      }
    playing.fresh = false
    playhead = step.next
    if (step.ended) stop(step.next.time)
    show(playhead.time)
  }

  const begin = (time: number): Seek => {
    // A step back wants those before it next; further off there is no telling.
    const back = playhead.time - time
    const isStep = Math.abs(back) < 0.5
    return { time, way: back > 0 && isStep ? -1 : 1, reach: isStep ? 'onward' : 'alone' }
  }

  const settle = () => {
    // What is on screen as copies need not be waited for by who is already elsewhere.
    if (goal !== null && (underWay === null || (goal !== underWay.time && isSmall(underWay.time))))
      underWay = begin(goal)
    if (underWay === null) return
    const { time, reach } = underWay
    way = underWay.way
    if (!ready(time, way, reach)) {
      setWaiting(true)
      showSmall(time)
      if (goal !== null && goal !== time && isSmall(time)) wake()
      return
    }
    waiting = goal !== time
    underWay = null
    if (goal === time) goal = null
    show(time)
    if (goal !== null) wake()
  }

  const tick = (now: number) => {
    frame = 0
    if (closed) return
    if (playing) playOn(now)
    else if (goal !== null || underWay !== null) settle()
    else if (everything && ready(playhead.time, way, 'alone')) show(playhead.time)
    if (playing) wake()
  }
  const wake = () => {
    if (frame !== 0 || closed) return
    // What stands still need not wait for the screen to be drawn on; it is shown with the screen's next frame.
    if (!playing && performance.now() - drawn > FRAME) {
      frame = -1
      queueMicrotask(() => tick(performance.now()))
    } else frame = requestAnimationFrame(tick)
  }

  /** All is drawn anew: the view, the viewport or a side is another. */
  const arrange = () => {
    drawing.arrange(view, viewport)
    everything = true
  }

  const fail = (index: number, reason: string) => {
    slots[index] = { name: 'none' }
    report({ name: 'side', side: index, state: { name: 'failed', reason } })
    arrange()
    goal ??= playhead.time
    wake()
  }

  const pinLoop = () => {
    for (const [index, slot] of slots.entries())
      if (slot.name === 'clip') slot.window.pin(Math.max(0, frameOf(index, played().from)))
  }

  const arrived = (index: number) => () => {
    const slot = slots[index]
    const trouble = slot?.name === 'clip' ? slot.window.trouble() : null
    if (trouble !== null && slot?.name === 'clip') {
      void closeSlot(slot)
      fail(index, `It could not be decoded: ${trouble}.`)
    }
    wake()
  }

  const open = async (source: Source, index: number) => {
    try {
      const side = await openSide(source)
      if (closed) return side.close()
      const asked = { isQuick: () => drawing.isQuick(index), filled: fill, arrived: arrived(index) }
      slots[index] = openSlot(side, sources.length, asked)
      report({ name: 'side', side: index, state: { name: 'ready', info: side.info } })
      arrange()
      goal ??= playhead.time
      pinLoop()
      wake()
    } catch (error) {
      if (!closed) fail(index, error instanceof Error ? error.message : String(error))
    }
  }
  sources.forEach((source, index) => void open(source, index))

  const redraw = () => {
    pauseFilling()
    everything = true
    if (!playing) goal ??= playhead.time
    wake()
  }

  return {
    setView: (viewNow, viewportNow) => {
      view = viewNow
      viewport = viewportNow
      arrange()
      redraw()
    },
    play: (rate, orderNow) => {
      order = orderNow
      const { from, to } = played()
      const start = goal ?? underWay?.time ?? playhead.time
      // From an end it begins anew.
      const atEnd = rate > 0 ? start >= to - 0.002 : start <= from
      const time = start < from || start > to || atEnd ? (rate > 0 ? from : Math.max(from, to - 2e-4)) : start
      pauseFilling()
      playing = { rate, since: performance.now(), fresh: true }
      playhead = { time, late: 0 }
      goal = underWay = null
      wake()
    },
    pause: (orderNow) => {
      order = orderNow
      if (playing) stop(playhead.time)
      else goal ??= playhead.time
      wake()
    },
    seek: (time, orderNow) => {
      order = orderNow
      pauseFilling()
      if (playing) {
        playhead = { time, late: 0 }
        playing.fresh = true
      } else goal = time
      wake()
    },
    setLoop: (loopNow, rangeNow) => {
      loop = loopNow
      range = rangeNow
      pinLoop()
      wake()
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
    setHidden: (hiddenNow) => {
      hidden = hiddenNow
      if (hidden) pauseFilling()
      else fill()
    },
    close: async () => {
      closed = true
      cancelAnimationFrame(frame)
      clearTimeout(resting)
      for (const slot of slots) await closeSlot(slot)
      return openFrames
    },
  }
}
