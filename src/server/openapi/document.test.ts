import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import openapiTS, { astToString } from 'openapi-typescript'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { fieldsOf } from '../../shared/models/describe.ts'
import { registry } from '../../shared/models/index.ts'
import { VERSION } from '../../shared/version.ts'
import { serve, type Served } from '../testing/serve.ts'
import { CLIENT_SOURCE } from './testing/client-source.ts'
import ts from './testing/typescript.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const run = promisify(execFile)

const schemaSchema = z.looseObject({ $ref: z.string().optional() })
const contentSchema = z.record(z.string(), z.object({ schema: schemaSchema }))
const operationSchema = z.looseObject({
  operationId: z.string(),
  responses: z.record(z.string(), z.looseObject({ content: contentSchema.optional() })),
})
const documentSchema = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
  components: z.looseObject({
    schemas: z.record(z.string(), z.looseObject({ properties: z.record(z.string(), schemaSchema).optional() })),
  }),
})

let server: Served
let source: string
let document: z.infer<typeof documentSchema>
beforeAll(async () => {
  server = await serve()
  source = await (await fetch(`${server.url}/openapi.json`)).text()
  document = documentSchema.parse(JSON.parse(source))
})
afterAll(() => server.close())

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )

it("has nothing that Redocly's linter finds", async () => {
  const config = await createConfig({ extends: ['recommended'] })
  const problems = await lintFromString({ source, absoluteRef: 'openapi.json', config })
  expect(problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual([])
})

it('describes every model under each of its names', () => {
  for (const { id, aliases, kind } of registry)
    for (const name of [id, ...(aliases ?? [])]) {
      const made = document.paths[`/v1/generate/${name}`]?.['post']?.responses['200']
      expect(Object.keys(made?.content ?? {})).toEqual([kind === 'video' ? 'video/mp4' : 'image/png'])
      expect(document.paths[`/v1/jobs/${name}`]).toHaveProperty('post')
    }
})

it('says what each field takes, and what is assumed', () => {
  for (const model of registry)
    for (const { name, meta } of fieldsOf(model)) {
      const schema = document.components.schemas[model.id]?.properties?.[name]
      if (meta.control === 'media')
        expect(schema).toMatchObject({ anyOf: [{ format: 'binary' }, { format: 'uri' }, { pattern: '^(file|job)_' }] })
      if ('assumed' in meta) expect(schema).toMatchObject({ default: meta.assumed })
      expect(Object.keys(schema ?? {})).toContain('x-form')
    }
  expect(document.paths['/v1/jobs']?.['get']).toMatchObject({
    parameters: expect.arrayContaining([
      expect.objectContaining({ name: 'limit', schema: expect.objectContaining({ default: 50, maximum: 200 }) }),
    ]),
  })
})

describe('every operation', () => {
  it('says how it may fail, and what it answers', () => {
    for (const { path, method, operation } of operations()) {
      const statuses = Object.keys(operation.responses)
      expect([path, method, statuses.some((status) => status.startsWith('4'))]).toEqual([path, method, true])
      const schema = operation.responses['200']?.content?.['application/json']?.schema
      if (schema) expect([path, method, Object.keys(schema)]).not.toEqual([path, method, []])
    }
    const ids = operations().map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('is one that the server has', async () => {
    for (const [path, methods] of Object.entries(document.paths)) {
      const answer = await fetch(`${server.url}${path.replace('{id}', 'none')}`, { method: 'OPTIONS' })
      const allowed = (answer.headers.get('allow') ?? '').toLowerCase().split(', ')
      expect([path, Object.keys(methods).filter((method) => !allowed.includes(method))]).toEqual([path, []])
    }
  })
})

it('makes a client that compiles as strictly as we do, and works', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rushes-client-'))
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction')
  const blob = ts.factory.createTypeReferenceNode('Blob')
  const types = await openapiTS(JSON.parse(source), {
    // As their manuals have it: files are Blobs, and what has a default need not be said.
    transform: ({ format }) => (format === 'binary' ? blob : undefined),
    defaultNonNullable: false,
  })
  await mkdir(join(folder, 'src'))
  await writeFile(join(folder, 'src', 'paths.ts'), astToString(types))
  await writeFile(join(folder, 'src', 'client.ts'), CLIENT_SOURCE)
  const compilerOptions = {
    noEmit: false,
    composite: false,
    allowImportingTsExtensions: false,
    outDir: 'out',
    rootDir: 'src',
    lib: ['ES2023', 'DOM', 'DOM.Iterable'],
    types: ['node'],
  }
  const config = { extends: join(ROOT, 'tsconfig.base.json'), compilerOptions, include: ['src'] }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config))
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module' }))
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc')
  const compiled = await run(process.execPath, [tsc, '-p', folder]).catch((error: unknown) => error)
  expect(compiled).toMatchObject({ stdout: '' })
  const { stdout } = await run(process.execPath, [join(folder, 'out', 'client.js'), server.url])
  expect(JSON.parse(stdout)).toEqual({
    version: VERSION,
    models: registry.length,
    resolved: 'lucy-2.1',
    seed: 7,
    output: 832,
    picture: true,
    kind: 'image',
    edits: ['completed', 'completed'],
    cancelled: 'completed',
    listed: expect.any(Number),
    refused: { prompt: 'must not be empty' },
  })
})
