import { create } from 'zustand'
import type { Take } from '../data/take.ts'

/** The takes that are about to be put on shelves; null while the dialog is closed. */
export const useShelving = create<{ takes: readonly Take[] | null }>()(() => ({ takes: null }))

export const showShelving = (takes: readonly Take[]): void => useShelving.setState({ takes })
export const closeShelving = (): void => useShelving.setState({ takes: null })
