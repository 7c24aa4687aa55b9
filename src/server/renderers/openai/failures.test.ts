import { readdir, rm } from 'node:fs/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { createBench, HURRIED, KEY } from '../../testing/generation/bench.ts'
import { type Fault, PAGE } from '../../testing/generation/faults.ts'
import { orderBroke, orderFailed, orderRefused, type OtherSide } from './failures.ts'
import { RequestFailed } from '../../outgoing/request.ts'

const bench = createBench()
const { signal, serve, connect, taskOf, order, finish, failure, picture } = bench
afterEach(bench.clean)

const T2V = 'Wan-AI/Wan2.2-T2V-A14B-Diffusers'
const answer = (status: number, body?: unknown, headers: Record<string, string> = {}): Fault => ({
  kind: 'answer',
  status,
  body,
  headers,
})
const openai = (message: string, code: string | null, type = 'invalid_request_error') => ({
  error: { message, type, param: null, code },
})

describe('an order', () => {
  it.each<[string, Fault, string, RegExp]>([
    ['a bad key', answer(401, { error: 'Unauthorized' }), 'INVALID_API_KEY', /GENERATION_KEY/],
    ['a forbidden key', answer(403), 'INVALID_API_KEY', /GENERATION_KEY/],
    ['no credit', answer(402), 'QUOTA', /credit/],
    [
      'no credit, in words',
      answer(429, openai('You exceeded your current quota', 'insufficient_quota')),
      'QUOTA',
      /credit/,
    ],
    ['a crowd', answer(429, {}, { 'retry-after': '3' }), 'RATE_LIMITED', /Nothing was ordered/],
    ['a start that is not over', answer(503), 'RATE_LIMITED', /Nothing was ordered/],
    [
      'the policy',
      answer(400, openai('Rejected by our safety system', 'content_policy_violation')),
      'REJECTED',
      /safety system/,
    ],
    ['moderation', answer(400, openai('No', 'moderation_blocked')), 'REJECTED', /Change the prompt/],
    ['a small card', answer(500, { detail: 'CUDA out of memory. Tried to allocate 9 GiB' }), 'OUT_OF_MEMORY', /480p/],
    [
      'a missing model',
      answer(404, openai("The model 'x' does not exist", 'model_not_found')),
      'MODEL_MISSING',
      /does not exist/,
    ],
    ['a missing route', answer(404, { detail: 'Not Found' }), 'MODEL_MISSING', /Not Found/],
    ['another model', answer(400, { detail: "Model mismatch: request specifies 'x'" }), 'MODEL_MISSING', /mismatch/],
    [
      'its inputs',
      answer(422, { detail: [{ loc: ['body', 'size'], msg: 'wrong size' }] }),
      'INVALID_INPUT',
      /size: wrong size/,
    ],
    ['its inputs, in a word', answer(400, { detail: 'Invalid size' }), 'INVALID_INPUT', /Invalid size/],
    ['its weight', answer(413, { detail: 'too heavy' }), 'TOO_LARGE', /too heavy/],
    ['a proxy', answer(404, PAGE, { 'content-type': 'text/html' }), 'UNREACHABLE', /web page/],
    ['a redirect', answer(307, {}, { location: '/login' }), 'CLOUD_FAILED', /redirect/],
    ['a defect', answer(500, { detail: 'Video generation setup failed: x' }), 'PROCESSING_ERROR', /setup failed/],
  ])('refused for %s', async (_, fault, code, words) => {
    const server = await serve({ model: T2V, key: KEY })
    server.fail('create', fault)
    const before = bench.refused()
    const connection = connect(server.url, {}, KEY)
    const error = await failure(order(connection, await taskOf('lucy-pro-t2v')))
    expect(error).toMatchObject({ code, billed: 'no', message: expect.stringMatching(words) })
    if (code === 'RATE_LIMITED')
      expect(error.retryAfter).toBe(fault.kind === 'answer' && fault.headers?.['retry-after'] ? 3 : undefined)
    if (code === 'INVALID_INPUT') expect(error.message).toMatch(/Nothing was ordered/)
    expect([server.requests.filter(({ method }) => method === 'POST').length, server.made()]).toEqual([1, 0])
    expect(bench.refused() - before).toBe(code === 'INVALID_API_KEY' ? 1 : 0)
  })

  it.each<[string, Fault]>([
    ['a connection that breaks after it was taken', { kind: 'lost' }],
    ['a connection that breaks before it was read', { kind: 'refuse' }],
    ['a page of a gateway', { kind: 'page' }],
    ['half an answer', { kind: 'cut' }],
    ['silence', { kind: 'hold' }],
    ['502', answer(502, PAGE)],
    ['504', answer(504)],
  ])('whose answer is lost in %s is not repeated', async (_, fault) => {
    const server = await serve({ model: T2V })
    const connection = connect(server.url, { limits: HURRIED })
    const task = await taskOf('lucy-pro-t2v')
    await connection.look(signal)
    server.fail('create', fault)
    const error = await failure(order(connection, task))
    expect(error).toMatchObject({
      code: 'CLOUD_FAILED',
      billed: 'no',
      message: expect.stringMatching(/not sent again/),
    })
    expect(error.message).not.toMatch(/billed/)
    expect(server.requests.filter(({ method }) => method === 'POST')).toHaveLength(1)
    server.release()
  })

  it('for a picture whose answer is lost leaves nothing on disk', async () => {
    const server = await serve({ model: 'Qwen/Qwen-Image' })
    const connection = connect(server.url, { limits: HURRIED })
    for (const fault of [{ kind: 'cut' }, { kind: 'page' }, { kind: 'lost' }] as const) {
      server.fail('image', fault)
      const task = await taskOf('lucy-pro-t2i')
      expect(await failure(order(connection, task))).toMatchObject({ code: 'CLOUD_FAILED' })
      expect(await readdir(task.directory)).toEqual([])
    }
    expect(server.made()).toBe(3)
  })

  it('to nobody did not go out', async () => {
    const server = await serve({ model: T2V })
    const connection = connect(server.url)
    const prepared = await connection.prepare(await taskOf('lucy-pro-t2v'), signal)
    await server.close()
    const gone = {
      code: 'UNREACHABLE',
      billed: 'no',
      message: expect.stringMatching(/cannot be reached.*Nothing was ordered/),
    }
    expect(await failure(prepared.send('', signal))).toMatchObject(gone)
    expect(await connection.look(signal)).toMatchObject({
      state: 'unreachable',
      note: expect.stringMatching(/cannot be reached/),
    })
    expect(await failure(connect(server.url).prepare(await taskOf('lucy-pro-t2v'), signal))).toMatchObject({
      code: 'UNREACHABLE',
    })
  })

  it('of a file that is gone is not sent', async () => {
    const server = await serve({})
    const data = await picture()
    await rm(data.path)
    const error = await failure(order(connect(server.url), await taskOf('lucy-pro-i2v', {}, { data })))
    expect(error).toMatchObject({ code: 'NOT_FOUND', message: expect.stringMatching(/Nothing was ordered/) })
    expect(server.made()).toBe(0)
  })

  it.each([
    ['memory', 'torch.OutOfMemoryError: CUDA out of memory', 'OUT_OF_MEMORY'],
    ['a defect', 'The size of tensor a must match', 'PROCESSING_ERROR'],
    ['the filter', 'NSFW content was found', 'REJECTED'],
  ])('that was taken fails for %s', async (_, message, code) => {
    for (const flavour of ['vllm-omni', 'sglang'] as const) {
      const server = await serve({ flavour, model: T2V, taskType: 'T2V' })
      server.become([{ status: 'failed', progress: 0, error: { code: 500, message } }])
      const connection = connect(server.url)
      const task = await taskOf('lucy-pro-t2v')
      const orders = [await order(connection, task), await order(connection, task)]
      // By the list and by itself.
      for (const one of orders) expect(await failure(finish(connection, one))).toMatchObject({ code, billed: 'no' })
    }
  })
})

describe('where money is involved', () => {
  const side: OtherSide = { host: 'api.example.com', free: false }
  it('what may have been billed is said to be', () => {
    const lost = orderBroke(new RequestFailed('the connection broke', true), side)
    expect(lost).toMatchObject({ billed: 'maybe', message: expect.stringMatching(/billed, so it was not sent again/) })
    expect(orderBroke(new RequestFailed('nothing listens there', false), side).billed).toBe('no')
    expect(orderFailed({ message: 'broken' }, side).billed).toBe('maybe')
    const reply = (status: number) => ({ status, headers: {}, text: '{"detail":"words"}' })
    expect(orderRefused(reply(400), 'sora-2', side).billed).toBe('no')
    expect(orderRefused(reply(500), 'sora-2', side).billed).toBe('maybe')
    expect(orderRefused(reply(504), 'sora-2', side).billed).toBe('maybe')
  })
})
