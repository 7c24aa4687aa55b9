import { describe, expect, it } from 'vitest'
import { dragWordsOf, refusalOf } from './refusal.ts'

const file = (type: string, size = 1000) => ({ type, size })

describe('refusalOf', () => {
  it.each([
    ['image/png', 'image'],
    ['image/gif', 'image'],
    ['image/gif', 'video'],
    ['video/quicktime', 'video'],
    // What the browser has no name for is judged by the server.
    ['', 'image'],
    ['', 'video'],
    ['application/octet-stream', 'video'],
  ] as const)('lets %j through for an %s', (type, accepts) => {
    expect(refusalOf(file(type), accepts)).toBeNull()
  })

  it.each([
    ['video/mp4', 'image', 'is a video. This takes an image.'],
    ['image/png', 'video', 'is an image. This takes a video.'],
    ['text/plain', 'image', 'is text. This takes an image.'],
    ['application/pdf', 'image', 'is a PDF. This takes an image.'],
    ['audio/mpeg', 'video', 'is audio. This takes a video.'],
  ] as const)('refuses %s as an %s', (type, accepts, reason) => {
    expect(refusalOf(file(type), accepts)).toBe(reason)
  })

  it('refuses what is empty or too large before a byte is sent', () => {
    expect(refusalOf(file('image/png', 0), 'image')).toBe('is empty')
    expect(refusalOf(file('image/png', 64 * 1024 ** 2), 'image')).toBeNull()
    expect(refusalOf(file('image/png', 64 * 1024 ** 2 + 1), 'image')).toMatch(/^is 67 MB\. The most .* 67 MB\.$/)
    expect(refusalOf(file('video/mp4', 3e9), 'video')).toMatch(/^is 3\.0 GB/)
  })

  it('says what to do with a drawing', () => {
    expect(refusalOf(file('image/svg+xml'), 'image')).toContain('Export it as PNG')
  })
})

it('judges what is dragged by its type, as far as the browser knows it', () => {
  const files = (...types: string[]) =>
    dragWordsOf({ types: ['Files'], items: types.map((type) => ({ kind: 'file', type })) }, 'video')
  expect(files('image/png')).toEqual({ fits: false, words: 'This takes a video.' })
  for (const type of ['video/mp4', '', 'image/gif']) expect(files(type).fits).toBe(true)
  expect(files('video/mp4', 'video/mp4')).toEqual({ fits: false, words: 'One file at a time.' })
  // Where a browser lists the types alone.
  expect(dragWordsOf({ types: ['Files'], items: [] }, 'image').fits).toBe(true)
})

it('tells an address from words while either is dragged', () => {
  const kinds = (...types: string[]) => dragWordsOf({ types, items: [] }, 'image')
  expect(kinds('text/uri-list', 'text/html', 'text/plain')).toEqual({ fits: true, words: 'Let go to fetch it' })
  expect(kinds('text/html').fits).toBe(true)
  expect(kinds('text/plain', 'text/html')).toEqual({ fits: false, words: 'This takes an image.' })
})
