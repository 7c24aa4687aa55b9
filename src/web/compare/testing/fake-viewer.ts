import type { Viewer } from '../viewer.ts'
import { type ViewerState, initialState, stepped } from '../viewer-state.ts'
import { durationOf, frameUnder } from '../frames.ts'
import type { SideInfo } from '../protocol.ts'

/** A clip of a constant rate whose frames begin at 0. */
export const fakeClip = ({
  fps = 25,
  seconds = 5,
  ...rest
}: Partial<SideInfo> & { fps?: number; seconds?: number } = {}): SideInfo => {
  const count = Math.round(seconds * fps)
  return {
    kind: 'video',
    width: 1280,
    height: 720,
    starts: Float64Array.from({ length: count }, (_, frame) => frame / fps),
    keyframes: Uint32Array.from({ length: Math.ceil(count / 25) }, (_, index) => index * 25),
    end: count / fps,
    hasAudio: false,
    codec: 'avc1.640028',
    origin: 0,
    isPreview: false,
    notes: [],
    ...rest,
  }
}

export const fakePicture = (rest: Partial<SideInfo> = {}): SideInfo => ({
  ...fakeClip(),
  kind: 'image',
  starts: Float64Array.of(0),
  keyframes: Uint32Array.of(0),
  end: Infinity,
  codec: 'rgba',
  ...rest,
})

export type FakeViewer = Viewer & {
  /** What the page asked for, the oldest first: `['seek', 2]`. What a call asks for inside of the viewer is not here. */
  asked: readonly (readonly [name: string, ...args: unknown[]])[]
  /** Changes the state as the worker's reports would. */
  change: (part: Partial<ViewerState>) => void
}

/**
 * A viewer without a worker or a picture: every side is open, and every frame is there at once. Time does not run by
 * itself. Takes the same steps as the real one.
 */
export const createFakeViewer = (
  infos: readonly SideInfo[] = [fakeClip(), fakeClip()],
  part: Partial<ViewerState> = {},
): FakeViewer => {
  const listeners = new Set<() => void>()
  const asked: (readonly [string, ...unknown[]])[] = []
  const framesAt = (time: number, offsets: readonly number[]) =>
    infos.map((info, side) => frameUnder(info, time, offsets[side] ?? 0))
  const none = infos.map(() => 0)
  let state: ViewerState = {
    ...initialState(infos.length),
    sides: infos.map((info) => ({ name: 'ready', info })),
    shown: { time: 0, frames: framesAt(0, none), proxies: [], drift: 0 },
    duration: durationOf(infos, none),
    ...part,
  }
  const change = (changed: Partial<ViewerState>) => {
    state = { ...state, ...changed }
    for (const listener of listeners) listener()
  }
  const seek = (time: number) => {
    const target = Math.min(Math.max(0, time), state.duration)
    change({ target, shown: { time: target, frames: framesAt(target, state.offsets), proxies: [], drift: 0 } })
  }
  const setOffset = (side: number, seconds: number) => {
    const offsets = state.offsets.map((offset, index) => (index === side ? seconds : offset))
    change({ offsets, duration: durationOf(infos, offsets) })
    seek(state.target)
  }
  const step = (by: number, side?: number) => {
    change({ playing: false })
    const goal = stepped(state, by, side)
    if (!goal) return
    if ('seek' in goal) seek(goal.seek)
    else if (side !== undefined) setOffset(side, goal.offset)
  }
  const note =
    <Args extends unknown[]>(name: string, act: (...args: Args) => void) =>
    (...args: Args) => {
      asked.push([name, ...args])
      act(...args)
    }

  return {
    asked,
    change,
    state: () => state,
    subscribe: (changed) => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    setView: note('setView', (view) => change({ view: { ...state.view, ...view } })),
    resize: note('resize', () => {}),
    play: note('play', () => change({ playing: true })),
    pause: note('pause', () => change({ playing: false })),
    seek: note('seek', seek),
    step: note('step', step),
    setRate: note('setRate', (rate) => change({ rate })),
    setLoop: note('setLoop', (loop) => change({ loop })),
    setRange: note('setRange', (range) => change({ range })),
    setOffset: note('setOffset', setOffset),
    setHeat: note('setHeat', () => {}),
    setSound: note('setSound', (sound) => change({ sound })),
    close: async () => {
      asked.push(['close'])
      listeners.clear()
      return 0
    },
  }
}
