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
    dataDir: resolve('data'),
    decart: { apiKey: null, baseUrl: 'https://api.decart.ai' },
  })
})

it('reads a .env file, below the environment', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'rushes-')), '.env')
  writeFileSync(path, 'PORT=5000\nDECART_API_KEY=from-file\nDECART_BASE_URL=http://localhost:9/\n')
  const env = readEnv({ PORT: '6000' }, path)
  expect(env).toMatchObject({ port: 6000, decart: { apiKey: 'from-file', baseUrl: 'http://localhost:9' } })
})

it('says everything that is wrong at once', () => {
  expect(() => readEnv({ PORT: '99999' })).toThrow('PORT: must be a whole number from 0 to 65535')
  expect(() => readEnv({ PORT: 'many', DECART_BASE_URL: 'ftp://x' })).toThrow(/PORT: [^]*DECART_BASE_URL: must be/)
})

it('knows its own version', () => expect(VERSION).toBe(packageJson.version))
