import { create } from 'zustand'

type Search = {
  /** What is looked for in the library, as it is typed: words, and terms such as `is:starred`. */
  text: string
  look: (text: string) => void
}

/** What the library is searched for. */
export const useSearch = create<Search>()((set) => ({ text: '', look: (text) => set({ text }) }))
