/** Where one signs in, and comes back from to where one is. */
export const signInPlace = ({ pathname, search, hash }: Pick<Location, 'pathname' | 'search' | 'hash'>): string =>
  `/sign-in?to=${encodeURIComponent(pathname + search + hash)}`
