import { useEffect, useEffectEvent } from 'react'
import type { Take } from '../data/take.ts'
import { chosenTake, useTakes } from '../data/takes.ts'
import { type Address, hashOf, isSameAddress, readAddress, writeAddress } from './address.ts'
import { closeComparison, followLink, useComparison } from './comparison.ts'
import { useLayout } from './layout.ts'
import { useSearch } from './search.ts'
import { useStudio } from './studio.ts'

/** Shows what the page's address names. */
const follow = ({ view, query }: Address): void => {
  useSearch.getState().search(query)
  useLayout.getState().showWall(view.name === 'wall')
  if (view.name === 'comparison') return followLink(view.hash)
  closeComparison()
  if (view.name === 'take') useStudio.getState().select(view.id, 'replace')
}

/** Shows what the page's address names now: to be called before the page is first drawn. */
export const followAddress = (): void => follow(readAddress(location))

/** How the address names the take on the stage; null while it has no name yet, since the server has not taken it in. */
const idOf = (takes: readonly Take[], selected: string): string | null => {
  const take = chosenTake(takes, selected)
  return take ? take.jobId : selected.startsWith('job_') ? selected : null
}

/** What the address is to name now; null where that is not known, or nobody else could open it. */
const useWanted = (): Address | null => {
  const { takes } = useTakes()
  const selected = useStudio((state) => state.selected)
  const wall = useLayout((state) => state.wall)
  const query = useSearch((state) => state.query)
  const { isOpen, link, entries } = useComparison()
  if (wall) return { view: { name: 'wall' }, query }
  if (isOpen) {
    // What the address asks for is looked into first.
    const hash = link === null ? hashOf(entries) : null
    return hash === null ? null : { view: { name: 'comparison', hash }, query }
  }
  if (selected === null) return { view: { name: 'home' }, query }
  const id = idOf(takes, selected)
  return id === null ? null : { view: { name: 'take', id }, query }
}

/**
 * Binds the page's address to what is seen, both ways: Back, Forward and a reload lead to it again. Another take,
 * comparison or the wall is a step of its own; walking from take to take and typing a search are not.
 */
export const useAddress = (): void => {
  const wanted = useWanted()
  const written = wanted && writeAddress(wanted)
  useEffect(() => {
    addEventListener('popstate', followAddress)
    return () => removeEventListener('popstate', followAddress)
  }, [])
  const write = useEffectEvent(() => {
    const now = readAddress(location)
    if (!wanted || isSameAddress(now, wanted)) return
    const isFirst = now.view.name === 'home' && wanted.view.name === 'take'
    const walked = wanted.view.name === 'take' && useStudio.getState().selectedBy === 'replace'
    const searched = now.view.name === wanted.view.name && now.query !== wanted.query
    const replaces = searched || (walked && (now.view.name === 'take' || isFirst))
    if (replaces) history.replaceState(null, '', written)
    else history.pushState(null, '', written)
  })
  // By its words: the object is another each time. What is asked for is seen first: the browser's part in it takes longer
  // than the page's own.
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(write)
    })
    return () => {
      cancelAnimationFrame(frame)
      clearTimeout(timer)
    }
  }, [written])
}
