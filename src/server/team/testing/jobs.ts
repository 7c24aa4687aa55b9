import type { Job } from '../../../shared/job.ts'
import { newJob } from '../../jobs/transitions.ts'

/** A job that was made at that second of a minute long ago. */
export const jobAt = (second: number, more: Partial<Pick<Job, 'renderer' | 'model' | 'owner'>> = {}): Job => {
  const { renderer = 'local', model = 'lucy-pro-t2i', owner = null } = more
  const about = { model, requestedModel: model, idempotencyKey: null, renderer, owner, sources: {} }
  return newJob({
    ...about,
    inputs: { prompt: `number ${second}` },
    now: new Date(Date.UTC(2026, 10, 30, 12, 0, second)),
  })
}

export const OUTPUT = {
  mime_type: 'image/png',
  width: 8,
  height: 8,
  duration: null,
  fps: null,
  bytes: 9,
  filename: 'a.png',
}
