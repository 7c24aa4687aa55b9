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
    people: { mode: 'none', teamSees: 'all', header: '', admins: [], proxies: [], auditDays: 365 },
    dataDir: resolve('data'),
    files: { kind: 'folder' },
    databaseUrl: null,
    role: 'all',
    takesOf: null,
    spendLimit: null,
    metricsToken: null,
    workerAddress: null,
    variable: expect.any(Function),
  })
})

it('has an address for a worker that is asked for one', () => {
  expect(readEnv({ METRICS_PORT: '4601' }).workerAddress).toEqual({ host: '127.0.0.1', port: 4601 })
  expect(readEnv({ METRICS_PORT: '0', METRICS_HOST: '0.0.0.0' }).workerAddress).toEqual({ host: '0.0.0.0', port: 0 })
  expect(() => readEnv({ METRICS_HOST: '0.0.0.0' })).toThrow('METRICS_PORT: must be set where METRICS_HOST is')
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
    AUTH: 'token',
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
  ['s3://rushes', { prefix: '', endpoint: null, region: null, pathStyle: false }],
  ['s3://rushes/', { prefix: '', endpoint: null, region: null, pathStyle: false }],
  [
    's3://rushes/a%20b/c/?region=eu-west-1',
    { prefix: 'a b/c/', endpoint: null, region: 'eu-west-1', pathStyle: false },
  ],
  [
    's3://rushes/a?endpoint=http://127.0.0.1:9000/',
    { prefix: 'a/', endpoint: 'http://127.0.0.1:9000', region: 'us-east-1', pathStyle: true },
  ],
  [
    's3://rushes?endpoint=https://s3.example.com&path_style=false&region=x',
    { prefix: '', endpoint: 'https://s3.example.com', region: 'x', pathStyle: false },
  ],
])('reads where files are kept: %s', (text, address) =>
  expect(readEnv({ FILES_URL: text, FILES_CACHE_GIB: '0.5' }).files).toEqual({
    kind: 's3',
    address: { bucket: 'rushes', ...address },
    cacheBytes: 512 * 1024 ** 2,
  }),
)

it.each([
  [{ FILES_URL: 's3://' }, /FILES_URL: must be as s3:/],
  [{ FILES_URL: 's3://Upper Case/' }, /FILES_URL/],
  [{ FILES_URL: 's3://rushes/%zz' }, /FILES_URL: must be as s3:/],
  [{ FILES_URL: 's3://a' }, /FILES_URL: .*3 to 63 small letters/],
  [{ FILES_URL: 's3://rushes?path_style=yes' }, /FILES_URL: must say path_style=true or/],
  [{ FILES_URL: 's3://id:secret@rushes' }, /FILES_URL: must hold no credentials/],
  [{ FILES_CACHE_GIB: '-1' }, /FILES_CACHE_GIB: must be a number of GiB above 0/],
  [{ FILES_CACHE_GIB: 'much' }, /FILES_CACHE_GIB: must be a number of GiB above 0/],
  [{ ALLOWED_ORIGINS: '*' }, /ALLOWED_ORIGINS.*: must be origins.*never \*/],
  [{ ALLOWED_ORIGINS: 'localhost:5173' }, /ALLOWED_ORIGINS/],
  [{ ALLOWED_ORIGINS: 'https://app.example.com/page' }, /ALLOWED_ORIGINS/],
  [{ PUBLIC_URL: 'studio.example.com' }, /PUBLIC_URL: must be an http\(s\) address without a path/],
  [{ PUBLIC_URL: 'https://studio.example.com/rushes' }, /PUBLIC_URL/],
  [{ ALLOWED_HOSTS: 'https://studio.lan' }, /ALLOWED_HOSTS.*: must be names without scheme and port/],
  [{ ALLOWED_HOSTS: '*' }, /ALLOWED_HOSTS/],
  [{ METRICS_TOKEN: 'short' }, /METRICS_TOKEN: must have 16 characters or more, without spaces/],
  [{ METRICS_TOKEN: 'with spaces inside of it' }, /METRICS_TOKEN/],
  [{ HOST: '0.0.0.0' }, /HOST: others can reach 0\.0\.0\.0.*Set AUTH=token.*or AUTH=proxy/],
  [{ HOST: '::' }, /HOST: others can reach ::/],
  [{ HOST: 'studio.lan' }, /HOST: others can reach studio\.lan/],
  [{ AUTH: 'password' }, /AUTH: must be none, token or proxy/],
  [{ AUTH: 'proxy' }, /AUTH_PROXY_HEADER: must name[^]*TRUSTED_PROXIES: must name[^]*AUTH_ADMINS: must name/],
  [{ TRUSTED_PROXIES: '10.0.0.0/99' }, /TRUSTED_PROXIES: must be IP addresses or networks/],
  [{ AUDIT_DAYS: '0' }, /AUDIT_DAYS: must be a whole number of days from 1/],
  [{ TEAM_SEES: 'some' }, /TEAM_SEES: must be all or own/],
])('refuses %o', (settings, words) => expect(() => readEnv(settings)).toThrow(words))

it.each(['127.0.0.1', '127.8.0.1', '::1', 'localhost', 'LOCALHOST'])('asks nobody who they are at %s', (host) => {
  expect(readEnv({ HOST: host }).people.mode).toBe('none')
})

it('asks nobody at a worker, which serves nothing', () => {
  const team = { DATABASE_URL: 'postgres://ada:secret@db.lan/rushes', ROLE: 'worker' }
  expect(readEnv({ HOST: '0.0.0.0', ...team }).people.mode).toBe('none')
})

it('reads how it is known who asks', () => {
  const { people } = readEnv({
    HOST: '0.0.0.0',
    AUTH: 'proxy',
    AUTH_PROXY_HEADER: 'X-Forwarded-Email',
    AUTH_ADMINS: 'ada@example.com, grace@example.com',
    TRUSTED_PROXIES: '10.0.0.0/8 ::1',
    TEAM_SEES: 'own',
    AUDIT_DAYS: '30',
  })
  expect(people).toEqual({
    mode: 'proxy',
    teamSees: 'own',
    header: 'x-forwarded-email',
    admins: ['ada@example.com', 'grace@example.com'],
    proxies: ['10.0.0.0/8', '::1'],
    auditDays: 30,
  })
})

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
