import { durationOf, frameUnder, sideTime } from '../frames.ts'
import type { SideInfo } from '../protocol.ts'
import { sidesIn, type View } from '../view.ts'
import type { ProxyFiller } from './fill-proxies.ts'
import type { Reach } from './frame-plan.ts'
import { infoOf, type Slot } from './slot.ts'

/** A side that is seen, with how far it is shifted in time. Seconds. */
export type SeenSide = { index: number; frames: SideInfo; offset: number }

/** What the sides have to show at a time, and whether they can. Sides are told by their index. */
export type Sides = {
  /** Those that the view shows and that are open. */
  seen: () => SeenSide[]
  /** When the last of them ends. Seconds. */
  duration: () => number
  /** The frame of each side for a time; -1 where it has none. */
  framesAt: (time: number) => number[]
  /** Whether all that is seen can be drawn for a time; asks for what is missing. */
  ready: (time: number, direction: 1 | -1, reach: Reach) => boolean
  /**
   * The sides of which a proxy has to stand in, for their frame of a time is not decoded; null where one has none. Asks
   * for those that are missing.
   */
  standIns: (time: number) => readonly number[] | null
  /** Holds the frames of all clips that a loop from this time goes on with. */
  pin: (from: number) => void
  /** What makes copies of the clips and is not done, those that are seen first. */
  fillers: () => ProxyFiller[]
  pauseFilling: () => void
}

/** `slots`, `offsets` and the view are read at each call. */
export const createSides = (slots: readonly Slot[], offsets: readonly number[], view: () => View): Sides => {
  const offsetOf = (index: number) => offsets[index] ?? 0
  const seen = (): SeenSide[] =>
    sidesIn(view()).flatMap((index) => {
      const frames = infoOf(slots[index])
      return frames ? [{ index, frames, offset: offsetOf(index) }] : []
    })
  const frameOf = (index: number, time: number): number => {
    const info = infoOf(slots[index])
    return info ? frameUnder(info, time, offsetOf(index)) : -1
  }
  /** The clips that are seen and have a frame for that time. */
  const wantedAt = (time: number) =>
    seen().flatMap(({ index }) => {
      const slot = slots[index]
      const wanted = frameOf(index, time)
      return slot?.name === 'clip' && wanted >= 0 ? [{ index, slot, wanted }] : []
    })
  return {
    seen,
    duration: () => durationOf(slots.map(infoOf), offsets),
    framesAt: (time) => slots.map((_, index) => frameOf(index, time)),
    ready: (time, direction, reach) => {
      let all = true
      // After a leap the proxies come first, and sooner where nothing else is decoded: none stands in for a difference.
      const isLeap = reach === 'alone' && view().mode !== 'difference'
      for (const { slot, wanted } of wantedAt(time)) {
        const isThere = slot.window.get(wanted) !== undefined
        all &&= isThere
        const isProxyFirst = isLeap && !isThere
        if (isProxyFirst) slot.proxies.want(wanted)
        if (isProxyFirst && slot.proxies.isComing(wanted)) slot.window.pause()
        else slot.window.want(wanted, direction, reach)
      }
      return all
    },
    standIns: (time) => {
      const missing = wantedAt(time).filter(({ slot, wanted }) => !slot.window.get(wanted))
      for (const { slot, wanted } of missing) slot.proxies.want(wanted)
      return missing.every(({ slot, wanted }) => slot.proxies.has(wanted)) ? missing.map(({ index }) => index) : null
    },
    pin: (from) => {
      for (const [index, slot] of slots.entries())
        if (slot.name === 'clip') slot.window.pin(Math.max(0, frameOf(index, from)))
    },
    fillers: () =>
      [...new Set([...seen().map(({ index }) => index), ...slots.keys()])].flatMap((index) => {
        const slot = slots[index]
        return (slot?.name === 'clip' ? slot.proxies.filler() : null) ?? []
      }),
    pauseFilling: () => {
      for (const slot of slots) if (slot.name === 'clip') slot.proxies.filler()?.pause()
    },
  }
}

/** How far what is drawn is away from what belongs to a time, by the times of the frames themselves. Seconds. */
export const driftOf = (seen: readonly SeenSide[], shown: readonly number[], time: number): number => {
  let most = 0
  for (const { index, frames, offset } of seen) {
    const frame = shown[index] ?? -1
    if (frame < 0) continue
    const due = sideTime(frames, time, offset)
    const [start, next] = [frames.starts[frame] ?? 0, frames.starts[frame + 1] ?? Infinity]
    most = Math.max(most, start - due - 1e-4, due - next)
  }
  return most
}

/** How many frames of the sides that are seen lie between what is drawn and what is drawn next. */
export const leftOutBetween = (
  seen: readonly SeenSide[],
  shown: readonly number[],
  next: readonly number[],
): number => {
  let count = 0
  for (const { index } of seen) {
    const [before, after] = [shown[index] ?? -1, next[index] ?? -1]
    if (before >= 0) count += Math.max(0, Math.abs(after - before) - 1)
  }
  return count
}
