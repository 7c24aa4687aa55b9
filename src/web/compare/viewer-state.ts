import { durationOf, frameUnder, timeOfFrame } from './frames.ts'
import type { Range, Report, Shown, SideInfo, SideState } from './protocol.ts'
import { countedSide, initialView, type View } from './view.ts'

/** What the controls show. A new object after every change, and the same one until then. */
export type ViewerState = {
  view: View
  sides: readonly SideState[]
  /** By how much each side runs ahead of the playhead. Seconds. */
  offsets: readonly number[]
  shown: Shown
  /** The playhead that was asked for last; `shown.time` gets there once all frames are decoded. Seconds. */
  target: number
  duration: number
  playing: boolean
  /** Playing, but a frame is still being decoded. */
  waiting: boolean
  /** 1 is as it was filmed; below 0 backwards. */
  rate: number
  loop: boolean
  /** The part that is played; null for all of it. */
  range: Range | null
  /** The side whose sound is heard. */
  sound: number | null
  /** Frames that were due while playing and never shown, of all sides, since the opening. */
  skipped: number
}

/** A viewer of so many sides, before any is open. */
export const initialState = (count: number, view: View = initialView(count)): ViewerState => ({
  view,
  sides: Array.from({ length: count }, () => ({ name: 'opening' })),
  offsets: Array.from({ length: count }, () => 0),
  shown: { time: 0, frames: [], proxies: [], drift: 0 },
  target: 0,
  duration: 0,
  playing: false,
  waiting: false,
  rate: 1,
  loop: true,
  range: null,
  sound: null,
  skipped: 0,
})

/** What is known of each side, undefined until it is open. */
export const infosOf = ({ sides }: Pick<ViewerState, 'sides'>): readonly (SideInfo | undefined)[] =>
  sides.map((side) => (side.name === 'ready' ? side.info : undefined))

/** What of the state says which side tells frames. */
export type Timing = Pick<ViewerState, 'sides'> & { view: Pick<View, 'mode' | 'reference' | 'other'> }

/** The side that tells frames: the one that is counted, or where that is a picture the first clip. Null for none. */
export const timingSide = ({ sides, view }: Timing): number | null => {
  const infos = infosOf({ sides })
  const counted = countedSide(view)
  if (infos[counted]?.kind === 'video') return counted
  const first = infos.findIndex((info) => info?.kind === 'video')
  return first < 0 ? null : first
}

/**
 * Where `by` frames on or back lead: the playhead (`seek`) by frames of the side that tells them, or, where a side is
 * named, that side's offset to the others. Null where there are no frames. Seconds.
 */
export const stepped = (
  state: Timing & Pick<ViewerState, 'offsets' | 'target'>,
  by: number,
  side: number | undefined,
): { seek: number } | { offset: number } | null => {
  const counted = side ?? timingSide(state)
  if (counted === null) return null
  const info = infosOf(state)[counted]
  if (info?.kind !== 'video') return null
  const offset = state.offsets[counted] ?? 0
  const start = timeOfFrame(info, frameUnder(info, state.target, offset) + by, 0)
  return side === undefined ? { seek: start - offset } : { offset: start - state.target }
}

/** What a report of the worker changes. One of an earlier command than `orders` tells nothing of where it goes now. */
export const changeBy = (
  state: ViewerState,
  report: Exclude<Report, { name: 'closed' }>,
  orders: number,
): Partial<ViewerState> => {
  if (report.name === 'side') {
    const sides = state.sides.map((side, index) => (index === report.side ? report.state : side))
    // Together: who waits for the last side seeks at once, and would be held to the length without it.
    return { sides, duration: durationOf(infosOf({ sides }), state.offsets) }
  }
  const { shown, playing, waiting, skipped } = report
  if (report.order < orders) return { shown, skipped }
  // While a seek is under way its goal stays where the hand put it.
  return { shown, playing, waiting, skipped, ...(playing || !waiting ? { target: shown.time } : {}) }
}
