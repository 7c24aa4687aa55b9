import { z } from 'zod'

/** A number as a link says it. */
export const number = z
  .string()
  .regex(/^-?\d{1,9}(\.\d{1,9})?$/)
  .transform(Number)

/** Numbers as a link says them, with commas between them. */
export const numbers = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.array(number))

/** Whether these are sides among so many, each at most once. */
export const isOneOf = (sides: readonly number[], count: number): boolean =>
  new Set(sides).size === sides.length && sides.every((side) => Number.isInteger(side) && side >= 0 && side < count)
