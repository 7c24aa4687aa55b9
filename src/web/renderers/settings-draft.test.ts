import { describe, expect, it } from 'vitest'
import type { SettingsAnswer } from '../../shared/renderers.ts'
import { draftOf, readHeaders, requestOf } from './settings-draft.ts'

const settings: SettingsAnswer = {
  name: 'comfyui',
  asks: ['url', 'key', 'headers'],
  url: 'http://render-box:8188',
  key: 'set',
  headers: { Authorization: 'set' },
  from_environment: [],
}

describe('headers', () => {
  it('are one a line, and keep colons in their values', () => {
    expect(readHeaders('Authorization: Basic a:b\n\n  X-Team :  fox \n')).toEqual({
      headers: { Authorization: 'Basic a:b', 'X-Team': 'fox' },
    })
  })

  it.each(['Authorization', ': b', 'Two words: b', 'Empty:'])('complain about %j', (line) => {
    expect(readHeaders(`X: y\n${line}`)).toEqual({ wrong: line })
  })
})

describe('what is sent', () => {
  it('is what was typed: a secret that is set stays where nothing is', () => {
    const draft = draftOf(settings)
    expect(requestOf(draft, settings)).toEqual({ request: { url: 'http://render-box:8188' } })
    expect(requestOf({ ...draft, key: ' k ', headers: 'X: y' }, settings)).toEqual({
      request: { url: 'http://render-box:8188', key: 'k', headers: { X: 'y' } },
    })
  })

  it('is nothing of what the environment gives', () => {
    expect(
      requestOf({ url: 'x', key: 'y', headers: 'z' }, { ...settings, from_environment: ['url', 'headers'] }),
    ).toEqual({ request: { key: 'y' } })
  })

  it('is nothing at all where a line is no header', () => {
    expect(requestOf({ ...draftOf(settings), headers: 'nonsense' }, settings)).toEqual({
      fields: { headers: '“nonsense” is no header. Write Name: value.' },
    })
  })
})
