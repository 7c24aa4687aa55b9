import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { create } from 'zustand'
import { findModel as findInRegistry, type Model, registry } from '../../shared/models/index.ts'
import { afterFirstLook } from './first-look.ts'
import type { Models } from './models-of.ts'

/** The registry until the server has told, which knows workflows and what its cloud serves besides. */
export const useModels = create<Models>()(() => ({ list: registry, byName: new Map(), gone: new Map() }))

/** The model of that id or alias, or undefined: the server's list knows first, then the registry of this page. */
export const findModel = (name: string): Model | undefined =>
  useModels.getState().byName.get(name) ?? findInRegistry(name)

export const modelListOptions = queryOptions({
  queryKey: ['models'],
  queryFn: async ({ signal }) => {
    // How a list becomes forms is not needed before there is one.
    const { fetchModels } = await afterFirstLook(() => import('./models-of.ts'))
    const known = await fetchModels(signal)
    useModels.setState(known)
    return known
  },
  staleTime: 60_000,
  structuralSharing: false,
})

/** Looks at the list again, after a workflow was kept, changed or deleted. */
export const refreshModels = (queryClient: QueryClient): Promise<void> =>
  queryClient.invalidateQueries({ queryKey: modelListOptions.queryKey })
