import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rendererListSchema } from '../shared/renderers.ts'
import { CLIP } from './testing/clip.ts'
import { startEquippedComfyui } from './testing/equipped-comfyui.ts'
import { type FalServer, startFalServer } from './testing/fal-server.ts'
import { startGenerationServer } from './testing/generation-server.ts'
import { type Served, serve } from './testing/serve.ts'

const KEY = 'fal-id:secret-77aa51'

let fal: FalServer
let comfyui: Awaited<ReturnType<typeof startEquippedComfyui>>
let cluster: Awaited<ReturnType<typeof startGenerationServer>>
let server: Served
let log = ''
beforeAll(async () => {
  fal = await startFalServer({ apiKey: KEY })
  comfyui = await startEquippedComfyui()
  cluster = await startGenerationServer({ flavour: 'vllm-omni', model: 'Wan-AI/Wan2.2-TI2V-5B-Diffusers' })
  server = await serve({
    env: {
      COMFYUI_URL: comfyui.url,
      FAL_KEY: KEY,
      FAL_QUEUE_URL: fal.queueUrl,
      FAL_REST_URL: fal.restUrl,
      GENERATION_URL: cluster.url,
    },
    start: { pollMs: 30 },
    log: (line) => void (log += line),
  })
})
afterAll(async () => {
  await server.close()
  await Promise.all([fal.close(), comfyui.close(), cluster.close()])
  expect(log).not.toContain('secret-77aa51')
})

const renderers = async () =>
  rendererListSchema.parse(await (await fetch(`${server.url}/v1/renderers`)).json()).renderers
const picture = async (): Promise<Blob> => {
  const { default: sharp } = await import('sharp')
  const bytes = await sharp({ create: { width: 640, height: 360, channels: 3, background: '#a42' } })
    .png()
    .toBuffer()
  return new Blob([new Uint8Array(bytes)])
}
const clip = () => new Blob([new Uint8Array(CLIP)])

const inputsOf = async (model: string): Promise<Record<string, string | Blob>> => {
  if (model.endsWith('flf2v')) return { start: await picture(), end: await picture() }
  if (model.endsWith('i2v') || model.endsWith('i2i')) return { data: await picture() }
  if (model.endsWith('v2v')) return { data: clip() }
  return {}
}

const EIGHT = [
  'lucy-pro-t2v',
  'lucy-pro-i2v',
  'lucy-dev-i2v',
  'lucy-pro-v2v',
  'lucy-dev-v2v',
  'lucy-pro-flf2v',
  'lucy-pro-t2i',
  'lucy-pro-i2i',
]

it('tells who can render what, and where the material goes', async () => {
  const all = await renderers()
  expect(all.map(({ name, state, where }) => [name, state, where])).toEqual([
    ['decart', 'off', 'a third party'],
    ['comfyui', 'ready', 'this machine'],
    ['openai', 'ready', 'this machine'],
    ['fal', 'ready', 'a third party'],
    ['local', 'ready', 'this machine'],
  ])
})

describe.each(['comfyui', 'fal'])('all eight models run on %s', (renderer) => {
  it.each(EIGHT)('%s', async (model) => {
    const fields = { prompt: 'Change it to a lake at dusk', seed: '7', resolution: '480p', ...(await inputsOf(model)) }
    const answer = await server.submit(model, fields, { 'x-renderer': renderer })
    expect([answer.status, await answer.clone().json()]).toEqual([200, expect.anything()])
    const { job_id: id } = (await answer.json()) as { job_id: string }
    const job = await server.finished(id)
    const offer = (await renderers()).find(({ name }) => name === renderer)?.models[model]
    expect(job).toMatchObject({
      status: 'completed',
      renderer,
      seed: 7,
      output: { engine: { name: offer?.engine.name } },
    })
  })
})

describe('an engine that is named', () => {
  it('runs in the place of the first', async () => {
    const other = (await renderers()).find(({ name }) => name === 'comfyui')?.models['lucy-pro-t2v']?.others?.[0]
    expect(other).toMatchObject({ ready: true })
    const headers = { 'x-renderer': 'comfyui', 'x-engine': other?.engine.name ?? '' }
    const answer = await server.submit('lucy-pro-t2v', { prompt: 'a lake', resolution: '480p' }, headers)
    const { job_id: id } = (await answer.json()) as { job_id: string }
    expect(await server.finished(id)).toMatchObject({
      status: 'completed',
      output: { engine: { name: other?.engine.name } },
    })
  })

  it('must be one that is offered', async () => {
    const headers = { 'x-renderer': 'comfyui', 'x-engine': 'Sora 9' }
    const answer = await server.submit('lucy-pro-t2v', { prompt: 'a lake' }, headers)
    expect([answer.status, await answer.json()]).toEqual([
      409,
      expect.objectContaining({ detail: expect.stringMatching(/no engine Sora 9 .* It has: Wan/) }),
    ])
  })
})
