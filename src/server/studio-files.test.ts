import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { serve, type Served } from './testing/serve.ts'

let server: Served
beforeAll(async () => {
  const studioRoot = mkdtempSync(join(tmpdir(), 'rushes-'))
  mkdirSync(join(studioRoot, 'assets'))
  writeFileSync(join(studioRoot, 'index.html'), '<!doctype html><title>Rushes</title>')
  writeFileSync(join(studioRoot, 'assets', 'index-abc.js'), 'export {}')
  server = await serve({ start: { studioRoot } })
})
afterAll(() => server.close())

it.each([
  ['/', 200, 'text/html; charset=utf-8', 'no-cache'],
  ['/take/job_1a', 200, 'text/html; charset=utf-8', 'no-cache'],
  ['/compare', 200, 'text/html; charset=utf-8', 'no-cache'],
  ['/wall?q=fox', 200, 'text/html; charset=utf-8', 'no-cache'],
  ['/take/a/b', 404, 'application/json', null],
  ['/assets/index-abc.js', 200, 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
  ['/assets/gone.js', 404, 'application/json', null],
  ['/nowhere', 404, 'application/json', null],
  ['/..%2f..%2fpackage.json', 404, 'application/json', null],
  ['/v1/nowhere', 404, 'application/json', null],
])('%s', async (path, status, type, cache) => {
  const answer = await fetch(`${server.url}${path}`)
  expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
    status,
    type,
    cache,
  ])
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'")
})
