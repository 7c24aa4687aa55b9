import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { type FileResource, mediaInfoSchema } from '../../shared/media.ts'
import { BOUNDARY, rawForm, type RawPart } from '../testing/raw-form.ts'
import { type CustomInputsDeps, readCustomInputs } from './read-custom-inputs.ts'

const EXPIRES = '2026-12-01T00:00:00.000Z'
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
const KNOWN = `file_${'b'.repeat(32)}`
const idOf = (bytes: Uint8Array): string => `file_${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}`

const resource = (id: string, filename: string | null, size_bytes: number): FileResource => ({
  id,
  filename,
  mime_type: 'image/png',
  size_bytes,
  created_at: EXPIRES,
  expires_at: EXPIRES,
  job_id: null,
  media: mediaInfoSchema.parse({
    kind: 'image',
    mime_type: 'image/png',
    width: 2,
    height: 2,
    duration: null,
    fps: null,
    codec: 'png',
    has_audio: false,
  }),
})

const takeFiles: CustomInputsDeps['takeFiles'] = {
  of: async (id) => resource(id.replace('job_', 'file_'), 'take.png', 9),
}

/** Files that are only remembered: what is taken in, under which name. */
const memory = () => {
  const received: { filename: string | null; bytes: Buffer }[] = []
  const files: CustomInputsDeps['files'] = {
    receive: async (source, { filename }) => {
      const bytes = await buffer(source)
      received.push({ filename, bytes })
      return resource(idOf(bytes), filename, bytes.length)
    },
    get: async (id) => (id === KNOWN ? resource(id, null, 9) : undefined),
  }
  return { received, files }
}

const read = async (parts: readonly RawPart[]) => {
  const { received, files } = memory()
  const headers = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` }
  const submission = { headers, body: Readable.from([rawForm(parts)]), expiresAt: EXPIRES }
  return { ...(await readCustomInputs({ files, takeFiles }, submission, new AbortController().signal)), received }
}

describe('the inputs of a model that nobody knows', () => {
  it('are texts as they came, and files as files', async () => {
    const { inputs, warnings, received } = await read([
      { name: 'prompt', content: '  a lake ' },
      { name: 'strength', content: '0.70' },
      { name: 'options', type: 'application/json', content: '{"a":1}' },
      { name: 'empty', content: '' },
      { name: 'source', content: 'https://example.com/a.mp4' },
      { name: 'data', filename: 'photo.png', type: 'image/png', content: PNG },
      { name: 'mask', filename: '', type: 'image/png', content: PNG },
      { name: 'pose', type: 'application/octet-stream', content: PNG },
      { name: 'words', filename: '', content: 'no file at all' },
      { name: 'nothing', filename: '', type: 'application/octet-stream', content: '' },
      { name: 'before', content: KNOWN },
    ])
    expect(inputs).toEqual({
      prompt: '  a lake ',
      strength: '0.70',
      options: '{"a":1}',
      empty: '',
      source: 'https://example.com/a.mp4',
      data: idOf(PNG),
      mask: idOf(PNG),
      pose: idOf(PNG),
      words: 'no file at all',
      before: KNOWN,
    })
    expect(received.map(({ filename }) => filename)).toEqual(['photo.png', null, null])
    expect(warnings).toEqual([])
  })

  it.each([
    ['42', 42],
    ['4294967295', 4294967295],
    ['4294967296', '4294967296'],
    ['007', '007'],
    ['any', 'any'],
  ])('have %s as the seed %o', async (content, seed) => {
    expect((await read([{ name: 'seed', content }])).inputs).toEqual({ seed })
  })

  it('leave out what has no usable name, and say so', async () => {
    const { inputs, warnings } = await read([
      { name: '__proto__', content: 'x' },
      { name: 'a b', filename: 'a.png', content: PNG },
      { name: 'prompt', content: 'x' },
    ])
    expect(inputs).toEqual({ prompt: 'x' })
    expect(warnings).toEqual([
      '__proto__ is no name for a field: it was left out.',
      'a b is no name for a field: it was left out.',
    ])
  })

  it('are refused where a field comes twice, or names a file that is not there', async () => {
    const twice = { name: 'prompt', content: 'x' }
    await expect(read([twice, twice])).rejects.toMatchObject({ fields: { prompt: 'is given more than once' } })
    const gone = { name: 'data', content: `file_${'c'.repeat(32)}` }
    await expect(read([gone])).rejects.toMatchObject({ code: 'NOT_FOUND', fields: { data: expect.any(String) } })
  })
})
