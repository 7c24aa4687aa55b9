import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { guard, isTrustedHost, isTrustedOrigin } from './guard.ts'

describe('the Host header', () => {
  it.each([
    ['localhost:4600', '127.0.0.1', true],
    ['127.0.0.1:4600', '127.0.0.1', true],
    ['[::1]:4600', '127.0.0.1', true],
    ['rushes.attacker.example:4600', '127.0.0.1', false],
    ['192.168.1.5:4600', '127.0.0.1', false],
    ['localhost.attacker.example', '127.0.0.1', false],
    ['192.168.1.5:4600', '0.0.0.0', true],
    ['studio.lan:4600', '0.0.0.0', false],
    ['studio.lan:4600', 'studio.lan', true],
    ['', '127.0.0.1', false],
  ])('%s on %s: %s', (host, listen, trusted) => expect(isTrustedHost(host, listen)).toBe(trusted))
})

describe('the page that calls', () => {
  it.each([
    [{}, true],
    [{ origin: 'http://localhost:4600' }, true],
    [{ origin: 'https://attacker.example' }, false],
    [{ origin: 'http://localhost:3000' }, false],
    [{ origin: 'null' }, false],
    [{ 'sec-fetch-site': 'same-origin' }, true],
    [{ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }, false],
    [{ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }, true],
    [{ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' }, false],
  ])('%o: %s', (headers, trusted) =>
    expect(isTrustedOrigin(new Headers({ host: 'localhost:4600', ...headers }))).toBe(trusted),
  )
})

it('refuses with 403, and sets the security headers on every answer', async () => {
  const app = new Hono().use(guard('127.0.0.1')).get('/', (context) => context.text('hello'))
  const ask = (headers: Record<string, string>) => app.request('http://localhost:4600/', { headers })
  const refusal = await ask({ origin: 'https://attacker.example' })
  expect([refusal.status, refusal.headers.get('x-content-type-options')]).toEqual([403, 'nosniff'])
  expect((await ask({ host: 'attacker.example' })).status).toBe(403)
  const answer = await ask({ host: 'localhost:4600' })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'")
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
})
