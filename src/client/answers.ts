import { z } from 'zod'
import { type Engine, type Job, type JobError, jobErrorSchema, jobSchema, type JobStatus } from '../shared/job.ts'
import { fileResourceSchema, mediaInfoSchema } from '../shared/media.ts'
import { DecartSDKError, type DecartSDKErrorCode } from './errors.ts'

const STATUSES: readonly string[] = ['pending', 'processing', 'completed', 'failed'] satisfies JobStatus[]
const isStatus = (word: string): word is JobStatus => STATUSES.includes(word)

/** A word of a server to come is not the end of a job. */
const statusSchema = z.string().transform((word): JobStatus => (isStatus(word) ? word : 'processing'))

/** Why a job failed. `billed` and `resumable` are told by Rushes alone. */
export type JobFailure = { code: DecartSDKErrorCode; message: string } & Partial<Omit<JobError, 'code' | 'message'>>

const failureSchema = z
  .union([
    jobErrorSchema,
    z
      .string()
      .min(1)
      .transform((message): JobFailure => ({ code: 'PROCESSING_ERROR', message })),
    z
      .object({ message: z.string().min(1), code: z.string().default('PROCESSING_ERROR') })
      .transform(({ code, message }): JobFailure => ({ code, message })),
  ])
  .nullish()
  .catch(undefined)

/** A job as Decart's cloud tells it. The fields of Rushes are named so that they can be asked for without a cast. */
export type BareJob = { job_id: string; status: JobStatus; error?: JobFailure | undefined } & {
  [Field in Exclude<keyof Job, 'job_id' | 'status' | 'error'>]?: undefined
}

/** All that Rushes tells about a job, or the two words that the cloud does: `model` is there in the first case alone. */
export type JobStatusResponse = Job | BareJob

/**
 * The real model that ran, by its own name, or that is going to run; null where the server does not tell. What was asked for
 * is the job's `model`.
 */
export const engineOf = (job: JobStatusResponse): Engine | null => job.output?.engine ?? job.engine ?? null

const bareJobSchema = z
  .object({ job_id: z.string().min(1), status: statusSchema, error: failureSchema })
  .transform(({ job_id, status, error }): BareJob => (error ? { job_id, status, error } : { job_id, status }))

export const jobAnswerSchema: z.ZodType<JobStatusResponse> = z.union([jobSchema, bareJobSchema])

export const submitAnswerSchema = z.object({ job_id: z.string().min(1), status: statusSchema })
export type JobSubmitResponse = z.infer<typeof submitAnswerSchema>

/** An uploaded file; `media` is what Rushes measured, which Decart's cloud does not tell. */
export const fileAnswerSchema = fileResourceSchema.extend({ media: mediaInfoSchema.optional() })
export type FileReference = z.infer<typeof fileAnswerSchema>

const brokenOff = (cause: unknown) =>
  new DecartSDKError('NETWORK_ERROR', 'The connection broke before the whole answer had come', { cause })

/** Reads a JSON answer by a schema. One that does not fit is a PROCESSING_ERROR, told without the schema's words. */
export const asJson =
  <T>(schema: z.ZodType<T>) =>
  async (response: Response): Promise<T> => {
    const text = await response.text().catch((cause: unknown) => {
      throw brokenOff(cause)
    })
    try {
      return schema.parse(JSON.parse(text))
    } catch (cause) {
      const message = 'The server gave an answer that this client does not understand: is the address right?'
      throw new DecartSDKError('PROCESSING_ERROR', message, { status: response.status, cause })
    }
  }

export const asNothing = async (response: Response): Promise<void> => {
  await response.body?.cancel()
}

const SIGNATURES: readonly [string, RegExp][] = [
  ['image/png', /^\x89PNG/],
  ['image/jpeg', /^\xff\xd8\xff/],
  ['image/webp', /^RIFF.{4}WEBP/s],
  ['image/gif', /^GIF8/],
  ['image/avif', /^.{4}ftypavi[fs]/s],
  ['video/quicktime', /^.{4}ftypqt/s],
  ['video/mp4', /^.{4}ftyp/s],
  ['video/webm', /^.E\xdf\xa3/s],
]

const sniff = async (blob: Blob): Promise<string | undefined> => {
  const head = String.fromCharCode(...new Uint8Array(await blob.slice(0, 16).arrayBuffer()))
  return SIGNATURES.find(([, signature]) => signature.test(head))?.[0]
}

/**
 * Reads a media answer into a Blob whose type is an image's or a video's: as declared, or else as its first bytes say.
 * Pages, JSON and empty answers are no media, whatever their status.
 */
export const asMedia = async (response: Response): Promise<Blob> => {
  const blob = await response.blob().catch((cause: unknown) => {
    throw brokenOff(cause)
  })
  if (/^(image|video)\//.test(blob.type) && blob.size > 0) return blob
  const type = await sniff(blob)
  if (type) return blob.slice(0, blob.size, type)
  const what = blob.size === 0 ? 'an empty answer' : `${blob.type || 'something'} that is neither image nor video`
  throw new DecartSDKError('PROCESSING_ERROR', `The server gave ${what} as the result`, { status: response.status })
}
