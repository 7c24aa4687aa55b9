import { type QueryClient, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { rendererListSchema, type RendererStatus } from '../../shared/renderers.ts'
import { routes } from '../../shared/routes.ts'
import { useConnection } from './connection.ts'
import type { JobStore } from './job-store.ts'
import { afterFirstLook } from './first-look.ts'
import { fetchJson } from './fetch-json.ts'
import { jobStore } from './job-store.ts'
import { learnRenderers } from './known-renderers.ts'
import { useNotices } from './notices.ts'
import { learnTitles } from './renderer-titles.ts'

/** Milliseconds between two looks while the page is seen. */
const LOOK_EVERY = 20_000

/** How everyone who can render stands, as the server last saw it. Asked again by itself. */
export const renderersOptions = queryOptions({
  queryKey: ['renderers'],
  queryFn: async ({ signal }) => {
    const { renderers } = await afterFirstLook(() => fetchJson(routes.renderers, rendererListSchema, signal))
    learnTitles(renderers)
    learnRenderers(renderers)
    return renderers
  },
  staleTime: 10_000,
  refetchInterval: LOOK_EVERY,
})

/** Undefined until the server has told. */
export const useRenderers = (): readonly RendererStatus[] | undefined => useQuery(renderersOptions).data

export const refreshRenderers = (queryClient: QueryClient): Promise<void> =>
  queryClient.invalidateQueries({ queryKey: renderersOptions.queryKey })

/** Puts one renderer's news in its place of the list. */
export const putRenderer = (
  renderers: readonly RendererStatus[] | undefined,
  status: RendererStatus,
): RendererStatus[] | undefined => renderers?.map((each) => (each.name === status.name ? status : each))

/** For what is done once with the list as it is, such as asking for a take. */
export const useKnownRenderers = (): (() => readonly RendererStatus[] | undefined) => {
  const queryClient = useQueryClient()
  return useCallback(() => queryClient.getQueryData(renderersOptions.queryKey), [queryClient])
}

/**
 * Looks again whenever it may be otherwise: when the page is seen again, after a take that failed elsewhere, when the
 * connection is back (the server may have been started anew) and when the server has something else to say of itself.
 * Returns the undoing.
 */
export const followRenderers = (queryClient: QueryClient, from: JobStore = jobStore): (() => void) => {
  const look = () => void refreshRenderers(queryClient)
  const onSeen = () => {
    if (!document.hidden) look()
  }
  document.addEventListener('visibilitychange', onSeen)
  const stops = [
    () => document.removeEventListener('visibilitychange', onSeen),
    from.listen((job) => {
      if (job.status === 'failed' && job.renderer !== 'local') look()
    }),
    useNotices.subscribe(look),
    useConnection.subscribe((now, before) => {
      if (now.state === 'open' && before.state !== 'open') look()
    }),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
