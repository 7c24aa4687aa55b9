import type { Frame } from 'node-av/lib'
import type { Rate } from '../../shared/timeline.ts'
import type { FilterChain } from './filter-chain.ts'
import { isPlain, toVideoPlanes, videoPlanesOf } from './planes-frame.ts'
import type { Turn } from './rotation.ts'
import { uprightChain, uprightFilters } from './upright.ts'

/**
 * Brings decoded frames, each at its tick, to upright planes of a size for the encoder. They are written into memory of `spent`
 * ones where there is some.
 */
export const createScaling = (
  turn: Turn,
  size: { width: number; height: number },
  ticks: Rate,
  spent: Uint8Array<ArrayBuffer>[],
) => {
  let chain: FilterChain | undefined
  return {
    planesOf: (frame: Frame, tick: number): Uint8Array<ArrayBuffer> | undefined => {
      if (isPlain(frame, size.width, size.height) && uprightFilters(frame, turn).length === 0)
        return videoPlanesOf(frame, spent.pop())
      const filters = [toVideoPlanes(size.width, size.height)]
      chain ??= uprightChain(frame, turn, filters, { num: ticks.den, den: ticks.num })
      frame.pts = BigInt(tick)
      let video: Uint8Array<ArrayBuffer> | undefined
      for (const scaled of chain.push(frame)) {
        video = videoPlanesOf(scaled, spent.pop())
        scaled.free()
      }
      return video
    },
    close: () => chain?.close(),
  }
}
