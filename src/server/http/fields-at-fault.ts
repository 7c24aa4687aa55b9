import type { z } from 'zod'

/** What is wrong with a body, by its outermost field; `body` where it is the whole. The last complaint about one counts. */
export const fieldsAtFault = (error: z.ZodError): Record<string, string> =>
  Object.fromEntries(error.issues.map(({ path, message }) => [String(path[0] ?? 'body'), message]))
