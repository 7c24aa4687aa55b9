import { readBars } from '../../../engine/testing/bar-colours.ts'
import { type Viewer, createViewer } from '../viewer.ts'
import type { ViewerState } from '../viewer-state.ts'
import { placesOf } from '../geometry.ts'
import type { Media, Shown, SideInfo, Size, Source, Viewport } from '../protocol.ts'
import { initialView, type View } from '../view.ts'
import { createCanvasReader, type Reading } from './read-canvas.ts'

/** A file of the media folder; `as` is how the viewer gets it, `preview` and `proxy` are others of that folder. */
export type HarnessSource = { name: string; as?: 'blob' | 'url'; preview?: string; proxy?: string }

export type Tick = { at: number; shown: Shown; playing: boolean; waiting: boolean; skipped: number }

/** What stood on the canvas at each animation frame, and all that the viewer said meanwhile. Times are milliseconds. */
export type Recording = { readings: { at: number; reading: Reading; tick: number }[]; ticks: Tick[] }

/** A time and what the canvas has to say there. `view` is set before, where given. */
export type Point = { time: number; wanted: Partial<Reading>; view?: Partial<View> }

/** Until all frames were on the canvas, be it as small copies, and until they were there themselves. Milliseconds. */
export type SeekTimes = { shown: number; exact: number }

/** What tests and the benchmarks drive from outside of the page. */
export type Harness = {
  /** Opens a comparison; answers when each side is ready or has failed. */
  open: (sources: readonly HarnessSource[], viewport: Viewport, view?: Partial<View>) => Promise<void>
  viewer: () => Viewer
  /** The viewer's state, without its typed arrays. */
  state: () => Omit<ViewerState, 'sides'> & { sides: { name: string; reason?: string; info?: Facts }[] }
  /** What the canvas says now. */
  read: () => Reading
  /**
   * Reads at every animation frame until the canvas says that, and answers after how many milliseconds it did. Fails
   * after `patience` milliseconds with what the canvas says then.
   */
  readUntil: (wanted: Partial<Reading>, patience?: number) => Promise<number>
  /** The colours of the bars that a side shows alone, as bar-colours.ts of the engine has them. */
  bars: (side: number) => Promise<number[][]>
  /** Seeks, and answers when the viewer says that it is there. */
  goTo: (time: number) => Promise<void>
  /** Seeks, and answers after how long the canvas showed those numbers. */
  timeSeek: (time: number, wanted: Partial<Reading>) => Promise<SeekTimes>
  timeStep: (by: number, wanted: Partial<Reading>) => Promise<SeekTimes>
  /**
   * Goes to each time in turn, waits for the numbers on the canvas, and looks again two frames later. Answers the first
   * three that were not as wanted, in words.
   */
  check: (points: readonly Point[]) => Promise<string[]>
  record: (tiles?: number) => void
  /** Ends the recording. */
  recorded: () => Recording
  /** Plays and records until the page has drawn so many frames, or until the viewer has come to an end by itself. */
  recordPlaying: (rate: number, frames: number) => Promise<Recording>
  /** Answers how many frames the worker says are open. */
  close: () => Promise<number>
}

type Facts = Omit<SideInfo, 'starts' | 'keyframes'> & { starts: number[]; keyframes: number[] }

declare global {
  interface Window {
    harness: Harness
  }
}

const mediaOf = async (name: string, as: 'blob' | 'url'): Promise<Media> => {
  const url = `/media/${name}`
  return as === 'url' ? { kind: 'url', url } : { kind: 'blob', blob: await (await fetch(url)).blob() }
}

const sourceOf = async ({ name, as = 'blob', preview, proxy }: HarnessSource, index: number): Promise<Source> => ({
  id: `${index} ${name}`,
  media: await mediaOf(name, as),
  preview: preview === undefined ? null : await mediaOf(preview, 'url'),
  proxy: proxy === undefined ? null : `/media/${proxy}`,
  poster: null,
})

const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve))

/** Sooner than the next frame: waiting for one would be measured as well. */
const nextMoment = () => new Promise((resolve) => setTimeout(resolve, 1))

type Open = {
  viewer: Viewer
  read: (tiles?: number) => Reading
  canvas: HTMLCanvasElement
  viewport: Viewport
  sizes: () => (Size | undefined)[]
}

let opened: Open | undefined
let recording: Recording | undefined
let stopRecording: (() => void) | undefined

const current = (): Open => {
  if (!opened) throw new Error('nothing is open')
  return opened
}

const until = (viewer: Viewer, isSo: (state: ViewerState) => boolean): Promise<void> =>
  new Promise((resolve) => {
    const look = () => {
      if (!isSo(viewer.state())) return
      leave()
      resolve()
    }
    const leave = viewer.subscribe(look)
    look()
  })

/** JSON has no word for a place where nothing can be read. */
const withNaN = (_: string, value: unknown): unknown => (Number.isNaN(value) ? 'NaN' : value)

const says = (reading: Reading, wanted: Partial<Reading>): boolean =>
  (wanted.difference === undefined || Object.is(reading.difference, wanted.difference)) &&
  (wanted.numbers === undefined || wanted.numbers.every((number, side) => Object.is(number, reading.numbers[side])))

const readUntil = async (
  wanted: Partial<Reading>,
  patience = 60_000,
  begin = performance.now(),
  tiles = Infinity,
  pause: () => Promise<unknown> = nextFrame,
): Promise<number> => {
  for (;;) {
    const reading = current().read(tiles)
    const took = performance.now() - begin
    if (says(reading, wanted)) return took
    if (took > patience)
      throw new Error(
        `after ${took} ms the canvas says ${JSON.stringify(reading, withNaN)} and not ${JSON.stringify(wanted, withNaN)}`,
      )
    await pause()
  }
}

const isShown = ({ shown, target }: ViewerState): boolean => Math.abs(shown.time - target) < 1e-9

const arrived = (state: ViewerState): boolean => !state.waiting && isShown(state)

/** Looks at the canvas only once the viewer says that it is there: looking takes time from decoding. */
const timed = async (wanted: Partial<Reading>, act: (viewer: Viewer) => void): Promise<SeekTimes> => {
  const { viewer } = current()
  const begin = performance.now()
  const look = async (isSo: (state: ViewerState) => boolean) => {
    await until(viewer, isSo)
    return readUntil(wanted, 60_000, begin, 1, nextMoment)
  }
  act(viewer)
  const shown = await look(isShown)
  return {
    shown,
    exact: arrived(viewer.state()) && viewer.state().shown.proxies.length === 0 ? shown : await look(arrived),
  }
}

const check = async (points: readonly Point[]): Promise<string[]> => {
  const { viewer, read } = current()
  const wrong: string[] = []
  for (const { time, wanted, view } of points) {
    if (view) viewer.setView(view)
    viewer.seek(time)
    const begin = performance.now()
    // What stood before may say the same.
    while (!(arrived(viewer.state()) && says(read(), wanted)) && performance.now() - begin < 30_000) await nextFrame()
    // What is right must stay, and be what the viewer says itself.
    await nextFrame()
    await nextFrame()
    const [reading, { shown }] = [read(), viewer.state()]
    if (!says(reading, wanted) || Math.abs(shown.time - time) > 1e-9 || shown.drift !== 0)
      wrong.push(`${time}: ${JSON.stringify({ wanted, reading, view, shown }, withNaN)}`)
    // A slow machine is waited for long, which a viewer that is wrong everywhere would use up for each point.
    if (wrong.length === 3) break
  }
  return wrong
}

const record = (tiles = 1): void => {
  const { viewer, read } = current()
  const now: Recording = { readings: [], ticks: [] }
  const hear = () => {
    const { shown, playing, waiting, skipped } = viewer.state()
    if (now.ticks.at(-1)?.shown === shown) return
    now.ticks.push({ at: performance.now(), shown, playing, waiting, skipped })
  }
  const leave = viewer.subscribe(hear)
  hear()
  let frame = requestAnimationFrame(function look() {
    now.readings.push({ at: performance.now(), reading: read(tiles), tick: now.ticks.length - 1 })
    frame = requestAnimationFrame(look)
  })
  recording = now
  stopRecording = () => {
    cancelAnimationFrame(frame)
    leave()
  }
}

const recorded = (): Recording => {
  stopRecording?.()
  stopRecording = undefined
  if (!recording) throw new Error('nothing was recorded')
  return recording
}

window.harness = {
  open: async (sources, viewport, view) => {
    const canvas = document.createElement('canvas')
    canvas.style.cssText = `display: block; width: ${viewport.width}px; height: ${viewport.height}px`
    document.body.append(canvas)
    const readCanvas = createCanvasReader(canvas)
    const viewer = createViewer(canvas, await Promise.all(sources.map(sourceOf)), viewport, {
      ...initialView(sources.length),
      ...view,
    })
    const sizes = () => viewer.state().sides.map((side) => (side.name === 'ready' ? side.info : undefined))
    opened = {
      viewer,
      canvas,
      viewport,
      sizes,
      read: (tiles) => readCanvas(viewer.state().view, viewport, sizes(), tiles),
    }
    await until(viewer, ({ sides }) => sides.every(({ name }) => name !== 'opening'))
  },
  viewer: () => current().viewer,
  state: () => {
    const { sides, ...state } = current().viewer.state()
    return {
      ...state,
      sides: sides.map((side) =>
        side.name === 'ready'
          ? { ...side, info: { ...side.info, starts: [...side.info.starts], keyframes: [...side.info.keyframes] } }
          : side,
      ),
    }
  },
  read: () => current().read(),
  readUntil,
  bars: async (side) => {
    const { viewer, canvas, viewport, sizes } = current()
    viewer.setView({ mode: 'single', other: side })
    await until(viewer, (state) => arrived(state) && (state.shown.frames[side] ?? -1) >= 0)
    // What the worker drew last may come to the screen a few pictures later than it says so.
    for (let frame = 0; frame < 20; frame++) await nextFrame()
    const { view } = viewer.state()
    const [place] = placesOf(view, viewport, sizes(), viewport.gap)
    const context = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d')
    if (!place || !context) throw new Error('nothing is shown')
    context.drawImage(canvas, 0, 0)
    const { x, y, width, height } = place.picture
    const image = context.getImageData(Math.round(x), Math.round(y), Math.round(width), Math.round(height))
    return readBars(image.data, image.width, image.height)
  },
  goTo: (time) => {
    current().viewer.seek(time)
    return until(current().viewer, arrived)
  },
  timeSeek: (time, wanted) => timed(wanted, (viewer) => viewer.seek(time)),
  timeStep: (by, wanted) => timed(wanted, (viewer) => viewer.step(by)),
  check,
  record,
  recorded,
  recordPlaying: async (rate, frames) => {
    const { viewer } = current()
    viewer.setRate(rate)
    record()
    viewer.play()
    for (let frame = 0; frame < frames; frame++) {
      await nextFrame()
      if (!viewer.state().playing) break
    }
    viewer.pause()
    return recorded()
  },
  close: async () => {
    const { viewer, canvas } = current()
    stopRecording?.()
    const open = await viewer.close()
    canvas.remove()
    opened = undefined
    return open
  },
}
