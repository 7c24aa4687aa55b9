import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createBench } from '../../testing/generation/bench.ts'
import { modelsShape, STAGES, videoShape, wholeShape } from '../../testing/generation/orders.ts'
import { type MediaAnswer, mediaOf } from './base64-answer.ts'
import { readFailure } from './failures.ts'
import { lookOf } from './looks.ts'
import { servedOf } from './offers.ts'
import { isAboutForm } from './video-orders.ts'
import { deletedSchema, modelInfoSchema, modelsSchema, videoListSchema, videoSchema } from './wire.ts'

const bench = createBench()
afterEach(bench.clean)

const fixtureSchema = z.object({
  source: z.object({ repo: z.string(), path: z.string(), commit: z.string() }),
  call: z.string(),
  status: z.number(),
  body: z.looseObject({}),
})
const FOLDER = join(import.meta.dirname, '../../testing/fixtures/generation')
const names = (await readdir(FOLDER)).map((file) => file.replace('.json', ''))
const load = async (name: string) =>
  fixtureSchema.parse(JSON.parse(await readFile(join(FOLDER, `${name}.json`), 'utf8')))
const bodyOf = async (name: string) => (await load(name)).body
const side = { host: 'box', free: true }

describe('what servers say, by their sources', () => {
  it('names its source', async () => {
    for (const name of names) expect((await load(name)).source.repo).toMatch(/^(vllm-project|sgl-project|ai-dynamo)\//)
    expect(names).toHaveLength(23)
  })

  it('is understood: models', async () => {
    const vllm = servedOf(modelsSchema.parse(await bodyOf('vllm-omni-models')).data)
    const sglang = servedOf(modelsSchema.parse(await bodyOf('sglang-models')).data)
    expect([vllm[0]?.facts?.tasks, sglang[0]?.facts?.tasks]).toEqual([
      ['text-to-video'],
      ['text-to-video', 'image-to-video'],
    ])
    expect(modelInfoSchema.parse(await bodyOf('sglang-model-info'))).toMatchObject({ task_type: 'T2V' })
  })

  it.each([
    ['vllm-omni-created', 'waiting'],
    ['vllm-omni-completed', 'done'],
    ['vllm-omni-failed', 'failed'],
    ['sglang-created', 'waiting'],
    ['sglang-completed', 'done'],
    ['sglang-failed', 'failed'],
    ['sglang-deleted', 'unknown'],
  ])('is understood: %s', async (name, state) => {
    expect(lookOf(videoSchema.parse(await bodyOf(name)), side).state).toBe(state)
  })

  it('is understood: lists, cancels and refusals', async () => {
    expect(videoListSchema.parse(await bodyOf('vllm-omni-list')).data).toHaveLength(1)
    expect(videoListSchema.parse(await bodyOf('sglang-list')).data).toHaveLength(1)
    expect(deletedSchema.parse(await bodyOf('vllm-omni-deleted'))).toEqual({ deleted: true })
    expect(deletedSchema.parse(await bodyOf('sglang-deleted'))).toEqual({ status: 'deleted' })
    const aboutForm = async (name: string) => {
      const { status, body } = await load(name)
      return isAboutForm({ status, text: JSON.stringify(body) })
    }
    expect([await aboutForm('vllm-omni-json-refused'), await aboutForm('sglang-form-refused')]).toEqual([true, true])
    expect(await aboutForm('vllm-omni-mismatch')).toBe(false)
    for (const name of ['vllm-omni-cancelling', 'sglang-unfinished', 'vllm-omni-mismatch'])
      expect(readFailure(JSON.stringify(await bodyOf(name))).words).toMatch(/\w/)
  })

  it('is understood: an answer that is the clip, or says why there is none', async () => {
    const told: MediaAnswer[] = []
    for (const name of ['dynamo-answer', 'dynamo-failed', 'sglang-image', 'vllm-omni-image'])
      for await (const _ of mediaOf(Readable.from([JSON.stringify(await bodyOf(name))]), (answer) =>
        told.push(answer),
      ));
    expect(told.map(({ bytes, error }) => [bytes, error])).toEqual([
      [8, null],
      [0, 'CUDA out of memory'],
      [8, null],
      [8, null],
    ])
  })

  it('is what the server of the tests says', async () => {
    const asked = { form: 'json', fields: { size: '1280x720', seconds: 5, prompt: 'snow' }, files: {} } as const
    const keys = (value: object) => Object.keys(value).toSorted()
    expect(keys(wholeShape('1', 'm', Buffer.alloc(1)))).toEqual(keys(await bodyOf('dynamo-answer')))
    for (const flavour of ['vllm-omni', 'sglang'] as const) {
      const order = { id: '1', asked, looks: 0, created: 1 }
      for (const stage of STAGES[flavour])
        expect(keys(videoShape(flavour, 'm', order, stage))).toEqual(keys(await bodyOf(`${flavour}-created`)))
      const [card] = modelsShape(flavour, { model: 'm', taskType: 'T2V', owner: flavour }).data
      const { data } = z.object({ data: z.array(z.looseObject({})) }).parse(await bodyOf(`${flavour}-models`))
      expect(keys(card ?? {})).toEqual(keys(data[0] ?? {}))
    }
  })

  it('is what the server of the tests says over HTTP, too', async () => {
    const server = await bench.serve({ flavour: 'sglang' })
    const body = async (path: string, init: RequestInit = {}) => (await fetch(server.url + path, init)).json()
    const json = (value: unknown) => ({
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(value),
    })
    const created = videoSchema.parse(await body('/v1/videos', json({ prompt: 'snow' })))
    expect(await body(`/v1/videos/${created.id}/content`)).toEqual(await bodyOf('sglang-unfinished'))
    const form = new FormData()
    form.set('prompt', 'snow')
    expect(await body('/v1/videos', { method: 'POST', body: form })).toEqual(await bodyOf('sglang-form-refused'))
    const deleted = await body(`/v1/videos/${created.id}`, { method: 'DELETE' })
    expect(deletedSchema.parse(deleted)).toEqual(deletedSchema.parse(await bodyOf('sglang-deleted')))
    const other = await bench.serve({})
    const refused = await fetch(`${other.url}/v1/videos`, json({ prompt: 'snow' }))
    expect([refused.status, await refused.json()]).toEqual([422, await bodyOf('vllm-omni-json-refused')])
  })
})
