import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { DecartSDKError } from '../../client/index.ts'
import {
  type AuditPage,
  auditPageSchema,
  type Invite,
  inviteSchema,
  type Person,
  type PersonChanges,
  personListSchema,
  type Role,
} from '../../shared/people.ts'
import { routes } from '../../shared/routes.ts'
import { fetchJson } from './fetch-json.ts'
import { sendJson } from './send-json.ts'

const PAGE = 40

/** Who may use the studio. Admins are told more of each. */
export const peopleOptions = queryOptions({
  queryKey: ['people'],
  queryFn: async ({ signal }): Promise<Person[]> =>
    (await fetchJson<{ people: Person[] }>(routes.people, personListSchema, signal)).people,
  staleTime: 60_000,
  retry: false,
})

/** Who did what, newest first. */
export const auditOptions = infiniteQueryOptions({
  queryKey: ['audit'],
  queryFn: ({ pageParam, signal }) => {
    const query = new URLSearchParams({ limit: String(PAGE), ...(pageParam === null ? {} : { cursor: pageParam }) })
    return fetchJson<AuditPage>(`${routes.audit}?${query}`, auditPageSchema, signal)
  },
  initialPageParam: null as string | null,
  getNextPageParam: (page: AuditPage) => page.next_cursor,
  staleTime: 0,
  retry: false,
})

export type Asked = { name: string; role: Role; spend_limit_usd: number | null }

const useLooksAgain = () => {
  const queryClient = useQueryClient()
  return () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: peopleOptions.queryKey }),
      queryClient.invalidateQueries({ queryKey: auditOptions.queryKey }),
    ])
}

/** Invites somebody new, or makes a link for somebody who is known. */
export const useInvite = () => {
  const lookAgain = useLooksAgain()
  return useMutation<Invite, DecartSDKError, Asked | { id: string }>({
    mutationFn: async (asked) =>
      inviteSchema.parse(
        'id' in asked
          ? await sendJson('POST', routes.personInvite(asked.id))
          : await sendJson('POST', routes.people, asked),
      ),
    onSuccess: lookAgain,
    retry: false,
  })
}

export const useChangePerson = () => {
  const lookAgain = useLooksAgain()
  return useMutation<unknown, DecartSDKError, { id: string; changes: PersonChanges }>({
    mutationFn: ({ id, changes }) => sendJson('PATCH', routes.person(id), changes),
    onSettled: lookAgain,
    retry: false,
  })
}
