import { queryOptions, useQuery } from '@tanstack/react-query'
import { type Me, meSchema } from '../../shared/people.ts'
import { routes } from '../../shared/routes.ts'
import { afterFirstLook } from './first-look.ts'
import { fetchJson } from './fetch-json.ts'

/** Who is signed in, and whether the studio has accounts. */
export const meOptions = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => afterFirstLook(() => fetchJson<Me>(routes.me, meSchema, signal)),
  staleTime: 60_000,
  retry: false,
})

/** Whether whoever is signed in may do what only admins may; true where there are no accounts. */
export const isAdmin = ({ person }: Me): boolean => person === null || person.role === 'admin'

// Until it is known who asks, nothing is kept from them: the server refuses what they may not do.

/** Whether whoever is signed in may do what only admins may. */
export const useIsAdmin = (): boolean => {
  const { data: me } = useQuery(meOptions)
  return me === undefined || isAdmin(me)
}

/** A job or a take. What this page itself asks for has no owner yet, until the server says whose it is. */
type Owned = { owner: string | null | undefined }

/** Tells whether they may cancel, resume, name or delete a job or take: its owner may, and admins. */
export const useMayChange = (): ((owned: Owned) => boolean) => {
  const { data: me } = useQuery(meOptions)
  return ({ owner }) =>
    me === undefined || owner === undefined || isAdmin(me) || (owner !== null && owner === me.person?.id)
}
