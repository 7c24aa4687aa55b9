import { create } from 'zustand'

/** Job id → why its star could not be changed, as a sentence. */
export const useStarProblems = create<Readonly<Record<string, string>>>()(() => ({}))
