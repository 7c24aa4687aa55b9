import type { z } from 'zod'

/** Seconds from a Retry-After header: a number, or a date. */
export const secondsOf = (header: string | null | undefined): number | undefined => {
  if (!header) return undefined
  const seconds = /^\s*\d+\s*$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined
}

/** A text as JSON of that shape, or undefined. */
export const parseJson = <S extends z.ZodType>(schema: S, text: string): z.output<S> | undefined => {
  try {
    return schema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
