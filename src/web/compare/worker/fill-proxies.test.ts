import { expect, it, vi } from 'vitest'
import { createProxyFiller } from './fill-proxies.ts'
import { createOnward, openFrames } from './onward.ts'

/** A clip of six frames whose decoder gives the next one whenever `give` is called. */
const setUp = () => {
  const kept: number[] = []
  const waiting: (() => void)[] = []
  const state = { opened: 0, closed: 0, framesOpen: 0 }
  const copies = {
    put: async (index: number) => void kept.push(index),
    missing: (from: number) => [0, 1, 2, 3, 4, 5].find((index) => index >= from && !kept.includes(index)),
  }
  const open = () => {
    state.opened += 1
    let [at, ended] = [0, false]
    return createOnward(Uint32Array.of(0), {
      seek: async (index: number) => void (at = index),
      next: async () => {
        await new Promise<void>((resolve) => waiting.push(resolve))
        if (ended) return undefined
        state.framesOpen += 1
        return { index: at++, frame: { close: () => void (state.framesOpen -= 1) } }
      },
      close: () => {
        if (!ended) state.closed += 1
        ended = true
        for (const resolve of waiting.splice(0)) resolve()
      },
    })
  }
  const done = vi.fn<() => void>()
  const filler = createProxyFiller(copies, open, done)
  const give = async () => {
    await vi.waitFor(() => expect(waiting).toHaveLength(1))
    waiting.pop()?.()
  }
  return { filler, kept, state, done, give, waiting }
}

it('copies frames in order, stops while paused, and goes on with the same decoder', async () => {
  const { filler, kept, state, done, give, waiting } = setUp()
  filler.fill()
  await give()
  await give()
  await vi.waitFor(() => expect(waiting).toHaveLength(1))
  filler.pause()
  await give()
  await vi.waitFor(() => expect(kept).toEqual([0, 1, 2]))
  expect([waiting.length, done.mock.calls.length]).toEqual([0, 0])
  filler.fill()
  for (let left = 0; left < 3; left++) await give()
  await vi.waitFor(() => expect(done).toHaveBeenCalledOnce())
  expect(kept).toEqual([0, 1, 2, 3, 4, 5])
  expect([filler.isDone(), state]).toEqual([true, { opened: 1, closed: 1, framesOpen: 0 }])
})

it('lets go of its decoder and its frame when it is closed in the middle', async () => {
  const { filler, state, done, give, waiting } = setUp()
  filler.fill()
  await give()
  await vi.waitFor(() => expect(waiting).toHaveLength(1))
  await filler.close()
  expect([state, openFrames, done.mock.calls.length]).toEqual([{ opened: 1, closed: 1, framesOpen: 0 }, 0, 0])
})

it('opens no decoder where nothing is missing', async () => {
  const { filler, kept, state, done } = setUp()
  kept.push(0, 1, 2, 3, 4, 5)
  filler.fill()
  await vi.waitFor(() => expect(done).toHaveBeenCalledOnce())
  expect(state.opened).toBe(0)
})
