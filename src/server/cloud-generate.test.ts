import { readFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeClip } from '../engine/testing/clips.ts'
import { submittedSchema } from '../shared/routes.ts'
import { type DecartServer, type Fault, startDecartServer } from './testing/decart-server.ts'
import { formOf, serve, type Served } from './testing/serve.ts'

// What a caller of one request is told when the cloud behind it fails.
let cloud: DecartServer
let server: Served
let clip: Blob

beforeAll(async () => {
  const path = await makeClip(join(await mkdtemp(join(tmpdir(), 'rushes-')), 'clip.mp4'), { seconds: 0.4 })
  const bytes = readFileSync(path)
  clip = new Blob([bytes])
  cloud = await startDecartServer({ apiKey: 'k', result: () => bytes })
  server = await serve({ env: { DECART_API_KEY: 'k', DECART_BASE_URL: cloud.url }, start: { pollMs: 20 } })
})
afterAll(async () => {
  await server.close()
  await cloud.close()
})

const generate = () =>
  fetch(`${server.url}/v1/generate/lucy-clip`, { method: 'POST', body: formOf({ prompt: 'winter', data: clip }) })

it('the media', async () => {
  const answer = await generate()
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'video/mp4'])
  expect((await answer.arrayBuffer()).byteLength).toBe(clip.size)
})

const invalid = { detail: [{ loc: ['body', 'prompt'], msg: 'Too rude', type: 'value_error' }] }
const cases: [string, Fault, number, object][] = [
  ['a wrong key', { kind: 'answer', status: 401 }, 401, { code: 'INVALID_API_KEY' }],
  ['inputs', { kind: 'answer', status: 422, body: invalid }, 422, { fields: { prompt: expect.any(String) } }],
  ['a cloud that broke', { kind: 'answer', status: 500 }, 502, { code: expect.any(String) }],
]
it.each(cases)('%s', async (_name, fault, status, body) => {
  cloud.fail('submit', fault)
  const answer = await generate()
  expect(answer.status).toBe(status)
  expect(await answer.json()).toMatchObject(body)
})

it('when to come back', async () => {
  cloud.fail('submit', { kind: 'answer', status: 429, headers: { 'retry-after': '999' } })
  const answer = await generate()
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '999'])
})

describe('a name that SDKs send', () => {
  const submit = async (model: string, headers: Record<string, string> = {}) => {
    const answer = await server.submit(model, { prompt: 'winter', data: clip }, headers)
    const body: unknown = await answer.json()
    return { status: answer.status, body }
  }

  it.each([
    ['lucy-2', 'lucy-2.1'],
    ['lucy-2-v2v', 'lucy-2.1'],
    ['lucy-latest', 'lucy-latest'],
    ['lucy-pro-v2v', 'lucy-clip'],
    ['lucy-restyle-v2v', 'lucy-restyle-2'],
    ['lucy-vton-latest', 'lucy-vton-latest'],
    ['lucy-vton-3.6', 'lucy-vton-3.6'],
    ['lucy-2.6', 'lucy-2.6'],
  ])('%s is ordered as %s, with what the cloud would assume', async (sent, ordered) => {
    const { body } = await submit(sent)
    const job = await server.finished(submittedSchema.parse(body).job_id)
    expect(job).toMatchObject({
      status: 'completed',
      renderer: 'decart',
      requested_model: sent,
      inputs: { resolution: '720p', enhance_prompt: true },
    })
    const order = cloud.requests.findLast(({ method }) => method === 'POST')
    expect(order?.path).toBe(`/v1/jobs/${ordered}`)
    expect(order?.form?.fields).toMatchObject({ prompt: 'winter', resolution: '720p', enhance_prompt: 'true' })
  })

  it.each(['lucy-vton', 'lucy-2.1-vton', 'lucy-2.1-vton-2', 'lucy-vton-2', 'lucy-vton-3'])(
    '%s is gone from the cloud and made here',
    async (sent) => {
      expect(await submit(sent, { 'x-renderer': 'decart' })).toMatchObject({
        status: 422,
        body: { detail: expect.stringContaining('does not serve lucy-vton-') },
      })
      const { job_id } = submittedSchema.parse((await submit(sent)).body)
      expect(await server.job(job_id)).toMatchObject({ renderer: 'local' })
      await fetch(`${server.url}/v1/jobs/${job_id}`, { method: 'DELETE' })
    },
  )
})
