import { z } from 'zod'

/**
 * What a file field takes. A string is an http(s) URL, the `file_` id of an uploaded file, or the `job_` id of a job whose
 * take it stands for.
 */
export type FileInput = File | Blob | ArrayBuffer | Uint8Array | ReadableStream<Uint8Array> | URL | string

export type MediaKind = 'image' | 'video'

export const isHttpUrl = (text: string): boolean => /^https?:\/\//i.test(text) && URL.canParse(text)

/** True for every shape of {@link FileInput}; strings must be an http(s) URL, or the id of a file or job. */
const isFileInput = (value: unknown): value is FileInput => {
  if (typeof value === 'string') return isHttpUrl(value) || value.startsWith('file_') || value.startsWith('job_')
  if (value instanceof URL) return value.protocol === 'http:' || value.protocol === 'https:'
  if (value instanceof Blob || value instanceof ArrayBuffer || value instanceof Uint8Array) return true
  return value instanceof ReadableStream
}

/** The zod schema of a file field. Whether the bytes really are of that kind is judged by the server. */
export const fileInput = (kind: MediaKind) =>
  z.custom<FileInput>(isFileInput, {
    error: (issue) =>
      issue.input === undefined
        ? 'is required'
        : `must be ${kind === 'image' ? 'an image' : 'a video'}: a file, bytes, an http(s) URL or a file_ id`,
  })
