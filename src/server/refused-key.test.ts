import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { healthSchema } from '../shared/routes.ts'
import { CLIP } from './testing/clip.ts'
import { type DecartServer, startDecartServer } from './testing/decart-server.ts'
import { serve, type Served } from './testing/serve.ts'

// A server whose key Decart does not take.
let cloud: DecartServer
let server: Served
let log = ''
beforeAll(async () => {
  cloud = await startDecartServer({ apiKey: 'the-right-key', result: () => CLIP })
  const env = { DECART_API_KEY: 'a-wrong-key', DECART_BASE_URL: cloud.url }
  server = await serve({ env, start: { pollMs: 20 }, log: (line) => (log += line) })
})
afterAll(async () => {
  await server.close()
  await cloud.close()
  expect(log).not.toContain('a-wrong-key')
})

const health = async () => healthSchema.parse(await (await fetch(`${server.url}/v1/health`)).json())
const clip = new Blob([CLIP])
const posts = () => cloud.requests.filter(({ method }) => method === 'POST')

it('says so before anything is ordered, in the health call and to every page', async () => {
  await vi.waitFor(async () => expect((await health()).renderers['decart']?.ready).toBe(false))
  const { renderers, default_renderer, notices } = await health()
  expect(renderers['decart']?.note).toMatch(/^Decart refuses the API key\. Set DECART_API_KEY/)
  expect(renderers['local']?.ready).toBe(true)
  // Nobody gets a draft who was promised the cloud.
  expect(default_renderer).toBe('decart')
  expect(notices).toEqual([{ code: 'KEY_REFUSED', message: renderers['decart']?.note }])
  expect(log).toContain('Decart refuses the API key')
})

it.each([{ 'x-renderer': 'decart' }, {}])(
  'refuses what would go to the cloud (%o), and sends nothing',
  async (headers) => {
    const answer = await server.submit('lucy-2.1', { prompt: 'snow', data: clip }, headers)
    expect(answer.status).toBe(401)
    expect(await answer.json()).toMatchObject({
      code: 'INVALID_API_KEY',
      detail: expect.stringMatching(/render locally/),
    })
    expect(posts()).toEqual([])
  },
)

it('renders locally what is asked for locally, or not served by the cloud', async () => {
  const asked = await server.submit('lucy-pro-t2i', { prompt: 'a lake', resolution: '480p' }, { 'x-renderer': 'local' })
  const other = await server.submit('lucy-pro-t2i', { prompt: 'a lake', resolution: '480p' })
  expect([asked.status, other.status]).toEqual([200, 200])
})

it('goes to the cloud again once the key is taken, and notices when it no longer is', async () => {
  cloud.admit('a-wrong-key')
  const looks = () => cloud.requests.filter(({ path }) => path.endsWith('/quota')).length
  const before = looks()
  const other = await serve({
    env: { DECART_API_KEY: 'a-wrong-key', DECART_BASE_URL: cloud.url },
    start: { pollMs: 20 },
  })
  const ready = async () =>
    healthSchema.parse(await (await fetch(`${other.url}/v1/health`)).json()).renderers['decart']?.ready
  await cloud.until(() => looks() > before)
  expect(await ready()).toBe(true)
  cloud.admit('the-right-key')
  const submitted = await other.submit('lucy-2.1', { prompt: 'snow', data: clip })
  expect(submitted.status).toBe(200)
  const { job_id } = (await submitted.json()) as { job_id: string }
  expect(await other.finished(job_id)).toMatchObject({ error: { code: 'INVALID_API_KEY', billed: 'no' } })
  await vi.waitFor(async () => expect(await ready()).toBe(false))
  expect((await other.submit('lucy-2.1', { prompt: 'snow', data: clip })).status).toBe(401)
  await other.close()
})

it('says so from the first refused order on where the key could not be tried before, and orders nothing more', async () => {
  const silent = await startDecartServer({ apiKey: 'the-right-key', result: () => CLIP, quota: false })
  const other = await serve({
    env: { DECART_API_KEY: 'a-wrong-key', DECART_BASE_URL: silent.url },
    start: { pollMs: 20 },
  })
  const told = async () => healthSchema.parse(await (await fetch(`${other.url}/v1/health`)).json())
  await vi.waitFor(async () => expect((await told()).renderers['decart']?.ready).toBe(true))
  const submitted = await other.submit('lucy-2.1', { prompt: 'snow', data: clip })
  const { job_id } = (await submitted.json()) as { job_id: string }
  expect(await other.finished(job_id)).toMatchObject({ error: { code: 'INVALID_API_KEY', billed: 'no' } })
  await vi.waitFor(async () => expect((await told()).renderers['decart']?.ready).toBe(false))
  expect((await told()).notices).toMatchObject([{ code: 'KEY_REFUSED' }])
  const checked = await (await fetch(`${other.url}/v1/renderers/decart/check`, { method: 'POST' })).json()
  expect(checked).toMatchObject({ state: 'unauthorized' })
  const orders = () => silent.requests.filter(({ method }) => method === 'POST').length
  const before = orders()
  expect((await other.submit('lucy-2.1', { prompt: 'snow', data: clip })).status).toBe(401)
  expect(orders()).toBe(before)
  await other.close()
  await silent.close()
})
