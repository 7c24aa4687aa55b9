import type { Job, JobOutput, RendererName } from './job.ts'
import type { AnyModel } from './models/index.ts'
import type { MediaInfo } from './media.ts'

/** An input file on this machine. */
export type InputFile = { id: string; path: string; filename: string; media: MediaInfo }

/** What a renderer is asked to make. `directory` exists and is the renderer's own until it returns. */
export type RenderTask = {
  job: Job
  model: AnyModel
  /** The file fields of `job.inputs`, by field name. */
  files: Readonly<Record<string, InputFile>>
  directory: string
}

export type Rendered = Omit<JobOutput, 'filename' | 'bytes'> & { path: string }

/** What a renderer must keep to go on after a restart. The store writes it before the promise resolves. */
export type CloudRecord = { state: 'sending' } | { state: 'sent'; id: string }

export type RenderContext = {
  signal: AbortSignal
  /** 0 to 1, or null where it is not known; `phase` where it changes. */
  onProgress: (progress: number | null, phase?: 'submitting' | 'rendering' | 'fetching') => void
  /** What was recorded for this job by an earlier attempt, before a restart. */
  recorded: CloudRecord | null
  record: (record: CloudRecord) => void
}

/**
 * Turns a job into a media file inside `task.directory`. Rejects with the signal's reason when aborted, and with a
 * RushesError for everything that a person can be told, `billed` set where money may have gone out.
 */
export type Renderer = {
  name: RendererName
  /** How many jobs may run at once. */
  concurrency: number
  /** Told that a job is likely soon: does now what takes time before any job. Resolves when it has, and never rejects. */
  prepare?: () => Promise<void>
  render: (task: RenderTask, context: RenderContext) => Promise<Rendered>
  close: () => Promise<void>
}
