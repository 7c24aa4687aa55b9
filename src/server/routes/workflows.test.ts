import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { errorBodySchema, routes } from '../../shared/routes.ts'
import { type WorkflowDetail, workflowDetailSchema, workflowListSchema } from '../../shared/workflows.ts'
import type { AppEnv } from '../http/context.ts'
import { failureResponse } from '../http/failure.ts'
import { ANYBODY } from '../people/viewer.ts'
import type { ServerPieces } from '../renderers/comfyui/graph-source.ts'
import { mp4With, pngWith } from '../testing/graph-carriers.ts'
import { workflowGraph, workflowPieces, workflowText } from '../testing/workflow-pieces.ts'
import { createWorkflowStore } from '../workflows/workflow-store.ts'
import { workflowRoutes } from './workflows.ts'

let folder: string
let server: Server
let url: string
let pieces: ServerPieces | null
let uploads: string
let looks: number

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rushes-'))
  uploads = mkdtempSync(join(tmpdir(), 'rushes-'))
  pieces = workflowPieces()
  looks = 0
  let count = 0
  const app = new Hono<AppEnv>()
  app.onError(failureResponse)
  app.use(async (context, next) => {
    context.set('viewer', ANYBODY)
    await next()
  })
  app.route(
    '/v1',
    workflowRoutes({
      workflows: createWorkflowStore({ folder }),
      pieces: () => pieces,
      temporaryPath: () => Promise.resolve(join(uploads, String(count++))),
      onWorkflowsChanged: () => Promise.resolve(looks++),
      ownOrigin: async (context, next) =>
        context.req.header('origin') === 'https://elsewhere.example' ? context.body(null, 403) : next(),
      note: () => Promise.resolve(),
      now: () => new Date('2026-01-02T03:04:05Z'),
    }),
  )
  server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false }) as Server
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(async () => {
  await new Promise((resolve) => server.close(resolve))
  for (const path of [folder, uploads]) rmSync(path, { recursive: true })
})

const ask = (path: string, method = 'GET', body?: unknown) =>
  fetch(url + path, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
const dropped = (bytes: Uint8Array<ArrayBuffer> | string, name: string, query = '') => {
  const form = new FormData()
  form.set('file', new Blob([bytes]), name)
  return fetch(`${url}${routes.workflows}${query}`, { method: 'POST', body: form })
}
const detail = async (answer: Response): Promise<WorkflowDetail> => {
  expect(answer.status).toBe(200)
  return workflowDetailSchema.parse(await answer.json())
}
const refusal = async (answer: Response) => ({ status: answer.status, ...errorBodySchema.parse(await answer.json()) })

const graph = workflowGraph('text-to-image')
const carrier = async () => new Uint8Array(await pngWith({ prompt: JSON.stringify(graph) }))

describe('a workflow of one’s own', () => {
  it('is dropped as a picture, looked at, named, kept, changed, exported and forgotten', async () => {
    const seen = await detail(await dropped(await carrier(), 'Foggy coast.png', '?save=false'))
    expect(seen).toMatchObject({
      saved: false,
      name: 'Foggy coast',
      model: 'workflow-foggy-coast',
      task: 'text-to-image',
      outputs: [{ node: '9' }, { node: '10' }],
      input_schema: { required: ['prompt'], properties: { prompt: {}, seed: {}, width: {} } },
    })
    expect([readdirSync(folder), readdirSync(uploads), looks]).toEqual([[], [], 0])

    const bindings = seen.bindings
      .filter(({ role }) => role !== 'steps')
      .map(({ role, node, key }) => ({ role, node, key }))
    const exposed = [{ node: '3', key: 'sampler_name', name: 'Sampler' }]
    const kept = await detail(
      await ask(routes.workflows, 'POST', { graph: seen.graph, name: 'Coast', bindings, exposed }),
    )
    expect(kept).toMatchObject({
      saved: true,
      slug: 'coast',
      model: 'workflow-coast',
      exposed: [{ field: 'sampler', control: { type: 'choice', choices: ['euler', 'uni_pc', 'res_multistep'] } }],
    })
    expect(Object.keys(Object(kept.input_schema['properties']))).toEqual([
      'prompt',
      'negative_prompt',
      'seed',
      'width',
      'height',
      'sampler',
    ])

    const renamed = await detail(await ask(routes.workflow('coast'), 'PUT', { name: 'Cliffs' }))
    expect(renamed).toMatchObject({ name: 'Cliffs', slug: 'coast', exposed: [{ field: 'sampler' }] })
    const list = workflowListSchema.parse(await (await ask(routes.workflows)).json())
    expect(list.workflows.map(({ name, model }) => [name, model])).toEqual([['Cliffs', 'workflow-coast']])

    const saved = await ask(routes.workflowGraph('coast'))
    expect(saved.headers.get('content-disposition')).toContain('filename="Cliffs.json"')
    expect(await saved.json()).toEqual(graph)

    expect((await ask(routes.workflow('coast'), 'DELETE')).status).toBe(204)
    expect(await refusal(await ask(routes.workflow('coast')))).toMatchObject({ status: 404, code: 'NOT_FOUND' })
    expect(readdirSync(folder)).toEqual([])
    // Who can make it was looked at when it was added, changed and forgotten.
    expect(looks).toBe(3)
  })

  it('is a graph alone, a clip that carries one, or the editor’s form of one', async () => {
    expect(await detail(await ask(routes.workflows, 'POST', graph))).toMatchObject({ name: 'Workflow' })
    const clip = new Uint8Array(mp4With({ prompt: JSON.stringify(workflowGraph('image-to-video')) }))
    expect(await detail(await dropped(clip, 'ship.mp4'))).toMatchObject({ slug: 'ship', kind: 'video' })
    const editor = workflowText('text-to-image.editor.json')
    expect(await detail(await dropped(editor, 'coast.json'))).toMatchObject({ slug: 'coast', kind: 'image' })
  })

  it('keeps ranges and choices while the server that told them is off', async () => {
    await detail(await ask(routes.workflows, 'POST', { graph, exposed: [{ node: '3', key: 'sampler_name' }] }))
    pieces = null
    const changed = await detail(
      await ask(routes.workflow('workflow'), 'PUT', { exposed: [{ node: '3', key: 'sampler_name', name: 'How' }] }),
    )
    expect(changed.exposed).toMatchObject([{ name: 'How', field: 'sampler_name', control: { type: 'choice' } }])
  })

  it('has no secrets in it, in no answer and no file', async () => {
    const secret = { ...graph, 6: { ...graph['6'], inputs: { ...graph['6']?.inputs, api_key: 'sk-abcdefabcdef1234' } } }
    const answer = await ask(routes.workflows, 'POST', { graph: secret })
    const text = await answer.text()
    expect(text).toContain('A secret was left out: api_key of node 6')
    expect(text).not.toContain('abcdefabcdef')
    // Also where it was looked at first, whose answer has a graph without it.
    const looked = workflowDetailSchema.parse(JSON.parse(text))
    const { notes, downloads } = looked
    const again = await detail(await ask(routes.workflows, 'POST', { graph: looked.graph, notes, downloads }))
    expect(again.notes).toEqual(notes)
    const file = await ask(routes.workflowGraph('workflow'))
    expect(await file.text()).not.toContain('abcdefabcdef')
  })
})

describe('what is refused', () => {
  it('says why, and keeps nothing', async () => {
    const plain = new Uint8Array(await pngWith({ Software: 'a camera' }))
    expect(await refusal(await dropped(plain, 'cat.png'))).toMatchObject({
      status: 422,
      code: 'INVALID_INPUT',
      detail: expect.stringContaining('The picture cat.png carries no ComfyUI graph'),
    })
    const broken = { ...graph, 8: { class_type: 'VAEDecode', inputs: { samples: ['77', 0] } } }
    expect(await refusal(await ask(routes.workflows, 'POST', { graph: broken }))).toMatchObject({
      status: 422,
      detail: expect.stringContaining('from node 77, which is not in the graph'),
    })
    expect(await refusal(await ask(routes.workflows, 'POST', { hello: 1 }))).toMatchObject({ status: 422 })
    pieces = null
    const editor = workflowText('text-to-image.editor.json')
    expect(await refusal(await dropped(editor, 'coast.json'))).toMatchObject({
      status: 422,
      detail: expect.stringContaining('File → Export (API)'),
    })
    const form = new FormData()
    form.set('name', 'nothing')
    const empty = await fetch(url + routes.workflows, { method: 'POST', body: form })
    expect(await refusal(empty)).toMatchObject({ status: 422, fields: { file: 'is required' } })
    expect([readdirSync(folder), readdirSync(uploads)]).toEqual([[], []])
  })

  it('names the choice that cannot be', async () => {
    const refuse = async (choices: object) => {
      const answer = await refusal(await ask(`${routes.workflows}?save=false`, 'POST', { graph, ...choices }))
      expect(answer.status).toBe(422)
      return JSON.stringify(answer.fields)
    }
    expect(await refuse({ bindings: [{ role: 'prompt', node: '3', key: 'cfg' }] })).toContain(
      'cfg of node 3 (KSampler) is of the kind number, and cannot be the prompt',
    )
    expect(await refuse({ bindings: [{ role: 'seed', node: '99', key: 'seed' }] })).toContain('seed of node 99')
    expect(await refuse({ exposed: [{ node: '6', key: 'text' }] })).toContain('is bound already')
    expect(await refuse({ output: '8' })).toContain('output')
    expect(await refuse({ name: ' ' })).toContain('name')
  })

  it('tells damaged files, and lets other pages do nothing', async () => {
    writeFileSync(join(folder, 'late.json'), '{')
    expect(await (await ask(routes.workflows)).json()).toEqual({ workflows: [], unreadable: [] })
    const elsewhere = await fetch(url + routes.workflows, { headers: { origin: 'https://elsewhere.example' } })
    expect(elsewhere.status).toBe(403)
  })
})
