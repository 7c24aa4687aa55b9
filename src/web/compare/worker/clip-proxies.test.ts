import { expect, it, vi } from 'vitest'
import type { SideInfo } from '../protocol.ts'
import { createClipProxies } from './clip-proxies.ts'
import type { ProxyFiller } from './fill-proxies.ts'
import type { OneFrame } from './one-frame.ts'
import { isProxyOf } from './proxy-file.ts'

const setUp = () => {
  const closed: string[] = []
  const filler: ProxyFiller = {
    isDone: () => false,
    fill: () => {},
    pause: () => {},
    close: async () => void closed.push('copies'),
  }
  const wanted: number[] = []
  const file: OneFrame = {
    has: (index) => wanted.includes(index),
    get: () => undefined,
    want: (index) => void wanted.push(index),
    isComing: () => false,
    close: async () => void closed.push('file'),
  }
  const frames = { has: () => true, get: () => undefined, put: async () => {}, missing: () => undefined }
  const makeCopies = vi.fn<() => { frames: typeof frames; filler: ProxyFiller }>(() => ({ frames, filler }))
  return { closed, filler, file, wanted, makeCopies }
}

it('makes copies of its own where no proxy is to be looked for', async () => {
  const { filler, makeCopies, closed } = setUp()
  const proxies = createClipProxies(null, makeCopies, () => {})
  expect([proxies.has(3), proxies.filler()]).toEqual([true, filler])
  await proxies.close()
  expect(closed).toEqual(['copies'])
})

it('waits until it is known whether there is a proxy, and makes none where there is', async () => {
  const { file, wanted, makeCopies, closed } = setUp()
  const known = vi.fn<() => void>()
  const proxies = createClipProxies(() => Promise.resolve(file), makeCopies, known)
  proxies.want(2)
  expect([proxies.has(2), proxies.filler()]).toEqual([false, null])
  await vi.waitFor(() => expect(known).toHaveBeenCalledOnce())
  proxies.want(3)
  expect([proxies.has(3), wanted, proxies.filler(), makeCopies.mock.calls.length]).toEqual([true, [3], null, 0])
  await proxies.close()
  expect(closed).toEqual(['file'])
})

it.each([
  ['there is none', () => Promise.resolve(null)],
  ['it cannot be read', () => Promise.reject(new Error('damaged'))],
])('makes copies where %s', async (_, ask) => {
  const { filler, makeCopies } = setUp()
  const known = vi.fn<() => void>()
  const proxies = createClipProxies(ask, makeCopies, known)
  await vi.waitFor(() => expect(known).toHaveBeenCalledOnce())
  expect(proxies.filler()).toBe(filler)
  await proxies.close()
})

it('lets go of a proxy that comes after it was closed', async () => {
  const { file, makeCopies, closed } = setUp()
  let answer: (file: OneFrame) => void = () => {}
  const proxies = createClipProxies(
    () => new Promise((resolve) => (answer = resolve)),
    makeCopies,
    () => {},
  )
  const closing = proxies.close()
  answer(file)
  await closing
  expect([closed, makeCopies.mock.calls.length]).toEqual([['file'], 0])
})

it('takes for a proxy only what has the frames that are seen, each at its time', () => {
  const starts = Float64Array.of(-0.08, -0.04, 0, 0.04, 0.08)
  const info = { kind: 'video', starts, end: 0.12 } as unknown as SideInfo
  expect(isProxyOf(Float64Array.of(0, 0.0405, 0.08), info)).toBe(true)
  expect(isProxyOf(Float64Array.of(0, 0.043, 0.08), info)).toBe(false)
  expect(isProxyOf(Float64Array.of(0, 0.04), info)).toBe(false)
  expect(isProxyOf(Float64Array.of(-0.08, -0.04, 0, 0.04, 0.08), info)).toBe(false)
})
