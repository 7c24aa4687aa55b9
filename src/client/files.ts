import { routes } from '../shared/routes.ts'
import { abortable } from './abort.ts'
import { asJson, asNothing, fileAnswerSchema, type FileReference } from './answers.ts'
import { DecartSDKError } from './errors.ts'
import { formOf } from './form.ts'
import type { Transport } from './transport.ts'

export type UploadInput = File | Blob | ArrayBuffer | Uint8Array | ReadableStream<Uint8Array>

export type UploadOptions = {
  signal?: AbortSignal | undefined
  /** How long the server keeps the file: 60 to 2,592,000 seconds, or for good. The server decides otherwise. */
  ttlSeconds?: number | 'persistent' | undefined
}

type Signalled = { signal?: AbortSignal | undefined }

export type FilesClient = {
  /** Sends a file once; its `id` then stands for it in every input. */
  upload: (file: UploadInput, options?: UploadOptions) => Promise<FileReference>
  /** Has the server fetch a file from the public web. */
  importUrl: (url: string | URL, options?: UploadOptions) => Promise<FileReference>
  get: (fileId: string, options?: Signalled) => Promise<FileReference>
  delete: (fileId: string, options?: Signalled) => Promise<void>
}

const LONGEST_TTL = 30 * 24 * 60 * 60

const checkedTtl = (ttl: UploadOptions['ttlSeconds']): { ttl_seconds?: number | 'persistent' } => {
  if (ttl === undefined) return {}
  if (ttl === 'persistent' || (Number.isInteger(ttl) && ttl >= 60 && ttl <= LONGEST_TTL)) return { ttl_seconds: ttl }
  const text = `must be a whole number from 60 to ${LONGEST_TTL}, or "persistent"`
  throw new DecartSDKError('INVALID_INPUT', `ttlSeconds ${text}`, { fields: { ttlSeconds: text } })
}

const read = asJson(fileAnswerSchema)

export const createFiles = ({ call }: Transport): FilesClient => ({
  upload: async (file, { signal, ttlSeconds } = {}) => {
    signal?.throwIfAborted()
    const values = { file, ...checkedTtl(ttlSeconds) }
    return abortable(signal, async () => {
      const body = await formOf(values, signal)
      return call({ method: 'POST', path: routes.files, subject: 'files', body, signal, read })
    })
  },

  importUrl: async (url, { signal, ttlSeconds } = {}) => {
    signal?.throwIfAborted()
    const body = JSON.stringify({ url: String(url), ...checkedTtl(ttlSeconds) })
    const headers = { 'content-type': 'application/json' }
    return abortable(signal, () =>
      call({ method: 'POST', path: routes.files, subject: 'files', body, headers, signal, read }),
    )
  },

  get: (fileId, { signal } = {}) =>
    abortable(signal, () =>
      call({ method: 'GET', path: routes.file(fileId), subject: { file: fileId }, signal, read }),
    ),

  delete: (fileId, { signal } = {}) =>
    abortable(signal, () =>
      call({ method: 'DELETE', path: routes.file(fileId), subject: { file: fileId }, signal, read: asNothing }),
    ),
})
