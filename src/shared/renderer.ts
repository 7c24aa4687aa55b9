import type { Engine, Job, JobOutput, RendererName } from './job.ts'
import type { Model } from './models/index.ts'
import type { PromptReading } from './prompt-reading.ts'
import type { MediaInfo } from './media.ts'
import type { Offer, RendererStatus } from './renderers.ts'

/** An input file on this machine. */
export type InputFile = { id: string; path: string; filename: string; media: MediaInfo }

/** What a renderer is asked to make. `directory` exists and is the renderer's own until it returns. */
export type RenderTask = {
  job: Job
  model: Model
  /** The file fields of `job.inputs`, by field name. */
  files: Readonly<Record<string, InputFile>>
  directory: string
}

/** `warnings` go to those of the job: what was asked for and could not be had. */
export type Rendered = Omit<JobOutput, 'filename' | 'bytes'> & { path: string; warnings?: readonly string[] }

/** What a dialect keeps of an order, as JSON. */
export type OrderDetails = { readonly [key: string]: string | number | boolean | null | OrderDetails }

/**
 * What a renderer must keep to go on after a restart. It is on disk when `record` resolves.
 * - `held`: nothing has gone out (any more): the other side refused it for now
 * - `sending`: it may have gone out. `id` is there where it is ours to choose, so that the other side can be asked
 * - `sent`: the other side has it as `id`
 *
 * `cancelling` where the other side was told, or is to be told, to stop.
 */
export type OrderRecord =
  | { state: 'held' }
  | {
      state: 'sending'
      server?: string | undefined
      id?: string | undefined
      cancelling?: boolean | undefined
    }
  | {
      state: 'sent'
      server?: string | undefined
      id: string
      details?: OrderDetails | undefined
      cancelling?: boolean | undefined
    }

export type RenderContext = {
  signal: AbortSignal
  /** 0 to 1, or null where it is not known; `phase` where it changes. */
  onProgress: (progress: number | null, phase?: 'submitting' | 'rendering' | 'fetching') => void
  /** What was recorded for this job by an earlier attempt, before a restart. */
  recorded: OrderRecord | null
  record: (record: OrderRecord) => Promise<void>
}

/**
 * The reason with which a render ends whose job is somebody else's by now, on another machine: what is just being sent is
 * cut, and nothing of it is told.
 */
export class JobTaken extends Error {
  override readonly name = 'JobTaken'
}

/** What came of a cancel: whether money went out, and what a person is told besides (a sentence). */
export type Cancelled = { billed: 'no' | 'maybe'; note: string | null }

/**
 * Turns a job into a media file inside `task.directory`. Rejects with the signal's reason when aborted, and with a
 * RushesError for everything that a person can be told, `billed` set where money may have gone out.
 */
export type Renderer = {
  name: RendererName
  /** How many jobs may run at once. It may change. */
  readonly concurrency: number
  /** Told that a job is likely soon: does now what takes time before any job. Resolves when it has, and never rejects. */
  prepare?: () => Promise<void>
  render: (task: RenderTask, context: RenderContext) => Promise<Rendered>
  /**
   * Tells the other side that an order is not wanted any more. Resolves within three seconds with what is known then, goes
   * on trying behind that, and never rejects. Absent where a render ends with its signal.
   */
  cancel?: (order: OrderRecord, job: Job) => Promise<Cancelled>
  /** What it makes of a model that is not among those of its status, as one of which only the name is known. */
  offerFor?: (model: Model) => Offer | null
  /** What it takes a prompt to say, before it is asked to make anything of it; absent where nobody can tell. */
  readPrompt?: (model: Model, prompt: string, hasReference: boolean) => Promise<PromptReading>
  /** How it stands, as it was last seen. */
  status: () => RendererStatus
  /** Looks now. Never rejects. */
  look: () => Promise<RendererStatus>
  close: () => Promise<void>
}

export type { Engine }
