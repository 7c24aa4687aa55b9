import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Job } from '../shared/job.ts'
import { fileResourceSchema } from '../shared/media.ts'
import { submittedSchema } from '../shared/routes.ts'
import { CLIP } from './testing/clip.ts'
import { type RawPart, rawForm, sendRaw } from './testing/raw-form.ts'
import { serve, type Served } from './testing/serve.ts'

let server: Served
let picture: Buffer
/** A picture longer than any text would be. */
let large: Buffer
beforeAll(async () => {
  server = await serve()
  const pixels = { width: 64, height: 64, channels: 3, background: '#123456' } as const
  picture = await sharp({ create: pixels }).png().toBuffer()
  large = await sharp({
    create: { ...pixels, width: 320, height: 240, noise: { type: 'gaussian', mean: 128, sigma: 40 } },
  })
    .png()
    .toBuffer()
})
afterAll(() => server.close())

const PROMPT: RawPart = { name: 'prompt', content: 'ink' }
const send = (model: string, parts: readonly RawPart[]) => sendRaw(`${server.url}/v1/jobs/${model}`, rawForm(parts))

/** The job that a form makes, taken out of the queue at once. */
const jobOf = async (model: string, parts: readonly RawPart[]): Promise<Job> => {
  const answer = await send(model, parts)
  expect(answer).toMatchObject({ status: 200 })
  const { job_id } = submittedSchema.parse(answer.body)
  await fetch(`${server.url}/v1/jobs/${job_id}`, { method: 'DELETE' })
  return server.job(job_id)
}

describe('a part of a file field', () => {
  const files: [string, () => RawPart][] = [
    [
      'with an empty name, as Bun sends Blobs',
      () => ({ name: 'data', filename: '', type: 'image/png', content: picture }),
    ],
    ['with an empty name and no type', () => ({ name: 'data', filename: '', content: picture })],
    ['longer than a text, without a name', () => ({ name: 'data', content: large })],
    ['without a name, of a type', () => ({ name: 'data', type: 'image/png', content: picture })],
    ['without a name or a type', () => ({ name: 'data', content: picture })],
    ['called text', () => ({ name: 'data', type: 'text/plain;charset=utf-8', content: picture })],
    ['with the field’s own name', () => ({ name: 'data', filename: 'data', content: picture })],
  ]
  it.each(files)('is a file: %s', async (_case, part) => {
    const job = await jobOf('lucy-pro-i2i', [PROMPT, part()])
    const file = await fetch(`${server.url}/v1/files/${String(job.inputs['data'])}`)
    expect(fileResourceSchema.parse(await file.json())).toMatchObject({ mime_type: 'image/png', filename: null })
    expect(job.warnings).toEqual([])
  })

  it('is an id or an address as a short text without a name', async () => {
    const { inputs } = await jobOf('lucy-pro-i2i', [PROMPT, { name: 'data', content: picture }])
    for (const extra of [{}, { type: 'text/plain; charset=utf-8' }, { filename: '' }]) {
      const again = await jobOf('lucy-pro-i2i', [PROMPT, { name: 'data', content: String(inputs['data']), ...extra }])
      expect(again.inputs['data']).toBe(inputs['data'])
    }
    const refused = await send('lucy-pro-i2i', [PROMPT, { name: 'data', content: 'photo.jpg' }])
    expect(refused).toMatchObject({
      status: 422,
      body: { fields: { data: expect.stringContaining('must be an image') } },
    })
  })

  it('that is empty and has no name was not chosen', async () => {
    // As browsers send an <input type="file"> that was left alone.
    const none = { filename: '', type: 'application/octet-stream', content: '' }
    for (const empty of [none, { content: '' }, { filename: '', content: '' }]) {
      const job = await jobOf('lucy-2.5', [
        { name: 'data', filename: 'a.mp4', content: CLIP },
        { name: 'reference_image', ...empty },
      ])
      expect(job.inputs).not.toHaveProperty('reference_image')
      const missing = await send('lucy-2.5', [{ name: 'data', ...empty }])
      expect(missing).toMatchObject({ status: 422, body: { fields: { data: 'is required' } } })
    }
    const named = await send('lucy-2.5', [{ name: 'data', filename: 'a.mp4', content: '' }])
    expect(named).toMatchObject({ status: 422, body: { fields: { data: 'is empty' } } })
  })
})

describe('a text', () => {
  it.each([
    ['true', true],
    ['True', true],
    ['1', true],
    ['yes', true],
    ['ON', true],
    ['false', false],
    ['False', false],
    ['0', false],
    ['No', false],
    ['off', false],
  ])('%s is a boolean', async (text, value) => {
    const job = await jobOf('lucy-pro-i2i', [
      PROMPT,
      { name: 'data', filename: 'a.png', content: picture },
      { name: 'enhance_prompt', content: text },
    ])
    expect(job.inputs['enhance_prompt']).toBe(value)
  })

  it('that is no boolean is said to be none', async () => {
    const parts = [
      PROMPT,
      { name: 'data', filename: 'a.png', content: picture },
      { name: 'enhance_prompt', content: 'maybe' },
    ]
    expect(await send('lucy-pro-i2i', parts)).toMatchObject({
      status: 422,
      body: { fields: { enhance_prompt: 'must be true or false' } },
    })
  })

  it('that is empty is absent', async () => {
    const empty = ['seed', 'resolution', 'enhance_prompt', 'num_inference_steps', 'reference_image']
    const parts = [
      PROMPT,
      { name: 'data', filename: 'a.mp4', content: CLIP },
      ...empty.map((name) => ({ name, content: ' ' })),
    ]
    const job = await jobOf('lucy-pro-v2v', parts)
    expect(job.inputs).not.toHaveProperty('seed')
    expect(job.inputs).not.toHaveProperty('num_inference_steps')
    const styled = await jobOf('lucy-restyle-2', [
      { name: 'prompt', content: '' },
      { name: 'data', filename: 'a.mp4', content: CLIP },
      { name: 'reference_image', filename: 'a.png', content: picture },
    ])
    expect(styled.inputs).not.toHaveProperty('prompt')
    expect(await send('lucy-pro-t2v', [{ name: 'prompt', content: ' ' }])).toMatchObject({
      status: 422,
      body: { fields: { prompt: 'must not be empty' } },
    })
  })

  it('of any type is a text, and a file in its place is refused', async () => {
    const typed = await jobOf('lucy-pro-t2i', [{ ...PROMPT, type: 'application/octet-stream' }])
    expect(typed.inputs['prompt']).toBe('ink')
    expect(await send('lucy-pro-t2i', [{ ...PROMPT, filename: 'prompt.txt' }])).toMatchObject({
      status: 422,
      body: { fields: { prompt: 'does not take a file' } },
    })
  })
})

it('that was left out is recorded as it is assumed', async () => {
  const data = { name: 'data', filename: 'a.mp4', content: CLIP }
  const edit = await jobOf('lucy-2.5', [data])
  expect(edit.inputs).toMatchObject({ prompt: '', resolution: '720p', enhance_prompt: true, self_anchor: true })
  const said = await jobOf('lucy-2.5', [data, { name: 'self_anchor', content: 'False' }])
  expect(said.inputs).toMatchObject({ self_anchor: false })
  const look = { name: 'reference_image', filename: 'a.png', content: picture }
  const styled = await jobOf('lucy-restyle-2', [data, look])
  expect(styled.inputs).toMatchObject({ resolution: '720p' })
  expect(styled.inputs).not.toHaveProperty('enhance_prompt')
})

describe('a field that the model does not have', () => {
  it('is left out, and named in the job’s warnings', async () => {
    const odd = ['colour', '__proto__', 'constructor', 'hasOwnProperty']
    const job = await jobOf('lucy-latest', [
      { name: 'data', filename: 'a.mp4', content: CLIP },
      ...odd.map((name) => ({ name, content: 'x' })),
      { name: 'colour', content: 'twice' },
      { name: 'mask', filename: 'mask.png', type: 'image/png', content: large },
      { name: '', content: 'x' },
    ])
    expect(job.inputs).toMatchObject({ data: expect.stringMatching(/^file_/) })
    for (const name of [...odd, 'mask']) {
      expect(Object.hasOwn(job.inputs, name)).toBe(false)
      expect(job.warnings).toContain(`${name} is not a field of lucy-latest: it was left out.`)
    }
    expect(job.warnings).toContain('A part without a name was left out.')
    expect(job.warnings).toHaveLength(6)
    expect(({} as Record<string, unknown>)['x']).toBeUndefined()
  })

  it('is left out of an upload', async () => {
    const parts = [
      { name: 'file', filename: 'a.mp4', content: CLIP },
      { name: 'purpose', content: 'edit' },
      { name: 'thumbnail', filename: 'b.png', content: picture },
    ]
    expect(await sendRaw(`${server.url}/v1/files`, rawForm(parts))).toMatchObject({
      status: 200,
      body: { filename: 'a.mp4' },
    })
  })
})

it('takes a form that is not multipart', async () => {
  const body = new URLSearchParams({ prompt: 'ink', colour: 'red', seed: '' })
  const answer = await fetch(`${server.url}/v1/jobs/lucy-pro-t2i`, { method: 'POST', body })
  const { job_id } = submittedSchema.parse(await answer.json())
  expect(await server.job(job_id)).toMatchObject({
    inputs: { prompt: 'ink' },
    warnings: ['colour is not a field of lucy-pro-t2i: it was left out.'],
  })
})

it.each([
  ['cut off in a file', () => rawForm([{ name: 'data', filename: 'a', content: large }]).subarray(0, 9000)],
  ['cut off in a part without a name', () => rawForm([{ name: 'data', content: large }]).subarray(0, 5000)],
  ['cut off in a text', () => rawForm([PROMPT]).subarray(0, -30)],
  ['cut off in a header', () => rawForm([PROMPT]).subarray(0, 50)],
  ['without a form', () => Buffer.from('hello')],
])('says that a body is malformed: %s', async (_case, body) => {
  const answer = await sendRaw(`${server.url}/v1/jobs/lucy-pro-i2i`, body())
  expect(answer).toMatchObject({ status: 422, body: { code: 'INVALID_INPUT', detail: expect.anything() } })
})
