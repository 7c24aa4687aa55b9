import type { InputSchema } from '../shared/models/define.ts'
import { DecartSDKError } from './errors.ts'
import { createFiles, type FilesClient } from './files.ts'
import { createRenderers, type RenderersClient } from './renderers.ts'
import { createQueue, type QueueClient, type SubmitAndPollOptions } from './queue.ts'
import { createTransport, type Fetch, type Pace } from './transport.ts'

export type DecartClientOptions = {
  /** Where the API is, without `/v1`: `http://localhost:4600`, or a path such as `/api/decart` for a proxy. */
  baseUrl: string
  /** Sent as X-API-KEY: a key of Decart, or an API token of a Rushes that has accounts. Elsewhere it is not needed. */
  apiKey?: string | undefined
  fetch?: Fetch | undefined
}

export type ProcessOptions<S extends InputSchema = InputSchema> = SubmitAndPollOptions<S>

export type DecartClient = {
  /**
   * Generates or transforms media and gives it as a Blob. Runs as a job, which Decart's cloud asks for with video, so
   * a long one outlives a broken connection. Rejects with a DecartSDKError, or with the signal's reason when aborted.
   */
  process: <S extends InputSchema>(options: ProcessOptions<S>) => Promise<Blob>
  queue: QueueClient
  files: FilesClient
  /** Who can make something on this Rushes, and what. Decart's cloud has no such call. */
  renderers: RenderersClient
}

/** The client with its waiting times, for tests that cannot wait as long. */
export const buildClient = ({ baseUrl, apiKey, fetch }: DecartClientOptions, pace: Pace): DecartClient => {
  const transport = createTransport({ baseUrl, apiKey, fetch, pace })
  const queue = createQueue(transport)
  return {
    queue,
    files: createFiles(transport),
    renderers: createRenderers(transport),
    process: async (options) => {
      const result = await queue.submitAndPoll(options)
      if (result.status === 'completed') return result.data
      const { code, error, fields, billed } = result
      throw new DecartSDKError(code, error, { fields, billed })
    },
  }
}
