import { type IncomingMessage, request } from 'node:http'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer, type ProxyOptions } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fileResourceSchema } from '../../shared/media.ts'
import { CLIP } from '../testing/clip.ts'
import { rawForm, sendRaw } from '../testing/raw-form.ts'
import { formOf, serve, type Served } from '../testing/serve.ts'

const APP = 'https://app.example.com'
const lines: string[] = []
let server: Served
let opened: Served
beforeAll(async () => {
  server = await serve({ log: (line) => lines.push(line) })
  opened = await serve({ env: { ALLOWED_ORIGINS: `${APP}, http://localhost:9999`, ALLOWED_HOSTS: 'studio.lan' } })
})
afterAll(() => Promise.all([server.close(), opened.close()]))

/** A request with headers that `fetch` would not let through, such as Host. */
const askRaw = (url: string, headers: Record<string, string>): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    request(url, { headers }, (answer) => resolve(answer.resume()))
      .on('error', reject)
      .end()
  })
const ask = async (url: string, headers: Record<string, string>) => (await askRaw(url, headers)).statusCode
const headersOf = async (url: string, headers: Record<string, string>) => (await askRaw(url, headers)).headers

it('refuses in words, and logs whom', async () => {
  const answer = await fetch(`${server.url}/v1/health`, { headers: { origin: 'https://attacker.example' } })
  expect([answer.status, answer.headers.get('x-content-type-options')]).toEqual([403, 'nosniff'])
  expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  expect(await answer.json()).toMatchObject({
    code: 'FORBIDDEN',
    detail: expect.stringContaining('ALLOWED_ORIGINS=https://attacker.example'),
  })
  expect(await ask(`${server.url}/v1/health`, { host: 'studio.lan' })).toBe(403)
  const logged = lines
    .map((line): unknown => JSON.parse(line))
    .filter((line) => JSON.stringify(line).includes('refused'))
  expect(logged).toMatchObject([
    { level: 40, host: new URL(server.url).host, origin: 'https://attacker.example', path: '/v1/health' },
    { level: 40, host: 'studio.lan', origin: null },
  ])
})

it('answers to the names that the settings add', async () => {
  expect(await ask(`${opened.url}/v1/health`, { host: 'studio.lan:4600' })).toBe(200)
  expect(await ask(`${opened.url}/v1/health`, { host: 'studio.lan', origin: 'http://studio.lan' })).toBe(200)
  expect(await ask(`${opened.url}/v1/health`, { host: 'other.lan' })).toBe(403)
})

it('says who may open its windows where browsers listen: on this machine and over https', async () => {
  const behind = await serve({ env: { PUBLIC_URL: 'https://studio.example.com' } })
  const said = async (url: string, host: string) =>
    (await headersOf(`${url}/v1/health`, { host }))['cross-origin-opener-policy']
  expect(await said(opened.url, 'localhost:4600')).toBe('same-origin')
  expect(await said(opened.url, 'studio.lan:4600')).toBeUndefined()
  expect(await said(behind.url, 'studio.example.com')).toBe('same-origin')
  await behind.close()
})

it('sets the security headers on every answer, streamed files too', async () => {
  const file = fileResourceSchema.parse(await (await server.upload(new Blob([CLIP]), 'a.mp4')).json())
  for (const path of ['/v1/health', '/v1/nothing', '/openapi.json', `/v1/files/${file.id}/content`]) {
    const answer = await fetch(`${server.url}${path}`)
    expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'")
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('vary')).toBeNull()
    await answer.body?.cancel()
  }
})

describe('a page of an allowed origin', () => {
  it('asks before, and is told what it may send', async () => {
    const answer = await fetch(`${opened.url}/v1/jobs/lucy-pro-t2i`, {
      method: 'OPTIONS',
      headers: {
        origin: APP,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'x-api-key,idempotency-key,x-batch,x-batch-place',
      },
    })
    expect(answer.status).toBe(204)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'access-control-allow-origin': APP,
      'access-control-allow-methods': expect.stringContaining('DELETE'),
      'access-control-allow-headers': 'x-api-key,idempotency-key,x-batch,x-batch-place',
      'access-control-max-age': '600',
      vary: 'origin, access-control-request-headers',
    })
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
  })

  it('reads answers of every kind', async () => {
    const upload = await sendRaw(
      `${opened.url}/v1/files`,
      rawForm([{ name: 'file', filename: 'a.mp4', content: CLIP }]),
      { origin: APP },
    )
    const { id } = fileResourceSchema.parse(upload.body)
    const answers = [
      ['/v1/health', 200],
      [`/v1/files/${id}/content`, 200],
      [`/v1/files/${id}/thumbnail`, 200],
      ['/v1/events', 200],
      ['/v1/jobs/job_0', 404],
      ['/v1/nothing', 404],
    ] as const
    for (const [path, status] of answers) {
      const controller = new AbortController()
      const answer = await fetch(`${opened.url}${path}`, { headers: { origin: APP }, signal: controller.signal })
      expect([
        path,
        answer.status,
        answer.headers.get('access-control-allow-origin'),
        answer.headers.get('vary'),
      ]).toEqual([path, status, APP, 'origin'])
      expect(answer.headers.get('access-control-expose-headers')).toContain('content-disposition')
      controller.abort()
    }
    const refused = await fetch(`${opened.url}/v1/jobs/lucy-pro-t2i`, {
      method: 'POST',
      headers: { origin: APP },
      body: formOf({}),
    })
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([422, APP])
  })

  it('does not open the door to others, or to caches that mix them up', async () => {
    const other = await fetch(`${opened.url}/v1/health`, { headers: { origin: 'https://attacker.example' } })
    expect([other.status, other.headers.get('access-control-allow-origin')]).toEqual([403, null])
    const own = await fetch(`${opened.url}/v1/health`)
    expect([own.status, own.headers.get('access-control-allow-origin'), own.headers.get('vary')]).toEqual([
      200,
      null,
      'origin',
    ])
  })
})

it('works behind a reverse proxy with https, whichever Host it passes on', async () => {
  const proxied = await serve({ env: { PUBLIC_URL: 'https://studio.example.com/' } })
  const origin = 'https://studio.example.com'
  for (const host of ['studio.example.com', new URL(proxied.url).host]) {
    expect(await ask(`${proxied.url}/v1/health`, { host, origin })).toBe(200)
    expect(await ask(`${proxied.url}/v1/health`, { host })).toBe(200)
  }
  expect(
    await ask(`${proxied.url}/v1/health`, { host: 'studio.example.com', origin: 'http://studio.example.com' }),
  ).toBe(403)
  const forwarded = { host: 'attacker.example', 'x-forwarded-host': 'studio.example.com', 'x-forwarded-proto': 'https' }
  expect(await ask(`${proxied.url}/v1/health`, forwarded)).toBe(403)
  await proxied.close()
})

it("tells a page behind Vite's proxy, which changes Host and keeps Origin, what to set, and that helps", async () => {
  let proxy: ProxyOptions = {}
  const root = mkdtempSync(join(tmpdir(), 'rushes-vite-'))
  const vite = await createServer({
    root,
    configFile: false,
    logLevel: 'silent',
    server: {
      host: '127.0.0.1',
      port: 0,
      // What the shorthand `'/v1': server.url` comes to, with a hand kept on it.
      proxy: {
        '/v1': { target: server.url, changeOrigin: true, configure: (_proxy, options) => void (proxy = options) },
      },
    },
  })
  await vite.listen()
  const origin = new URL(vite.resolvedUrls?.local[0] ?? '').origin
  const ask = () =>
    fetch(`${origin}/v1/models/resolve`, { method: 'POST', body: '{"model":"lucy-clip"}', headers: { origin } })
  const refused = await ask()
  expect(refused.status).toBe(403)
  expect(await refused.json()).toMatchObject({ detail: expect.stringContaining(`ALLOWED_ORIGINS=${origin}`) })
  const open = await serve({ env: { ALLOWED_ORIGINS: origin } })
  proxy.target = open.url
  expect((await ask()).status).toBe(200)
  await open.close()
  await vite.close()
})
