import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { type MediaAnswer, mediaOf } from './base64-answer.ts'

const PIXELS = randomBytes(601)

const read = async (text: string, size: number): Promise<[Buffer, MediaAnswer | undefined]> => {
  const all = Buffer.from(text)
  const chunks: Buffer[] = []
  for (let at = 0; at < all.length; at += size) chunks.push(all.subarray(at, at + size))
  let told: MediaAnswer | undefined
  const pieces: Buffer[] = []
  for await (const piece of mediaOf(Readable.from(chunks), (answer) => (told = answer))) pieces.push(piece)
  return [Buffer.concat(pieces), told]
}

describe('the pixels of an answer', () => {
  const base64 = PIXELS.toString('base64')
  it.each([
    ['plain', JSON.stringify({ created: 1, data: [{ b64_json: base64, url: null }] })],
    [
      'after other words',
      JSON.stringify({ data: [{ url: null, revised_prompt: 'a "b64_json": \\ here', b64_json: base64 }] }),
    ],
    ['as a data URI', JSON.stringify({ data: [{ b64_json: `data:image/png;base64,${base64}` }] })],
    ['with escapes', `{"data":[{"b64_json":"${base64.replaceAll('/', '\\/').replaceAll('+', '\\u002b')}"}]}`],
    ['with spaces', `{ "data" : [ { "b64_json" :\n "${base64}" } ] }`],
    ['the first of two', JSON.stringify({ data: [{ b64_json: base64 }, { b64_json: 'AAAA' }] })],
  ])('come whole, however it is cut: %s', async (_, text) => {
    for (const size of [1, 7, 1000, 1e6]) {
      const [bytes, told] = await read(text, size)
      expect(bytes.equals(PIXELS)).toBe(true)
      expect(told).toEqual({ bytes: PIXELS.length, url: null, error: null })
    }
  })

  it('are none in an address, in nothing, and in a page', async () => {
    expect(await read('{"data":[{"url":"http://a/b.png","b64_json":null}]}', 3)).toEqual([
      Buffer.alloc(0),
      { bytes: 0, url: 'http://a/b.png', error: null },
    ])
    expect((await read('{"data":[{"b64_json":""}]}', 3))[1]).toEqual({ bytes: 0, url: null, error: null })
    expect((await read('{"error":"no room","data":[]}', 3))[1]).toMatchObject({ bytes: 0, error: 'no room' })
    expect((await read('<html>"b64_json"</html>', 3))[1]).toEqual({ bytes: 0, url: null, error: null })
  })
})
