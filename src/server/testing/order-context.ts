import type { OrderRecord, RenderContext, RenderTask } from '../../shared/renderer.ts'
import { findModel } from '../../shared/models/index.ts'
import { newJob, processing } from '../jobs/transitions.ts'

/** A task without files, for tests of the machine that hands it on. */
export const orderTask = (directory = '/nowhere', engine: string | null = null): RenderTask => {
  const model = findModel('lucy-clip')
  if (!model) throw new Error('no lucy-clip')
  const about = { model: model.id, requestedModel: model.id, idempotencyKey: null, renderer: 'memory', inputs: {} }
  const job = newJob({ ...about, engine: engine === null ? null : { name: engine }, now: new Date() })
  return { model, directory, files: {}, job: processing(job, 'submitting', null, new Date()) }
}

/** What a renderer is given beside its task, with what it records and tells. */
export const orderContext = (recorded: OrderRecord | null = null) => {
  const controller = new AbortController()
  const records: OrderRecord[] = []
  const progress: number[] = []
  const context: RenderContext = {
    signal: controller.signal,
    recorded,
    record: async (record) => void records.push(record),
    onProgress: (value) => void (value === null || progress.push(value)),
  }
  return { context, controller, records, progress }
}
