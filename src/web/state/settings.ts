import { z } from 'zod'
import { create } from 'zustand'
import { persist } from 'zustand/middleware'

/** When the cards of the library move: all that are seen, or the one that is pointed at. */
export const CARD_MOTIONS = ['seen', 'pointed'] as const
export type CardMotion = (typeof CARD_MOTIONS)[number]

const settingsSchema = z.object({
  cardMotion: z.enum(CARD_MOTIONS),
  /** Whether the system is to say that takes are done while the page is not looked at. */
  notify: z.boolean(),
})
type Settings = z.infer<typeof settingsSchema>

const DEFAULTS: Settings = { cardMotion: 'seen', notify: false }

/** Reads what was stored; a part that does not parse falls back to its default. */
export const readSettings = (stored: unknown): Settings => {
  const { cardMotion, notify } = settingsSchema.partial().catch({}).parse(stored)
  return { cardMotion: cardMotion ?? DEFAULTS.cardMotion, notify: notify ?? DEFAULTS.notify }
}

/** What a person has set for all tabs of this browser. */
export const useSettings = create<Settings>()(
  persist((): Settings => DEFAULTS, {
    name: 'rushes.settings',
    version: 1,
    merge: (stored) => readSettings(stored),
  }),
)
