import type { Entry } from './comparison.ts'

/** The fragment of an address that opens a comparison begins with this. */
export const LINK_PREFIX = '#compare='

/** What an address names: what is in the middle, and what the library is searched for. */
export type Address = {
  view: { name: 'home' | 'wall' } | { name: 'take'; id: string } | { name: 'comparison'; hash: string }
  /** Empty where nothing is searched for. */
  query: string
}

type Place = Pick<Location, 'pathname' | 'search' | 'hash'>

const TAKE = /^\/take\/([\w-]{1,100})\/?$/

const viewOf = ({ pathname, hash }: Place): Address['view'] => {
  if (hash.startsWith(LINK_PREFIX)) return { name: 'comparison', hash }
  const id = TAKE.exec(pathname)?.[1]
  if (id !== undefined) return { name: 'take', id }
  return { name: pathname === '/wall' ? 'wall' : 'home' }
}

/** Reads an address. What this studio could not have written is its first page. */
export const readAddress = (place: Place): Address => ({
  view: viewOf(place),
  query: new URLSearchParams(place.search).get('q') ?? '',
})

const PATHS = { home: '/', wall: '/wall', comparison: '/compare' } as const

/** The address as it is written: path, query and fragment. */
export const writeAddress = ({ view, query }: Address): string => {
  const path = view.name === 'take' ? `/take/${view.id}` : PATHS[view.name]
  const search = query === '' ? '' : `?${new URLSearchParams({ q: query })}`
  return path + search + (view.name === 'comparison' ? view.hash : '')
}

/** The fragment that names these things and nothing about how they are looked at; null where nobody else could open it. */
export const hashOf = (entries: readonly Entry[]): string | null => {
  const ids = entries.flatMap((entry) => (entry.kind === 'local' ? [] : [`${entry.kind}:${entry.id}`]))
  return ids.length === 0 ? null : LINK_PREFIX + ids.join(',')
}

const thingsIn = (hash: string): string => hash.split('&')[0] ?? ''

/** Whether both lead to the same: how a comparison is looked at makes no other address. */
export const isSameAddress = (a: Address, b: Address): boolean => {
  if (a.query !== b.query) return false
  if (a.view.name === 'comparison' && b.view.name === 'comparison')
    return thingsIn(a.view.hash) === thingsIn(b.view.hash)
  return writeAddress(a) === writeAddress(b)
}
