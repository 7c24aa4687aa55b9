import { describe, expect, it } from 'vitest'
import { type Access, isTrustedHost, refusalOf } from './access.ts'

const LOCAL: Access = { host: '127.0.0.1', publicUrl: null, hosts: [], origins: [] }
const PROXIED: Access = { ...LOCAL, publicUrl: 'https://studio.example.com' }

describe('the Host header', () => {
  it.each([
    ['localhost:4600', LOCAL, true],
    ['127.0.0.1:4600', LOCAL, true],
    ['[::1]:4600', LOCAL, true],
    ['rushes.attacker.example:4600', LOCAL, false],
    ['192.168.1.5:4600', LOCAL, false],
    ['localhost.attacker.example', LOCAL, false],
    ['', LOCAL, false],
    ['192.168.1.5:4600', { ...LOCAL, host: '0.0.0.0' }, true],
    ['studio.lan:4600', { ...LOCAL, host: '0.0.0.0' }, false],
    ['studio.lan:4600', { ...LOCAL, host: '0.0.0.0', hosts: ['studio.lan'] }, true],
    ['STUDIO.lan', { ...LOCAL, hosts: ['studio.lan'] }, true],
    ['studio.lan.attacker.example', { ...LOCAL, hosts: ['studio.lan'] }, false],
    ['studio.lan:4600', { ...LOCAL, host: 'studio.lan' }, true],
    ['studio.example.com', PROXIED, true],
    ['localhost:4600', PROXIED, true],
    ['other.example.com', PROXIED, false],
  ] as const)('%s with %o: %s', (authority, access, trusted) => expect(isTrustedHost(authority, access)).toBe(trusted))
})

describe('the page that calls', () => {
  const calls = (headers: Record<string, string>, authority: string, access: Access = LOCAL): boolean =>
    refusalOf(new Headers(headers), authority, access) === null

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
  ])('%o: %s', (headers, trusted) => expect(calls(headers, 'localhost:4600')).toBe(trusted))

  it.each([
    ['https://studio.example.com', 'studio.example.com', true],
    ['https://studio.example.com', 'studio.example.com:443', true],
    ['https://studio.example.com', 'localhost:4600', true],
    ['http://studio.example.com', 'studio.example.com', false],
    ['http://localhost:4600', 'localhost:4600', true],
    ['https://other.example.com', 'localhost:4600', false],
  ])('behind a proxy: %s at %s: %s', (origin, authority, trusted) =>
    expect(calls({ origin }, authority, PROXIED)).toBe(trusted),
  )

  it('is believed in no X-Forwarded header', () => {
    const headers = { origin: 'https://attacker.example', 'x-forwarded-host': 'attacker.example' }
    expect(calls({ ...headers, 'x-forwarded-proto': 'https' }, 'localhost:4600')).toBe(false)
    expect(calls({ 'x-forwarded-host': 'localhost' }, 'attacker.example')).toBe(false)
  })

  it('is let in where the settings name its origin, in full', () => {
    const access = { ...LOCAL, origins: ['https://app.example.com', 'http://localhost:5173'] }
    expect(calls({ origin: 'https://app.example.com' }, 'localhost:4600', access)).toBe(true)
    expect(calls({ origin: 'http://localhost:5173' }, 'localhost:4600', access)).toBe(true)
    for (const origin of ['http://app.example.com', 'https://app.example.com.attacker.example', 'null'])
      expect(calls({ origin }, 'localhost:4600', access)).toBe(false)
  })
})

it('says what to set', () => {
  const words = (headers: Record<string, string>, authority: string) =>
    refusalOf(new Headers(headers), authority, LOCAL)?.message
  expect(words({}, 'studio.lan:4600')).toMatch(/ALLOWED_HOSTS=studio\.lan,.*PUBLIC_URL=https:\/\/studio\.lan/)
  expect(words({ origin: 'http://localhost:5173' }, 'localhost:4600')).toMatch(
    /A page of http:\/\/localhost:5173 .* called localhost:4600.*ALLOWED_ORIGINS=http:\/\/localhost:5173.*changeOrigin: false.*proxy_set_header Host \$http_host/,
  )
  expect(words({ origin: 'null' }, 'localhost:4600')).toMatch(/local file.*ALLOWED_ORIGINS/)
  expect(words({ 'sec-fetch-site': 'same-site' }, 'localhost:4600')).toMatch(/ALLOWED_ORIGINS.*crossorigin/)
})
