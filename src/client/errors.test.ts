import type { ServerResponse } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { DecartSDKError, models } from './index.ts'
import { json, quickClient, QUICK, startServer } from './testing/server.ts'

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
let close = () => Promise.resolve()
afterEach(() => close())

const failure = async (promise: Promise<unknown>): Promise<DecartSDKError> => {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof DecartSDKError)) throw new Error('no DecartSDKError', { cause: error })
  return error
}

/** Inputs as JavaScript may give them. */
const loosely = (name: string, inputs: Record<string, unknown>) => ({ model: models.named(name), ...inputs })

describe('before a byte is sent', () => {
  it('says what is missing in the exact words', async () => {
    const server = await startServer((_, response) => json(response, {}))
    close = server.close
    const client = quickClient(server.url)
    const error = await failure(client.process(loosely('lucy-pro-i2v', { prompt: 'test' })))
    expect(error.message).toBe('Invalid inputs for lucy-pro-i2v: data is required')
    expect([error.code, error.fields, error.status]).toEqual(['INVALID_INPUT', { data: 'is required' }, undefined])
    const unknown = await failure(client.queue.submit(loosely('lucy-latest', { data: null, colour: 'red' })))
    expect(unknown.message).toBe(
      'Invalid inputs for lucy-latest: data is required; colour is not a field of this model',
    )
    expect(server.seen).toEqual([])
  })

  it.each([
    ['an unknown model', () => models.named('lucy-9'), /lucy-9/],
    ['an image model for a video', () => models.video('lucy-pro-t2i' as 'lucy-2.5'), /models\.image/],
    ['a video model for an image', () => models.image('lucy-latest' as 'lucy-image-2'), /models\.video/],
  ])('refuses %s', (_, make, message) => {
    expect(make).toThrow(expect.objectContaining({ code: 'MODEL_NOT_FOUND', message: expect.stringMatching(message) }))
  })

  it.each([
    [
      'breaks',
      () =>
        new ReadableStream<Uint8Array>({
          pull: (controller) => controller.error(new Error('unplugged')),
        }),
    ],
    [
      'is being read',
      () => {
        const stream = new ReadableStream<Uint8Array>()
        stream.getReader()
        return stream
      },
    ],
  ])('names the field of a stream that %s', async (_, stream) => {
    const data = stream()
    const order = { model: models.image('lucy-pro-i2i'), prompt: 'a', data }
    const error = await failure(quickClient('http://127.0.0.1:1').process(order))
    expect(error).toMatchObject({ code: 'INVALID_INPUT', fields: { data: 'could not be read' } })
  })
})

describe('answers', () => {
  const order = { model: models.video('lucy-pro-t2v'), prompt: 'a' }
  const submitAgainst = async (status: number, body: string, headers: Record<string, string> = {}) => {
    const server = await startServer((_, response) => response.writeHead(status, headers).end(body))
    close = server.close
    return { error: await failure(quickClient(server.url).queue.submit(order)), server }
  }

  const list = (...detail: unknown[]) => JSON.stringify({ detail })
  it.each([
    [
      422,
      list({ loc: ['body', 'prompt'], msg: 'is longer than 1,000 characters', type: 'value_error' }),
      'INVALID_INPUT',
      'Invalid inputs for lucy-pro-t2v: prompt is longer than 1,000 characters',
      { prompt: 'is longer than 1,000 characters' },
    ],
    [
      422,
      list(
        { loc: ['body', 'data'], msg: 'Field required', type: 'missing' },
        { loc: ['body', 'seed'], msg: 'Input should be a valid integer', type: 'int_parsing' },
      ),
      'INVALID_INPUT',
      'Invalid inputs for lucy-pro-t2v: data: Field required; seed: Input should be a valid integer',
      { data: 'Field required', seed: 'Input should be a valid integer' },
    ],
    [
      422,
      JSON.stringify({
        detail: [{ loc: ['body', 'data'], msg: 'data is too long', type: 'value_error' }],
        code: 'INVALID_INPUT',
        fields: { data: 'is too long' },
      }),
      'INVALID_INPUT',
      'Invalid inputs for lucy-pro-t2v: data is too long',
      { data: 'is too long' },
    ],
    [
      415,
      '{"detail":"Start is no picture.","code":"UNSUPPORTED_MEDIA","fields":{"start":"is no picture"}}',
      'UNSUPPORTED_MEDIA',
      'Start is no picture.',
      { start: 'is no picture' },
    ],
    [401, '{"detail":"Invalid API key"}', 'INVALID_API_KEY', 'Invalid API key', undefined],
    [401, '', 'INVALID_API_KEY', 'The API key is missing or wrong', undefined],
    [403, '{"detail":"Not from here"}', 'FORBIDDEN', 'Not from here', undefined],
    [404, '', 'MODEL_NOT_FOUND', 'The server does not know the model lucy-pro-t2v', undefined],
    [404, '{"detail":"No file file_x","code":"NOT_FOUND"}', 'NOT_FOUND', 'No file file_x', undefined],
    [413, '{"detail":"Too large"}', 'TOO_LARGE', 'Too large', undefined],
    [
      415,
      list({ loc: ['body', 'data'], msg: 'is text', type: 'x' }),
      'UNSUPPORTED_MEDIA',
      /data is text/,
      { data: 'is text' },
    ],
    [502, '<html>', 'PROCESSING_ERROR', 'The server answered 502 Bad Gateway', undefined],
    [502, '{"detail":"The cloud failed","code":"CLOUD_FAILED"}', 'CLOUD_FAILED', 'The cloud failed', undefined],
    [507, '{"detail":"Disk full"}', 'DISK_FULL', 'Disk full', undefined],
  ])('%i %s', async (status, body, code, message, fields) => {
    const { error, server } = await submitAgainst(status, body)
    expect(error).toMatchObject({ status, code, message: expect.stringMatching(message) })
    expect(error.fields).toEqual(fields)
    expect(server.seen).toHaveLength(1)
  })

  it('passes on how long to wait, and does not repeat a POST', async () => {
    const { error, server } = await submitAgainst(429, '{}', { 'retry-after': '0' })
    expect(error).toMatchObject({ code: 'RATE_LIMITED', retryAfter: 0 })
    expect(server.seen).toHaveLength(1)
  })

  it.each(['<!doctype html><p>hello', '{"id":1}', '', '[]'])('an answer that means nothing: %o', async (body) => {
    const { error } = await submitAgainst(200, body)
    expect(error.code).toBe('PROCESSING_ERROR')
    expect(error.message).toMatch(/does not understand/)
    expect(error.message).not.toMatch(/invalid_type|expected|\{/i)
  })

  it('no server', async () => {
    const server = await startServer(() => {})
    await server.close()
    const error = await failure(quickClient(server.url).queue.submit(order))
    expect(error).toMatchObject({ code: 'NETWORK_ERROR', message: expect.stringContaining(server.url) })
    expect(error.cause).toBeInstanceOf(TypeError)
  })

  it('a server that hangs up in the middle of a POST', async () => {
    const server = await startServer((_, response) => response.destroy())
    close = server.close
    expect((await failure(quickClient(server.url).queue.submit(order))).code).toBe('NETWORK_ERROR')
    expect(server.seen).toHaveLength(1)
  })
})

describe('GETs that fail in passing', () => {
  const flaky = async (failures: ((response: ServerResponse) => void)[]) => {
    let count = 0
    const server = await startServer((_, response) => {
      const fail = failures[count++]
      if (fail) fail(response)
      else response.writeHead(200, { 'content-type': 'image/png' }).end(PNG)
    })
    close = server.close
    return server
  }

  it('are repeated until they succeed', async () => {
    const server = await flaky([
      (response) => response.destroy(),
      (response) => json(response, {}, 503, { 'retry-after': '0' }),
      (response) => {
        response.writeHead(200, { 'content-type': 'image/png', 'content-length': String(PNG.length) })
        response.write(PNG.subarray(0, 4), () => response.destroy())
      },
    ])
    expect((await quickClient(server.url).queue.result('j')).size).toBe(PNG.length)
    expect(server.seen).toHaveLength(4)
  })

  it('are given up after a few times', async () => {
    const server = await flaky(Array.from({ length: 9 }, () => (response) => json(response, { detail: 'no' }, 500)))
    expect(await failure(quickClient(server.url).queue.result('j'))).toMatchObject({ status: 500, message: 'no' })
    expect(server.seen).toHaveLength(QUICK.retries.length + 1)
  })

  it.each([
    ['a long Retry-After', 429, { 'retry-after': '3600' }],
    ['a 404', 404, {}],
    ['a 409', 409, {}],
  ])('are not repeated after %s', async (_, status, headers) => {
    const server = await flaky([(response) => json(response, {}, status, headers)])
    expect((await failure(quickClient(server.url).queue.result('j'))).status).toBe(status)
    expect(server.seen).toHaveLength(1)
  })

  it.each([
    ['text/html', '<html>'],
    ['image/png', ''],
    ['application/json', '{}'],
  ])('%s of %o is no result', async (type, body) => {
    const server = await startServer((_, response) => response.writeHead(200, { 'content-type': type }).end(body))
    close = server.close
    expect((await failure(quickClient(server.url).queue.result('j'))).code).toBe('PROCESSING_ERROR')
  })
})
