import { queryOptions, useQuery } from '@tanstack/react-query'
import type { RendererName } from '../../shared/job.ts'
import { type Health, healthSchema, routes } from '../../shared/routes.ts'
import { fetchJson } from './fetch-json.ts'

/** Asked again every few seconds while there is no answer, so that the studio comes back by itself. */
const healthOptions = queryOptions({
  queryKey: ['health'],
  queryFn: ({ signal }) => fetchJson<Health>(routes.health, healthSchema, signal),
  staleTime: 60_000,
  refetchInterval: (query) => (query.state.status === 'error' ? 2000 : false),
})

export const useHealth = (): Health | undefined => useQuery(healthOptions).data

/** Who makes new takes: what was chosen, where that is ready; else what the server prefers. */
export const wantedRenderer = (health: Health | undefined, chosen: RendererName | null): RendererName =>
  chosen !== null && health?.renderers[chosen].ready ? chosen : (health?.default_renderer ?? 'local')
