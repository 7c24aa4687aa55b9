import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { type Bench, type BenchOptions, createBench } from '../../testing/comfyui/bench.ts'
import { TINY_FILES } from '../../testing/comfyui/tiny-graphs.ts'
import { TransientError } from '../order/transient-error.ts'
import type { ApiGraph } from './graph-source.ts'

const benches: Bench[] = []
const bench = async (options: BenchOptions = {}): Promise<Bench> => {
  const made = await createBench(options)
  benches.push(made)
  return made
}
afterEach(async () => {
  for (const made of benches.splice(0).toReversed()) await made.close()
})

const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => new Error('it did not fail'),
    (error: unknown) => error,
  )

/** The graph with other inputs of one node. */
const withInputs =
  (id: string, inputs: Record<string, unknown>) =>
  (graph: ApiGraph): ApiGraph => {
    const node = graph[id]
    return node ? { ...graph, [id]: { ...node, inputs: { ...node.inputs, ...inputs } } } : graph
  }
const withClass =
  (id: string, name: string) =>
  (graph: ApiGraph): ApiGraph => {
    const node = graph[id]
    return node ? { ...graph, [id]: { ...node, class_type: name } } : graph
  }
const many = Array.from({ length: 30 }, (_, index) => `other-${index}.safetensors`)

describe('a graph that is refused', () => {
  it.each([
    ['few files', [] as string[]],
    ['many files', many],
  ])('names the file that a loader does not find among %s', async (_name, others) => {
    const files = { ...TINY_FILES, diffusion_models: others }
    const { server, order } = await bench({ server: { files } })
    const error = await failure(order('lucy-pro-t2i'))
    expect(error).toMatchObject({ code: 'MODEL_MISSING', billed: 'no' })
    expect(String(error)).toContain('tiny.safetensors is missing on the ComfyUI at 127.0.0.1')
    expect(server.orders).toHaveLength(0)
  })

  it.each(['0.3.64', '0.38.1'])('names the node that %s does not have', async (version) => {
    const { order } = await bench({ server: { version }, change: withClass('2', 'ImageResizeKJv2') })
    const error = await failure(order('lucy-pro-i2i'))
    expect(error).toMatchObject({ code: 'NODE_MISSING', billed: 'no' })
    expect(String(error)).toContain('has no node ImageResizeKJv2')
  })

  it.each([
    [
      'a link to a node that is not there',
      withInputs('2', { image: ['99', 0] }),
      "node '99', which is not in the graph",
    ],
    ['a link of another type', withInputs('8', { images: ['7', 1] }), 'Return type mismatch'],
    ['a value out of range', withInputs('6', { steps: 0 }), 'smaller than min'],
    ['a choice that is no file', withInputs('6', { sampler_name: 'dpm' }), "'dpm' not in"],
  ])('says what is wrong: %s', async (_name, change, words) => {
    const { order } = await bench({ change })
    const model = words.includes('99') ? 'lucy-pro-i2i' : 'lucy-pro-t2i'
    const error = await failure(order(model))
    expect(error).toMatchObject({ code: 'INVALID_INPUT', billed: 'no' })
    expect(String(error)).toContain(words)
  })

  it('in one of two outputs is refused as a whole, and leaves no order behind', async () => {
    const { server, order } = await bench({
      change: (graph) => ({
        ...graph,
        '9': { class_type: 'SaveImage', inputs: { images: ['2', 0], filename_prefix: 'x', more: 1 } },
        '10': { class_type: 'VAELoader', inputs: { vae_name: 'no.safetensors' } },
        '11': { class_type: 'UNETLoader', inputs: { unet_name: 'tiny.safetensors', weight_dtype: 'default' } },
        '12': { class_type: 'SaveImage', inputs: { images: ['10', 0], filename_prefix: 'y' } },
      }),
    })
    server.hold('waiting')
    expect(await failure(order('lucy-pro-i2i'))).toMatchObject({ code: 'INVALID_INPUT', billed: 'no' })
    expect(server.orders).toHaveLength(1)
    expect(server.pending()).toEqual([])
  })
})

describe('an order that fails', () => {
  it.each(['0.3.64', '0.38.1'])('for want of memory says which setting takes less (%s)', async (version) => {
    const { server, order, ending } = await bench({ server: { version } })
    server.endNext('out-of-memory')
    const look = await ending(await order('lucy-pro-t2i', { resolution: '1080p' }))
    expect(look).toMatchObject({ state: 'failed', error: { code: 'OUT_OF_MEMORY' } })
    expect(look.state === 'failed' && look.error.message).toBe(
      'The graphics card of 127.0.0.1 has too little memory for this. Choose 720p or 480p instead of 1080p, then try again.',
    )
  })

  it.each(['0.3.64', '0.38.1'])(
    'names the node and what it said, and no path of that machine (%s)',
    async (version) => {
      const { server, order, ending } = await bench({ server: { version } })
      server.endNext('error')
      const look = await ending(await order('lucy-pro-t2i'))
      expect(look).toMatchObject({ state: 'failed', error: { code: 'PROCESSING_ERROR' } })
      expect(look.state === 'failed' && look.error.message).toBe(
        'The node KSampler failed on the ComfyUI at 127.0.0.1: mat1 and mat2 shapes cannot be multiplied (77x768 and 4096x5120)',
      )
    },
  )

  it.each(['0.3.64', '0.38.1'])('because somebody else interrupted it says so (%s)', async (version) => {
    const { server, order, ending } = await bench({ server: { version } })
    server.hold('running')
    const sent = await order('lucy-pro-t2i')
    await server.until(() => server.heldAt() === 'running')
    await fetch(`${server.url}/interrupt`, { method: 'POST' })
    const look = await ending(sent)
    expect(look.state === 'failed' && look.error.message).toBe(
      'It was interrupted on the ComfyUI at 127.0.0.1, by somebody else.',
    )
  })

  it('and saved nothing says what to check', async () => {
    const { server, order, ending } = await bench()
    server.hidesCached()
    const sent = await order('lucy-pro-i2i')
    await ending(sent)
    server.endNext('empty')
    const look = await ending(await order('lucy-pro-v2v'))
    expect(look).toMatchObject({ state: 'failed', error: { code: 'PROCESSING_ERROR' } })
    expect(look.state === 'failed' && look.error.message).toContain('saved no clip')
  })
})

describe('a server that', () => {
  it('is off says that nothing was ordered', async () => {
    const { server, order, connection, signal } = await bench()
    await server.crash()
    expect(await connection.look(signal())).toEqual({
      state: 'unreachable',
      note: 'The ComfyUI at 127.0.0.1 cannot be reached: nothing listens there.',
    })
    expect(await failure(order('lucy-pro-t2i'))).toMatchObject({ code: 'UNREACHABLE', billed: 'no' })
  })

  it('goes away just before the order says that nothing was ordered', async () => {
    const { server, task, connection, signal } = await bench()
    const prepared = await connection.prepare(await task('lucy-pro-t2i'), signal())
    await server.crash()
    expect(await failure(prepared.send(randomUUID(), signal()))).toMatchObject({ code: 'UNREACHABLE', billed: 'no' })
  })

  it('breaks off its answer may have taken the order, which is found by its id', async () => {
    const { server, task, connection, signal, fetched } = await bench()
    const prepared = await connection.prepare(await task('lucy-pro-t2i'), signal())
    const id = randomUUID()
    server.fail('POST /prompt', { kind: 'lost' })
    expect(await failure(prepared.send(id, signal()))).toMatchObject({ code: 'NETWORK_ERROR', billed: 'maybe' })
    const found = await connection.find?.(id, signal())
    expect(found).toMatchObject({ id, details: { output: '8' } })
    if (found) expect(await fetched(found)).toBeInstanceOf(Buffer)
    expect(server.orders).toHaveLength(1)
  })

  it('comes back with an empty memory knows nothing of the order', async () => {
    const { server, order, ending } = await bench()
    server.hold('running')
    const sent = await order('lucy-pro-t2i')
    await server.until(() => server.heldAt() === 'running')
    await server.crash()
    const ends = ending(sent)
    await server.restart()
    expect(await ends).toEqual({ state: 'unknown' })
  })

  it('is full says when to come again', async () => {
    const { server, order } = await bench()
    server.fail('POST /prompt', { kind: 'answer', status: 429, headers: { 'retry-after': '7' } })
    expect(await failure(order('lucy-pro-t2i'))).toMatchObject({ code: 'RATE_LIMITED', billed: 'no', retryAfter: 7 })
  })

  it('is no ComfyUI says so wherever it is asked', async () => {
    const { server, connection, order, signal } = await bench()
    server.fail('GET /system_stats', { kind: 'html' })
    expect(await connection.look(signal())).toMatchObject({
      state: 'unreachable',
      note: expect.stringContaining('what answers there is no ComfyUI'),
    })
    server.hold('waiting')
    const sent = await order('lucy-pro-t2i')
    server.fail('GET /queue', { kind: 'html' })
    expect(await failure(connection.lookAt(sent, signal()))).toBeInstanceOf(TransientError)
    expect(await connection.lookAt(sent, signal())).toEqual({ state: 'waiting' })
    server.fail('POST /prompt', { kind: 'html' })
    expect(await failure(order('lucy-pro-t2i'))).toMatchObject({ billed: 'maybe' })
    server.fail('POST /prompt', { kind: 'answer', status: 404 })
    expect(await failure(order('lucy-pro-t2i'))).toMatchObject({ code: 'UNREACHABLE', billed: 'no' })
  })

  it('wants headers lets in who has them, and nobody else', async () => {
    const wants = { authorization: `Basic ${Buffer.from('ada:s3cret').toString('base64')}`, 'x-team': 'film' }
    const own = { server: { wants, files: TINY_FILES } }
    const stranger = await bench(own)
    const { server } = stranger
    const seen = await stranger.connection.look(stranger.signal())
    expect(seen).toMatchObject({ state: 'unauthorized' })
    expect(JSON.stringify(seen)).not.toContain('s3cret')
    expect(stranger.refusals()).toBe(0)
    const friend = await bench({
      to: server,
      headers: { 'x-team': 'film' },
      url: ({ url }) => url.replace('//', '//ada:s3cret@'),
    })
    expect(friend.connection.url).toBe(server.url)
    expect(await friend.fetched(await friend.order('lucy-pro-i2i'))).toBeInstanceOf(Buffer)
    expect(server.sockets.accepted()).toBe(1)
  })

  it('lets in nobody any more while an order is open says so, and is looked at', async () => {
    const { server, order, connection, signal, refusals } = await bench()
    server.hold('waiting')
    const sent = await order('lucy-pro-t2i')
    server.fail('GET /queue', { kind: 'answer', status: 401 })
    expect(await failure(connection.lookAt(sent, signal()))).toMatchObject({ code: 'INVALID_API_KEY' })
    expect(refusals()).toBe(1)
  })

  it('lets in nobody any more says so, and is looked at', async () => {
    const { server, task, connection, signal, refusals } = await bench()
    const prepared = await connection.prepare(await task('lucy-pro-t2i'), signal())
    server.fail('POST /prompt', { kind: 'answer', status: 403 })
    expect(await failure(prepared.send(randomUUID(), signal()))).toMatchObject({
      code: 'INVALID_API_KEY',
      billed: 'no',
    })
    expect(refusals()).toBe(1)
  })
})
