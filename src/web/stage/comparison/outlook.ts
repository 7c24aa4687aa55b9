import { useEffect } from 'react'
import { create } from 'zustand'
import type { Bench } from '../../compare/bench.ts'
import { type Outlook, outlookFor, outlookOf } from './link.ts'

/** How a comparison was looked at last, so that it goes on there when a side joins or leaves, or it is opened again. */
export const useRemembered = create<{ keys: readonly string[]; outlook: () => Outlook | null }>()(() => ({
  keys: [],
  outlook: () => null,
}))

/** Where a comparison of these sides goes on; null where none of them was compared before. Sides are told by keys. */
export const rememberedFor = (keys: readonly string[]): Outlook | null => {
  const before = useRemembered.getState()
  const outlook = before.outlook()
  const from = keys.map((key) => before.keys.indexOf(key))
  return outlook && from.some((side) => side >= 0) ? outlookFor(outlook, from) : null
}

const isOpen = (bench: Bench) => bench.state().sides.every(({ name }) => name !== 'opening')

/** Puts a bench where an outlook says: the look at once, the time when all sides are there. Returns the letting go. */
const settle = (bench: Bench, outlook: Outlook | null, done: () => void): (() => void) => {
  if (outlook) bench.setView(outlook.view)
  const finish = () => {
    if (!isOpen(bench)) return
    stop()
    if (outlook) {
      outlook.offsets.forEach((seconds, side) => {
        if (seconds !== 0) bench.setOffset(side, seconds)
      })
      bench.setRange(outlook.range)
      bench.setLoop(outlook.loop)
      bench.setRate(outlook.rate)
      bench.seek(outlook.time)
    }
    done()
  }
  const stop = bench.subscribe(finish)
  finish()
  return stop
}

/** Puts a bench where the outlook says, and remembers from then on how it is looked at. */
export const useOutlook = (bench: Bench | undefined, keys: readonly string[], outlook: Outlook | null): void =>
  useEffect(() => {
    if (!bench) return
    let settled = false
    const stop = settle(bench, outlook, () => {
      settled = true
      useRemembered.setState({ keys, outlook: () => outlookOf(bench.state()) })
    })
    return () => {
      stop()
      const last = outlookOf(bench.state())
      if (settled) useRemembered.setState({ keys, outlook: () => last })
    }
  }, [bench, keys, outlook])
