import { queryOptions, type QueryClient } from '@tanstack/react-query'
import { type Shelves, shelvesSchema } from '../../shared/library.ts'
import { routes } from '../../shared/routes.ts'
import { afterFirstLook } from './first-look.ts'
import { fetchJson } from './fetch-json.ts'

/** The shelves there are, and how many takes lie in the bin. */
export const shelvesOptions = queryOptions({
  queryKey: ['shelves'],
  queryFn: ({ signal }) => afterFirstLook(() => fetchJson<Shelves>(routes.shelves, shelvesSchema, signal)),
  staleTime: 10_000,
  retry: false,
})

/** Looks at them again, after takes were shelved or binned. */
export const refreshShelves = (queryClient: QueryClient): Promise<void> =>
  queryClient.invalidateQueries({ queryKey: shelvesOptions.queryKey })
