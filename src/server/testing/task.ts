import type { JobInputs, RendererName } from '../../shared/job.ts'
import { findModel } from '../../shared/models/index.ts'
import type { InputFile, RenderTask } from '../../shared/renderer.ts'
import { newJob, processing } from '../jobs/transitions.ts'

/** A task with one source file, as the job runner would hand it to a renderer. */
export const taskOf = (asked: {
  model: string
  renderer: RendererName
  data: InputFile
  inputs: JobInputs
  seed: number
  directory: string
}): RenderTask => {
  const model = findModel(asked.model)
  if (!model) throw new Error(`no model ${asked.model}`)
  const job = newJob({
    model: model.id,
    requestedModel: asked.model,
    idempotencyKey: null,
    renderer: asked.renderer,
    inputs: { data: asked.data.id, ...asked.inputs },
    now: new Date(),
  })
  return {
    model,
    directory: asked.directory,
    files: { data: asked.data },
    job: processing({ ...job, seed: asked.seed }, 'submitting', null, new Date()),
  }
}
