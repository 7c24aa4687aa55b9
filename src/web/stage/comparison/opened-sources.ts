import { useState } from 'react'
import type { Source } from '../../compare/protocol.ts'
import { useAllFetched } from '../../data/generate.ts'
import { type FoundSubject, sideOf } from './sides-of.ts'

/**
 * What the viewer reads of the sides that it is opened with: the same array as long as they are the same. What is on the
 * stage stays there, also when the page's memory lets go of it.
 */
export const useOpenedSources = (found: readonly FoundSubject[], opened: readonly number[]): readonly Source[] => {
  const fetched = useAllFetched()
  const read = () => opened.flatMap((side) => (found[side] && sideOf(found[side], fetched)?.source) ?? [])
  const [kept, keep] = useState(() => ({ opened, sources: read() }))
  if (kept.opened === opened) return kept.sources
  const now = { opened, sources: read() }
  keep(now)
  return now.sources
}
