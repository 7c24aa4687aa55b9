import { openAsBlob } from 'node:fs'
import { RushesError } from '../../shared/errors.ts'
import type { RenderTask } from '../../shared/renderer.ts'
import type { CloudModel } from '../../shared/models/index.ts'

/** How the cloud serves the task's model. */
export const cloudModelOf = ({ model }: Pick<RenderTask, 'model'>): CloudModel => {
  if (model.cloud) return model.cloud
  throw new RushesError('MODEL_NOT_FOUND', `Decart does not serve ${model.id}. The local engine does.`)
}

/** The name to order under. `-latest` is passed on: what is latest is the cloud's to say. */
export const cloudName = ({ job, model }: RenderTask): string =>
  job.requested_model.endsWith('-latest') ? job.requested_model : cloudModelOf({ model }).id

/**
 * The multipart form of an order. Its files are read from disk as they are sent, never held whole. The seed is always
 * there; fields that the cloud's model does not know are not.
 */
export const orderForm = async (task: RenderTask): Promise<FormData> => {
  const { job, files } = task
  const cloud = cloudModelOf(task)
  const { resolution } = job.inputs
  if (resolution !== undefined && !cloud.resolutions.some((known) => known === resolution)) {
    const text = `must be ${cloud.resolutions.join(' or ')} at Decart`
    throw new RushesError('INVALID_INPUT', `resolution ${text}.`, { fields: { resolution: text } })
  }
  const form = new FormData()
  for (const [name, value] of Object.entries({ ...job.inputs, seed: job.seed }))
    if (!(name in files) && !cloud.drops?.includes(name)) form.append(name, String(value))
  for (const [name, { path, filename, media }] of Object.entries(files)) {
    try {
      form.append(name, await openAsBlob(path, { type: media.mime_type }), filename)
    } catch (cause) {
      throw new RushesError('NOT_FOUND', `The file of ${name} is gone from the data folder.`, { cause })
    }
  }
  return form
}
