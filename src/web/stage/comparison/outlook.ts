import { useEffect, useState } from 'react'
import { create } from 'zustand'
import type { Viewer } from '../../compare/viewer.ts'
import type { Choice } from '../../compare/choose.ts'
import { type Linked, type Outlook, outlookFor, outlookOf } from './link.ts'
import { keyOf } from '../../state/marking.ts'

type Remembered = {
  keys: readonly string[]
  outlook: () => Outlook | null
  /** How an address says that the choosing stood. */
  choice: Choice | null
}

/** How a comparison was looked at last, so that it goes on there when a side joins or leaves, or it is opened again. */
const useRemembered = create<Remembered>()(() => ({ keys: [], outlook: () => null, choice: null }))

/** Lets a comparison open as an address has it. */
export const rememberLinked = ({ entries, outlook, choice }: Linked): void =>
  useRemembered.setState({ keys: entries.map(keyOf), outlook: () => outlook, choice })

/**
 * Where a comparison of these sides goes on: null where none of them was compared before, or nothing is known of a choice
 * among just them. Sides are told by keys.
 */
export const rememberedFor = (keys: readonly string[]): { outlook: Outlook | null; choice: Choice | null } => {
  const before = useRemembered.getState()
  const outlook = before.outlook()
  const from = keys.map((key) => before.keys.indexOf(key))
  return {
    outlook: outlook && from.some((side) => side >= 0) ? outlookFor(outlook, from) : null,
    choice: before.keys.join() === keys.join() ? before.choice : null,
  }
}

const isOpen = (viewer: Viewer) => viewer.state().sides.every(({ name }) => name !== 'opening')

/** Puts a viewer where an outlook says: the look at once, the time when all sides are there. Returns the letting go. */
const settle = (viewer: Viewer, outlook: Outlook | null, done: () => void): (() => void) => {
  if (outlook) viewer.setView(outlook.view)
  const finish = () => {
    if (!isOpen(viewer)) return
    stop()
    if (outlook) {
      outlook.offsets.forEach((seconds, side) => {
        if (seconds !== 0) viewer.setOffset(side, seconds)
      })
      viewer.setRange(outlook.range)
      viewer.setLoop(outlook.loop)
      viewer.setRate(outlook.rate)
      viewer.seek(outlook.time)
    }
    done()
  }
  const stop = viewer.subscribe(finish)
  finish()
  return stop
}

/**
 * Puts a viewer where the outlook says, and remembers from then on how it is looked at. Answers the viewer that is there:
 * what is seen of another one means nothing yet.
 */
export const useOutlook = (
  viewer: Viewer | undefined,
  keys: readonly string[],
  outlook: Outlook | null,
): Viewer | undefined => {
  const [settled, setSettled] = useState<Viewer>()
  useEffect(() => {
    if (!viewer) return
    const remember = (last: () => Outlook) => useRemembered.setState({ keys, outlook: last, choice: null })
    let isThere = false
    const stop = settle(viewer, outlook, () => {
      isThere = true
      setSettled(viewer)
      remember(() => outlookOf(viewer.state()))
    })
    return () => {
      stop()
      const last = outlookOf(viewer.state())
      if (isThere) remember(() => last)
    }
  }, [viewer, keys, outlook])
  return settled === viewer ? settled : undefined
}
