import { z } from 'zod'
import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'

/** How high pictures on the wall may be, in pixels. */
export const WALL_HEIGHT = { least: 72, usual: 135, most: 360 } as const

const storedSchema = z.object({
  height: z.number().min(WALL_HEIGHT.least).max(WALL_HEIGHT.most).catch(WALL_HEIGHT.usual),
  moves: z.boolean().catch(true),
})

type WallLook = {
  height: number
  /** Whether clips move while nobody points at them. */
  moves: boolean
  setHeight: (height: number) => void
  setMoves: (moves: boolean) => void
}

/** How the wall looks, kept between visits. */
export const useWallLook = create<WallLook>()(
  persist(
    (set) => ({
      height: WALL_HEIGHT.usual,
      moves: true,
      setHeight: (height) => set({ height }),
      setMoves: (moves) => set({ moves }),
    }),
    {
      name: 'rushes.wall',
      storage: createJSONStorage(() => localStorage),
      partialize: ({ height, moves }) => ({ height, moves }),
      merge: (stored, current) => ({ ...current, ...storedSchema.safeParse(stored).data }),
    },
  ),
)
