import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { FAL_KEY } from '../../testing/fal/connect.ts'
import { type FalServer, startFalServer } from '../../testing/fal-server.ts'
import {
  accountSchema,
  cancelSchema,
  errorSchema,
  partSchema,
  queuedSchema,
  queueStatusSchema,
  resultSchema,
  uploadSchema,
} from './wire.ts'

const FOLDER = join(import.meta.dirname, '../../testing/fixtures/fal')
const fixtureSchema = z.object({ source: z.string().min(10), status: z.number(), body: z.unknown() })
const fixture = async (name: string) =>
  fixtureSchema.parse(JSON.parse(await readFile(join(FOLDER, `${name}.json`), 'utf8')))

/** Which schema reads which shapes. */
const READS = {
  queued: queuedSchema,
  'status-in-queue': queueStatusSchema,
  'status-in-progress': queueStatusSchema,
  'status-completed': queueStatusSchema,
  'status-completed-error': queueStatusSchema,
  'result-video': resultSchema,
  'result-images': resultSchema,
  'error-complaints': errorSchema,
  'error-content-policy': errorSchema,
  'error-request': errorSchema,
  'error-locked': errorSchema,
  'cancel-ok': cancelSchema,
  'cancel-requested': cancelSchema,
  'cancel-completed': cancelSchema,
  'cancel-not-found': cancelSchema,
  'upload-initiate': uploadSchema,
  'upload-part': partSchema,
  account: accountSchema,
} as const

/** Keys and types, without values. */
const shapeOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf)
  if (value === null || typeof value !== 'object') return value === null ? 'null' : typeof value
  const entries = Object.entries(value).toSorted(([one], [other]) => one.localeCompare(other))
  return Object.fromEntries(entries.map(([name, inner]) => [name, shapeOf(inner)]))
}

describe('what fal says', () => {
  it('is read in every shape that is written down', async () => {
    const names = (await readdir(FOLDER)).map((file) => file.replace(/\.json$/, ''))
    expect(names.toSorted()).toEqual(Object.keys(READS).toSorted())
    for (const [name, schema] of Object.entries(READS)) {
      const { body } = await fixture(name)
      expect([name, schema.safeParse(body).error]).toEqual([name, undefined])
    }
  })
})

describe('the fake fal says', () => {
  let server: FalServer
  beforeAll(async () => {
    const png = Buffer.from('a picture')
    server = await startFalServer({ apiKey: FAL_KEY, result: () => png })
  })
  afterAll(() => server.close())

  const ask = async (url: string, method = 'GET', body?: unknown) => {
    const headers = { authorization: `Key ${FAL_KEY}`, 'content-type': 'application/json' }
    const answer = await fetch(url, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    return { status: answer.status, body: (await answer.json()) as unknown }
  }
  const same = async (name: keyof typeof READS, answer: { status: number; body: unknown }) => {
    const { status, body } = await fixture(name)
    expect([name, answer.status, shapeOf(answer.body)]).toEqual([name, status, shapeOf(body)])
  }
  const submit = async (endpoint: string, input: Record<string, unknown> = { prompt: 'snow' }) => {
    const answer = await ask(`${server.queueUrl}/${endpoint}`, 'POST', input)
    return { answer, ...queuedSchema.parse(answer.body) }
  }
  const WAN = 'fal-ai/wan/v2.2-a14b/text-to-video/turbo'

  it('what fal does of orders, under links that are not the endpoint’s', async () => {
    const made = await submit(WAN)
    expect(made.status_url).toBe(`${server.queueUrl}/fal-ai/wan/requests/${made.request_id}/status`)
    await same('queued', made.answer)
    await same('status-in-queue', await ask(made.status_url))
    await same('status-in-progress', await ask(made.status_url))
    await same('status-completed', await ask(made.status_url))
    await same('result-video', await ask(made.response_url))
    const picture = await submit('fal-ai/flux-2/klein/4b')
    server.queue.become(['COMPLETED'])
    await same('result-images', await ask(picture.response_url))
  })

  it('what fal does of failures', async () => {
    server.queue.become(['COMPLETED'])
    const missing = { prompt: 'a', image_url: 'https://example.com/missing.png' }
    await same('error-complaints', await ask((await submit(`fal-ai/wan/v2.2-5b/image-to-video`, missing)).response_url))
    const { status, body } = await fixture('error-request')
    server.queue.failWith({ status, body, error: 'Runner disconnected', error_type: 'runner_disconnected' })
    const failed = await submit(WAN)
    await same('status-completed-error', await ask(failed.status_url))
    await same('error-request', await ask(failed.response_url))
    server.queue.failWith(null)
    server.lock('Exhausted balance. Top up your balance at fal.ai/dashboard/billing')
    await same('error-locked', await ask(`${server.queueUrl}/${WAN}`, 'POST', {}))
    server.lock(null)
  })

  it('what fal does of cancels, whoever asks and when', async () => {
    for (const [word, name] of [
      ['IN_QUEUE', 'cancel-ok'],
      ['IN_PROGRESS', 'cancel-requested'],
      ['COMPLETED', 'cancel-completed'],
    ] as const) {
      server.queue.become([word])
      await same(name, await ask((await submit(WAN)).cancel_url, 'PUT'))
    }
    await same('cancel-not-found', await ask(`${server.queueUrl}/fal-ai/wan/requests/nobody/cancel`, 'PUT'))
  })

  it('what fal does of uploads and of accounts', async () => {
    const file = { content_type: 'image/png', file_name: 'a.png' }
    const route = `${server.restUrl}/storage/upload/initiate`
    await same('upload-initiate', await ask(`${route}?storage_type=fal-cdn-v3`, 'POST', file))
    const parts = await ask(`${route}-multipart?storage_type=fal-cdn-v3`, 'POST', file)
    const { upload_url: url } = uploadSchema.parse(parts.body)
    const answer = await fetch(url.replace('?', '/1?'), { method: 'PUT', body: 'bytes' })
    await same('upload-part', { status: answer.status, body: await answer.json() })
    const account = await ask(`${server.restUrl}/users/current`)
    await same('account', account)
  })
})
