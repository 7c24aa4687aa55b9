import { buildClient, type DecartClient, type DecartClientOptions } from './client.ts'
import { PACE } from './transport.ts'

export type { DecartClient, DecartClientOptions, ProcessOptions } from './client.ts'
export { DecartSDKError, type DecartSDKErrorCode } from './errors.ts'
export { engineOf } from './answers.ts'
export type { FileReference, JobFailure, JobStatusResponse, JobSubmitResponse } from './answers.ts'
export type { FilesClient, UploadInput, UploadOptions } from './files.ts'
export { models, type CustomModelOptions, type HandleOf, type ModelHandle } from './models.ts'
export type { BatchPlace, QueueClient, QueueJobResult, SubmitAndPollOptions, SubmitOptions } from './queue.ts'
export type { RenderersClient } from './renderers.ts'
export type { Fetch } from './transport.ts'
export type { Engine, RendererName } from '../shared/job.ts'
export type { Offer, RendererStatus } from '../shared/renderers.ts'
export type { FileInput } from '../shared/models/file-input.ts'

/** A client of Rushes, or of anything that speaks Decart's API. For browsers and for Node. */
export const createDecartClient = (options: DecartClientOptions): DecartClient => buildClient(options, PACE)
