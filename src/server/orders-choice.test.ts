import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { CLIP } from './testing/clip.ts'
import type { ComfyuiServer } from './testing/comfyui-server.ts'
import { type DecartServer, startDecartServer } from './testing/decart-server.ts'
import { startEquippedComfyui } from './testing/equipped-comfyui.ts'
import { type FalServer, startFalServer } from './testing/fal-server.ts'
import { startGenerationServer } from './testing/generation-server.ts'
import { callsOf, LAKE } from './testing/order-calls.ts'
import { type Served, serve } from './testing/serve.ts'

// Who renders: what is set and ready, in whose order, and never a third party that nobody chose.
const KEY = 'fal-id:secret-77aa51'
const WAN = 'Wan-AI/Wan2.2-TI2V-5B-Diffusers'
const clip = new Blob([new Uint8Array(CLIP)])

describe('with everything set', () => {
  let fal: FalServer
  let cloud: DecartServer
  let comfyui: ComfyuiServer
  let cluster: Awaited<ReturnType<typeof startGenerationServer>>
  let server: Served
  let calls: ReturnType<typeof callsOf>
  beforeAll(async () => {
    ;[fal, cloud, comfyui, cluster] = await Promise.all([
      startFalServer({ apiKey: KEY }),
      startDecartServer({ apiKey: 'k', result: () => CLIP, custom: ['my-own-model'] }),
      startEquippedComfyui(),
      startGenerationServer({ flavour: 'vllm-omni', model: WAN }),
    ])
    const env = {
      DECART_API_KEY: 'k',
      DECART_BASE_URL: cloud.url,
      COMFYUI_URL: comfyui.url,
      GENERATION_URL: cluster.url,
      FAL_KEY: KEY,
      FAL_QUEUE_URL: fal.queueUrl,
      FAL_REST_URL: fal.restUrl,
    }
    server = await serve({ env, start: { pollMs: 15, againMs: 25 } })
    calls = callsOf(server)
    await Promise.all(['decart', 'comfyui', 'openai', 'fal'].map(calls.check))
  })
  afterAll(async () => {
    await server.close()
    await Promise.all([fal.close(), cloud.close(), comfyui.close(), cluster.close()])
  })
  /** Whose the job is; what that takes is not waited for. */
  const renderer = async (id: string) => {
    const job = await server.job(id)
    if (job.renderer === 'local') await calls.cancel(id)
    return job.renderer
  }

  it('is Decart, where it serves the model; else the own ComfyUI', async () => {
    expect(await renderer(await calls.place(null, 'lucy-clip', { prompt: 'winter', data: clip }))).toBe('decart')
    expect(await renderer(await calls.place(null, 'lucy-pro-t2v'))).toBe('comfyui')
    expect(fal.requests.filter(({ method }) => method === 'POST')).toEqual([])
  })

  it.each(['comfyui', 'openai', 'fal', 'local'])('is %s where it is named', async (name) => {
    expect(await renderer(await calls.place(name, 'lucy-pro-t2v'))).toBe(name)
  })

  it('is nobody where a name is none', async () => {
    const refusal = await calls.refusal('nobody')
    expect(refusal).toMatchObject({ status: 422, code: 'INVALID_INPUT' })
    expect(refusal.detail).toContain('decart, comfyui, openai, fal, local')
  })

  it('is nobody else where the one that is named does not make the model', async () => {
    expect(await calls.refusal('decart', 'lucy-pro-t2v')).toMatchObject({ status: 422 })
  })

  it('without ComfyUI is the generation server, and without both the draft: never fal', async () => {
    await comfyui.crash()
    expect(await calls.check('comfyui').then((told) => told.json())).toMatchObject({ state: 'unreachable' })
    expect(await renderer(await calls.place(null, 'lucy-pro-t2v'))).toBe('openai')
    cluster.serve('nobody/knows-this-model')
    await calls.check('openai')
    expect(await renderer(await calls.place(null, 'lucy-pro-t2v'))).toBe('local')
    cluster.serve(WAN)
    await comfyui.restart()
    // By itself, within a minute; in tests sooner.
    await vi.waitFor(async () => expect((await calls.renderer('comfyui')).state).toBe('ready'))
    expect(await renderer(await calls.place(null, 'lucy-pro-t2v'))).toBe('comfyui')
    // The one that was asked for by name.
    expect(fal.submissions()).toBe(1)
  })

  it.each([null, 'decart'])(
    'a model that only its owner knows goes to Decart as it came (x-renderer: %s)',
    async (name) => {
      const fields = { prompt: '  two spaces ', strength: '0.70', seed: '007', nothing: '', data: clip }
      const id = await calls.place(name, 'my-own-model', fields)
      expect(await server.finished(id)).toMatchObject({
        status: 'completed',
        renderer: 'decart',
        model: 'my-own-model',
      })
      const order = cloud.requests.findLast(({ method }) => method === 'POST')
      expect(order?.path).toBe('/v1/jobs/my-own-model')
      const { data: _, ...texts } = fields
      expect(order?.form?.fields).toEqual(texts)
      expect(Object.keys(order?.form?.files ?? {})).toEqual(['data'])
    },
  )

  it.each(['local', 'comfyui', 'fal'])('and is known to nobody else: %s', async (name) => {
    expect(await calls.refusal(name, 'my-own-model')).toMatchObject({ status: 404, code: 'MODEL_NOT_FOUND' })
  })
})

describe('a ComfyUI', () => {
  let server: Served
  let calls: ReturnType<typeof callsOf>
  const servers: ComfyuiServer[] = []
  const equip = async (options: Parameters<typeof startEquippedComfyui>[0] = {}): Promise<ComfyuiServer> => {
    const made = await startEquippedComfyui(options)
    servers.push(made)
    return made
  }
  beforeAll(async () => {
    server = await serve({ start: { pollMs: 15, againMs: 25 } })
    calls = callsOf(server)
  })
  afterEach(async () => {
    await calls.call('DELETE', '/renderers/comfyui/settings')
    await Promise.all(servers.splice(0).map((each) => each.close()))
  })
  afterAll(() => server.close())
  const use = async (...pool: ComfyuiServer[]) => {
    const put = await calls.call('PUT', '/renderers/comfyui/settings', { url: pool.map(({ url }) => url).join(', ') })
    expect(put.status).toBe(200)
    await calls.check('comfyui')
  }

  it('without a key for Decart, a model that nobody knows is none', async () => {
    expect(await calls.refusal(null, 'my-own-model')).toMatchObject({ status: 404, code: 'MODEL_NOT_FOUND' })
    expect(await calls.refusal('decart', 'my-own-model')).toMatchObject({ status: 404 })
  })

  it('that is off is refused at the submission, and is ready again by itself', async () => {
    const comfyui = await equip()
    await use(comfyui)
    await comfyui.crash()
    await calls.check('comfyui')
    const refusal = await calls.refusal('comfyui')
    expect(refusal).toMatchObject({ status: 502, code: 'UNREACHABLE' })
    expect(refusal.detail).toMatch(/cannot be reached: nothing listens there.*Nothing was ordered/)
    expect(await calls.renderer('comfyui')).toMatchObject({ state: 'unreachable', servers: [{ state: 'unreachable' }] })
    await comfyui.restart()
    await vi.waitFor(async () => expect((await calls.renderer('comfyui')).state).toBe('ready'))
    expect(await server.finished(await calls.place('comfyui'))).toMatchObject({ status: 'completed' })
  })

  it('that answers with pages is none', async () => {
    const comfyui = await equip()
    await use(comfyui)
    comfyui.fail('GET /system_stats', ...Array.from({ length: 3 }, () => ({ kind: 'html' }) as const))
    const looked: unknown = await (await calls.check('comfyui')).json()
    expect(looked).toMatchObject({
      state: 'unreachable',
      note: expect.stringContaining('what answers there is no ComfyUI'),
    })
  })

  it('that lacks a file says which, how large, and where it belongs; and needs no restart once it is there', async () => {
    await use(await equip({ has: [] }))
    const refusal = await calls.refusal('comfyui', 'lucy-pro-t2v')
    expect(refusal).toMatchObject({ status: 409, code: 'MODEL_MISSING' })
    expect(refusal.detail).toMatch(/is missing: put \S+\.safetensors \([\d.]+ GB, [^)]+\) into models\//)
    const offer = (await calls.renderer('comfyui')).models['lucy-pro-t2v']
    expect(offer).toMatchObject({ ready: false })
    expect(offer?.missing[0]).toMatchObject({
      folder: expect.stringMatching(/^models\//),
      url: expect.stringMatching(/^https:/),
    })
  })

  it('that is too old says to which version', async () => {
    await use(await equip({ version: '0.3.40' }))
    const refusal = await calls.refusal('comfyui')
    expect(refusal).toMatchObject({ status: 409, code: 'NODE_MISSING' })
    expect(refusal.detail).toMatch(/update ComfyUI to [\d.]+ or newer \(it is 0\.3\.40\)/)
  })

  it('whose limit of uploads a file passes says so before a byte goes out', async () => {
    const comfyui = await equip({ maxUploadBytes: 1000 })
    await use(comfyui)
    const job = await server.finished(await calls.place('comfyui', 'lucy-pro-v2v', { ...LAKE, data: clip }))
    expect(job.error).toMatchObject({ code: 'TOO_LARGE', billed: 'no', fields: { data: expect.any(String) } })
    expect(job.error?.message).toContain('--max-upload-size')
    expect([comfyui.count('POST /upload'), comfyui.orders.length]).toEqual([0, 0])
  })

  describe('of several', () => {
    it('that is least busy is given the next order', async () => {
      const [one, other] = [await equip(), await equip()]
      await use(one, other)
      for (const each of [one, other]) each.hold('running')
      const ids = await Promise.all([1, 2, 3, 4].map(() => calls.place('comfyui')))
      await Promise.all([one, other].map((each) => each.until(() => each.orders.length === 2)))
      for (const each of [one, other]) each.release()
      for (const id of ids) expect(await server.finished(id)).toMatchObject({ status: 'completed' })
    })

    it('is passed over while it is busy with the work of others', async () => {
      const [one, other] = [await equip(), await equip()]
      await use(one)
      one.hold('running')
      const first = await calls.place('comfyui')
      await one.until(() => one.running() !== null)
      await use(one, other)
      expect(await server.finished(await calls.place('comfyui'))).toMatchObject({ status: 'completed' })
      expect([one.orders.length, other.orders.length]).toEqual([1, 1])
      one.release()
      expect(await server.finished(first)).toMatchObject({ status: 'completed' })
    })

    it('lacks the files, and is passed over', async () => {
      const [bare, equipped] = [await equip({ has: [] }), await equip()]
      await use(bare, equipped)
      for (let i = 0; i < 3; i++)
        expect(await server.finished(await calls.place('comfyui'))).toMatchObject({ status: 'completed' })
      expect([bare.orders.length, equipped.orders.length]).toEqual([0, 3])
    })

    it('has gone: an order that was not sent moves, and one that was does not', async () => {
      const [one, other] = [await equip(), await equip()]
      await use(one, other)
      one.hold('running')
      const sent = await calls.place('comfyui')
      await Promise.race([one, other].map((each) => each.until(() => each.orders.length === 1)))
      const [its, rest] = one.orders.length === 1 ? [one, other] : [other, one]
      its.hold('running')
      await server.until(sent, (job) => job.status === 'processing' && job.phase === 'rendering')
      rest.hold('running')
      const unsent = await calls.place('comfyui')
      await rest.until(() => rest.orders.length === 1)
      // One more for each: whoever is asked first, the order goes to whom is there.
      await its.crash()
      const moved = await calls.place('comfyui')
      await rest.until(() => rest.orders.length === 2)
      rest.release()
      for (const id of [unsent, moved]) expect(await server.finished(id)).toMatchObject({ status: 'completed' })
      its.release()
      await its.restart()
      expect(await server.finished(sent)).toMatchObject({ error: { code: 'LOST' } })
      expect([its.orders.length, rest.orders.length]).toEqual([1, 2])
    })
  })
})

it('a third party is not chosen by itself, although it speaks the dialect of generation servers', async () => {
  // Nothing goes out: the name is one that no resolver has.
  const server = await serve({
    env: { GENERATION_URL: 'http://127.0.0.1:9, https://api.example.invalid' },
    start: { limits: { connect: 300, answer: 300, pace: { bytes: 1, within: 300 } } },
  })
  const calls = callsOf(server)
  expect(await calls.renderer('openai')).toMatchObject({ where: 'a third party', chosen_only: true })
  expect(await calls.refusal('openai', 'lucy-pro-t2v')).toMatchObject({ status: 502, code: 'UNREACHABLE' })
  const job = await server.job(await calls.place(null, 'lucy-pro-t2v'))
  expect(job.renderer).toBe('local')
  await calls.cancel(job.job_id)
  await server.close()
})
