import { z } from 'zod'
import { fileResourceSchema } from '../../shared/media.ts'
import { knownBytesSchema } from '../../shared/upload.ts'
import { importSchema, ttlSchema } from '../routes/file-inputs.ts'
import { type Description, describe, fileAnswers, json, proxyAnswers } from './describe.ts'

const theFile = { 200: { description: 'The file.', content: json(fileResourceSchema) } }

/** What POST /v1/files takes as a form, whose parts are streamed and not parsed by a schema. */
const uploadSchema = z.object({
  file: z.unknown().meta({ type: 'string', format: 'binary', contentMediaType: 'application/octet-stream' }),
  ttl_seconds: ttlSchema.optional(),
})

const of = (about: Omit<Description, 'tag'>) => describe({ tag: 'files', ...about })

/** What the routes of files say of themselves. */
export const describedFiles = {
  upload: of({
    operationId: 'upload_file',
    summary: 'Upload a file, or import one from the public web',
    query: z.object({ ttl_seconds: ttlSchema.optional() }),
    body: { content: { 'multipart/form-data': uploadSchema, 'application/json': importSchema } },
    answers: theFile,
    failures: [408, 413, 415, 422, 429, 503, 507],
  }),
  known: of({
    operationId: 'known_file',
    summary: 'A file of bytes that are here already',
    description:
      'Told by their SHA-256 and length, so that nothing is sent twice: the answer is that of an upload of these bytes. Whoever knows the hash of a file of this server gets at its content so.',
    body: { content: { 'application/json': knownBytesSchema } },
    answers: theFile,
    failures: [404, 408, 413, 422, 507],
  }),
  get: of({ operationId: 'get_file', summary: 'A file', answers: theFile, failures: [404] }),
  remove: of({
    operationId: 'delete_file',
    summary: 'Forget a file',
    answers: { 204: { description: 'It is forgotten. Jobs that use it still have its bytes.' } },
    failures: [404],
  }),
  content: of({
    operationId: 'get_file_content',
    summary: "A file's bytes",
    query: z.object({ download: z.string().describe('Whatever it says, the answer is to be saved').optional() }),
    answers: fileAnswers('The bytes, whole.', 'video/*', 'image/*'),
    failures: [404, 416],
  }),
  thumbnail: of({
    operationId: 'get_file_thumbnail',
    summary: 'A small still',
    answers: fileAnswers('The bytes, whole.', 'image/webp'),
    failures: [404, 415, 416, 507],
  }),
  preview: of({
    operationId: 'get_file_preview',
    summary: 'The clip or picture as every browser shows it',
    answers: fileAnswers('The bytes, whole.', 'video/mp4', 'image/png'),
    failures: [404, 415, 416, 507],
  }),
  proxy: of({
    operationId: 'get_file_proxy',
    summary: "A long clip's frames, small and quickly decoded",
    answers: proxyAnswers,
    failures: [404, 415, 416, 507],
  }),
}
