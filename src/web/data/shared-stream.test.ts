// @vitest-environment jsdom
import '../testing/fail-on-console-error.ts'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { FakeSource, newestSource, stubSource } from '../testing/fake-source.ts'
import type { StopListening, StreamState } from './event-stream.ts'
import { type Browser, shareStream } from './shared-stream.ts'

/** Locks and channels of a browser whose tabs all run in this test. `mute` is a tab that neither hears nor tells. */
const fakeBrowser = () => {
  let held: { drop: () => void } | null = null
  const queue: (() => void)[] = []
  const next = () => {
    if (!held) queue.shift()?.()
  }
  const request = (_: string, options: { steal?: boolean; signal?: AbortSignal }, given: () => Promise<void>) =>
    new Promise<void>((resolve, reject) => {
      const drop = () => reject(new DOMException('', 'AbortError'))
      const run = () => {
        const mine = { drop }
        held = mine
        void Promise.resolve(given()).then(() => {
          if (held === mine) held = null
          resolve()
          next()
        })
      }
      options.signal?.addEventListener('abort', () => {
        const at = queue.indexOf(run)
        if (at < 0) return
        queue.splice(at, 1)
        drop()
      })
      if (options.steal) {
        held?.drop()
        return run()
      }
      queue.push(run)
      next()
    })

  const tabs = new Set<{ hear: (event: MessageEvent) => void; mute: boolean }>()
  const tab = (): { browser: Browser; mute: () => void } => {
    const me = { hear: (_: MessageEvent) => {}, mute: false }
    tabs.add(me)
    const channel = {
      postMessage: (data: unknown) => {
        if (me.mute) return
        for (const other of tabs)
          if (other !== me) queueMicrotask(() => !other.mute && other.hear(new MessageEvent('message', { data })))
      },
      addEventListener: (_: string, hear: typeof me.hear) => void (me.hear = hear),
      removeEventListener: () => {},
      close: () => tabs.delete(me),
    }
    return { browser: { locks: { request }, channel } as unknown as Browser, mute: () => (me.mute = true) }
  }
  return { tab }
}

const NAMES = { all: ['job', 'queue'], snapshots: ['queue'] }
const stops: StopListening[] = []

/** A tab that listens: what it heard, and how it found the stream to stand. */
const open = ({ browser }: { browser: Browser }) => {
  const heard: string[] = []
  const states: StreamState[] = []
  const stop = shareStream(
    NAMES,
    { event: (name, data) => heard.push(`${name} ${data}`), state: (state) => states.push(state) },
    browser,
  )
  stops.push(stop)
  return { heard, states, stop }
}
const settle = () => vi.advanceTimersByTimeAsync(0)

beforeEach(() => {
  vi.useFakeTimers()
  stubSource()
})
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('is opened once, and every tab hears every event by its name', async () => {
  const { tab } = fakeBrowser()
  const [one, two, three] = [open(tab()), open(tab()), open(tab())]
  await settle()
  newestSource().opens()
  newestSource().sends('a', 'job')
  newestSource().sends('b', 'queue')
  await settle()
  expect(FakeSource.all).toHaveLength(1)
  for (const { heard } of [one, two, three]) expect(heard).toEqual(['job a', 'queue b'])
  for (const { states } of [one, two, three]) expect(states.at(-1)).toBe('open')
})

it('tells a tab that comes later how things stand, and the others not again', async () => {
  const { tab } = fakeBrowser()
  const first = open(tab())
  await settle()
  newestSource().opens()
  newestSource().sends('1', 'queue')
  newestSource().sends('2', 'queue')
  newestSource().sends('a', 'job')
  const late = open(tab())
  await settle()
  expect([late.heard, late.states]).toEqual([['queue 2'], ['open']])
  await vi.advanceTimersByTimeAsync(60_000)
  // It asks on, and is not told to catch up again and again.
  expect([late.states, first.states]).toEqual([['open'], ['open']])
})

it('is handed over when its tab goes, and the others catch up', async () => {
  const { tab } = fakeBrowser()
  const [one, two] = [open(tab()), open(tab())]
  await settle()
  newestSource().opens()
  await settle()
  one.stop()
  await settle()
  expect(FakeSource.all.map(({ readyState }) => readyState)).toEqual([FakeSource.CLOSED, FakeSource.CONNECTING])
  newestSource().opens()
  expect(two.states).toEqual(['open', 'open'])
})

it('is given up by a tab that is about to be frozen, which comes back as one of the others', async () => {
  const { tab } = fakeBrowser()
  open(tab())
  await settle()
  newestSource().opens()
  document.dispatchEvent(new Event('freeze'))
  await settle()
  expect(FakeSource.all.map(({ readyState }) => readyState)).toEqual([FakeSource.CLOSED])
  document.dispatchEvent(new Event('resume'))
  document.dispatchEvent(new Event('resume'))
  await settle()
  expect(FakeSource.all).toHaveLength(2)
})

it('is taken from a tab that does not answer any more', async () => {
  const { tab } = fakeBrowser()
  const silent = tab()
  open(silent)
  await settle()
  newestSource().opens()
  const [two, three] = [open(tab()), open(tab())]
  await settle()
  silent.mute()
  await vi.advanceTimersByTimeAsync(20_000)
  expect(FakeSource.all[0]?.readyState).toBe(FakeSource.CLOSED)
  newestSource().opens()
  newestSource().sends('a', 'job')
  await settle()
  expect([two.heard, three.heard]).toEqual([['job a'], ['job a']])
  expect(FakeSource.all.filter(({ readyState }) => readyState !== FakeSource.CLOSED)).toHaveLength(1)
})

it('says of a server that is away that the stream is broken, to a new tab too', async () => {
  const { tab } = fakeBrowser()
  const one = open(tab())
  await settle()
  newestSource().breaks(FakeSource.CONNECTING)
  const two = open(tab())
  await settle()
  expect([one.states.at(-1), two.states.at(-1)]).toEqual(['broken', 'broken'])
})

it('lets pass what another build of the studio says', async () => {
  const { tab } = fakeBrowser()
  const stranger = tab()
  const one = open(tab())
  await settle()
  newestSource().opens()
  stranger.browser.channel.postMessage({ kind: 'weather' })
  stranger.browser.channel.postMessage('hello')
  await settle()
  expect([one.heard, one.states]).toEqual([[], ['open']])
})
