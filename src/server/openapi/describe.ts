import { describeRoute } from 'hono-openapi'
import type { MiddlewareHandler } from 'hono'
import type { z } from 'zod'
import { failures, type FailureStatus } from './failures.ts'
import { answerSchema, asSchema, inputSchema, type Ref, type Schema } from './schemas.ts'

/** The sections of the document, in its order. */
export const TAGS = {
  models: 'What can be made.',
  jobs: 'Having it made, and what came of it.',
  library: 'Naming, sorting and putting away what came of it.',
  files: 'Media sent once and used by id.',
  renderers: 'Who makes it, and what that costs.',
  workflows: 'ComfyUI graphs of your own, each a model.',
  people: 'Who may use the studio, where it has accounts.',
  server: 'The server itself.',
} as const

type Content = Record<string, { schema: Schema | Ref }>
type Answer = {
  description: string
  content?: Content
  headers?: Record<string, { description: string; schema: Schema }>
}

export const json = (schema: z.ZodType): Content => ({ 'application/json': { schema: answerSchema(schema) } })

const BINARY = { type: 'string', format: 'binary' } as const

/** Bytes of one of these media types. */
export const media = (...types: readonly string[]): Content =>
  Object.fromEntries(types.map((type) => [type, { schema: BINARY }]))

/** The answers of a route that sends a file. */
export const fileAnswers = (description: string, ...types: readonly string[]): Record<number, Answer> => ({
  200: { description, content: media(...types) },
  206: { description: 'The part that the Range header asked for.', content: media(...types) },
  304: { description: 'It is what If-None-Match names.' },
})

/** The answers of a route that sends a proxy, which is made in the background. */
export const proxyAnswers = {
  ...fileAnswers('The bytes, whole.', 'video/mp4'),
  202: { description: 'It is still to be made, which begins now: ask again when it may be there.' },
}

export type Description = {
  operationId: string
  tag: keyof typeof TAGS
  summary: string
  description?: string
  /** Where it is, for a route that is not at all addresses of the API. */
  servers?: { url: string }[]
  /** What the route parses its query with. */
  query?: z.ZodObject
  headers?: readonly Ref[]
  /** What the route parses its body with, by media type. */
  body?: { content: Readonly<Record<string, z.ZodType>>; required?: boolean }
  /** By status, where all goes well. */
  answers: Readonly<Record<number, Answer>>
  failures: readonly FailureStatus[]
}

/** Query parameters as the schema takes them before it parses. */
const parametersOf = (query: z.ZodObject) => {
  const { properties = {}, required = [] } = inputSchema(query)
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    ...('description' in schema && schema.description ? { description: schema.description } : {}),
    schema: asSchema(schema),
  }))
}

/** Says in the OpenAPI document what a route does. It changes nothing of what it does. */
export const describe = (about: Description): MiddlewareHandler => {
  const { operationId, tag, summary, description, servers, query, headers = [], body, answers } = about
  const parameters = [...(query ? parametersOf(query) : []), ...headers]
  const content = Object.entries(body?.content ?? {}).map(([type, schema]) => [type, { schema: inputSchema(schema) }])
  return describeRoute({
    operationId,
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    ...(servers === undefined ? {} : { servers }),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: { required: body.required ?? true, content: Object.fromEntries(content) } } : {}),
    responses: { ...answers, ...failures(about.failures) },
  })
}
