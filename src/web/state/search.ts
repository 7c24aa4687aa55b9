import { create } from 'zustand'

type Search = {
  /** What the library is searched for, as typed; empty for nothing. */
  query: string
  search: (query: string) => void
}

/** What the library is searched for. It stands in the address, so that a search can be kept and gone back to. */
export const useSearch = create<Search>()((set) => ({ query: '', search: (query) => set({ query }) }))
