import { RushesError } from '../../../shared/errors.ts'
import type { RenderTask } from '../../../shared/renderer.ts'
import { MissingFile, multipartBody, type MultipartBody } from '../order/multipart-body.ts'
import type { CloudModel } from '../../../shared/models/index.ts'
import type { Served } from './served.ts'

/** How the cloud serves the task's model. */
const cloudModelOf = ({ model }: Pick<RenderTask, 'model'>, { serves }: Pick<Served, 'serves'>): CloudModel => {
  const cloud = serves(model)
  if (cloud) return cloud
  throw new RushesError('MODEL_NOT_FOUND', `Decart does not serve ${model.id}. The local engine does.`)
}

/** The name to order under. `-latest` is passed on: what is latest is the cloud's to say. */
export const cloudName = ({ job, model }: RenderTask, served: Pick<Served, 'serves'>): string =>
  job.requested_model.endsWith('-latest') ? job.requested_model : cloudModelOf({ model }, served).id

/**
 * The multipart form of an order. Its files are read from disk as they are sent. The seed is always
 * there; fields that the cloud's model does not know are not.
 */
export const orderForm = async (task: RenderTask, served: Pick<Served, 'serves'>): Promise<MultipartBody> => {
  const { job, files } = task
  const cloud = cloudModelOf(task, served)
  const { resolution } = job.inputs
  if (resolution !== undefined && !cloud.resolutions.some((known) => known === resolution)) {
    const text = `must be ${cloud.resolutions.join(' or ')} at Decart`
    throw new RushesError('INVALID_INPUT', `resolution ${text}.`, { fields: { resolution: text } })
  }
  const fields = Object.entries({ ...job.inputs, ...(task.model.loose ? {} : { seed: job.seed }) })
    .filter(([name]) => !(name in files) && !cloud.drops?.includes(name))
    .map(([name, value]) => [name, String(value)] as const)
  const parts = Object.entries(files).map(
    ([name, { path, filename, media }]) => [name, { path, filename, type: media.mime_type }] as const,
  )
  return multipartBody(fields, parts).catch((cause: unknown) => {
    if (!(cause instanceof MissingFile)) throw cause
    const text = 'is gone from the data folder, or may not be read. Upload it again, then try again.'
    const message = `The file of ${cause.field} ${text} Nothing was ordered.`
    throw new RushesError('NOT_FOUND', message, { cause, fields: { [cause.field]: `The file ${text}` } })
  })
}
