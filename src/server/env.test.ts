import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { VERSION } from '../shared/version.ts'
import { readEnv } from './env.ts'

it('has defaults for everything, and takes an empty value for none', () => {
  expect(readEnv({ DECART_API_KEY: '', PORT: ' ' })).toEqual({
    port: 4600,
    host: '127.0.0.1',
    access: { host: '127.0.0.1', publicUrl: null, hosts: [], origins: [] },
    dataDir: resolve('data'),
    databaseUrl: null,
    role: 'all',
    takesOf: null,
    spendLimit: null,
    variable: expect.any(Function),
  })
})

it('reads a .env file, below the environment', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'rushes-')), '.env')
  writeFileSync(path, 'PORT=5000\nDECART_API_KEY=from-file\nDECART_BASE_URL=http://localhost:9/\n')
  const env = readEnv({ PORT: '6000' }, path)
  expect(env.port).toBe(6000)
  expect(env.variable('DECART_API_KEY')).toBe('from-file')
  expect(env.variable('DECART_BASE_URL')).toBe('http://localhost:9/')
  expect(env.variable('FAL_KEY')).toBeUndefined()
})

it('says everything that is wrong at once', () => {
  expect(() => readEnv({ PORT: '99999' })).toThrow('PORT: must be a whole number from 0 to 65535')
  expect(() => readEnv({ PORT: 'many', DECART_BASE_URL: 'ftp://x' })).toThrow(/PORT: [^]*DECART_BASE_URL: must be/)
})

it('reads lists of names and origins, and one address, as browsers write them', () => {
  const { access } = readEnv({
    HOST: '0.0.0.0',
    PUBLIC_URL: 'https://Studio.example.com:443/',
    ALLOWED_HOSTS: 'Studio.lan, nas',
    ALLOWED_ORIGINS: 'http://localhost:5173/ https://app.example.com',
  })
  expect(access).toEqual({
    host: '0.0.0.0',
    publicUrl: 'https://studio.example.com',
    hosts: ['studio.lan', 'nas'],
    origins: ['http://localhost:5173', 'https://app.example.com'],
  })
})

it.each([
  [{ ALLOWED_ORIGINS: '*' }, /ALLOWED_ORIGINS.*: must be origins.*never \*/],
  [{ ALLOWED_ORIGINS: 'localhost:5173' }, /ALLOWED_ORIGINS/],
  [{ ALLOWED_ORIGINS: 'https://app.example.com/page' }, /ALLOWED_ORIGINS/],
  [{ PUBLIC_URL: 'studio.example.com' }, /PUBLIC_URL: must be an http\(s\) address without a path/],
  [{ PUBLIC_URL: 'https://studio.example.com/rushes' }, /PUBLIC_URL/],
  [{ ALLOWED_HOSTS: 'https://studio.lan' }, /ALLOWED_HOSTS.*: must be names without scheme and port/],
  [{ ALLOWED_HOSTS: '*' }, /ALLOWED_HOSTS/],
])('refuses %o', (settings, words) => expect(() => readEnv(settings)).toThrow(words))

it('knows its own version', () => expect(VERSION).toBe(packageJson.version))

it('has roles and renderers to choose for several processes on one database, and for them alone', () => {
  const database = { DATABASE_URL: 'postgres://me:secret@db/rushes' }
  expect(readEnv({ ...database, ROLE: 'worker', RENDERERS: 'local, comfyui' })).toMatchObject({
    role: 'worker',
    takesOf: new Set(['local', 'comfyui']),
  })
  expect(readEnv(database)).toMatchObject({ role: 'all', takesOf: null })
  expect(() => readEnv({ ...database, ROLE: 'manager' })).toThrow('ROLE: must be all, web or worker')
  expect(() => readEnv({ ROLE: 'worker', RENDERERS: 'local' })).toThrow(
    /ROLE: is for several processes on one DATABASE_URL[^]*RENDERERS: is for/,
  )
})
