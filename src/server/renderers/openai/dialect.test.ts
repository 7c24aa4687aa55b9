import { afterEach, describe, expect, it } from 'vitest'
import { createBench, settingsOf } from '../../testing/generation/bench.ts'
import { whereOf } from '../order/where.ts'
import { createOpenaiDialect } from './dialect.ts'

const bench = createBench()
afterEach(bench.clean)

const dialect = createOpenaiDialect()
const deps = { logger: { info: () => undefined, warn: () => undefined }, pollMs: 5, onRefused: () => undefined }
const connections = (url: string) => {
  const found = dialect.connect(settingsOf({ url }), deps)
  for (const { close } of found) bench.defer(close)
  return found.map((one) => ({ url: one.url, host: one.host, where: one.where }))
}

describe('the addresses', () => {
  it('are several, each with or without /v1, and told without password', () => {
    expect(
      connections('http://render-box:8000/v1/, https://me:hidden@gpu.example.com/omni/v1,http://render-box:8000'),
    ).toEqual([
      { url: 'http://render-box:8000', host: 'render-box:8000', where: 'your network' },
      { url: 'https://gpu.example.com/omni', host: 'gpu.example.com', where: 'a third party' },
    ])
  })

  it.each(['render-box:8000', 'ftp://render-box', 'http://a, nonsense'])(
    'that cannot be read are refused: %s',
    async (url) => {
      const error = await bench.failure(Promise.resolve().then(() => connections(url)))
      expect(error).toMatchObject({ code: 'INVALID_INPUT', fields: { url: expect.stringMatching(/http/) } })
      expect(error.message).not.toContain('nonsense')
    },
  )

  it('of a third party run only when chosen', () => {
    expect(dialect.chosenOnly(settingsOf({ url: 'http://127.0.0.1:1, http://render-box' }))).toBe(false)
    expect(dialect.chosenOnly(settingsOf({ url: 'http://127.0.0.1:1, https://api.openai.com/v1' }))).toBe(true)
    expect([
      dialect.isSet(settingsOf({})),
      dialect.isSet(settingsOf({ url: ' ' })),
      dialect.isSet(settingsOf({ url: 'http://a' })),
    ]).toEqual([false, false, true])
  })

  it.each([
    ['http://localhost:1', 'this machine'],
    ['http://[::1]:1', 'this machine'],
    ['http://127.3.0.1', 'this machine'],
    ['http://192.168.1.4:8000', 'your network'],
    ['http://10.0.0.1', 'your network'],
    ['http://[fd00::1]', 'your network'],
    ['http://render-box', 'your network'],
    ['http://gpu.local', 'your network'],
    ['http://gpu.lan', 'your network'],
    ['https://api.openai.com', 'a third party'],
    ['http://8.8.8.8', 'a third party'],
  ])('%s lie on %s', (url, where) => expect(whereOf(url)).toBe(where))
})
