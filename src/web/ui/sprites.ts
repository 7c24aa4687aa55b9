import { useEffect, useState } from 'react'
import { isScrolledFast } from './scroll-speed.ts'

/** Sprites that are fetched at the same time: a browser has six connections to a server, and others need them too. */
const MAX_CONCURRENT = 2
/** Milliseconds until one is asked for, and again while all scrolls past too quickly to be looked at. */
const PASSING = 150
/** Milliseconds until one that could not be had is asked for again. */
const AGAIN_AFTER = 60_000

type Wanted = { url: string; onThere: () => void }

let wanted: readonly Wanted[] = []
let running = 0
const there = new Set<string>()
const missing = new Map<string, number>()

const fetchNext = () => {
  // What was asked for last is what is seen now.
  const next = wanted.at(-1)
  if (!next || running >= MAX_CONCURRENT) return
  wanted = wanted.slice(0, -1)
  running += 1
  const image = new Image()
  const end = (known: () => void) => () => {
    known()
    running -= 1
    fetchNext()
  }
  image.addEventListener(
    'load',
    end(() => {
      there.add(next.url)
      next.onThere()
    }),
  )
  image.addEventListener(
    'error',
    end(() => missing.set(next.url, performance.now())),
  )
  image.src = next.url
}

const want = (url: string, onThere: () => void): (() => void) => {
  const mine = { url, onThere }
  const ask = () => {
    if (isScrolledFast()) timer = setTimeout(ask, PASSING)
    else if (there.has(url)) onThere()
    else {
      wanted = [...wanted, mine]
      fetchNext()
    }
  }
  let timer = setTimeout(ask, PASSING)
  return () => {
    clearTimeout(timer)
    wanted = wanted.filter((each) => each !== mine)
  }
}

/** The address of a sprite once it is here; null before, and where there is none. */
export const useSprite = (url: string | null): string | null => {
  const [loaded, setLoaded] = useState(() => (url !== null && there.has(url) && !isScrolledFast() ? url : null))
  useEffect(() => {
    if (url === null || loaded === url) return
    const missed = missing.get(url)
    if (missed !== undefined && performance.now() - missed < AGAIN_AFTER) return
    return want(url, () => setLoaded(url))
  }, [url, loaded])
  return loaded === url ? url : null
}
