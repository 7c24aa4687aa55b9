import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fileResourceSchema } from '../../shared/media.ts'
import { CLIP } from '../testing/clip.ts'
import { rawForm, sendRaw } from '../testing/raw-form.ts'
import { serve, type Served } from '../testing/serve.ts'
import { fileNameOf } from './file-name.ts'

let server: Served
beforeAll(async () => {
  server = await serve()
})
afterAll(() => server.close())

describe('what a file name says', () => {
  it.each([
    ['a.png', 'a.png'],
    ['folder/a.png', 'a.png'],
    ['100%25 %20.png', '100%25 %20.png'],
    [' a.png ', 'a.png'],
    ['a\u0000\u0007b\u0085.png', 'ab.png'],
    ['x'.repeat(300), 'x'.repeat(255)],
    ['', null],
    [undefined, null],
    ['blob', null],
    ['data', null],
    ['folder/', null],
  ])('%j: %j', (sent, name) => expect(fileNameOf(sent, 'data')).toBe(name))
})

// As the clients themselves were seen to write them.
it.each([
  ['Chromium, undici, Bun, curl 7.81 and requests', 'a%22b.png', 'a"b.png'],
  ['older curl', 'a\\"b.png', 'a"b.png'],
  ['Chromium, undici, Bun and requests', 'a\\b.png', 'a\\b.png'],
  ['httpx and older curl', 'a\\\\b.png', 'a\\b.png'],
  ['a line end in undici', 'a%0Ab%0D.png', 'ab.png'],
  ['UTF-8', 'Sonne ☀ 日本.png', 'Sonne ☀ 日本.png'],
  ['a NUL', 'a\u0000b.png', 'ab.png'],
])('keeps a name as it came from %s', async (_client, sent, name) => {
  const answer = await sendRaw(`${server.url}/v1/files`, rawForm([{ name: 'file', filename: sent, content: CLIP }]))
  expect(answer.status).toBe(200)
  expect(fileResourceSchema.parse(answer.body).filename).toBe(name)
})
