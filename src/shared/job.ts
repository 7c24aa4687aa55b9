import { z } from 'zod'
import { ERROR_CODES } from './errors.ts'

/** A renderer's name. Which there are is said in main.ts alone. */
export const rendererSchema = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/)
export type RendererName = z.infer<typeof rendererSchema>

/** A model's inputs as a job keeps them: files as `file_` ids. */
export const jobInputsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
export type JobInputs = z.infer<typeof jobInputsSchema>

/**
 * How the local engine read a prompt: what each part was taken to be, or null where the words say nothing of it and the
 * seed chose.
 */
export const readingSchema = z.array(z.object({ part: z.string(), value: z.string().nullable() }))
export type Reading = z.infer<typeof readingSchema>

/** The real model that runs on a renderer. */
export const engineSchema = z.object({ name: z.string(), version: z.string().optional() })
export type Engine = z.infer<typeof engineSchema>

/** Money in US dollars; not `certain` where it is an estimate. */
export const moneySchema = z.object({ usd: z.number().nonnegative(), certain: z.boolean() })
export type Money = z.infer<typeof moneySchema>

const jobOutputSchema = z.object({
  mime_type: z.string(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  /** Seconds; null for an image. */
  duration: z.number().positive().nullable(),
  /** Frames per second; null for an image. */
  fps: z.number().positive().nullable(),
  bytes: z.number().int().positive(),
  filename: z.string(),
  /** The model that really ran, by its own name, and its version where the renderer tells. */
  engine: engineSchema.optional(),
  /** Absent where the renderer does not tell, or `enhance_prompt` is off. */
  reading: readingSchema.optional(),
})
export type JobOutput = z.infer<typeof jobOutputSchema>

/** Whether money went out for a job that did not complete: `maybe` is said to the person, never guessed away. */
const billedSchema = z.enum(['no', 'maybe'])

export const jobErrorSchema = z.object({
  code: z.enum(ERROR_CODES),
  message: z.string(),
  fields: z.record(z.string(), z.string()).optional(),
  billed: billedSchema,
  /** Seconds to wait before asking again, where that is known. */
  retry_after: z.number().optional(),
  /** The order still stands in the cloud: POST /v1/jobs/{id}/resume fetches its result without ordering again. */
  resumable: z.boolean(),
})
export type JobError = z.infer<typeof jobErrorSchema>

const base = z.object({
  job_id: z.string(),
  /** The model's id in the registry, and the name that the caller used. */
  model: z.string(),
  requested_model: z.string(),
  /** The Idempotency-Key that it was submitted with, by which the page that did so knows it from the first event on. */
  idempotency_key: z.string().nullable(),
  renderer: rendererSchema,
  /** The id of the person who asked for it; null where the studio had no accounts then. */
  owner: z.string().nullable().default(null),
  inputs: jobInputsSchema,
  /** The seed really used: drawn and recorded when none was given. */
  seed: z.number().int(),
  created_at: z.string(),
  /** Chosen as good; only a completed job can be. Records from before there were stars say nothing of it. */
  starred: z.boolean().default(false),
  /** What was sent along and left out of account, a sentence each: fields that the model does not have. */
  warnings: z.array(z.string()).default([]),
  /** What a person calls it, the takes it was asked for together with, the shelves it stands on, when it went into the bin. */
  name: z.string().nullable().default(null),
  batch_id: z.string().nullable().default(null),
  /** Its place in the batch, from 1, of so many; and what sets it apart there, as the alternative words of its prompt. */
  batch_position: z.number().int().positive().nullable().default(null),
  batch_size: z.number().int().positive().nullable().default(null),
  batch_label: z.string().nullable().default(null),
  /** The takes that it was made from: field → job id. */
  sources: z.record(z.string(), z.string()).default({}),
  shelves: z.array(z.string()).default([]),
  deleted_at: z.string().nullable().default(null),
  /** The model that was announced for it: the one that runs. Null where the renderer does not say before. */
  engine: engineSchema.nullable().default(null),
  /** What it is likely to cost, and what went out for it; null where no money is involved. */
  estimate: moneySchema.nullable().default(null),
  billed: moneySchema.nullable().default(null),
})

/** A job as the wire shows it. Decart's SDKs know these four words of `status` and poll forever on any other. */
export const jobSchema = z.discriminatedUnion('status', [
  base.extend({
    status: z.literal('pending'),
    /** 1 is next. */
    queue_position: z.number().int().positive(),
    progress: z.null(),
    started_at: z.null(),
    finished_at: z.null(),
    output: z.null(),
    error: z.null(),
  }),
  base.extend({
    status: z.literal('processing'),
    /** What is going on: sending the inputs, waiting for the pixels, or bringing the result home. */
    phase: z.enum(['submitting', 'rendering', 'fetching']),
    queue_position: z.null(),
    /** 0 to 1, or null where the renderer does not tell. */
    progress: z.number().min(0).max(1).nullable(),
    started_at: z.string(),
    finished_at: z.null(),
    output: z.null(),
    error: z.null(),
  }),
  base.extend({
    status: z.literal('completed'),
    queue_position: z.null(),
    progress: z.literal(1),
    started_at: z.string(),
    finished_at: z.string(),
    output: jobOutputSchema,
    error: z.null(),
  }),
  base.extend({
    status: z.literal('failed'),
    queue_position: z.null(),
    progress: z.number().min(0).max(1).nullable(),
    started_at: z.string().nullable(),
    finished_at: z.string(),
    output: z.null(),
    error: jobErrorSchema,
  }),
])
export type Job = z.infer<typeof jobSchema>
export type JobStatus = Job['status']
export type FinishedJob = Extract<Job, { status: 'completed' | 'failed' }>

export const isFinished = (job: Job): job is FinishedJob => job.status === 'completed' || job.status === 'failed'

/** A job of which the index has something that cannot be read. It is kept, and nothing else is known of it. */
export const unreadableJobSchema = z.object({
  job_id: z.string(),
  /** Empty where that cannot be read either. */
  created_at: z.string(),
  reason: z.string(),
})
export type UnreadableJob = z.infer<typeof unreadableJobSchema>

export const jobPageSchema = z.object({
  jobs: z.array(jobSchema),
  unreadable: z.array(unreadableJobSchema).default([]),
  /** All that fit the query, on this page and others. On the first page alone. */
  total: z.number().int().nonnegative().optional(),
  /** Whether there are more than `total`: what a search finds is counted only so far. With `total` alone. */
  total_exceeded: z.boolean().optional(),
  next_cursor: z.string().nullable(),
})
export type JobPage = z.infer<typeof jobPageSchema>

/** The data of each `job` event that GET /v1/events sends: the job as it now is. */
export const jobEventSchema = jobSchema
