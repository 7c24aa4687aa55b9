import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { DecartSDKError } from '../../client/index.ts'
import {
  type ApiToken,
  apiTokenListSchema,
  type Invitation,
  invitationSchema,
  type MadeToken,
  madeTokenSchema,
  type SessionState,
  sessionStateSchema,
} from '../../shared/people.ts'
import { routes } from '../../shared/routes.ts'
import { fetchJson } from './fetch-json.ts'
import { meOptions } from './me.ts'
import { sendJson } from './send-json.ts'

/** Whether this browser is signed in. Rejects with a DecartSDKError. */
export const lookAtSession = (): Promise<SessionState> => fetchJson(routes.session, sessionStateSchema)

/** Whom a link is for. Rejects with a DecartSDKError that says why it is not good. */
export const lookAtInvitation = async (token: string): Promise<Invitation> =>
  invitationSchema.parse(await sendJson('POST', routes.invitation, { token }))

/** Signs in by a link, which is used up. Rejects with a DecartSDKError. */
export const signIn = (token: string, name: string | null): Promise<unknown> =>
  sendJson('POST', routes.session, { token, ...(name === null ? {} : { name }) })

export const signOut = (): Promise<unknown> => sendJson('DELETE', routes.session)

/** The API tokens of whoever is signed in. */
export const tokensOptions = queryOptions({
  queryKey: ['tokens'],
  queryFn: async ({ signal }): Promise<ApiToken[]> =>
    (await fetchJson<{ tokens: ApiToken[] }>(routes.tokens, apiTokenListSchema, signal)).tokens,
  staleTime: 0,
  retry: false,
})

export const useMakeToken = () => {
  const queryClient = useQueryClient()
  return useMutation<MadeToken, DecartSDKError, { label: string; days: number | null }>({
    mutationFn: async (asked) => madeTokenSchema.parse(await sendJson('POST', routes.tokens, asked)),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: tokensOptions.queryKey }),
    retry: false,
  })
}

export const useRevokeToken = () => {
  const queryClient = useQueryClient()
  return useMutation<unknown, DecartSDKError, string>({
    mutationFn: (id) => sendJson('DELETE', routes.token(id)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: tokensOptions.queryKey }),
    retry: false,
  })
}

export const useRenameMe = () => {
  const queryClient = useQueryClient()
  return useMutation<unknown, DecartSDKError, string>({
    mutationFn: (name) => sendJson('PATCH', routes.me, { name }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: meOptions.queryKey }),
    retry: false,
  })
}
