import { z } from 'zod'
import { jobSchema } from './job.ts'

/** What PUT /v1/queue/pause takes: whether what runs here goes to its end first, or back into the queue to begin anew. */
export const pauseSchema = z.object({ running: z.enum(['finish', 'requeue']).default('finish') })

/** What POST /v1/queue/move takes: the job stands before the other from then on, or last for null. */
export const moveSchema = z.object({ job_id: z.string(), before: z.string().nullable() })

/** What GET /v1/queue answers: what runs, and the first that wait, in the order in which they will begin. */
export const queueSchema = z.object({
  running: z.array(jobSchema),
  waiting: z.array(jobSchema),
  /** All that wait. */
  waiting_total: z.number().int().nonnegative(),
  paused: z.boolean(),
})
export type Queue = z.infer<typeof queueSchema>

/** What DELETE /v1/queue answers: how many of those that waited were cancelled. */
export const cancelledSchema = z.object({ cancelled: z.number().int().nonnegative() })
