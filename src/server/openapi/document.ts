import { generateSpecs } from 'hono-openapi'
import type { Hono } from 'hono'
import type { AppEnv } from '../http/context.ts'
import type { AuthMode } from '../../shared/people.ts'
import { TAGS } from './describe.ts'
import { failureResponses } from './failures.ts'
import { type DescribedModels, headerParameters, modelPaths, modelSchemas } from './model-paths.ts'
import { namedSchemas } from './schemas.ts'

const DESCRIPTION =
  "Decart's wire, and some additions: jobs that tell what they do, a list of them, events, files from the web. Every Decart SDK works with its base URL set to this server."

const NO_KEY =
  'Taken from any SDK and looked at by nobody: whoever reaches this server may use it, and its own Decart key stays with it.'
const KEY = 'An API token, which everybody makes for themselves in the studio, under Settings, Account.'

/** Where nobody has to have a key, nobody is refused for one. */
const securityOf = (auth: AuthMode) => (auth === 'none' ? [{}, { ApiKey: [] }] : [{ ApiKey: [] }, { Bearer: [] }])

/**
 * The API as OpenAPI 3.1: what its routes say of themselves, and every model there is now. All schemas are those that
 * routes parse and answer with.
 */
export const openApiDocument = (routes: Hono<AppEnv>, version: string, models: DescribedModels, auth: AuthMode) => {
  return generateSpecs(routes, {
    excludeStaticFile: false,
    documentation: {
      openapi: '3.1.0',
      info: { title: 'Rushes', version, description: DESCRIPTION, license: { name: 'MIT', identifier: 'MIT' } },
      // Relative to the document's own address, so that they hold behind any proxy.
      servers: [
        { url: '/', description: 'This server.' },
        { url: '/api/decart', description: "The same, where Decart's SDKs look for a proxy." },
      ],
      security: securityOf(auth),
      tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
      paths: modelPaths(models),
      components: {
        schemas: { ...namedSchemas(), ...modelSchemas(models) },
        responses: failureResponses(),
        parameters: headerParameters,
        securitySchemes: {
          ApiKey: {
            type: 'apiKey',
            in: 'header',
            name: 'X-API-KEY',
            description: auth === 'none' ? NO_KEY : KEY,
          },
          ...(auth === 'none' ? {} : { Bearer: { type: 'http', scheme: 'bearer', description: KEY } }),
        },
      },
    },
  })
}
