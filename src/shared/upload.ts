import { z } from 'zod'
import { fileResourceSchema } from './media.ts'

/** Version of the tus protocol (https://tus.io) that uploads in pieces speak. */
export const TUS_VERSION = '1.0.0'
export const TUS_PIECE = 'application/offset+octet-stream'

/** How far an upload in pieces has come, as GET /v1/uploads/{id} answers it. */
export const uploadStateSchema = z.object({
  id: z.string(),
  /** Bytes in all, and of them those that have come. */
  length: z.number().int().positive(),
  offset: z.number().int().nonnegative(),
  /** What has become of it, once all have come. */
  file: fileResourceSchema.nullable(),
})
export type UploadState = z.infer<typeof uploadStateSchema>

/** What POST /v1/files/known takes: which bytes are meant, and what the file is called. It answers as an upload does. */
export const knownBytesSchema = z.object({
  /** Of the whole file, in hexadecimal digits. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/i),
  bytes: z.number().int().positive(),
  filename: z.string().nullable().default(null),
})
export type KnownBytes = z.infer<typeof knownBytesSchema>
