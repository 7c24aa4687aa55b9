import { z } from 'zod'

const KEY = 'rushes.palette'
const MAX_RECENT = 12

const recentSchema = z.array(z.string()).catch([])

/** Ids of what was picked lately, the last first. */
export const readRecent = (): string[] => {
  try {
    return recentSchema.parse(JSON.parse(localStorage.getItem(KEY) ?? '[]'))
  } catch {
    // Storage is switched off, or holds no JSON.
    return []
  }
}

export const rememberRecent = (id: string): void => {
  try {
    localStorage.setItem(KEY, JSON.stringify([id, ...readRecent().filter((each) => each !== id)].slice(0, MAX_RECENT)))
  } catch {
    // It is found by its name.
  }
}
