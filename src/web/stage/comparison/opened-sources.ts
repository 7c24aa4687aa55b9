import { useState } from 'react'
import type { Source } from '../../compare/protocol.ts'
import { useAllFetched } from '../../data/generate.ts'
import type { Side } from '../sides.ts'
import { type FoundSubject, sideOf } from './sides-of.ts'

type Opened = { sources: readonly Source[]; kinds: readonly Side['kind'][] }

/**
 * What the viewer reads of the sides that it is opened with, and what each is: the same arrays as long as they are the
 * same. What is on the stage stays there, also when the page's memory lets go of it.
 */
export const useOpenedSources = (found: readonly FoundSubject[], opened: readonly number[]): Opened => {
  const fetched = useAllFetched()
  const read = () => {
    const sides = opened.flatMap((side) => (found[side] && sideOf(found[side], fetched)) ?? [])
    return { opened, sources: sides.map(({ source }) => source), kinds: sides.map(({ kind }) => kind) }
  }
  const [kept, keep] = useState(read)
  if (kept.opened === opened) return kept
  const now = read()
  keep(now)
  return now
}
