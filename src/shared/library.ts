import { z } from 'zod'
import { jobSchema } from './job.ts'

/** So many moments of a clip stand side by side in its sprite, from left to right, all of one size. */
export const SPRITE_FRAMES = 20

/** A clip that is longer than this has a proxy: shorter ones are decoded whole while one looks. Seconds. */
const PROXY_FROM = 6

/** Whether a clip of that length has a proxy, by which a comparison shows any frame at once; a picture's is null. */
export const wantsProxy = (seconds: number | null): boolean => seconds !== null && seconds > PROXY_FROM

/** Days that a take stays in the bin before it is removed for good. */
export const BIN_DAYS = 30

/** Takes that one request changes at most. */
export const MAX_CHANGED = 1000

export const MAX_NAME = 200
export const MAX_SHELF = 80

const nameSchema = z.string().trim().min(1).max(MAX_NAME)
export const shelfSchema = z.string().trim().min(1).max(MAX_SHELF)

/** What PATCH /v1/jobs/{id} takes: a name, or null to take it away. */
export const renameSchema = z.object({ name: nameSchema.nullable() })

/** What POST /v1/jobs/changes takes. What is left out stays as it is. */
export const changesSchema = z.object({
  job_ids: z.array(z.string()).min(1).max(MAX_CHANGED),
  starred: z.boolean().optional(),
  /** True puts into the bin, false takes out of it. A job that is not finished cannot go there. */
  binned: z.boolean().optional(),
  add_shelf: shelfSchema.optional(),
  remove_shelf: shelfSchema.optional(),
})
export type Changes = z.infer<typeof changesSchema>

/** What it answers: the jobs as they now are, and what could not be changed, each with a sentence why. */
export const changedSchema = z.object({
  jobs: z.array(jobSchema),
  problems: z.array(z.object({ job_id: z.string(), message: z.string() })),
})
export type Changed = z.infer<typeof changedSchema>

export const shelvesSchema = z.object({
  shelves: z.array(z.object({ name: z.string(), count: z.number().int().nonnegative() })),
  /** How many takes lie in the bin. */
  binned: z.number().int().nonnegative(),
})
export type Shelves = z.infer<typeof shelvesSchema>

/** What DELETE /v1/bin answers. */
export const emptiedSchema = z.object({ removed: z.number().int().nonnegative() })

/** The data of each `removed` event: jobs that are gone for good, with their takes. */
export const removedEventSchema = z.object({ job_ids: z.array(z.string()) })

/** What POST /v1/archives takes; the answer's id is good for GET /v1/archives/{id} for some minutes. */
export const archiveRequestSchema = z.object({ job_ids: z.array(z.string()).min(1).max(100_000) })
export const archiveSchema = z.object({ archive_id: z.string(), filename: z.string(), count: z.number().int() })
