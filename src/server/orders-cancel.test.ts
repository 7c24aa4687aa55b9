import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ComfyuiServer } from './testing/comfyui-server.ts'
import { startEquippedComfyui } from './testing/equipped-comfyui.ts'
import { type FalServer, startFalServer } from './testing/fal-server.ts'
import { startGenerationServer } from './testing/generation-server.ts'
import { callsOf } from './testing/order-calls.ts'
import { type Served, serve } from './testing/serve.ts'

// A cancel: what stops, what is told, what it may have cost, and that it shows whatever the other side does.
const KEY = 'fal-id:secret-77aa51'

let fal: FalServer
let server: Served
let calls: ReturnType<typeof callsOf>
const start = async (dataDir?: string): Promise<void> => {
  const env = { FAL_KEY: KEY, FAL_QUEUE_URL: fal.queueUrl, FAL_REST_URL: fal.restUrl }
  server = await serve({ env, start: { pollMs: 15 }, ...(dataDir === undefined ? {} : { dataDir }) })
  calls = callsOf(server)
}
beforeAll(async () => {
  fal = await startFalServer({ apiKey: KEY })
  await start()
})
afterAll(async () => {
  await server.close()
  await fal.close()
})

/** Sets where a renderer is, as the studio does. */
const use = async (name: string, url: string): Promise<void> =>
  expect((await calls.call('PUT', `/renderers/${name}/settings`, { url })).status).toBe(200)
const rendering = (id: string) => server.until(id, (job) => job.status === 'processing' && job.phase === 'rendering')
const CANCELLED = { status: 'failed', error: { code: 'CANCELLED', billed: 'no', resumable: false } }

describe.each(['0.3.64', '0.6.0', '0.38.1'])('at ComfyUI %s', (version) => {
  let comfyui: ComfyuiServer
  beforeAll(async () => {
    comfyui = await startEquippedComfyui({ version })
    await use('comfyui', comfyui.url)
    await calls.check('comfyui')
  })
  afterEach(() => {
    expect(comfyui.globalInterrupts()).toBe(0)
    comfyui.release()
  })
  afterAll(() => comfyui.close())

  it('takes out of the queue what waits there, and leaves the rest alone', async () => {
    comfyui.hold('running')
    const first = await calls.place('comfyui', 'lucy-pro-t2v')
    await comfyui.until(() => comfyui.heldAt() === 'running')
    const second = await calls.place('comfyui', 'lucy-pro-t2v')
    await comfyui.until(() => comfyui.pending().length === 1)
    await rendering(second)
    expect(await calls.cancel(second)).toMatchObject({ ...CANCELLED, billed: null })
    expect(comfyui.pending()).toEqual([])
    comfyui.release()
    expect(await server.finished(first)).toMatchObject({ status: 'completed' })
  })

  it('stops what runs, and that alone', async () => {
    comfyui.hold('running')
    const id = await calls.place('comfyui', 'lucy-pro-t2v')
    await comfyui.until(() => comfyui.heldAt() === 'running')
    await rendering(id)
    const cancelled = await calls.cancel(id)
    expect(cancelled).toMatchObject(CANCELLED)
    expect(cancelled.error?.message).toBe('Cancelled.')
    await comfyui.until(() => comfyui.running() === null)
  })
})

describe('at a ComfyUI', () => {
  let comfyui: ComfyuiServer
  beforeAll(async () => {
    comfyui = await startEquippedComfyui()
    await use('comfyui', comfyui.url)
    await calls.check('comfyui')
  })
  afterEach(() => comfyui.release())
  afterAll(() => comfyui.close())

  it('that loads a model is told, and stops after that', async () => {
    comfyui.hold('loading')
    const id = await calls.place('comfyui')
    await comfyui.until(() => comfyui.heldAt() === 'loading')
    await rendering(id)
    const cancelled = await calls.cancel(id)
    expect(cancelled.error?.message).toBe('Cancelled. It stops after the model has loaded.')
    comfyui.release()
    await comfyui.until(() => comfyui.running() === null)
  })

  it('while its files go up, orders nothing', async () => {
    const before = comfyui.orders.length
    comfyui.fail('POST /upload', { kind: 'hold' })
    const { default: sharp } = await import('sharp')
    const picture = sharp({ create: { width: 64, height: 36, channels: 3, background: '#a42' } }).png()
    const data = new Blob([new Uint8Array(await picture.toBuffer())])
    const id = await calls.place('comfyui', 'lucy-pro-i2i', { prompt: 'ink', resolution: '480p', data })
    await comfyui.until(() => comfyui.count('POST /upload') > 0)
    expect(await calls.cancel(id)).toMatchObject(CANCELLED)
    comfyui.answer()
    expect(await server.finished(await calls.place('comfyui'))).toMatchObject({ status: 'completed' })
    expect(comfyui.orders.length - before).toBe(1)
  })

  it('while the order goes out, takes it back once it is there', async () => {
    comfyui.hold('running')
    comfyui.fail('POST /prompt', { kind: 'hold' })
    const before = comfyui.orders.length
    const id = await calls.place('comfyui')
    await comfyui.until(() => comfyui.orders.length > before)
    expect(await calls.cancel(id)).toMatchObject(CANCELLED)
    await comfyui.until(() => comfyui.running() === null && comfyui.pending().length === 0)
    comfyui.answer()
  })

  it('that came too late changes nothing', async () => {
    const id = await calls.place('comfyui')
    await server.finished(id)
    expect((await calls.call('DELETE', `/jobs/${id}`)).status).toBe(409)
    expect(await server.job(id)).toMatchObject({ status: 'completed' })
    expect((await fetch(`${server.url}/v1/jobs/${id}/content`)).status).toBe(200)
  })

  it('shows within three seconds though nobody answers, and gets through once somebody does', async () => {
    comfyui.hold('running')
    const id = await calls.place('comfyui')
    await comfyui.until(() => comfyui.heldAt() === 'running')
    await rendering(id)
    comfyui.fail('POST /jobs', { kind: 'refuse' }, { kind: 'hold' })
    const begin = performance.now()
    const cancelled = await calls.cancel(id)
    expect(performance.now() - begin).toBeLessThan(5000)
    expect(cancelled).toMatchObject(CANCELLED)
    await comfyui.until(() => comfyui.running() === null)
    comfyui.answer()
  })

  it('does not hold up the end of the server while nobody answers, and is told by the next start', async () => {
    comfyui.hold('running')
    const id = await calls.place('comfyui')
    await comfyui.until(() => comfyui.heldAt() === 'running')
    await rendering(id)
    comfyui.fail('POST /jobs', ...Array.from({ length: 2000 }, () => ({ kind: 'refuse' }) as const))
    const cancelled = await calls.cancel(id)
    expect(cancelled).toMatchObject(CANCELLED)
    expect(cancelled.error?.message).toContain('The other side has not answered yet; it is told as soon as it does.')
    const { dataDir } = server
    const begin = performance.now()
    await server.close(true)
    expect(performance.now() - begin).toBeLessThan(10_000)
    comfyui.mend()
    await start(dataDir)
    await comfyui.until(() => comfyui.running() === null)
    expect(await server.job(id)).toMatchObject(CANCELLED)
  })

  it('that two Rushes use stops the one and leaves the other, whose orders look the same', async () => {
    const other = await serve({ env: { COMFYUI_URL: comfyui.url }, start: { pollMs: 15 } })
    const others = callsOf(other)
    comfyui.hold('running')
    const theirs = await others.place('comfyui')
    await comfyui.until(() => comfyui.heldAt() === 'running')
    const ours = await calls.place('comfyui')
    await comfyui.until(() => comfyui.pending().length === 1)
    await rendering(ours)
    await calls.cancel(ours)
    expect([comfyui.pending().length, comfyui.running() === null]).toEqual([0, false])
    comfyui.release()
    expect(await other.finished(theirs)).toMatchObject({ status: 'completed' })
    await other.close()
  })
})

describe('at fal', () => {
  afterEach(() => fal.queue.become(['COMPLETED']))

  const cancelled = async (word: 'IN_QUEUE' | 'IN_PROGRESS') => {
    fal.queue.become([word])
    const id = await calls.place('fal')
    await rendering(id)
    return calls.cancel(id)
  }

  it('costs nothing where fal took it out of its queue', async () => {
    const job = await cancelled('IN_QUEUE')
    expect(job).toMatchObject(CANCELLED)
    expect(job.billed).toBeNull()
  })

  it('may be billed where the model had begun', async () => {
    const job = await cancelled('IN_PROGRESS')
    // What may be paid for can still be fetched.
    expect(job).toMatchObject({ error: { code: 'CANCELLED', billed: 'maybe', resumable: true } })
    expect(job.error?.message).toContain('may still finish and be billed')
    expect(job.billed).toMatchObject({ certain: false })
    expect((await calls.spending()).today.usd).toBeGreaterThan(0)
  })

  it('that came too late there stops the fetching, is billed, and its result can be had after all', async () => {
    fal.queue.become(['COMPLETED'])
    fal.fail('media', { kind: 'hold' })
    const id = await calls.place('fal')
    await server.until(id, (job) => job.status === 'processing' && job.phase === 'fetching')
    const job = await calls.cancel(id)
    expect(job.error?.message).toBe('Cancelled. It was done before the cancel came, and is billed.')
    expect(job.error).toMatchObject({ billed: 'maybe', resumable: true })
    fal.release()
    await calls.resume(id)
    expect(await server.finished(id)).toMatchObject({ status: 'completed' })
  })

  it('may be billed where fal does not answer within three seconds', async () => {
    fal.fail('cancel', { kind: 'hold' })
    const begin = performance.now()
    const job = await cancelled('IN_QUEUE')
    expect(performance.now() - begin).toBeLessThan(5000)
    expect(job.error).toMatchObject({ code: 'CANCELLED', billed: 'maybe' })
    expect(job.error?.message).toContain('has not answered yet')
    fal.release()
  })

  it('gets through where fal broke at first', async () => {
    fal.fail('cancel', { kind: 'answer', status: 503 }, { kind: 'refuse' })
    expect(await cancelled('IN_QUEUE')).toMatchObject(CANCELLED)
  })

  it('while the order goes out: its id is waited for, and it is taken out for nothing', async () => {
    fal.queue.become(['IN_QUEUE'])
    fal.fail('submit', { kind: 'hold' })
    const before = fal.submissions()
    const id = await calls.place('fal')
    await fal.until(() => fal.submissions() > before)
    const cancelling = calls.cancel(id)
    await server.until(id, (job) => job.status === 'processing')
    fal.release()
    expect(await cancelling).toMatchObject(CANCELLED)
  })

  it('while the order goes out and no answer comes: it may be billed, and is not sent again', async () => {
    fal.fail('submit', { kind: 'hold' })
    const before = fal.submissions()
    const id = await calls.place('fal')
    await fal.until(() => fal.submissions() > before)
    const job = await calls.cancel(id)
    expect(job.error).toMatchObject({ code: 'CANCELLED', billed: 'maybe', resumable: false })
    expect(job.error?.message).toContain('It may have been taken, and billed')
    expect(fal.submissions() - before).toBe(1)
    fal.release()
  })
})

describe('at a generation server', () => {
  it.each([
    ['vllm-omni', 'Cancelled.'],
    ['sglang', 'Cancelled. It may go on computing there.'],
  ] as const)('%s is told, and what that comes to is said', async (flavour, words) => {
    const cluster = await startGenerationServer({ flavour, model: 'Wan-AI/Wan2.2-TI2V-5B-Diffusers', taskType: 'TI2V' })
    cluster.become([{ status: 'in_progress', progress: 10 }])
    await use('openai', cluster.url)
    await calls.check('openai')
    const id = await calls.place('openai', 'lucy-pro-t2v')
    await rendering(id)
    const job = await calls.cancel(id)
    expect(job).toMatchObject(CANCELLED)
    expect(job.error?.message).toBe(words)
    expect(cluster.computing().length).toBe(flavour === 'sglang' ? 1 : 0)
    await cluster.close()
  })
})
