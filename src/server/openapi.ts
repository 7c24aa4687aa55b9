import { z } from 'zod'
import { jobPageSchema, jobSchema } from '../shared/job.ts'
import { fileResourceSchema } from '../shared/media.ts'
import { inputJsonSchema } from '../shared/models/describe.ts'
import { registry } from '../shared/models/index.ts'
import { errorBodySchema, healthSchema, submittedSchema } from '../shared/routes.ts'

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const jsonBody = (schema: object) => ({ content: { 'application/json': { schema } } })
const answers = (description: string, schema: object) => ({ description, ...jsonBody(schema) })
const binary = { type: 'string', format: 'binary' }
const failure = (description: string) => answers(description, ref('Error'))
const inPath = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string' } })
const inQuery = (name: string, schema: object) => ({ name, in: 'query', required: false, schema })
const inHeader = (name: string, schema: object, description: string) => ({
  name,
  in: 'header',
  required: false,
  schema,
  description,
})

const FAILURES = {
  '401': failure("Decart's key is missing or wrong."),
  '404': failure('No model or file of that name.'),
  '413': failure('A file is larger than its limit.'),
  '415': failure('A file is not the kind of media that its field wants.'),
  '422': failure('Inputs that cannot be used, by field.'),
  '507': failure('The disk is full.'),
}

const RENDERER = inHeader('x-renderer', { type: 'string', enum: ['local', 'decart'] }, 'Who renders.')
const KEY = inHeader('Idempotency-Key', { type: 'string', maxLength: 255 }, 'The same key gives the same job.')

/** This API as OpenAPI 3.1, generated from the registry and the wire's own schemas. */
export const openApiDocument = (version: string): object => {
  const named = (model: string) => registry.find(({ id }) => id === model)
  const names = registry.flatMap(({ id, aliases }) => [
    { name: id, id },
    ...(aliases ?? []).map((name) => ({ name, id })),
  ])
  const paths: Record<string, object> = {}
  for (const { name, id } of names) {
    const model = named(id)
    if (!model) continue
    const requestBody = { required: true, content: { 'multipart/form-data': { schema: ref(id) } } }
    const summary = name === id ? model.title : `${model.title} (as ${name})`
    paths[`/v1/jobs/${name}`] = {
      post: {
        summary,
        description: model.description,
        operationId: `submit_${name}`,
        parameters: [KEY, RENDERER],
        requestBody,
        responses: { '200': answers('The job, queued.', ref('Submitted')), ...FAILURES },
      },
    }
    paths[`/v1/generate/${name}`] = {
      post: {
        summary,
        description: `${model.description} One request: closing the connection cancels the work.`,
        operationId: `generate_${name}`,
        parameters: [RENDERER],
        requestBody,
        responses: {
          '200': {
            description: 'The media.',
            content: { [model.kind === 'video' ? 'video/mp4' : 'image/png']: { schema: binary } },
          },
          ...FAILURES,
        },
      },
    }
  }
  const content = { '200': { description: 'The bytes, whole or by Range.', content: { '*/*': { schema: binary } } } }
  const starred = {
    '200': answers('The job.', ref('Job')),
    '404': failure('There is no such job.'),
    '409': failure('The job has not completed.'),
  }
  Object.assign(paths, {
    '/v1/jobs': {
      get: {
        summary: 'Jobs, newest first',
        operationId: 'list_jobs',
        parameters: [
          inQuery('limit', { type: 'integer', minimum: 1, maximum: 200, default: 50 }),
          inQuery('cursor', { type: 'string' }),
          inQuery('status', { type: 'string', enum: ['pending', 'processing', 'completed', 'failed'] }),
          inQuery('model', { type: 'string' }),
          inQuery('renderer', { type: 'string', enum: ['local', 'decart'] }),
          inQuery('starred', { type: 'string', enum: ['true'] }),
        ],
        responses: { '200': answers('A page of jobs.', ref('JobPage')) },
      },
      delete: {
        summary: 'Cancel the job submitted with an Idempotency-Key',
        operationId: 'cancel_by_key',
        parameters: [{ ...inQuery('idempotency_key', { type: 'string' }), required: true }],
        responses: { '200': answers('The job, or that its submission was abandoned.', {}), '404': FAILURES['404'] },
      },
    },
    '/v1/jobs/{id}': {
      parameters: [inPath('id')],
      get: { summary: 'A job', operationId: 'get_job', responses: { '200': answers('The job.', ref('Job')) } },
      delete: {
        summary: 'Cancel an unfinished job',
        operationId: 'cancel_job',
        responses: { '200': answers('The job.', ref('Job')), '409': failure('The job has finished.') },
      },
    },
    '/v1/jobs/{id}/content': {
      parameters: [inPath('id')],
      get: {
        summary: "A completed job's media",
        operationId: 'get_job_content',
        responses: { ...content, '409': failure('The job has not completed.') },
      },
    },
    '/v1/jobs/{id}/thumbnail': {
      parameters: [inPath('id')],
      get: { summary: 'A small still (WebP)', operationId: 'get_job_thumbnail', responses: content },
    },
    '/v1/jobs/{id}/star': {
      parameters: [inPath('id')],
      put: { summary: 'Star a completed job', operationId: 'star_job', responses: starred },
      delete: { summary: "Take a job's star away", operationId: 'unstar_job', responses: starred },
    },
    '/v1/jobs/{id}/resume': {
      parameters: [inPath('id')],
      post: {
        summary: 'Go on with a failed job whose order still stands in the cloud',
        operationId: 'resume_job',
        responses: { '200': answers('The job.', ref('Job')), '409': failure('There is nothing to go on with.') },
      },
    },
    '/v1/events': {
      get: {
        summary: 'Job changes as server-sent events (event `job`, data a Job)',
        operationId: 'events',
        responses: { '200': { description: 'The stream.', content: { 'text/event-stream': { schema: ref('Job') } } } },
      },
    },
    '/v1/files': {
      post: {
        summary: 'Upload a file, or import one from a URL',
        operationId: 'upload_file',
        requestBody: {
          required: true,
          content: {
            'multipart/form-data': {
              schema: {
                type: 'object',
                required: ['file'],
                properties: { file: binary, ttl_seconds: { type: 'string' } },
              },
            },
            'application/json': {
              schema: { type: 'object', required: ['url'], properties: { url: { type: 'string', format: 'uri' } } },
            },
          },
        },
        responses: { '200': answers('The file.', ref('File')), ...FAILURES },
      },
    },
    '/v1/files/{id}': {
      parameters: [inPath('id')],
      get: { summary: 'A file', operationId: 'get_file', responses: { '200': answers('The file.', ref('File')) } },
      delete: { summary: 'Forget a file', operationId: 'delete_file', responses: { '204': { description: 'Gone.' } } },
    },
    '/v1/files/{id}/content': {
      parameters: [inPath('id')],
      get: { summary: "A file's bytes", operationId: 'get_file_content', responses: content },
    },
    '/v1/files/{id}/thumbnail': {
      parameters: [inPath('id')],
      get: { summary: 'A small still (WebP)', operationId: 'get_file_thumbnail', responses: content },
    },
    '/v1/files/{id}/preview': {
      parameters: [inPath('id')],
      get: { summary: 'A clip as every browser plays it', operationId: 'get_file_preview', responses: content },
    },
    '/v1/models': {
      get: { summary: 'The registry', operationId: 'list_models', responses: { '200': answers('All models.', {}) } },
    },
    '/v1/models/resolve': {
      post: {
        summary: 'What a name means',
        operationId: 'resolve_models',
        requestBody: { required: true, ...jsonBody({ type: 'object' }) },
        responses: { '200': answers('The ids.', {}), '404': FAILURES['404'] },
      },
    },
    '/v1/health': {
      get: {
        summary: 'Health',
        operationId: 'health',
        responses: { '200': answers('How things are.', ref('Health')) },
      },
    },
  })
  const wire = {
    Job: jobSchema,
    JobPage: jobPageSchema,
    File: fileResourceSchema,
    Health: healthSchema,
    Error: errorBodySchema,
    Submitted: submittedSchema,
  }
  const schemas: Record<string, unknown> = Object.fromEntries(
    registry.map((model) => [model.id, inputJsonSchema(model)]),
  )
  for (const [name, schema] of Object.entries(wire)) {
    const { $schema: _, ...body } = z.toJSONSchema(schema)
    schemas[name] = body
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Rushes',
      version,
      description: "Decart's wire, and some additions. Served at /v1 and at /api/decart/v1.",
    },
    paths,
    components: { schemas },
  }
}
