import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { routes } from '../shared/routes.ts'
import { apiTokenOf, callAs } from './testing/people.ts'
import { serve, type Served } from './testing/serve.ts'

const HEADER = 'x-forwarded-email'
let server: Served
const start = async (proxies: string) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'rushes-'))
  const env = {
    AUTH: 'proxy',
    AUTH_PROXY_HEADER: 'X-Forwarded-Email',
    AUTH_ADMINS: 'ada@example.com',
    TRUSTED_PROXIES: proxies,
  }
  server = await serve({ dataDir, env })
}
afterEach(() => server.close())
const by = (name: string) => callAs(server.url, { [HEADER]: name })

describe('a proxy that says who asks', () => {
  beforeEach(() => start('127.0.0.0/8'))

  it('is believed: people come as it names them, and admins are who the settings say', async () => {
    const [ada, grace] = [by('ada@example.com'), by('grace@example.com')]
    expect((await ada.call(routes.me)).body).toMatchObject({
      auth: 'proxy',
      person: { name: 'ada@example.com', role: 'admin' },
      can_sign_out: false,
    })
    expect((await grace.call(routes.me)).body).toMatchObject({ person: { name: 'grace@example.com', role: 'member' } })
    expect((await grace.call(routes.audit)).status).toBe(403)
    expect((await ada.call(routes.people)).body).toMatchObject({ people: [{ role: 'admin' }, { role: 'member' }] })
    // Seen twice they are the same.
    const [one, two] = [await grace.call(routes.me), await by(' grace@example.com ').call(routes.me)]
    expect(one.body).toEqual(two.body)
  })

  it('says nothing, or two things, about whoever is not known then', async () => {
    const refused = { status: 401, body: { detail: expect.stringContaining('did not come through it') } }
    expect(await callAs(server.url).call(routes.me)).toMatchObject(refused)
    expect(await by('').call(routes.me)).toMatchObject(refused)
    // What a client sent along, and a proxy that adds instead of replacing.
    expect(await by('ada@example.com, eve@example.com').call(routes.me)).toMatchObject(refused)
    expect(await by('x'.repeat(201)).call(routes.me)).toMatchObject(refused)
  })

  it('passes programs on with tokens that are made here, and an Authorization of its own', async () => {
    const grace = by('grace@example.com')
    const { token } = await apiTokenOf(grace)
    const program = callAs(server.url, { 'x-api-key': token })
    expect((await program.call(routes.me)).body).toMatchObject({ person: { name: 'grace@example.com' } })
    const withBearer = callAs(server.url, { [HEADER]: 'ada@example.com', authorization: 'Bearer eyJhbGciOi.x.y' })
    expect((await withBearer.call(routes.me)).body).toMatchObject({ person: { name: 'ada@example.com' } })
  })

  it('keeps whoever is kept out here out', async () => {
    const [ada, grace] = [by('ada@example.com'), by('grace@example.com')]
    const { body } = await grace.call(routes.me)
    const { id } = (body as { person: { id: string } }).person
    const stream = await grace.ask(routes.events)
    await ada.call(routes.person(id), 'PATCH', { disabled: true })
    await stream.text()
    expect(await grace.call(routes.jobs)).toMatchObject({
      status: 401,
      body: { detail: expect.stringContaining('may not use this studio any more') },
    })
    const self = ((await ada.call(routes.me)).body as { person: { id: string } }).person.id
    expect(await ada.call(routes.person(self), 'PATCH', { role: 'member' })).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('AUTH_ADMINS') },
    })
  })

  it('leaves no links to sign in by, and no name to choose', async () => {
    const ada = by('ada@example.com')
    for (const [path, method, body] of [
      [routes.session, 'POST', { token: 'x'.repeat(43), name: 'Eve' }],
      [routes.invitation, 'POST', { token: 'x'.repeat(43) }],
      [routes.session, 'DELETE', undefined],
      [routes.people, 'POST', { name: 'Eve' }],
    ] as const)
      expect([path, await ada.call(path, method, body)]).toMatchObject([path, { status: 404 }])
    expect((await ada.call(routes.me, 'PATCH', { name: 'Ada' })).status).toBe(403)
    expect(server.firstSecret).toBe('')
  })
})

it('a header from anywhere else is nobody’s word', async () => {
  await start('10.0.0.0/8, ::1')
  expect(await by('ada@example.com').call(routes.me)).toMatchObject({
    status: 401,
    body: { code: 'UNAUTHENTICATED', detail: expect.stringContaining('did not come through it') },
  })
  // Nor does it help to say that one came from there.
  const spoofed = callAs(server.url, { [HEADER]: 'ada@example.com', 'x-forwarded-for': '10.0.0.1' })
  expect((await spoofed.call(routes.me)).status).toBe(401)
})
