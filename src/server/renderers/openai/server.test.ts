import { readdir, readFile } from 'node:fs/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { CLIP } from '../../testing/clip.ts'
import { createBench, KEY } from '../../testing/generation/bench.ts'

const bench = createBench()
const { signal, serve, connect, taskOf, order, finish, failure, picture } = bench
afterEach(bench.clean)

const T2V = 'Wan-AI/Wan2.2-T2V-A14B-Diffusers'

describe('a server', () => {
  it('without a list is asked for each order', async () => {
    const server = await serve({ model: T2V, listless: true })
    const connection = connect(server.url)
    const task = await taskOf('lucy-pro-t2v')
    const orders = [await order(connection, task), await order(connection, task)]
    const clips = await Promise.all(orders.map((one) => finish(connection, one)))
    expect(clips.every((bytes) => bytes.equals(CLIP))).toBe(true)
    expect(server.requests.filter(({ path, method }) => path === '/v1/videos' && method === 'GET')).toHaveLength(1)
  })

  it('tells how far it is', async () => {
    const server = await serve({ model: T2V })
    const connection = connect(server.url)
    const made = await order(connection, await taskOf('lucy-pro-t2v'))
    await connection.lookAt(made, signal)
    expect(await connection.lookAt(made, signal)).toEqual({ state: 'running', progress: 0.4 })
  })

  it('whose result is not there yet is asked again', async () => {
    const server = await serve({ model: T2V })
    const connection = connect(server.url)
    const made = await order(connection, await taskOf('lucy-pro-t2v'))
    await expect(connection.content(made, { url: null }, signal)).rejects.toMatchObject({ name: 'TransientError' })
  })

  it('does not get material sent elsewhere by its answer', async () => {
    const connection = connect((await serve({ model: T2V })).url)
    const made = await order(connection, await taskOf('lucy-pro-t2v'))
    const error = await failure(connection.content(made, { url: 'http://192.168.0.1/a.mp4' }, signal))
    expect(error.message).toMatch(/does not fetch from/)
  })

  it('that makes a picture stops when nobody waits any more', async () => {
    const server = await serve({ model: 'Qwen/Qwen-Image' })
    server.fail('image', { kind: 'hold' })
    const connection = connect(server.url)
    const task = await taskOf('lucy-pro-t2i')
    const controller = new AbortController()
    const sending = (await connection.prepare(task, signal)).send('', controller.signal)
    await server.until(() => server.made() === 1)
    const reason = Symbol('cancelled')
    controller.abort(reason)
    await expect(sending).rejects.toBe(reason)
    await server.until(() => server.hungUp() === 1)
    expect(await readdir(task.directory)).toEqual([])
    server.release()
  })

  it('has made a picture of which nobody knows once its file is gone', async () => {
    const connection = connect((await serve({ model: 'Qwen/Qwen-Image' })).url)
    const task = await taskOf('lucy-pro-t2i')
    const made = await order(connection, task)
    expect(await connection.lookAt(made, signal)).toMatchObject({ state: 'done' })
    connection.done?.(made)
    await expect.poll(() => readdir(task.directory)).toEqual([])
    expect(await connection.lookAt(made, signal)).toEqual({ state: 'unknown' })
  })

  it('runs the model that was announced, or nothing', async () => {
    const server = await serve({ model: T2V })
    const connection = connect(server.url)
    const other = await taskOf('lucy-pro-t2v', {}, {}, 'Lightricks/LTX-2')
    expect(await failure(connection.prepare(other, signal))).toMatchObject({ code: 'MODEL_MISSING', billed: 'no' })
    const transition = await taskOf('lucy-pro-flf2v')
    expect(await failure(connection.prepare(transition, signal))).toMatchObject({ code: 'MODEL_MISSING' })
    const large = await taskOf('lucy-pro-t2v', { resolution: '1080p' })
    const fields = { resolution: expect.stringMatching(/480p or 720p/) }
    expect(await failure(connection.prepare(large, signal))).toMatchObject({ code: 'INVALID_INPUT', fields })
    // Another model was loaded since it was looked at.
    const task = await taskOf('lucy-pro-t2v')
    const prepared = await connection.prepare(task, signal)
    server.serve('Lightricks/LTX-2')
    expect(await failure(prepared.send('', signal))).toMatchObject({ code: 'MODEL_MISSING', billed: 'no' })
    expect((await connection.prepare(task, signal)).engine.name).toBe('Lightricks/LTX-2')
    expect(server.made()).toBe(0)
  })

  it('is told the key, and nobody else is', async () => {
    const server = await serve({ model: T2V, key: KEY })
    expect(await connect(server.url).look(signal)).toMatchObject({
      state: 'unauthorized',
      note: expect.stringMatching(/GENERATION_KEY/),
    })
    const connection = connect(server.url, {}, KEY)
    await finish(connection, await order(connection, await taskOf('lucy-pro-t2v')))
    expect(server.requests.at(-1)?.headers.authorization).toBe(`Bearer ${KEY}`)
    const elsewhere = await serve({ model: T2V })
    const link = `${elsewhere.url}/a.mp4`
    const made = { id: 'video_gen_1', details: { kind: 'video' } }
    await connection.content(made, { url: link }, signal).catch(() => undefined)
    expect(elsewhere.requests.map(({ headers }) => headers.authorization)).toEqual([undefined])
  })
})

describe('a server whose answer is the clip', () => {
  it('makes clips, from words and from a picture, without a look at it', async () => {
    const server = await serve({ flavour: 'dynamo' })
    const connection = connect(server.url)
    expect(await connection.look(signal)).toMatchObject({ state: 'ready', busy: 0 })
    const data = await picture('901x900')
    for (const task of [await taskOf('lucy-pro-t2v'), await taskOf('lucy-pro-i2v', {}, { data })])
      expect((await finish(connection, await order(connection, task))).equals(CLIP)).toBe(true)
    const [words, animated] = server.requests.filter(({ asked }) => asked)
    const nvext = { num_frames: 121, fps: 24, seed: 7 }
    expect(words?.asked?.fields).toEqual({
      model: 'Wan-AI/Wan2.2-TI2V-5B-Diffusers',
      prompt: 'snow',
      size: '1280x704',
      seconds: 5,
      response_format: 'b64_json',
      output_format: 'mp4',
      nvext,
    })
    const sent = `data:image/png;base64,${(await readFile(data.path)).toString('base64')}`
    expect(animated?.asked?.fields['input_reference']).toBe(sent)
    expect(server.requests.map(({ path }) => path)).toEqual(['/v1/models', '/v1/videos', '/v1/videos'])
  })

  it('says why there is none', async () => {
    const server = await serve({ flavour: 'dynamo' })
    server.fail('create', {
      kind: 'answer',
      status: 200,
      body: { id: '1', status: 'failed', data: [], error: 'CUDA out of memory' },
    })
    const connection = connect(server.url)
    expect(await failure(order(connection, await taskOf('lucy-pro-t2v')))).toMatchObject({ code: 'OUT_OF_MEMORY' })
  })
})
