import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { inviteSchema, meSchema } from '../shared/people.ts'
import { routes } from '../shared/routes.ts'
import { dropInvite } from './people/invite-file.ts'
import { hashOf } from './people/secrets.ts'
import { apiTokenOf, callAs, cookieIn, invited, signIn } from './testing/people.ts'
import { serve, type Served } from './testing/serve.ts'

let dataDir: string
let server: Served
let lines: string[]
const start = async (env: Record<string, string> = {}) => {
  server = await serve({ dataDir, env: { AUTH: 'token', ...env }, log: (line) => lines.push(line) })
  return server
}
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'rushes-'))
  lines = []
})
afterEach(async () => {
  vi.useRealTimers()
  await server.close()
})

const refused = (code: string, words: RegExp) => ({ code, detail: expect.stringMatching(words) })

describe('without having signed in', () => {
  it('nothing answers but a sign of life, how to sign in, and the studio’s code', async () => {
    const { url } = await start()
    const { call, ask } = callAs(url)
    for (const [path, method] of [
      ['/v1/jobs', 'GET'],
      ['/v1/jobs/lucy-pro-t2i', 'POST'],
      ['/v1/generate/lucy-pro-t2i', 'POST'],
      ['/v1/files/file_00000000000000000000000000000000', 'GET'],
      ['/v1/events', 'GET'],
      ['/v1/events', 'HEAD'],
      ['/v1/renderers', 'GET'],
      ['/v1/renderers/comfyui/settings', 'PUT'],
      ['/v1/spending', 'GET'],
      ['/v1/me', 'GET'],
      ['/v1/people', 'GET'],
      ['/v1/audit', 'GET'],
      ['/v1/tokens', 'GET'],
      ['/v1/client/tokens', 'POST'],
      ['/v1/stream', 'GET'],
      ['/v1/nothing-there', 'GET'],
      ['/api/decart/v1/jobs', 'GET'],
      ['//v1/jobs', 'GET'],
      ['/openapi.json', 'GET'],
    ] as const) {
      const answer = await ask(path, method)
      expect([path, method, answer.status]).toEqual([path, method, 401])
      expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="Rushes"')
    }
    expect((await call(routes.jobs)).body).toEqual(refused('UNAUTHENTICATED', /Sign in.*X-API-KEY.*Bearer/))
    // Figures have a key of their own.
    expect((await call('/metrics')).body).toEqual(refused('FORBIDDEN', /METRICS_TOKEN/))
    const health = await call(routes.health)
    expect(health).toMatchObject({ status: 200, body: { status: 'ok', renderers: {}, notices: [] } })
  })

  it('the document of the API says that a token is wanted', async () => {
    const { url, firstSecret } = await start()
    const { token } = await apiTokenOf(await signIn(url, firstSecret, 'Ada'))
    expect((await callAs(url, { 'x-api-key': token }).call('/openapi.json')).body).toMatchObject({
      security: [{ ApiKey: [] }, { Bearer: [] }],
      components: { securitySchemes: { ApiKey: { in: 'header' }, Bearer: { scheme: 'bearer' } } },
    })
  })

  it('a page leads to where one signs in, and says where one was', async () => {
    const { url } = await start()
    const { ask } = callAs(url, { accept: 'text/html' })
    const to = async (path: string) => (await ask(path)).headers.get('location')
    expect(await to('/')).toBe('/sign-in')
    expect(await to('/take/job_1?q=fox')).toBe('/sign-in?to=%2Ftake%2Fjob_1%3Fq%3Dfox')
    // It is open, and so are its code and its picture: here is no studio, so that they are not there.
    for (const path of ['/sign-in', '/assets/index.js', '/icon.svg', '/theme.js'])
      expect([path, (await ask(path)).status]).toEqual([path, 404])
  })
})

describe('a link', () => {
  it('of the terminal makes the first admin, once', async () => {
    const { url, firstSecret } = await start()
    const { ask, call } = callAs(url)
    const look = { status: 200, body: { name: '', role: 'admin', joined: false } }
    expect(await call(routes.invitation, 'POST', { token: firstSecret })).toMatchObject(look)
    expect(await call(routes.session, 'POST', { token: firstSecret })).toMatchObject({
      status: 422,
      body: { fields: { name: 'is required' } },
    })
    const answer = await ask(routes.session, 'POST', { token: firstSecret, name: '  Ada \u200b Lovelace ' })
    expect(meSchema.parse(await answer.json())).toMatchObject({
      auth: 'token',
      person: { name: 'Ada Lovelace', role: 'admin' },
      can_sign_out: true,
    })
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^rushes_session=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/),
    ])
    expect(await callAs(url, { cookie: cookieIn(answer) }).call(routes.jobs)).toMatchObject({ status: 200 })
    expect(await call(routes.session, 'POST', { token: firstSecret, name: 'Eve' })).toMatchObject({
      status: 401,
      body: refused('UNAUTHENTICATED', /used already/),
    })
  })

  it('is made anew by each start until somebody has come by one; then by none, and sessions go on', async () => {
    const first = await start()
    await first.close(true)
    const second = await start()
    expect(second.firstSecret).not.toBe(first.firstSecret)
    const ada = await signIn(second.url, first.firstSecret, 'Ada')
    // The other is of the same person, and is over with it.
    await expect(signIn(second.url, second.firstSecret, 'Eve')).rejects.toThrow(/401.*not good any more/)
    await second.close(true)
    const third = await start()
    expect(third.firstSecret).toBe('')
    expect((await callAs(third.url, ada.headers).call(routes.me)).body).toMatchObject({ person: { name: 'Ada' } })
  })

  it('is over after its time', async () => {
    const { url, firstSecret } = await start()
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 24 * 60 * 60 * 1000 + 1 })
    await expect(signIn(url, firstSecret, 'Ada')).rejects.toThrow(/401.*its time is over/)
  })

  it('is for one of two who open it at once', async () => {
    const { url, firstSecret } = await start()
    const both = await Promise.allSettled([signIn(url, firstSecret, 'Ada'), signIn(url, firstSecret, 'Eve')])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })

  it('cannot be guessed often: an address that tries is told to wait, and for how long', async () => {
    const { url, firstSecret } = await start()
    const { call } = callAs(url)
    const guess = (at: number) => call(at % 2 ? routes.session : routes.invitation, 'POST', { token: 'x'.repeat(43) })
    for (let at = 0; at < 10; at++) expect((await guess(at)).status).toBe(401)
    const answer = await guess(10)
    expect(answer).toMatchObject({ status: 429, body: refused('RATE_LIMITED', /Try again in \d+ seconds/) })
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    await expect(signIn(url, firstSecret, 'Ada')).rejects.toThrow(/429/)
  })

  it('counts for whoever a trusted proxy says, and for nobody else who says so', async () => {
    const { url, firstSecret } = await start({ TRUSTED_PROXIES: '127.0.0.1' })
    const from = (address: string) => callAs(url, { 'x-forwarded-for': address })
    for (let at = 0; at < 11; at++)
      await from('6.6.6.6, 203.0.113.9').call(routes.session, 'POST', { token: 'x'.repeat(43) })
    const tried = { token: firstSecret, name: 'Ada' }
    expect((await from('203.0.113.9').call(routes.session, 'POST', tried)).status).toBe(429)
    expect((await from('203.0.113.10').call(routes.session, 'POST', tried)).status).toBe(200)
  })

  it('that is none, or a body that is none, is told', async () => {
    const { url } = await start()
    const { call } = callAs(url)
    expect(await call(routes.session, 'POST', { token: 'short' })).toMatchObject({
      status: 422,
      body: { fields: { token: expect.any(String) } },
    })
    expect((await call(routes.session, 'POST', 'nothing')).status).toBe(422)
  })

  it('that was made on the machine works while the server runs, and in no file stands what it says', async () => {
    const { url, firstSecret } = await start()
    await signIn(url, firstSecret, 'Ada')
    const secret = await dropInvite(dataDir, { name: 'Grace', role: 'admin', now: new Date() })
    expect(readdirSync(join(dataDir, 'invites'))).toEqual([`${hashOf(secret)}.json`])
    expect(readFileSync(join(dataDir, 'invites', `${hashOf(secret)}.json`), 'utf8')).not.toContain(secret)
    expect((await signIn(url, secret)).me).toMatchObject({ person: { name: 'Grace', role: 'admin' } })
    expect(readdirSync(join(dataDir, 'invites'))).toEqual([])
    await expect(signIn(url, secret)).rejects.toThrow(/401.*used already/)
    // One who is known by that name comes back as themselves.
    const again = await dropInvite(dataDir, { name: 'Grace', role: null, now: new Date() })
    expect((await signIn(url, again)).me).toMatchObject({ person: { name: 'Grace', role: 'admin' } })
    const old = await dropInvite(dataDir, { name: 'Late', role: null, now: new Date('2026-01-01') })
    await expect(signIn(url, old)).rejects.toThrow(/401.*its time is over/)
  })

  it('whose file is spoilt is not known', async () => {
    const { url } = await start()
    const secret = await dropInvite(dataDir, { name: 'Grace', role: 'admin', now: new Date() })
    writeFileSync(join(dataDir, 'invites', `${hashOf(secret)}.json`), '{"role": "king"}')
    await expect(signIn(url, secret)).rejects.toThrow(/401.*not known here/)
    writeFileSync(join(dataDir, 'invites', `${hashOf(secret)}.json`), '{"ro')
    await expect(signIn(url, secret)).rejects.toThrow(/401.*not known here/)
  })
})

describe('a session', () => {
  it('has a cookie for https alone, and for this host alone, where the studio is at https', async () => {
    const { url, firstSecret } = await start({ PUBLIC_URL: 'https://studio.example.com' })
    const answer = await callAs(url).ask(routes.session, 'POST', { token: firstSecret, name: 'Ada' })
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^__Host-rushes_session=\S+; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
    ])
    const ada = callAs(url, { cookie: cookieIn(answer) })
    const { body } = await ada.call(routes.people, 'POST', { name: 'Grace' })
    expect(inviteSchema.parse(body).link).toMatch(/^https:\/\/studio\.example\.com\/sign-in#/)
  })

  it('ends when one signs out, in every tab; another of the same person goes on', async () => {
    const { url, firstSecret } = await start()
    const ada = await signIn(url, firstSecret, 'Ada')
    const secret = await dropInvite(dataDir, { name: 'Ada', role: null, now: new Date() })
    const phone = await signIn(url, secret)
    expect((await ada.call(routes.me)).status).toBe(200)
    const out = await ada.ask(routes.session, 'DELETE')
    expect([out.status, out.headers.getSetCookie()[0]]).toEqual([
      204,
      expect.stringMatching(/^rushes_session=; Max-Age=0;/),
    ])
    expect((await ada.call(routes.me)).status).toBe(401)
    expect((await ada.ask(routes.session, 'DELETE')).status).toBe(204)
    expect((await phone.call(routes.me)).status).toBe(200)
  })

  it('lasts for thirty days from its last use', async () => {
    const { url, firstSecret } = await start()
    const ada = await signIn(url, firstSecret, 'Ada')
    const day = 24 * 60 * 60 * 1000
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 20 * day })
    expect((await ada.call(routes.me)).status).toBe(200)
    vi.setSystemTime(Date.now() + 20 * day)
    expect((await ada.call(routes.me)).status).toBe(200)
    vi.setSystemTime(Date.now() + 31 * day)
    expect((await ada.call(routes.me)).status).toBe(401)
  })

  it('is nobody’s for a page of another origin: that brings a token', async () => {
    const origin = 'http://localhost:5173'
    const { url, firstSecret } = await start({ ALLOWED_ORIGINS: origin })
    const ada = await signIn(url, firstSecret, 'Ada')
    expect((await ada.ask(routes.jobs, 'GET', undefined, { origin })).status).toBe(401)
    const { token } = await apiTokenOf(ada)
    expect((await callAs(url, { origin, 'x-api-key': token }).call(routes.jobs)).status).toBe(200)
    // And a page that is not let in at all changes nothing by the cookie that its browser sends along.
    expect((await ada.ask(routes.queue, 'DELETE', undefined, { origin: 'https://evil.example' })).status).toBe(403)
  })
})

describe('what is told', () => {
  it('has no secret: not in the log, the data folder, or the audit', async () => {
    const { url, firstSecret } = await start()
    const ada = await signIn(url, firstSecret, 'Ada')
    const grace = await invited(url, ada, 'Grace')
    const { token } = await apiTokenOf(ada)
    await callAs(url, { 'x-api-key': token }).call(routes.jobs)
    const session = ada.headers['cookie']?.split('=')[1] ?? ''
    const told = lines.join('\n') + JSON.stringify((await ada.call(routes.audit)).body)
    const parts = readdirSync(dataDir).filter((name) => name.startsWith('rushes.db'))
    const index = parts.map((name) => readFileSync(join(dataDir, name)).toString('latin1')).join('')
    for (const secret of [firstSecret, session, token, grace.headers['cookie']?.split('=')[1] ?? '']) {
      expect(secret.length).toBeGreaterThan(40)
      expect([told.includes(secret), index.includes(secret)]).toEqual([false, false])
    }
    expect(index.includes(hashOf(token))).toBe(true)
  })
})

describe('without AUTH', () => {
  it('nobody is asked, and accounts are said not to be there', async () => {
    server = await serve({ dataDir })
    const { call } = callAs(server.url, { 'x-api-key': 'anything', authorization: 'Bearer anything' })
    expect(server.firstSecret).toBe('')
    expect((await call(routes.me)).body).toEqual({ auth: 'none', person: null, team_sees: 'all', can_sign_out: false })
    for (const [path, method, body] of [
      [routes.session, 'POST', { token: 'x'.repeat(43) }],
      [routes.session, 'DELETE', undefined],
      [routes.tokens, 'GET', undefined],
      [routes.people, 'GET', undefined],
      [routes.audit, 'GET', undefined],
    ] as const) {
      const answer = await call(path, method, body)
      expect([path, answer.status, answer.body]).toEqual([path, 404, refused('NOT_FOUND', /no accounts/)])
    }
  })
})
