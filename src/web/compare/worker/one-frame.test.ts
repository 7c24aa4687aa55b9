import { expect, it, vi } from 'vitest'
import { createOneFrame } from './one-frame.ts'

/** A decoder of six frames that gives the one sought whenever `give` is called. */
const setUp = (first = 0) => {
  const state = { framesOpen: 0, isClosed: false, seeks: [] as number[] }
  let [at, interrupted] = [0, false]
  let wake: (() => void) | undefined
  const frame = () => {
    state.framesOpen += 1
    return { close: () => void (state.framesOpen -= 1), clone: frame } as unknown as VideoFrame
  }
  const arrived = vi.fn<() => void>()
  const decoder = {
    seek: async (index: number) => {
      state.seeks.push(index)
      at = index
      interrupted = false
    },
    next: async () => {
      await new Promise<void>((resolve) => (wake = resolve))
      if (interrupted || state.isClosed) return undefined
      return at < 6 ? { index: at, frame: frame() } : null
    },
    interrupt: () => {
      interrupted = true
      wake?.()
    },
    close: () => {
      state.isClosed = true
      wake?.()
    },
  }
  const give = async (seeks: number) => {
    await vi.waitFor(() => expect([state.seeks.length, wake !== undefined]).toEqual([seeks, true]))
    wake?.()
    wake = undefined
  }
  return { frames: createOneFrame(decoder, first, arrived), state, arrived, give }
}

it('holds the frame that was asked for last, and gives copies of it', async () => {
  const { frames, state, arrived, give } = setUp(2)
  frames.want(4)
  expect([frames.has(4), frames.isComing(4), frames.isComing(3)]).toEqual([false, true, false])
  await give(1)
  await vi.waitFor(() => expect(arrived).toHaveBeenCalledOnce())
  expect([frames.has(4), state.seeks]).toEqual([true, [2]])
  frames.get(4)?.close()
  expect([frames.get(3), state.framesOpen]).toEqual([undefined, 1])
  frames.want(4)
  expect(state.seeks).toEqual([2])
  await frames.close()
  expect(state).toMatchObject({ framesOpen: 0, isClosed: true })
})

it('gives up what is under way for another', async () => {
  const { frames, state, arrived, give } = setUp()
  frames.want(1)
  await vi.waitFor(() => expect(state.seeks).toEqual([1]))
  frames.want(2)
  frames.want(5)
  await give(2)
  await vi.waitFor(() => expect(frames.has(5)).toBe(true))
  expect([state.seeks, arrived.mock.calls.length]).toEqual([[1, 5], 1])
  await frames.close()
  expect(state.framesOpen).toBe(0)
})

it('has nothing more where the decoder ends too soon, and says that nothing comes', async () => {
  const { frames, state, arrived, give } = setUp()
  frames.want(9)
  await give(1)
  await vi.waitFor(() => expect(arrived).toHaveBeenCalledOnce())
  frames.want(1)
  expect([frames.isComing(9), frames.isComing(1), state.seeks]).toEqual([false, false, [9]])
  await frames.close()
})
