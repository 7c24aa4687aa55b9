import { inputJsonSchema } from '../../shared/models/describe.ts'
import type { Model } from '../../shared/models/index.ts'
import { submittedSchema } from '../../shared/routes.ts'
import { BATCH_ID, BATCH_PLACE, MAX_BATCH, MAX_BATCH_LABEL } from '../jobs/batch.ts'
import type { Catalogue } from '../models/catalogue.ts'
import { json, media as mediaOf } from './describe.ts'
import { failures } from './failures.ts'
import { asSchema, type Ref, refTo, type Schema } from './schemas.ts'

type HeaderParameter = { name: string; in: 'header'; description: string; schema: Schema }

/** The headers that submissions take, for `components`. */
export const headerParameters: Record<
  'IdempotencyKey' | 'Renderer' | 'Engine' | 'Batch' | 'BatchPlace' | 'BatchLabel',
  HeaderParameter
> = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description: 'The same key gives the same job, also after a restart.',
    schema: asSchema({ type: 'string', minLength: 1, maxLength: 255 }),
  },
  Renderer: {
    name: 'x-renderer',
    in: 'header',
    description:
      'Who renders, by a name that GET /v1/renderers tells. Without it: the first that is ready for the model of decart, comfyui, openai and local, but none that tells chosen_only.',
    schema: asSchema({ type: 'string', pattern: '^[a-z][a-z0-9-]{0,31}$' }),
  },
  Engine: {
    name: 'x-engine',
    in: 'header',
    description: 'Which of the engines that the renderer offers for the model, by its name. Without it: the first.',
    schema: asSchema({ type: 'string', maxLength: 200 }),
  },
  Batch: {
    name: 'x-batch',
    in: 'header',
    description: 'An id that the caller draws for the jobs which are asked for together. The job tells it as batch_id.',
    schema: asSchema({ type: 'string', pattern: BATCH_ID.source }),
  },
  BatchPlace: {
    name: 'x-batch-place',
    in: 'header',
    description: `Its place in the batch, as 3/8: the third of eight. At most ${MAX_BATCH}.`,
    schema: asSchema({ type: 'string', pattern: BATCH_PLACE.source }),
  },
  BatchLabel: {
    name: 'x-batch-label',
    in: 'header',
    description: `What sets it apart in the batch, percent-encoded: at most ${MAX_BATCH_LABEL} characters.`,
    schema: asSchema({ type: 'string' }),
  },
}

const OF_JOBS = ['IdempotencyKey', 'Batch', 'BatchPlace', 'BatchLabel'] as const

const parameter = (name: keyof typeof headerParameters): Ref => ({ $ref: `#/components/parameters/${name}` })

const UNSAID =
  'A file is sent as bytes, or named by an http(s) URL or the id of an upload. Fields that the model does not have are left out, and named in the warnings of the job.'

const operation = (kind: 'submit' | 'generate', model: Model, name: string) => {
  const isJob = kind === 'submit'
  const one = isJob ? [] : ['One request: closing the connection cancels the work.']
  const media = mediaOf(model.kind === 'video' ? 'video/mp4' : 'image/png')
  return {
    operationId: `${kind}_${name}`,
    tags: ['jobs'],
    summary: name === model.id ? model.title : `${model.title} (as ${name})`,
    description: [model.description, ...one, UNSAID].join(' '),
    parameters: [...(isJob ? OF_JOBS.map(parameter) : []), parameter('Renderer'), parameter('Engine')],
    requestBody: { required: true, content: { 'multipart/form-data': { schema: refTo(model.id) } } },
    responses: {
      200: isJob
        ? { description: 'The job, queued.', content: json(submittedSchema) }
        : { description: 'The media.', content: media },
      ...failures(isJob ? TAKING : [...TAKING, 500, 504]),
    },
  }
}

/** What can go wrong while the inputs are taken in. */
const TAKING = [401, 402, 404, 408, 409, 413, 415, 422, 429, 502, 503, 507] as const

export type DescribedModels = Pick<Catalogue, 'list' | 'aliasesOf'>

/** Every model under each of its names: submitted as a job, or made in one request. */
export const modelPaths = ({ list, aliasesOf }: DescribedModels) =>
  Object.fromEntries(
    list().flatMap((model) =>
      [model.id, ...aliasesOf(model)].flatMap((name) => [
        [`/v1/jobs/${name}`, { post: operation('submit', model, name) }],
        [`/v1/generate/${name}`, { post: operation('generate', model, name) }],
      ]),
    ),
  )

/** The inputs of each model, by its id. */
export const modelSchemas = ({ list }: Pick<DescribedModels, 'list'>): Record<string, Schema> =>
  Object.fromEntries(list().map((model) => [model.id, asSchema(inputJsonSchema(model))]))
