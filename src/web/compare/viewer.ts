import { loadAtLast } from '../ui/load-at-last.ts'
import { changeBy, type ViewerState, infosOf, initialState, stepped } from './viewer-state.ts'
import { durationOf, sideTime } from './frames.ts'
import type { Command, HeatMap, Range, Report, Source, Viewport } from './protocol.ts'
import type { Sound } from './sound.ts'
import { initialView, type View } from './view.ts'

/** Plays several clips and pictures under one playhead into one canvas. Times are seconds, sides are indices. */
export type Viewer = {
  state: () => ViewerState
  subscribe: (changed: () => void) => () => void
  setView: (change: Partial<View>) => void
  /** The canvas' size in device pixels, and the gap in its grid. */
  resize: (viewport: Viewport) => void
  play: () => void
  pause: () => void
  seek: (time: number) => void
  /** Pauses, and goes `by` frames on or back: the reference's, or, where a side is named, that side's alone. */
  step: (by: number, side?: number) => void
  setRate: (rate: number) => void
  setLoop: (loop: boolean) => void
  setRange: (range: Range | null) => void
  setOffset: (side: number, seconds: number) => void
  setHeat: (map: HeatMap | null) => void
  setSound: (side: number | null) => void
  /** Lets go of everything. Answers how many decoded frames were still open afterwards: 0. */
  close: () => Promise<number>
}

/** Lets the sound of one side follow the picture. Loaded when a sound is first wanted: a page may not begin one by itself. */
const createSoundFollower = (sources: readonly Source[]) => {
  let sound: Promise<Sound> | undefined
  return {
    open: () => {
      sound ??= loadAtLast(() => import('./sound.ts')).then(({ createSound }) => createSound())
    },
    follow: (state: ViewerState) => {
      if (!sound) return
      const { sound: side, offsets, shown, rate, playing } = state
      const info = side === null ? undefined : infosOf(state)[side]
      const source = side === null ? undefined : sources[side]
      const media = info && source ? (info.isPreview ? source.preview : source.media) : null
      const time = info ? sideTime(info, shown.time, offsets[side ?? 0] ?? 0) + info.origin : 0
      void sound.then(({ follow }) => follow({ media, time, rate, playing }))
    },
    close: () => {
      void sound?.then(({ close }) => close())
      sound = undefined
    },
  }
}

/**
 * Opens the sources in a worker that decodes them all and draws them into `canvas`, which it takes over for good: a
 * canvas serves one viewer. Stands still until it is told to play.
 */
export const createViewer = (
  canvas: HTMLCanvasElement,
  sources: readonly Source[],
  viewport: Viewport,
  view: View = initialView(sources.length),
): Viewer => {
  const worker = new Worker(new URL('./worker/viewer-worker.ts', import.meta.url), { type: 'module', name: 'viewer' })
  const listeners = new Set<() => void>()
  const sound = createSoundFollower(sources)
  let orders = 0
  let size = viewport
  let closed: ((openFrames: number) => void) | undefined
  let state = initialState(sources.length, view)

  const send = (command: Command, transfer: Transferable[] = []) => worker.postMessage(command, transfer)
  const change = (part: Partial<ViewerState>) => {
    state = { ...state, ...part }
    for (const listener of listeners) listener()
    sound.follow(state)
  }
  const within = (time: number) => Math.min(Math.max(0, time), state.duration)

  worker.onmessage = ({ data: report }: MessageEvent<Report>) => {
    if (report.name !== 'closed') return change(changeBy(state, report, orders))
    worker.terminate()
    closed?.(report.openFrames)
  }
  worker.onerror = (event) => {
    const reason = `The comparison could not go on: ${event.message || 'its worker did not start'}. Reload the page.`
    change({ playing: false, sides: state.sides.map(() => ({ name: 'failed', reason })) })
  }

  const offscreen = canvas.transferControlToOffscreen()
  send({ name: 'open', canvas: offscreen, sources, view, viewport }, [offscreen])

  // A page in the background draws rarely: what it showed then would be wrong.
  const pauseWhenHidden = () => {
    if (document.hidden && state.playing) pause()
    send({ name: 'hidden', hidden: document.hidden })
  }
  document.addEventListener('visibilitychange', pauseWhenHidden)

  const play = () => {
    if (state.duration === 0) return
    change({ playing: true })
    send({ name: 'play', rate: state.rate, order: ++orders })
  }
  const pause = () => {
    change({ playing: false })
    send({ name: 'pause', order: ++orders })
  }

  const seek = (time: number) => {
    change({ target: within(time) })
    send({ name: 'seek', time: state.target, order: ++orders })
  }
  const setOffset = (side: number, seconds: number) => {
    const offsets = state.offsets.map((offset, index) => (index === side ? seconds : offset))
    change({ offsets, duration: durationOf(infosOf(state), offsets) })
    send({ name: 'offset', side, seconds })
  }

  return {
    state: () => state,
    subscribe: (changed) => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    setView: (part) => {
      change({ view: { ...state.view, ...part } })
      send({ name: 'view', view: state.view, viewport: size })
    },
    resize: (viewportNow) => {
      if (viewportNow.width === size.width && viewportNow.height === size.height && viewportNow.gap === size.gap) return
      size = viewportNow
      send({ name: 'view', view: state.view, viewport: size })
    },
    play,
    pause,
    seek,
    step: (by, side) => {
      if (state.playing) pause()
      const goal = stepped(state, by, side)
      if (!goal) return
      if ('seek' in goal) seek(goal.seek)
      else if (side !== undefined) setOffset(side, goal.offset)
    },
    setRate: (rate) => {
      change({ rate })
      if (state.playing) send({ name: 'play', rate, order: ++orders })
    },
    setLoop: (loop) => {
      change({ loop })
      send({ name: 'loop', loop, range: state.range })
    },
    setRange: (range) => {
      change({ range })
      send({ name: 'loop', loop: state.loop, range })
    },
    setOffset,
    setHeat: (map) => send({ name: 'heat', map }),
    setSound: (side) => {
      if (side !== null) sound.open()
      change({ sound: side })
    },
    close: () => {
      document.removeEventListener('visibilitychange', pauseWhenHidden)
      listeners.clear()
      sound.close()
      return new Promise((resolve) => {
        closed = resolve
        send({ name: 'close' })
      })
    },
  }
}
