import { z } from 'zod'
import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'

/** Whether a column at the side stands there, or gives its room to the stage. */
export type Fold = 'open' | 'folded'

/** The form is left, the library right. */
export type Column = 'left' | 'right'

/** How wide the library's column may be, in pixels. */
export const LIBRARY_WIDTH = { least: 280, usual: 320, most: 560 } as const

/** A phone that lies on its side: the stage is all there is room for. */
export const LYING = '(max-width: 899px) and (max-height: 499px)'

/** A width that the library's column may have, nearest to the one that is wanted. */
export const fittingWidth = (width: number): number =>
  Math.round(Math.min(LIBRARY_WIDTH.most, Math.max(LIBRARY_WIDTH.least, width)))

const foldSchema = z.enum(['open', 'folded'])

const keptSchema = z.object({
  left: foldSchema.nullable().catch(null),
  right: foldSchema.nullable().catch(null),
  libraryWidth: z.number().transform(fittingWidth).nullable().catch(null),
})

export type Kept = {
  /** What the person wants of the form's column; null leaves it to the room there is. */
  left: Fold | null
  right: Fold | null
  /** In pixels; null is the usual one for this window. */
  libraryWidth: number | null
}

export type Layout = Kept & {
  /** Whether the window has no room for the form beside the rest, unless the person wants it. */
  narrow: boolean
  /** What the form's column is while a comparison is open; null while none is. */
  comparing: Fold | null
  /** Whether the library takes the whole middle. */
  wall: boolean
  /** Whether the stage takes the whole window. */
  theatre: boolean
  setNarrow: (narrow: boolean) => void
  /** Opens a column or folds it; while a comparison is open, what becomes of the form is only for as long. */
  toggle: (column: Column) => void
  /** Opens a column that is folded. */
  open: (column: Column) => void
  /** Folds both columns, or opens both where none stands. */
  toggleBoth: () => void
  /** A comparison folds the form when it opens, and gives it back. */
  setComparing: (comparing: boolean) => void
  setLibraryWidth: (width: number | null) => void
  showWall: (wall: boolean) => void
  setTheatre: (theatre: boolean) => void
}

type Folds = Pick<Layout, 'left' | 'right' | 'narrow' | 'comparing' | 'wall'>

/** What is seen of a column: as it is wanted, or else as there is room for. */
export const foldOf = ({ left, right, narrow, comparing, wall }: Folds, column: Column): Fold =>
  // The wall is the library itself.
  column === 'right' ? (wall ? 'folded' : (right ?? 'open')) : (comparing ?? left ?? (narrow ? 'folded' : 'open'))

const folded = (state: Folds, column: Column, fold: Fold): Partial<Folds> => {
  if (column === 'right') return { right: fold }
  return state.comparing === null ? { left: fold } : { comparing: fold }
}

/** Which parts of the studio are seen. What a person chose of it is kept between visits. */
export const useLayout = create<Layout>()(
  persist(
    (set) => ({
      left: null,
      right: null,
      libraryWidth: null,
      narrow: false,
      comparing: null,
      wall: false,
      theatre: false,
      setNarrow: (narrow) => set({ narrow }),
      toggle: (column) => set((state) => folded(state, column, foldOf(state, column) === 'open' ? 'folded' : 'open')),
      open: (column) => set((state) => (foldOf(state, column) === 'open' ? {} : folded(state, column, 'open'))),
      toggleBoth: () =>
        set((state) => {
          const some = foldOf(state, 'left') === 'open' || foldOf(state, 'right') === 'open'
          const fold = some ? 'folded' : 'open'
          return { ...folded(state, 'left', fold), ...folded(state, 'right', fold) }
        }),
      setComparing: (comparing) =>
        set((state) => ((state.comparing !== null) === comparing ? {} : { comparing: comparing ? 'folded' : null })),
      setLibraryWidth: (width) => set({ libraryWidth: width === null ? null : fittingWidth(width) }),
      showWall: (wall) => set({ wall }),
      setTheatre: (theatre) => set({ theatre }),
    }),
    {
      name: 'rushes.layout',
      storage: createJSONStorage(() => localStorage),
      partialize: ({ left, right, libraryWidth }): Kept => ({ left, right, libraryWidth }),
      merge: (stored, current) => ({ ...current, ...keptSchema.safeParse(stored).data }),
    },
  ),
)
