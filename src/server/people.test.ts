import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { auditPageSchema, inviteSchema, personListSchema } from '../shared/people.ts'
import { routes } from '../shared/routes.ts'
import { apiTokenOf, callAs, type Caller, invited, secretOf, signIn } from './testing/people.ts'
import { serve, type Served } from './testing/serve.ts'

let server: Served
let admin: Caller & { me: { person: { id: string } | null } }
const start = async (env: Record<string, string> = {}) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'rushes-'))
  server = await serve({ dataDir, env: { AUTH: 'token', ...env } })
  admin = await signIn(server.url, server.firstSecret, 'Ada')
}
afterEach(async () => {
  vi.useRealTimers()
  await server.close()
})

const forbidden = { status: 403, body: { code: 'FORBIDDEN' } }
const idOf = ({ me }: { me: { person: { id: string } | null } }): string => me.person?.id ?? ''

/** What an event stream says until it ends. */
const listen = async (caller: Caller) => {
  const answer = await caller.ask(routes.events)
  expect(answer.status).toBe(200)
  const ended = answer.text()
  return { ended }
}

describe('API tokens', () => {
  beforeEach(() => start())

  it('open everything that their person may, as X-API-KEY and as a Bearer, at either base', async () => {
    const made = await apiTokenOf(admin, 'nightly')
    expect(made.token).toMatch(/^rushes_[\w-]{43}$/)
    for (const headers of [{ 'x-api-key': made.token }, { authorization: `Bearer ${made.token}` }])
      for (const path of ['/v1/people', '/api/decart/v1/jobs'])
        expect((await callAs(server.url, headers as Record<string, string>).call(path)).status).toBe(200)
    expect((await admin.call(routes.tokens)).body).toEqual({
      tokens: [
        {
          id: made.id,
          label: 'nightly',
          created_at: made.created_at,
          last_used_at: expect.any(String),
          expires_at: null,
        },
      ],
    })
    expect(
      await callAs(server.url, { 'x-api-key': made.token }).call(routes.tokens, 'POST', { label: 'more' }),
    ).toMatchObject(forbidden)
  })

  it('that are none are refused, also beside a session that is good', async () => {
    for (const key of ['rushes_nothing', 'a-key-of-decart', 'ek_old'])
      expect(await callAs(server.url, { ...admin.headers, 'x-api-key': key }).call(routes.jobs)).toMatchObject({
        status: 401,
        body: { code: 'UNAUTHENTICATED', detail: expect.stringMatching(/API token is not known.*Settings, Account/) },
      })
  })

  it('are revoked by their person alone: the next request and the open stream end', async () => {
    const { id, token } = await apiTokenOf(admin)
    const program = callAs(server.url, { 'x-api-key': token })
    const { ended } = await listen(program)
    const grace = await invited(server.url, admin, 'Grace')
    expect((await grace.call(routes.token(id), 'DELETE')).status).toBe(404)
    expect((await program.call(routes.jobs)).status).toBe(200)
    expect((await admin.call(routes.token(id), 'DELETE')).status).toBe(204)
    expect((await program.call(routes.jobs)).status).toBe(401)
    await ended
    expect((await program.ask(routes.events)).status).toBe(401)
    expect((await admin.call(routes.me)).status).toBe(200)
  })

  it('may have an end', async () => {
    const { body } = await admin.call(routes.tokens, 'POST', { label: 'a week', days: 7 })
    const { token } = body as { token: string }
    const program = callAs(server.url, { 'x-api-key': token })
    expect((await program.call(routes.jobs)).status).toBe(200)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 8 * 24 * 60 * 60 * 1000 })
    expect((await program.call(routes.jobs)).status).toBe(401)
    expect((await admin.call(routes.tokens, 'POST', { label: '' })).body).toMatchObject({
      fields: { label: 'must have 1 to 60 characters' },
    })
  })

  it('are fifty a person at most', async () => {
    await Promise.all(Array.from({ length: 50 }, () => apiTokenOf(admin)))
    expect(await admin.call(routes.tokens, 'POST', { label: 'one more' })).toMatchObject({
      status: 429,
      body: { detail: expect.stringContaining('Revoke some') },
    })
  })
})

describe('client tokens, which a program gives to its pages', () => {
  const ask = async (caller: Caller, body: object = {}) =>
    (await caller.call('/v1/client/tokens', 'POST', body)).body as { apiKey: string }

  it('make takes of their models, see those of their person, and nothing else, until they expire', async () => {
    await start()
    const { apiKey } = await ask(admin, { expiresIn: 60, allowedModels: ['lucy-pro-t2i'] })
    const page = callAs(server.url, { 'x-api-key': apiKey })
    const form = () => {
      const data = new FormData()
      data.set('prompt', 'a pond')
      data.set('resolution', '480p')
      return data
    }
    expect((await page.ask(routes.generate('lucy-pro-t2i'), 'POST', form())).headers.get('content-type')).toBe(
      'image/png',
    )
    expect(await page.call(routes.submit('lucy-pro-t2v'), 'POST', form())).toMatchObject(forbidden)
    expect((await page.call(routes.jobs)).body).toMatchObject({ total: 1 })
    for (const [path, method] of [
      [routes.people, 'GET'],
      [routes.tokens, 'GET'],
      [routes.audit, 'GET'],
      ['/v1/client/tokens', 'POST'],
      [routes.rendererSettings('comfyui'), 'GET'],
      [routes.queuePause, 'PUT'],
    ] as const)
      expect([path, await page.call(path, method)]).toMatchObject([path, forbidden])
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 })
    expect((await page.call(routes.jobs)).status).toBe(401)
  })

  it('are for pages of their origins', async () => {
    await start({ ALLOWED_ORIGINS: 'http://localhost:5173,http://localhost:5174' })
    const { apiKey } = await ask(admin, { allowedOrigins: ['http://localhost:5173'] })
    const from = async (origin?: string) =>
      (await callAs(server.url, { 'x-api-key': apiKey, ...(origin ? { origin } : {}) }).call(routes.jobs)).status
    expect([await from('http://localhost:5173'), await from('http://localhost:5174'), await from()]).toEqual([
      200, 403, 403,
    ])
  })
})

describe('people', () => {
  beforeEach(() => start())

  it('are invited, named, limited and kept out by admins; members are told names', async () => {
    const made = await admin.call(routes.people, 'POST', { name: 'Grace', spend_limit_usd: 5 })
    expect(made.status).toBe(201)
    const invite = inviteSchema.parse(made.body)
    expect(invite.link).toMatch(new RegExp(`^${server.url}/sign-in#`))
    const grace = await signIn(server.url, secretOf(invite))
    expect(grace.me.person).toMatchObject({ name: 'Grace', role: 'member', spend_limit_usd: 5 })
    expect(personListSchema.parse((await grace.call(routes.people)).body).people).toEqual([
      { id: idOf(admin), name: 'Ada', role: 'admin' },
      { id: idOf(grace), name: 'Grace', role: 'member' },
    ])
    expect(personListSchema.parse((await admin.call(routes.people)).body).people[1]).toMatchObject({
      name: 'Grace',
      spend_limit_usd: 5,
      joined_at: expect.any(String),
      disabled_at: null,
    })
    for (const [path, method, body] of [
      [routes.people, 'POST', { name: 'Eve' }],
      [routes.person(idOf(grace)), 'PATCH', { role: 'admin' }],
      [routes.personInvite(idOf(admin)), 'POST', undefined],
      [routes.audit, 'GET', undefined],
      [routes.rendererSettings('comfyui'), 'GET', undefined],
      [routes.rendererSettings('comfyui'), 'PUT', {}],
      [routes.rendererSettings('comfyui'), 'DELETE', undefined],
      [routes.workflow('fog'), 'DELETE', undefined],
      [routes.workflow('fog'), 'PUT', {}],
      [routes.queuePause, 'PUT', undefined],
      [routes.queuePause, 'DELETE', undefined],
      [routes.queueMove, 'POST', { job_id: 'a', before: null }],
    ] as const)
      expect([path, method, await grace.call(path, method, body)]).toMatchObject([path, method, forbidden])
    expect((await grace.call(routes.workflows)).status).toBe(200)
    expect((await grace.call(routes.rendererCheck('comfyui'), 'POST')).status).toBe(200)
  })

  it('have names of their own', async () => {
    const grace = await invited(server.url, admin, 'Grace')
    const taken = { status: 422, body: { fields: { name: expect.stringContaining('another person') } } }
    expect(await admin.call(routes.people, 'POST', { name: 'ＧＲＡＣＥ' })).toMatchObject(taken)
    expect(await grace.call(routes.me, 'PATCH', { name: 'ada' })).toMatchObject(taken)
    expect((await grace.call(routes.me, 'PATCH', { name: 'Grace H.' })).body).toMatchObject({
      person: { name: 'Grace H.' },
    })
    expect((await grace.call(routes.me)).body).toMatchObject({ person: { name: 'Grace H.' } })
    const { body } = await admin.call(routes.people, 'POST', { name: 'Eve' })
    await expect(signIn(server.url, secretOf(inviteSchema.parse(body)), 'Grace H.')).rejects.toThrow(/422/)
    expect((await signIn(server.url, secretOf(inviteSchema.parse(body)), 'Yves')).me.person?.name).toBe('Yves')
    expect((await admin.call(routes.people, 'POST', { name: '\u200b' })).status).toBe(422)
    expect((await admin.call(routes.people, 'POST', { name: 'Zoe', spend_limit_usd: -1 })).status).toBe(422)
  })

  it('who are kept out are out at once: session, token, stream and link; and may come back', async () => {
    const grace = await invited(server.url, admin, 'Grace')
    const { token } = await apiTokenOf(grace)
    const program = callAs(server.url, { 'x-api-key': token })
    const streams = [await listen(grace), await listen(program)]
    const { body } = await admin.call(routes.personInvite(idOf(grace)), 'POST')
    expect((await admin.call(routes.person(idOf(grace)), 'PATCH', { disabled: true })).status).toBe(200)
    for (const caller of [grace, program]) expect((await caller.call(routes.jobs)).status).toBe(401)
    await Promise.all(streams.map(({ ended }) => ended))
    await expect(signIn(server.url, secretOf(inviteSchema.parse(body)))).rejects.toThrow(/401/)
    expect((await admin.call(routes.personInvite(idOf(grace)), 'POST')).status).toBe(409)
    await admin.call(routes.person(idOf(grace)), 'PATCH', { disabled: false })
    expect((await program.call(routes.jobs)).status).toBe(200)
    // Whoever was thrown out signs in anew.
    expect((await grace.call(routes.jobs)).status).toBe(401)
  })

  it('who become admins, or are it no more, may other things from the next request on', async () => {
    const grace = await invited(server.url, admin, 'Grace')
    const { ended } = await listen(grace)
    await admin.call(routes.person(idOf(grace)), 'PATCH', { role: 'admin' })
    expect((await grace.call(routes.audit)).status).toBe(200)
    // Its page comes again, and hears what it now may.
    await ended
    await grace.call(routes.person(idOf(admin)), 'PATCH', { role: 'member' })
    expect((await admin.call(routes.audit)).status).toBe(403)
  })

  it('are never without an admin', async () => {
    await admin.call(routes.people, 'POST', { name: 'Only invited', role: 'admin' })
    for (const changes of [{ role: 'member' }, { disabled: true }])
      expect(await admin.call(routes.person(idOf(admin)), 'PATCH', changes)).toMatchObject({
        status: 409,
        body: { detail: expect.stringContaining('only admin') },
      })
    expect((await admin.call(routes.person('person_none'), 'PATCH', { role: 'member' })).status).toBe(404)
  })

  it('stand in the audit with what they did, newest first and by pages', async () => {
    const grace = await invited(server.url, admin, 'Grace', { role: 'admin' })
    const { id } = await apiTokenOf(grace, 'nightly')
    await grace.call(routes.queuePause, 'PUT')
    await admin.call(routes.queuePause, 'DELETE')
    const page = async (query = '') => auditPageSchema.parse((await admin.call(`${routes.audit}${query}`)).body)
    const { entries } = await page()
    expect(entries.map(({ person, action }) => [person, action])).toEqual([
      ['Ada', 'queue.resumed'],
      ['Grace', 'queue.paused'],
      ['Grace', 'token.made'],
      ['Grace', 'session.begun'],
      ['Ada', 'person.invited'],
      ['Ada', 'session.begun'],
    ])
    expect(entries[2]).toMatchObject({ subjects: [id], facts: { label: 'nightly' } })
    expect(entries[3]?.facts).toEqual({ address: '127.0.0.1' })
    const paged: string[] = []
    for (let query: string | null = '?limit=4'; query !== null;) {
      const { entries: some, next_cursor: next } = await page(query)
      paged.push(...some.map(({ id: each }) => each))
      query = next && `?limit=4&cursor=${next}`
    }
    expect(paged).toEqual(entries.map(({ id: each }) => each))
    for (const query of ['?limit=0', '?cursor=x'])
      expect((await admin.call(`${routes.audit}${query}`)).status).toBe(422)
  })
})
