import { z } from 'zod'
import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'

const storedSchema = z.object({ messages: z.array(z.string()) })

type Dismissed = {
  messages: readonly string[]
  /** Puts a message away; of those that were before, only what is still said is remembered. */
  dismiss: (message: string, said: readonly string[]) => void
}

/** What the server said and the person has put away, by its words: the same again is not shown again. */
export const useDismissed = create<Dismissed>()(
  persist(
    (set) => ({
      messages: [],
      dismiss: (message, said) =>
        set(({ messages }) => ({ messages: [...messages.filter((each) => said.includes(each)), message] })),
    }),
    {
      name: 'rushes.dismissed',
      storage: createJSONStorage(() => localStorage),
      partialize: ({ messages }) => ({ messages }),
      merge: (stored, current) => ({ ...current, ...storedSchema.safeParse(stored).data }),
    },
  ),
)
