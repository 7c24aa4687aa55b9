import { z } from 'zod'
import type { PersistStorage } from 'zustand/middleware'

const storedSchema = z.object({ state: z.record(z.string(), z.unknown()) })

/** What lies there, or nothing where storage is switched off, holds no JSON or something else. */
const read = (storage: () => Storage, name: string): Record<string, unknown> => {
  try {
    const parsed = storedSchema.safeParse(JSON.parse(storage().getItem(name) ?? 'null'))
    return parsed.success ? parsed.data.state : {}
  } catch {
    return {}
  }
}

const write = (storage: () => Storage, name: string, state: object, version: number) => {
  try {
    storage().setItem(name, JSON.stringify({ state, version }))
  } catch {
    // Storage is switched off or full: it lives as long as the page.
  }
}

const local = () => localStorage
const session = () => sessionStorage

/**
 * Keeps state between visits, `ofTab` of it for each tab by itself. A new tab begins with what was kept last, and goes
 * its own way from there. Of the rest, shared by all tabs, only what this one changes is written, so that what another
 * changed stays. `parse` reads what was stored, which is never trusted.
 */
export const tabStorage = <State extends object>(
  version: number,
  ofTab: readonly (keyof State)[],
  parse: (stored: unknown) => State,
): PersistStorage<State> => {
  let known: Partial<State> = {}
  const partOf = (state: State): Partial<State> => {
    const part: Partial<State> = {}
    for (const key of ofTab) part[key] = state[key]
    return part
  }
  return {
    getItem: (name) => {
      const state = parse({ ...read(local, name), ...read(session, name) })
      known = state
      // From now on, whatever others write: a reload finds this tab as it is.
      write(session, name, partOf(state), version)
      return { state, version }
    },
    setItem: (name, { state }) => {
      const changed = Object.entries(state).filter(([key, value]) => known[key as keyof State] !== value)
      if (changed.length === 0) return
      known = state
      write(session, name, partOf(state), version)
      write(local, name, { ...read(local, name), ...Object.fromEntries(changed) }, version)
    },
    removeItem: (name) => {
      for (const storage of [local, session]) {
        try {
          storage().removeItem(name)
        } catch {
          // As above.
        }
      }
    },
  }
}
