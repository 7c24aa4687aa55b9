import { queryOptions, useQuery } from '@tanstack/react-query'
import { type Health, healthSchema, routes } from '../../shared/routes.ts'
import { fetchJson } from './fetch-json.ts'

/** Asked again every few seconds while there is no answer, so that the studio comes back by itself. */
export const healthOptions = queryOptions({
  queryKey: ['health'],
  queryFn: ({ signal }) => fetchJson<Health>(routes.health, healthSchema, signal),
  staleTime: 60_000,
  refetchInterval: (query) => (query.state.status === 'error' ? 2000 : false),
})

export const useHealth = (): Health | undefined => useQuery(healthOptions).data
