import { create } from 'zustand'
import { useStudio } from './studio.ts'

/** One thing to compare: the result of a job, a file on the server, or one of this machine that nobody uploaded. */
export type Entry =
  { kind: 'take'; id: string } | { kind: 'file'; id: string } | { kind: 'local'; key: string; file: File }

type Comparison = {
  entries: readonly Entry[]
  /** Whether the stage shows it. */
  isOpen: boolean
  /** Whether it was opened to choose the best among them. */
  choosing: boolean
  /** Whether the best was chosen: what is asked for next may take the stage. */
  decided: boolean
  /** Why something could not be added. A sentence or several. */
  notice: string | null
  /** An address' fragment that asks for a comparison and was not looked into yet. */
  link: string | null
  /** The take that was marked last, from which a range goes on. */
  anchor: string | null
}

/** Which things are compared, or about to be. What changes them is in marking.ts, which no first load needs. */
export const useComparison = create<Comparison>()(() => ({
  entries: [],
  isOpen: false,
  choosing: false,
  decided: false,
  notice: null,
  link: null,
  anchor: null,
}))

/** What is loaded when it is needed cannot be while the server is away. */
export const showNotLoaded = () =>
  useComparison.setState({ notice: 'The server did not answer: this could not be loaded. Try again.' })

/** Goes back to the chosen take. What was marked stays marked, unless the best of it was chosen. */
export const closeComparison = () => {
  const { isOpen, decided } = useComparison.getState()
  if (!isOpen) return
  const closed = { isOpen: false, choosing: false, decided: false, link: null, notice: null }
  useComparison.setState({ ...closed, ...(decided && { entries: [] }) })
}

/** Opens the comparison that an address' fragment asks for. The stage looks into it: its words are checked there. */
export const followLink = (hash: string) => {
  useComparison.setState({ isOpen: true, link: hash, notice: null })
  useStudio.getState().showTab('stage')
}
