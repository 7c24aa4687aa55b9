import { readdir } from 'node:fs/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { CLIP } from '../../testing/clip.ts'
import { createBench } from '../../testing/generation/bench.ts'
import { pictureOf } from '../../testing/generation/images.ts'
import type { Flavour } from '../../testing/generation/orders.ts'

const bench = createBench()
const { signal, serve, connect, taskOf, order, finish, picture, clip } = bench
afterEach(bench.clean)

const FLAVOURS: readonly Flavour[] = ['vllm-omni', 'sglang']
const T2V = 'Wan-AI/Wan2.2-T2V-A14B-Diffusers'

describe.each(FLAVOURS)('%s', (flavour) => {
  const form = flavour === 'sglang' ? 'json' : 'multipart'

  it('makes a clip from words, ordered once in its own form', async () => {
    const server = await serve({ flavour, model: T2V, taskType: 'T2V' })
    const connection = connect(server.url)
    expect(await connection.look(signal)).toMatchObject({ state: 'ready', busy: 0, note: `Serves ${T2V}.` })
    const task = await taskOf('lucy-pro-t2v', { resolution: '480p', orientation: 'portrait' })
    const prepared = await connection.prepare(task, signal)
    expect(prepared).toMatchObject({ engine: { name: T2V }, kind: 'video', warnings: [] })
    const made = await prepared.send('', signal)
    expect((await finish(connection, made)).equals(CLIP)).toBe(true)
    const posts = server.requests.filter(({ method }) => method === 'POST')
    expect(posts.map(({ asked }) => asked?.form)).toEqual([form])
    const numbers = { seconds: 5, num_frames: 81, fps: 16, seed: 7 }
    const texts = Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, String(value)]))
    expect(posts[0]?.asked?.fields).toEqual({
      model: T2V,
      prompt: 'snow',
      size: '480x832',
      ...(flavour === 'sglang' ? numbers : texts),
    })
    expect([server.made(), server.requests.some(({ path }) => path === '/openapi.json')]).toEqual([1, false])
  })

  it('makes a clip from a picture, which is its first frame', async () => {
    const server = await serve({ flavour, taskType: 'TI2V' })
    const connection = connect(server.url)
    const made = await order(connection, await taskOf('lucy-pro-i2v', {}, { data: await picture('900x900') }))
    expect((await finish(connection, made)).equals(CLIP)).toBe(true)
    const { form: sent, fields, files } = server.requests.find(({ asked }) => asked)?.asked ?? {}
    expect([sent, fields?.['size'], fields?.['num_frames'], fields?.['seconds']]).toEqual([
      'multipart',
      '960x960',
      '121',
      '5',
    ])
    expect(files?.['input_reference']).toMatchObject({ filename: 'picture.png', mimeType: 'image/png' })
  })

  it('makes a picture, which comes to disk and not into memory', async () => {
    const server = await serve({ flavour, model: 'Tongyi-MAI/Z-Image-Turbo', taskType: 'T2I' })
    const connection = connect(server.url)
    const task = await taskOf('lucy-pro-t2i', { resolution: '480p' })
    const made = await order(connection, task)
    expect(await readdir(task.directory)).toHaveLength(1)
    expect((await finish(connection, made)).equals(await pictureOf('832x480'))).toBe(true)
    const fields = {
      model: 'Tongyi-MAI/Z-Image-Turbo',
      prompt: 'snow',
      size: '832x480',
      n: 1,
      response_format: 'b64_json',
      output_format: 'png',
      seed: 7,
    }
    expect(server.requests.at(-1)).toMatchObject({ path: '/v1/images/generations', asked: { form: 'json', fields } })
  })

  it('edits a picture, with a second beside it where the model takes one', async () => {
    const server = await serve({ flavour, model: 'Qwen/Qwen-Image-Edit-2511', taskType: 'I2I' })
    const connection = connect(server.url)
    const files = { data: await picture('800x600') }
    const one = await taskOf('lucy-pro-i2i', { enhance_prompt: true }, files)
    expect((await connection.prepare(one, signal)).warnings).toEqual([expect.stringMatching(/nothing enhances it/)])
    await finish(connection, await order(connection, one))
    await order(connection, await taskOf('lucy-pro-i2i', {}, { ...files, reference_image: await picture('64x64') }))
    const [first, second] = server.requests.filter(({ path }) => path === '/v1/images/edits')
    expect([first?.asked?.fields['size'], Object.keys(first?.asked?.files ?? {})]).toEqual(['1104x832', ['image']])
    expect(Object.keys(second?.asked?.files ?? {})).toEqual(['image[]'])
  })

  it('edits a clip where its model takes one, as long as the source', async () => {
    const server = await serve({ flavour, model: 'decart-ai/Lucy-Edit-1.1-Dev', taskType: 'V2V' })
    const connection = connect(server.url)
    const task = await taskOf('lucy-pro-v2v', { num_inference_steps: 9 }, { data: await clip() })
    expect((await connection.prepare(task, signal)).warnings).toEqual(['The sound of the source is not kept.'])
    await finish(connection, await order(connection, task))
    const asked = server.requests.find((request) => request.asked)?.asked
    expect(asked?.fields).toMatchObject({ num_frames: '25', seconds: '1', num_inference_steps: '9', size: '1280x704' })
    expect(asked?.files['input_reference']?.mimeType).toBe('video/mp4')
  })

  it('is told that an order is not wanted', async () => {
    const server = await serve({ flavour, model: T2V, taskType: 'T2V' })
    const connection = connect(server.url)
    const made = await order(connection, await taskOf('lucy-pro-t2v'))
    const cancelled = await connection.cancel?.(made, signal)
    const goesOn = flavour === 'sglang'
    expect(cancelled).toEqual({ billed: 'no', note: goesOn ? 'It may go on computing there.' : null })
    expect(server.computing()).toHaveLength(goesOn ? 1 : 0)
    expect(await connection.lookAt(made, signal)).toEqual({ state: 'unknown' })
    expect(await connection.cancel?.(made, signal)).toEqual({ billed: 'no', note: null })
  })

  it('that was started anew knows of no order', async () => {
    const server = await serve({ flavour, model: T2V, taskType: 'T2V' })
    const connection = connect(server.url)
    const made = await order(connection, await taskOf('lucy-pro-t2v'))
    expect(await connection.lookAt(made, signal)).toEqual({ state: 'waiting' })
    server.restart()
    expect(await connection.lookAt(made, signal)).toEqual({ state: 'unknown' })
  })

  it('says nothing of what it is, and is found out by one refused order at most', async () => {
    const server = await serve({ flavour, model: T2V, hidden: true })
    const connection = connect(server.url)
    for (let round = 0; round < 3; round++)
      await finish(connection, await order(connection, await taskOf('lucy-pro-t2v')))
    const forms = server.requests.filter(({ asked }) => asked).map(({ asked }) => asked?.form)
    expect(forms).toEqual(
      flavour === 'sglang' ? ['multipart', 'json', 'json', 'json'] : ['multipart', 'multipart', 'multipart'],
    )
    expect(server.made()).toBe(3)
  })

  it('is asked for many orders at once', async () => {
    const server = await serve({ flavour, model: T2V, taskType: 'T2V' })
    server.become([{ status: 'queued', progress: 0 }])
    const connection = connect(server.url, { pollMs: 60_000 })
    await connection.look(signal)
    const task = await taskOf('lucy-pro-t2v')
    const orders = await Promise.all(Array.from({ length: 20 }, () => order(connection, task)))
    const before = server.requests.length
    const looks = await Promise.all(orders.map((one) => connection.lookAt(one, signal)))
    expect(looks.every(({ state }) => state === 'waiting')).toBe(true)
    // The first is alone as long as nobody knows of the others.
    expect(server.requests.slice(before).map(({ path }) => path)).toEqual([
      expect.stringMatching(/^\/v1\/videos\/.+/),
      '/v1/videos',
    ])
    expect(await connection.look(signal)).toMatchObject({ busy: 20 })
  })
})
