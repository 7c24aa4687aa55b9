import { QueryClient } from '@tanstack/react-query'

export const createQueryClient = () =>
  new QueryClient({
    defaultOptions: {
      // The server may well be on this machine: whether there is internet says nothing about it.
      queries: { networkMode: 'always', retry: 1, refetchOnWindowFocus: false },
      mutations: { networkMode: 'always' },
    },
  })
