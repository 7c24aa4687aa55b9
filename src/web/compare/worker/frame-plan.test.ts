import { expect, it } from 'vitest'
import { boundsOf, isPinned, nextToDecode, type Reach, windowSize } from './frame-plan.ts'

const clip = { last: 99, keyframes: Uint32Array.of(0, 40, 80) }
const size = windowSize(256 * 1024 ** 2, { width: 1280, height: 720 })
/** What is decoded next for a frame where those from `from` to `to` are there. */
const next = (
  wanted: { index: number; direction?: 1 | -1; reach?: Reach },
  [from, to]: [number, number] = [1, 0],
  pinned: number | null = null,
) =>
  nextToDecode(
    { direction: 1, reach: 'onward', ...wanted },
    pinned,
    size,
    clip,
    (frame) => frame >= from && frame <= to,
  )

it('has room for fewer frames of a large picture, and always for a few', () => {
  expect(size).toEqual({ ahead: 8, behind: 12, chunk: 24 })
  expect(windowSize(1, { width: 7680, height: 4320 })).toEqual({ ahead: 4, behind: 3, chunk: 4 })
})

it('decodes the wanted frame first, then those ahead of it, as far as they are kept', () => {
  expect(next({ index: 50 })).toEqual({ from: 50, to: 50 })
  expect(next({ index: 50 }, [50, 52])).toEqual({ from: 53, to: 53 })
  expect(next({ index: 50 }, [50, 58])).toBeNull()
  expect(next({ index: 95 }, [95, 99])).toBeNull()
  expect(next({ index: 50, reach: 'alone' }, [50, 50])).toBeNull()
})

it('goes on with the beginning of a loop, and around who stands still', () => {
  expect(next({ index: 50 }, [50, 58], 10)).toEqual({ from: 10, to: 10 })
  expect([isPinned(10, 10), isPinned(16, 10), isPinned(10, null)]).toEqual([true, false, false])
  expect(next({ index: 50, reach: 'around' }, [50, 58])).toEqual({ from: 40, to: 49 })
})

it('goes back by chunks, of which none begins before its keyframe or what is kept', () => {
  expect(next({ index: 70, direction: -1 })).toEqual({ from: 47, to: 70 })
  expect(next({ index: 50, direction: -1 })).toEqual({ from: 40, to: 50 })
  // Half of a chunk is there still.
  expect(next({ index: 70, direction: -1 }, [58, 70])).toBeNull()
  expect(boundsOf({ index: 70, direction: -1, reach: 'onward' }, size, clip)).toEqual({ from: 22, to: 72 })
})
