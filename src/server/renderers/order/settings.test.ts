import { describe, expect, it } from 'vitest'
import { RushesError } from '../../../shared/errors.ts'
import { memoryDialect } from '../../testing/memory-dialect.ts'
import { changeSettings, settingsOf, tellSettings } from './settings.ts'

const dialect = memoryDialect([], { defaultUrl: 'https://api.example.com' })
const from = (variables: Record<string, string>) => (name: string) => variables[name]
const nothing = from({})

describe('settings', () => {
  it("are the environment's, then the studio's, then the dialect's own address", () => {
    const kept = { url: 'http://studio:1', key: 'kept', headers: { a: 'b' } }
    expect(settingsOf(dialect, nothing, undefined)).toEqual({
      url: 'https://api.example.com',
      key: null,
      headers: {},
      more: {},
    })
    expect(settingsOf(dialect, nothing, kept)).toEqual({ ...kept, more: {} })
    const variables = { MEMORY_KEY: 'given', MEMORY_HEADERS: '{"x":"y"}', MEMORY_MODE: 'fast' }
    expect(settingsOf(dialect, from(variables), kept)).toEqual({
      url: 'http://studio:1',
      key: 'given',
      headers: { x: 'y' },
      more: { MEMORY_MODE: 'fast' },
    })
  })

  it('are told without a secret: keys, headers, and the password of an address', () => {
    const kept = { url: 'http://ada:hunter2@box:1/, http://other', key: 'secret', headers: { Gate: 'secret' } }
    const told = tellSettings(dialect, nothing, kept)
    expect(told).toMatchObject({ url: 'http://box:1, http://other', key: 'set', headers: { Gate: 'set' } })
    expect(JSON.stringify(told)).not.toMatch(/secret|hunter2|ada/)
    expect(tellSettings(dialect, from({ MEMORY_KEY: 'secret' }), undefined)).toEqual({
      name: 'memory',
      asks: ['url', 'key', 'headers'],
      url: null,
      key: 'set',
      headers: {},
      from_environment: ['key'],
    })
  })
})

describe('a change', () => {
  const kept = { url: 'http://box:1', key: 'old', headers: { Gate: 'word', Other: 'x' } }

  it('touches what it names alone', () => {
    expect(changeSettings(dialect, nothing, kept, { key: 'new' })).toEqual({ ...kept, key: 'new' })
    expect(changeSettings(dialect, nothing, kept, {})).toEqual(kept)
  })

  it('leaves what is said to be set, and forgets what is empty', () => {
    const request = { key: 'set', url: '', headers: { Gate: 'set', Unknown: 'set', New: 'n', Other: '' } }
    expect(changeSettings(dialect, nothing, kept, request)).toEqual({ key: 'old', headers: { Gate: 'word', New: 'n' } })
    expect(changeSettings(dialect, nothing, kept, { url: '', key: '', headers: {} })).toEqual({})
  })

  it('takes several addresses, in one form', () => {
    expect(changeSettings(dialect, nothing, undefined, { url: 'http://a:1/ http://b:2//,' })).toEqual({
      url: 'http://a:1, http://b:2',
    })
  })

  it.each<[string, Parameters<typeof changeSettings>[3], Record<string, string>, string]>([
    ['an address that is none', { url: 'http://' }, {}, 'url'],
    ['an address of another kind', { url: 'http://a, ftp://b' }, {}, 'url'],
    ['what the environment gives', { key: 'new' }, { MEMORY_KEY: 'given' }, 'key'],
  ])('is refused: %s', (_, request, variables, field) => {
    const refused = () => changeSettings(dialect, from(variables), kept, request)
    expect(refused).toThrow(RushesError)
    expect(refused).toThrow(expect.objectContaining({ code: 'INVALID_INPUT', fields: { [field]: expect.any(String) } }))
  })

  it('is refused where the renderer has no such setting', () => {
    const keyOnly = memoryDialect([], { asks: ['key'] })
    expect(() => changeSettings(keyOnly, nothing, undefined, { url: 'http://a' })).toThrow(
      'url is no setting of Memory.',
    )
  })
})
