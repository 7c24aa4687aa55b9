import { queryOptions } from '@tanstack/react-query'
import { type Health, healthSchema, routes } from '../../shared/routes.ts'
import { fetchJson } from './fetch-json.ts'

/** What the server says of itself. */
export const healthOptions = queryOptions({
  queryKey: ['health'],
  queryFn: ({ signal }) => fetchJson<Health>(routes.health, healthSchema, signal),
  staleTime: 60_000,
  retry: false,
})
