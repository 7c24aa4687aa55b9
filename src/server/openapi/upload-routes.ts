import { uploadStateSchema } from '../../shared/upload.ts'
import { type Description, describe, json } from './describe.ts'

const of = (about: Omit<Description, 'tag'>) => describe({ tag: 'files', ...about })
const state = { description: 'How far it has come, also in Upload-Offset.', content: json(uploadStateSchema) }

/** What the routes of uploads in pieces say of themselves. */
export const describedUploads = {
  create: of({
    operationId: 'create_upload',
    summary: 'Begin an upload in pieces (tus 1.0)',
    description: 'Upload-Length says how many bytes; Upload-Metadata may have filename and ttl_seconds.',
    answers: { 201: { ...state, description: 'Begun; Location is where its pieces go.' } },
    failures: [413, 422, 503, 507],
  }),
  get: of({
    operationId: 'get_upload',
    summary: 'How far an upload has come',
    answers: { 200: state },
    failures: [404],
  }),
  append: of({
    operationId: 'append_to_upload',
    summary: 'Send the next piece',
    description: 'From Upload-Offset on, as application/offset+octet-stream. The last one answers the file.',
    answers: { 200: state },
    failures: [404, 408, 409, 413, 415, 422, 429, 503, 507],
  }),
  remove: of({
    operationId: 'delete_upload',
    summary: 'Give an upload up',
    answers: { 204: { description: 'Nothing of it is kept.' } },
    failures: [404],
  }),
}
