import type { Job, JobInputs } from '../../shared/job.ts'
import type { MediaInfo } from '../../shared/media.ts'
import { findModel } from '../../shared/models/index.ts'
import type { RenderContext, RenderTask } from '../../shared/renderer.ts'

/** A task as the job runner would hand it to a renderer. */
export const taskOf = (options: {
  model: string
  inputs: JobInputs
  files?: Record<string, { path: string; media: MediaInfo }>
  seed?: number
  directory: string
}): RenderTask => {
  const model = findModel(options.model)
  if (!model) throw new Error(`no model ${options.model}`)
  const files = Object.entries(options.files ?? {})
  const ids = Object.fromEntries(files.map(([field], index) => [field, `file_${String(index).padStart(32, '0')}`]))
  const job: Job = {
    job_id: 'job_test',
    model: model.id,
    requested_model: options.model,
    idempotency_key: null,
    renderer: 'local',
    owner: null,
    inputs: { ...options.inputs, ...ids },
    seed: options.seed ?? 1,
    created_at: '2026-01-01T00:00:00.000Z',
    starred: false,
    warnings: [],
    name: null,
    batch_id: null,
    batch_position: null,
    batch_size: null,
    batch_label: null,
    sources: {},
    shelves: [],
    deleted_at: null,
    engine: null,
    estimate: null,
    billed: null,
    status: 'processing',
    phase: 'rendering',
    queue_position: null,
    progress: null,
    started_at: '2026-01-01T00:00:00.000Z',
    finished_at: null,
    output: null,
    error: null,
  }
  return {
    job,
    model,
    files: Object.fromEntries(
      files.map(([field, file]) => [field, { ...file, id: ids[field] ?? '', filename: field }]),
    ),
    directory: options.directory,
  }
}

export const contextOf = (options: Partial<RenderContext> = {}): RenderContext => ({
  signal: new AbortController().signal,
  onProgress: () => undefined,
  recorded: null,
  record: () => Promise.resolve(),
  ...options,
})
