import type { z } from 'zod'

/** A value that all tabs of this browser keep between visits. */
export type Stored<T> = { read: () => T; write: (value: T) => void }

/**
 * Keeps a value under a name. What is read is never trusted: what does not parse is `none`. Where storage is switched
 * off or full, the value lives as long as the page.
 */
export const stored = <T>(key: string, schema: z.ZodType<T>, none: T): Stored<T> => {
  let unkept: { value: T } | null = null
  return {
    read: () => {
      if (unkept) return unkept.value
      try {
        const parsed = schema.safeParse(JSON.parse(localStorage.getItem(key) ?? 'null'))
        return parsed.success ? parsed.data : none
      } catch {
        return none
      }
    },
    write: (value) => {
      try {
        localStorage.setItem(key, JSON.stringify(value))
        unkept = null
      } catch {
        unkept = { value }
      }
    },
  }
}
