import { queryOptions } from '@tanstack/react-query'
import type { Job } from '../../shared/job.ts'
import { type Me, meSchema } from '../../shared/people.ts'
import { routes } from '../../shared/routes.ts'
import { fetchJson } from './fetch-json.ts'

/** Who is signed in, and whether the studio has accounts. */
export const meOptions = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => fetchJson<Me>(routes.me, meSchema, signal),
  staleTime: 60_000,
  retry: false,
})

/** Whether whoever is signed in may do what only admins may; true where there are no accounts. */
export const isAdmin = ({ person }: Me): boolean => person === null || person.role === 'admin'

/** Whether they may cancel, name or delete a take: its owner may, and admins. */
export const mayChange = (me: Me, { owner }: Pick<Job, 'owner'>): boolean =>
  isAdmin(me) || (owner !== null && owner === me.person?.id)
