import { createDecartClient, models } from '@decartai/sdk'
import { once } from 'node:events'
import { WebSocket } from 'ws'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clientTokenSchema } from '../shared/client-setup.ts'
import { CLIP } from './testing/clip.ts'
import { serve, type Served } from './testing/serve.ts'

let server: Served
beforeAll(async () => {
  server = await serve()
})
afterAll(() => server.close())

const tokens = (body?: string) =>
  fetch(`${server.url}/v1/client/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body }),
  })

describe("the set-up of Decart's SDK", () => {
  it('gets a token, and a client made with it works', async () => {
    const backend = createDecartClient({ apiKey: 'any', baseUrl: server.url })
    const token = await backend.tokens.create({
      expiresIn: 120,
      allowedModels: ['lucy-clip'],
      allowedOrigins: ['https://example.com'],
      constraints: { realtime: { maxSessionDuration: 60 } },
      metadata: { role: 'viewer' },
    })
    expect(token).toMatchObject({
      apiKey: expect.stringMatching(/^ek_.{20}/),
      permissions: { models: ['lucy-clip'], origins: ['https://example.com'] },
      constraints: { realtime: { maxSessionDuration: 60 } },
    })
    const seconds = (Date.parse(token.expiresAt) - Date.now()) / 1000
    expect(seconds).toBeGreaterThan(110)
    expect(seconds).toBeLessThanOrEqual(120)
    const frontend = createDecartClient({ apiKey: token.apiKey, baseUrl: server.url })
    const data = new Blob([CLIP])
    const { job_id } = await frontend.queue.submit({ model: models.video('lucy-clip'), prompt: 'ink', data })
    await fetch(`${server.url}/v1/jobs/${job_id}`, { method: 'DELETE' })
  })

  it('gets one as newer SDKs want it, a JWT beside the key, also for no body at all', async () => {
    for (const body of [undefined, '{}', 'null']) {
      const { token, apiKey, permissions } = clientTokenSchema.parse(await (await tokens(body)).json())
      const [header, claims, signature] = token.split('.')
      const read = (part = ''): unknown => JSON.parse(Buffer.from(part, 'base64url').toString())
      expect(read(header)).toMatchObject({ alg: 'none' })
      expect(read(claims)).toMatchObject({ sub: 'local', jti: apiKey, exp: expect.any(Number) })
      expect([signature, permissions]).toEqual(['', null])
    }
  })

  it.each([
    ['{"expiresIn": 0}', 'expiresIn'],
    ['{"expiresIn": "soon"}', 'expiresIn'],
    [JSON.stringify({ allowedModels: Array.from({ length: 21 }, () => 'lucy-clip') }), 'allowedModels'],
  ])('is told what a token cannot be: %s', async (body, field) => {
    const answer = await tokens(body)
    expect(answer.status).toBe(422)
    expect(await answer.json()).toMatchObject({ fields: { [field]: expect.any(String) } })
  })
})

describe('realtime is not here', () => {
  it('and no session may run', async () => {
    const answer = await fetch(`${server.url}/v1/realtime/quota`)
    expect([answer.status, await answer.json()]).toEqual([200, { limit: 0, active: 0, remaining: 0 }])
  })

  it.each(['/v1/stream', '/api/decart/v1/stream'])('says so to a WebSocket, and hangs up: %s', async (path) => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}${path}?api_key=any&model=lucy-2.1`)
    const [message] = await once(socket, 'message')
    expect(JSON.parse(String(message))).toMatchObject({
      type: 'error',
      error: expect.stringContaining('Realtime is not here'),
    })
    const [code, reason] = await once(socket, 'close')
    expect([code, String(reason)]).toEqual([1008, 'Realtime is not here.'])
  })

  it('says so to a request', async () => {
    const answer = await fetch(`${server.url}/v1/stream`)
    expect([answer.status, await answer.json()]).toMatchObject([404, { detail: expect.stringMatching(/not here/) }])
  })

  it('lets no foreign page open a socket, and no socket keep the server from stopping', async () => {
    const url = server.url.replace('http', 'ws')
    const foreign = new WebSocket(`${url}/v1/stream`, { origin: 'https://attacker.example' })
    expect(String((await once(foreign, 'error'))[0])).toContain('403')
    const elsewhere = new WebSocket(`${url}/v1/jobs`)
    expect(String((await once(elsewhere, 'error'))[0])).toContain('200')
    const other = await serve()
    const silent = new WebSocket(`${other.url.replace('http', 'ws')}/v1/stream`)
    await once(silent, 'open')
    // It does not answer the close.
    silent.pause()
    await other.close()
    silent.terminate()
  })
})
