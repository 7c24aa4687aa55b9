import type { Job } from '../../shared/job.ts'
import type { FileResource } from '../../shared/media.ts'

const hex = (name: string) =>
  Array.from(name, (letter) => letter.charCodeAt(0).toString(16))
    .join('')
    .padEnd(32, '0')
    .slice(0, 32)

/** A file that the server has, of that kind and name. */
export const sampleFile = (kind: 'image' | 'video', name: string): FileResource => ({
  id: `file_${hex(name)}`,
  filename: name,
  mime_type: kind === 'image' ? 'image/png' : 'video/mp4',
  size_bytes: 2_900_000,
  created_at: '2026-08-01T10:00:00.000Z',
  expires_at: null,
  media: {
    kind,
    mime_type: kind === 'image' ? 'image/png' : 'video/mp4',
    width: 1280,
    height: 720,
    duration: kind === 'image' ? null : 5,
    fps: kind === 'image' ? null : 32,
    codec: kind === 'image' ? 'png' : 'h264',
    has_audio: false,
  },
})

const base = {
  model: 'lucy-pro-t2v',
  requested_model: 'lucy-pro-t2v',
  idempotency_key: null,
  renderer: 'local',
  inputs: { prompt: 'A lake' },
  seed: 7,
  starred: false,
} as const

/** Minutes after noon, so that a larger number is a newer job. */
export const madeAt = (minute: number) => new Date(Date.UTC(2026, 7, 1, 12, minute)).toISOString()

export const pendingJob = (id: string, minute: number, queue_position = 1): Job => ({
  ...base,
  job_id: id,
  created_at: madeAt(minute),
  status: 'pending',
  queue_position,
  progress: null,
  started_at: null,
  finished_at: null,
  output: null,
  error: null,
})

export const runningJob = (id: string, minute: number, progress: number | null): Job => ({
  ...base,
  job_id: id,
  created_at: madeAt(minute),
  status: 'processing',
  phase: 'rendering',
  queue_position: null,
  progress,
  started_at: madeAt(minute),
  finished_at: null,
  output: null,
  error: null,
})

export const completedJob = (id: string, minute: number): Job => ({
  ...base,
  job_id: id,
  created_at: madeAt(minute),
  status: 'completed',
  queue_position: null,
  progress: 1,
  started_at: madeAt(minute),
  finished_at: madeAt(minute + 1),
  output: {
    mime_type: 'video/mp4',
    width: 1280,
    height: 720,
    duration: 5,
    fps: 25,
    bytes: 1_000_000,
    filename: 'A lake.mp4',
  },
  error: null,
})

export const failedJob = (
  id: string,
  minute: number,
  error: Extract<Job, { status: 'failed' }>['error'] = {
    code: 'PROCESSING_ERROR',
    message: 'It broke.',
    billed: 'no',
    resumable: false,
  },
): Job => ({
  ...base,
  job_id: id,
  created_at: madeAt(minute),
  status: 'failed',
  queue_position: null,
  progress: null,
  started_at: madeAt(minute),
  finished_at: madeAt(minute),
  output: null,
  error,
})
