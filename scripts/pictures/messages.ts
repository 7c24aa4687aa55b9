import { z } from 'zod'

/** What a process that paints answers to a case's name. */
export const paintedSchema = z.object({ name: z.string(), hash: z.string() })
