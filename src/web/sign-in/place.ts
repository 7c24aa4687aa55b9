/** What a link's address carries behind the #. */
const TOKEN = /^#([\w-]{40,100})$/

/** What the address of the page to sign in at says: the link's token, and where to go after. */
export type SignInPlace = { token: string | null; to: string }

/** Never another site's: only the path of what is asked for counts. */
const inside = (to: string, origin: string): string => {
  if (!URL.canParse(to, origin)) return '/'
  const url = new URL(to, origin)
  return url.origin === origin && url.pathname !== '/sign-in' ? url.pathname + url.search + url.hash : '/'
}

export const readPlace = ({ search, hash, origin }: Pick<Location, 'search' | 'hash' | 'origin'>): SignInPlace => {
  const token = TOKEN.exec(hash)?.[1] ?? null
  const to = new URLSearchParams(search).get('to') ?? '/'
  // A comparison's address is behind the #, which browsers carry along to here.
  return { token, to: inside(token === null && !to.includes('#') ? to + hash : to, origin) }
}
