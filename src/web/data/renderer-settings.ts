import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { DecartSDKError } from '../../client/index.ts'
import type { RendererName } from '../../shared/job.ts'
import {
  rendererStatusSchema,
  type RendererStatus,
  settingsAnswerSchema,
  type SettingsAnswer,
  type SettingsRequest,
} from '../../shared/renderers.ts'
import { routes } from '../../shared/routes.ts'
import { fetchJson } from './fetch-json.ts'
import { putRenderer, refreshRenderers, renderersOptions } from './renderers.ts'
import { sendJson } from './send-json.ts'

/** What is set of a renderer. A secret is only ever said to be set. */
export const settingsOptions = (name: RendererName) =>
  queryOptions({
    queryKey: ['renderer settings', name],
    queryFn: ({ signal }) => fetchJson<SettingsAnswer>(routes.rendererSettings(name), settingsAnswerSchema, signal),
    staleTime: 0,
    retry: false,
  })

/** Looks at everything again that hangs on what is set. */
const useAfterChange = (name: RendererName) => {
  const queryClient = useQueryClient()
  return () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: settingsOptions(name).queryKey }),
      refreshRenderers(queryClient),
    ])
}

/** Tests the connection and then keeps it. Rejects with a DecartSDKError whose `fields` say what is wrong where. */
export const useSaveSettings = (name: RendererName) => {
  const afterChange = useAfterChange(name)
  return useMutation<unknown, DecartSDKError, SettingsRequest>({
    mutationFn: (settings) => sendJson('PUT', routes.rendererSettings(name), settings),
    onSuccess: afterChange,
    retry: false,
  })
}

/** Forgets what was set in the studio. What the environment gives stays. */
export const useForgetSettings = (name: RendererName) => {
  const afterChange = useAfterChange(name)
  return useMutation<unknown, DecartSDKError>({
    mutationFn: () => sendJson('DELETE', routes.rendererSettings(name)),
    onSuccess: afterChange,
    retry: false,
  })
}

/** Has the server look at a renderer now. */
export const useLookAgain = (name: RendererName) => {
  const queryClient = useQueryClient()
  return useMutation<RendererStatus | null, DecartSDKError>({
    mutationFn: async () => {
      const answer = await sendJson('POST', routes.rendererCheck(name))
      return rendererStatusSchema.safeParse(answer).data ?? null
    },
    onSuccess: (status) => {
      if (!status) return refreshRenderers(queryClient)
      queryClient.setQueryData(renderersOptions.queryKey, (known) => putRenderer(known, status))
      return undefined
    },
    retry: false,
  })
}
